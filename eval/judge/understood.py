"""The networks as a training has them now, behind the port that is measured; and the search with its vectors."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from eval.judge.checkpoint import Networks
from eval.judge.layers import AT_ONCE, Layers
from eval.judge.losses import read_pairs
from eval.judge.reading import CANDIDATES, Floats, Reading, index_of
from eval.judge.rows import ASKS, ROUTES
from eval.judge.tokens import Tokens
from ingest.model import Passage
from vectorstore.encoder import DIMENSION, Encoding
from vectorstore.index import Query


class QueryVectors:
    """Implements `vectorstore.embed.Embedder` for questions, by the layers as they are."""

    id, dimension = "in training", DIMENSION

    def __init__(self, layers: Layers) -> None:
        self.layers = layers
        self._known: dict[str, Floats] = {}

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """Those of like length are run together."""
        new = sorted({text for text in texts if text not in self._known}, key=lambda text: (len(text), text))
        for start in range(0, len(new), AT_ONCE):
            batch = new[start : start + AT_ONCE]
            with torch.no_grad():
                vectors = self.layers.above(self.layers.below_questions(batch)).vector.numpy()
            self._known.update(zip(batch, vectors, strict=True))
        return np.stack([self._known[text] for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Floats:
        raise NotImplementedError("the passages are encoded when the index is made")


class Understood:
    """Implements `Understanding`. What it knows of the passages is of the moment it was made."""

    def __init__(
        self, networks: Networks, layers: Layers, below: Sequence[Tensor], passages: Sequence[Passage]
    ) -> None:
        networks.train(False)
        self.networks, self.layers = networks, layers
        self._encodings, self._vectors = _encoded(layers, below), QueryVectors(layers)
        self.index = index_of(passages, self._vectors, self._encodings)

    def prepare(self, readings: Sequence[str]) -> None:
        """Encode so many questions at once, before they are searched one by one."""
        self._vectors.embed_queries(readings)

    def candidates(self, query: Query, most: int = CANDIDATES) -> tuple[int, ...]:
        return tuple(found.row for found in self.index.passages_for(query, most))

    def read(self, query: Query) -> Reading:
        self.networks.train(False)
        rows = self.candidates(query)
        with torch.no_grad():
            question = self.layers.above(self.layers.below_questions([query.reading]))
        return read_with(self.networks, question, [self._encodings[row] for row in rows], rows)


def read_with(networks: Networks, question: Tokens, sentences: Sequence[Encoding], rows: tuple[int, ...]) -> Reading:
    """One question with its candidates."""
    verdicts = np.zeros((0, 3), dtype=np.float32)
    with torch.no_grad():
        if rows:
            pairs = [(0, place) for place in range(len(rows))]
            logits = read_pairs(networks.judge, question, tokens_of(sentences), pairs)
            verdicts = torch.softmax(logits, 1).numpy()
        routes, asks = networks.router(question.states, question.mask)
    return Reading(
        rows,
        verdicts,
        dict(zip(ROUTES, torch.softmax(routes, 1)[0].tolist(), strict=True)),
        dict(zip(ASKS, torch.sigmoid(asks)[0].tolist(), strict=True)),
    )


def tokens_of(encodings: Sequence[Encoding]) -> Tokens:
    """Encodings of unlike length, padded."""
    longest = max(len(one.states) for one in encodings)
    states, mask = torch.zeros(len(encodings), longest, DIMENSION), torch.zeros(len(encodings), longest)
    for row, one in enumerate(encodings):
        states[row, : len(one.states)] = torch.from_numpy(one.states.astype(np.float32))
        mask[row, : len(one.states)] = 1
    return Tokens(states, mask, torch.from_numpy(np.stack([one.vector for one in encodings])))


def _encoded(layers: Layers, below: Sequence[Tensor]) -> list[Encoding]:
    found = []
    for start in range(0, len(below), AT_ONCE):
        with torch.no_grad():
            tokens = layers.above(below[start : start + AT_ONCE])
        for states, mask, vector in zip(tokens.states, tokens.mask, tokens.vector, strict=True):
            found.append(Encoding(states[: int(mask.sum())].numpy(), vector.numpy()))
    return found
