"""The same topic in other plans: what is shown as such mostly is, by labelled pairs; only what is in force is shown."""

import csv
from pathlib import Path

import pytest

from bot.neighbours import ALIKE, WithNeighbours, neighbours
from ingest.corpus import Corpus
from ingest.model import Plan
from vectorstore.index import PassageIndex

LABELLED = Path(__file__).parents[1] / "reference" / "neighbours.tsv"
DAY = "2026-01-01"


@pytest.fixture(scope="module")
def corpus(plans: dict[str, Plan]) -> Corpus:
    return Corpus(plans.values())


def labelled() -> list[tuple[str, str, bool]]:
    """A clause, the most alike of another plan, and whether a reader found both to be of one topic."""
    with LABELLED.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [(row["clause"], row["most_alike"], row["one_topic"] == "yes") for row in rows]


def test_what_is_above_the_threshold_is_of_one_topic(shipped_index: PassageIndex) -> None:
    """Where the threshold lies, 41 of the 42 pairs above it are of one topic, and 12 such pairs lie below it."""
    pairs = labelled()
    found = [(shipped_index.alike(clause, [other.partition(":")[0]])[0], other, same) for clause, other, same in pairs]
    assert len(pairs) == 75
    assert sum(one.clause_id == other for one, other, _ in found) >= 72, "the labels are of what the index finds"
    above = [same for one, other, same in found if one.clause_id == other and one.cosine >= ALIKE]
    assert sum(above) / len(above) >= 0.95
    assert sum(above) / sum(same for _, _, same in pairs) >= 0.70


def test_of_each_other_plan_at_most_one_the_nation_first(corpus: Corpus, shipped_index: PassageIndex) -> None:
    found = neighbours(corpus, shipped_index, "xiamen:三(四)21", DAY)
    assert [citation.clause.id for _, citation in found] == ["state-council:六(三十一)", "quanzhou:三(四)16"]
    assert all(one.cosine >= ALIKE for one, _ in found)
    assert all(citation.quote in citation.clause.text for _, citation in found)
    assert not isinstance(corpus, WithNeighbours)


def test_a_bare_heading_is_like_nothing(corpus: Corpus, shipped_index: PassageIndex) -> None:
    assert neighbours(corpus, shipped_index, "xiamen:三(四)", DAY) == []


def test_a_row_is_like_the_row_that_counts_the_same(corpus: Corpus, shipped_index: PassageIndex) -> None:
    found = neighbours(corpus, shipped_index, "xiamen:专栏1/9", DAY)
    assert [citation.clause.id for _, citation in found] == ["quanzhou:专栏1/10"]
