"""The networks: encoder (multilingual-e5-small's shape), judge, which reads a question with a sentence, and router.

Padding changes nothing. Only the training commands load this file: answers are given without torch.
"""

import json
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from eval.judge.precision import attention, brain_floats, full
from eval.judge.rows import ASKS, ROUTES
from eval.judge.tokens import FAR, Tokens, blocked, mean_of
from ingest.errors import ModelUnavailable
from vectorstore.encoder import DIMENSION

HEADS = 12  # of the encoder
LAYERS, POSITIONS = 12, 512


class EncoderLayer(nn.Module):
    """BERT's."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = dropout
        self.attend = nn.Linear(DIMENSION, 3 * DIMENSION)  # query, key, value
        self.attended = nn.Linear(DIMENSION, DIMENSION)
        self.norm_attended = nn.LayerNorm(DIMENSION, eps=1e-12)
        self.up, self.down = nn.Linear(DIMENSION, 4 * DIMENSION), nn.Linear(4 * DIMENSION, DIMENSION)
        self.norm_thought = nn.LayerNorm(DIMENSION, eps=1e-12)

    def forward(self, states: Tensor, bias: Tensor) -> Tensor:
        query, key, value = _by_head(self.attend(states), 3, HEADS)
        seen = attention(query, key, value, bias)
        states = self.norm_attended(states + self._dropped(self.attended(_joined(seen))))
        thought = self.down(functional.gelu(self.up(states)))
        result: Tensor = self.norm_thought(states + self._dropped(thought))
        return result

    def _dropped(self, values: Tensor) -> Tensor:
        return functional.dropout(values, self.dropout, self.training)


class EncoderNetwork(nn.Module):
    """Token ids → states. `run` takes states through some of the layers."""

    def __init__(self, vocabulary: int, positions: int = POSITIONS, layers: int = LAYERS) -> None:
        super().__init__()
        self.words, self.positions = nn.Embedding(vocabulary, DIMENSION), nn.Embedding(positions, DIMENSION)
        self.kind = nn.Parameter(torch.zeros(DIMENSION))  # BERT's first token type; there is no second here
        self.norm = nn.LayerNorm(DIMENSION, eps=1e-12)
        self.layers = nn.ModuleList(EncoderLayer() for _ in range(layers))

    def embed(self, ids: Tensor) -> Tensor:
        result: Tensor = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]] + self.kind)
        return result

    def run(self, states: Tensor, mask: Tensor, first: int = 0, end: int | None = None) -> Tensor:
        bias = blocked(mask)
        with brain_floats(self.training):
            for layer in list(self.layers)[first:end]:
                states = layer(states, bias)
        return full(states)


class Block(nn.Module):
    """The question's tokens look at each other, then at the sentence's, then think."""

    def __init__(self, width: int, heads: int, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = heads, dropout
        self.norm_own, self.attend_own = nn.LayerNorm(width), nn.Linear(width, 3 * width)
        self.attended_own = nn.Linear(width, width)
        self.norm_other, self.ask = nn.LayerNorm(width), nn.Linear(width, width)
        self.offer, self.attended_other = nn.Linear(width, 2 * width), nn.Linear(width, width)
        self.norm_thought = nn.LayerNorm(width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)

    def forward(self, own: Tensor, own_bias: Tensor, other: Tensor, other_bias: Tensor) -> Tensor:
        query, key, value = _by_head(self.attend_own(self.norm_own(own)), 3, self.heads)
        seen = attention(query, key, value, own_bias)
        own = own + self._dropped(self.attended_own(_joined(seen)))
        (query,) = _by_head(self.ask(self.norm_other(own)), 1, self.heads)
        key, value = _by_head(self.offer(other), 2, self.heads)
        seen = attention(query, key, value, other_bias)
        own = own + self._dropped(self.attended_other(_joined(seen)))
        return own + self._dropped(self.down(functional.gelu(self.up(self.norm_thought(own)))))

    def _dropped(self, values: Tensor) -> Tensor:
        return functional.dropout(values, self.dropout, self.training)


class JudgeNetwork(nn.Module):
    """(questions, sentences), row by row → logits of APART, BEARS, STATES."""

    def __init__(self, width: int = 256, heads: int = 4, blocks: int = 2, dropout: float = 0.1) -> None:
        super().__init__()
        part = DIMENSION // 4
        self.norm_question, self.norm_sentence = nn.LayerNorm(DIMENSION), nn.LayerNorm(DIMENSION)
        self.narrow_question, self.narrow_sentence = nn.Linear(DIMENSION, width), nn.Linear(DIMENSION, width)
        self.norm_offered = nn.LayerNorm(width)
        self.blocks = nn.ModuleList(Block(width, heads, dropout) for _ in range(blocks))
        self.norm_read, self.weigh = nn.LayerNorm(width), nn.Linear(width, 1)
        self.narrow_vector = nn.Linear(DIMENSION, part)
        self.say = nn.Sequential(
            nn.Linear(2 * width + 4 * part + 2, width), nn.GELU(), nn.Dropout(dropout), nn.Linear(width, 3)
        )

    def forward(self, question: Tokens, sentence: Tokens) -> Tensor:
        own_bias, other_bias = blocked(question.mask), blocked(sentence.mask)
        with brain_floats(self.training):
            read = self.narrow_question(self.norm_question(question.states))
            offered = self.norm_offered(self.narrow_sentence(self.norm_sentence(sentence.states)))
            for block in self.blocks:
                read = block(read, own_bias, offered, other_bias)
        read = self.norm_read(full(read))
        weights = torch.softmax(self.weigh(read).squeeze(-1) + (1 - question.mask) * FAR, 1)
        weighed = (weights[..., None] * read).sum(1)
        mean = mean_of(read, question.mask)
        asked, said = self.narrow_vector(question.vector), self.narrow_vector(sentence.vector)
        cosine = (question.vector * sentence.vector).sum(1, keepdim=True)
        found = [
            weighed,
            mean,
            asked * said * 8,
            (asked - said).abs(),
            asked,
            said,
            cosine,
            _matched(question, sentence),
        ]
        result: Tensor = self.say(torch.cat(found, 1))
        return result


class RouterNetwork(nn.Module):
    """Questions → logits of ROUTES and of ASKS."""

    def __init__(self, routes: int = len(ROUTES), asks: int = len(ASKS), dropout: float = 0.2) -> None:
        super().__init__()
        self.dropout = dropout
        self.norm, self.weigh = nn.LayerNorm(DIMENSION), nn.Linear(DIMENSION, 2)
        self.think = nn.Linear(2 * DIMENSION, 256)
        self.route, self.asks = nn.Linear(256, routes), nn.Linear(256, asks)

    def forward(self, states: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        states = self.norm(states)
        weights = torch.softmax(self.weigh(states) + ((1 - mask) * FAR)[..., None], 1)
        read = torch.einsum("nth,ntk->nkh", states, weights).flatten(1)
        thought = functional.gelu(self.think(functional.dropout(read, self.dropout, self.training)))
        thought = functional.dropout(thought, self.dropout, self.training)
        return self.route(thought), self.asks(thought)


def load_base(folder: Path) -> EncoderNetwork:
    """The encoder of a folder `base.make_base` wrote. Raises ModelUnavailable."""
    try:
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        weights = load_file(folder / "model.safetensors")
        network = EncoderNetwork(config["vocab_size"], config["max_position_embeddings"], config["num_hidden_layers"])
        network.load_state_dict(_from_bert(weights, config["num_hidden_layers"]))
    except (OSError, KeyError, ValueError, RuntimeError) as error:
        raise ModelUnavailable(
            str(folder), f"it is no base ({error}); make one with `metrology train base --out {folder}`"
        ) from error
    return network


def _from_bert(weights: dict[str, Tensor], layers: int) -> dict[str, Tensor]:
    """BERT's names → ours; query, key and value become one matrix."""
    ours = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "kind": weights["embeddings.token_type_embeddings.weight"][0],
    }
    renamed = {
        "attended": "attention.output.dense",
        "norm_attended": "attention.output.LayerNorm",
        "up": "intermediate.dense",
        "down": "output.dense",
        "norm_thought": "output.LayerNorm",
    }
    for part in ("weight", "bias"):
        ours[f"norm.{part}"] = weights[f"embeddings.LayerNorm.{part}"]
        for layer in range(layers):
            above = f"encoder.layer.{layer}."
            seen = [weights[f"{above}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            ours[f"layers.{layer}.attend.{part}"] = torch.cat(seen)
            for own, theirs in renamed.items():
                ours[f"layers.{layer}.{own}.{part}"] = weights[f"{above}{theirs}.{part}"]
    return ours


def _matched(question: Tokens, sentence: Tokens) -> Tensor:
    """Mean over the question's tokens of the likeness of the sentence's likest token."""
    cosines = functional.normalize(question.states, dim=-1) @ functional.normalize(sentence.states, dim=-1).transpose(
        1, 2
    )
    best = (cosines - (1 - sentence.mask)[:, None, :] * 2).max(2).values
    mean: Tensor = (best * question.mask).sum(1) / question.mask.sum(1)
    return mean[:, None]


def _by_head(states: Tensor, parts: int, heads: int) -> Tensor:
    """(n, tokens, parts * width) → (parts, n, heads, tokens, width / heads)."""
    texts, tokens, width = states.shape
    return states.view(texts, tokens, parts, heads, width // parts // heads).permute(2, 0, 3, 1, 4)


def _joined(states: Tensor) -> Tensor:
    """(n, heads, tokens, width) → (n, tokens, heads * width)."""
    texts, heads, tokens, width = states.shape
    return states.transpose(1, 2).reshape(texts, tokens, heads * width)
