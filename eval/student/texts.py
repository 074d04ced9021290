"""Passages as an index holds them: what a student learns to give the encoder's vectors of."""

import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from eval.entail.sources import whole_corpus
from eval.scale.fill import understood
from eval.scale.statutes import statutes
from ingest.model import Plan
from vectorstore.index import embedding_text
from vectorstore.passages import cut_passages

DOCUMENTS = 50  # understood and held in memory at once
HELD_EVERY = 60  # a text among so many is kept to measure on
EVERYTHING = 10**9  # articles


def read_texts(source: Path | None, share: float, seed: int) -> list[str]:
    """All passages of the plans and of the documents invented for training, and a share of those of `source`.

    `source`: articles as `metrology eval scale` takes them. Shuffled, each once. Raises NoStatutes.
    """
    rng, found = random.Random(seed), set(_passages(list(whole_corpus().plans)))
    for plans in _plans(source) if source else ():
        passages = _passages(plans)
        found.update(rng.sample(passages, round(len(passages) * share)))
    texts = sorted(found)
    rng.shuffle(texts)
    return texts


def is_held(number: int) -> bool:
    """Of a text by its place in the list."""
    return number % HELD_EVERY == 0


def _plans(source: Path) -> Iterator[list[Plan]]:
    with TemporaryDirectory() as place:
        documents = statutes(source, EVERYTHING)
        while few := list(islice(documents, DOCUMENTS)):
            offers, _ = understood(few, Path(place))
            yield [offer.plan for offer in offers]


def _passages(plans: list[Plan]) -> list[str]:
    return [embedding_text(passage) for passage in cut_passages(plans)]
