"""The cross-encoder's network: question and text go together through the encoder's upper layers.

What the lower layers give of each is computed apart, and so can be kept (as in DeFormer, Cao et al. 2020).
"""

import torch
from torch import Tensor, nn

from eval.judge.network import EncoderLayer, EncoderNetwork
from eval.judge.precision import brain_floats, full
from eval.judge.tokens import blocked, mean_of
from vectorstore.encoder import DIMENSION

UPPER = 4  # of the encoder's twelve layers, from above; of a smaller one no more than half


class CrossNetwork(nn.Module):
    """(questions, texts) as the lower layers have them, row by row → logits of APART, BEARS, STATES."""

    def __init__(self, layers: int, width: int = 256, dropout: float = 0.1) -> None:
        super().__init__()
        self.sides = nn.Parameter(torch.zeros(2, DIMENSION))  # which of the two a token is of
        self.layers = nn.ModuleList(EncoderLayer(dropout) for _ in range(layers))
        self.say = nn.Sequential(nn.Linear(3 * DIMENSION, width), nn.GELU(), nn.Dropout(dropout), nn.Linear(width, 3))

    def forward(self, question: Tensor, question_mask: Tensor, text: Tensor, text_mask: Tensor) -> Tensor:
        states = torch.cat([question + self.sides[0], text + self.sides[1]], 1)
        bias = blocked(torch.cat([question_mask, text_mask], 1))
        with brain_floats(self.training):
            for layer in self.layers:
                states = layer(states, bias)
        states = full(states)
        asked, said = states[:, : question.shape[1]], states[:, question.shape[1] :]
        found = [states[:, 0], mean_of(asked, question_mask), mean_of(said, text_mask)]
        result: Tensor = self.say(torch.cat(found, 1))
        return result


def upper_layers(encoder: EncoderNetwork) -> int:
    """How many layers read question and text together."""
    return min(UPPER, len(encoder.layers) // 2)


def above(encoder: EncoderNetwork) -> CrossNetwork:
    """One that starts from the encoder's upper layers."""
    network = CrossNetwork(upper_layers(encoder))
    for own, theirs in zip(network.layers, list(encoder.layers)[-len(network.layers) :], strict=True):
        own.load_state_dict(theirs.state_dict())
    return network
