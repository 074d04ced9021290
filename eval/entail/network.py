"""The network that reads a sentence and the text it cites together: does the text bear it out, and which words not?"""

import torch
from torch import Tensor, nn

from bot.check.entails import ALIKE
from eval.judge.network import EncoderLayer, EncoderNetwork
from eval.judge.precision import brain_floats, full
from eval.judge.tokens import FAR, blocked, mean_of
from vectorstore.encoder import DIMENSION

LAYERS = 6  # of the encoder, from below: what its upper ones do is to sum up, which is not asked here


class EntailNetwork(nn.Module):
    """Rows of tokens → the logit that all is borne out, and each token's that it is not."""

    def __init__(self, vocabulary: int, positions: int, layers: int = LAYERS, width: int = 256) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(vocabulary, DIMENSION), nn.Embedding(positions, DIMENSION)
        self.norm = nn.LayerNorm(DIMENSION, eps=1e-12)
        self.sides = nn.Parameter(torch.zeros(2, DIMENSION))
        self.alike = nn.Embedding(ALIKE, DIMENSION)
        nn.init.normal_(self.alike.weight, std=0.02)
        self.layers = nn.ModuleList(EncoderLayer() for _ in range(layers))
        self.point = nn.Linear(DIMENSION, 1)
        self.say = nn.Sequential(nn.Linear(3 * DIMENSION + 2, width), nn.GELU(), nn.Dropout(0.1), nn.Linear(width, 1))

    def forward(self, ids: Tensor, cited: Tensor, alike: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        """All (rows, tokens); `cited` is 1 for the cited text's, `alike` says how far each stands in the other text."""
        side = cited[..., None]
        states = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]])
        states = states + self.alike(alike) + self.sides[0] * (1 - side) + self.sides[1] * side
        bias = blocked(mask)
        with brain_floats(self.training):
            for layer in self.layers:
                states = layer(states, bias)
        states = full(states)
        pointed = self.point(states).squeeze(-1)
        said, held = mask * (1 - cited), mask * cited
        worst = [(pointed + (1 - side_mask) * FAR).amax(1, keepdim=True) for side_mask in (said, held)]
        found = [states[:, 0], mean_of(states, said), mean_of(states, held), *worst]
        return self.say(torch.cat(found, 1)).squeeze(-1), pointed


def from_encoder(encoder: EncoderNetwork) -> EntailNetwork:
    """One that starts from the encoder's lower layers."""
    network = EntailNetwork(len(encoder.words.weight), len(encoder.positions.weight))
    network.words.load_state_dict(encoder.words.state_dict())
    with torch.no_grad():
        network.positions.weight.copy_(encoder.positions.weight + encoder.kind)
    network.norm.load_state_dict(encoder.norm.state_dict())
    for own, theirs in zip(network.layers, encoder.layers, strict=False):
        own.load_state_dict(theirs.state_dict())
    return network
