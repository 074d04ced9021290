import pytest

from eval.judge.stretches import Stretches
from ingest.corpus import Corpus
from ingest.model import Plan


@pytest.fixture(scope="session")
def corpus(plans: dict[str, Plan]) -> Corpus:
    return Corpus(plans.values())


@pytest.fixture(scope="session")
def stretches(corpus: Corpus) -> Stretches:
    return Stretches(corpus)
