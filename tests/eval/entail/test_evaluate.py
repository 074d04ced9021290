"""How well claims are read, and the threshold that follows."""

import pytest

from eval.entail.evaluate import Read, dev_sets, measure, point, read_set
from eval.entail.examples import HELD_PLAN, HELD_WRITERS
from eval.entail.sources import whole_corpus
from eval.verification.pairs import Label, Pair, read_pairs

ROWS = [
    Read(True, False, 0.9),
    Read(True, False, 0.4),
    Read(True, True, 0.9),
    Read(False, False, 0.8),
    Read(False, False, 0.2),
    Read(False, True, 0.95),
    Read(False, False, 0.1),
]


@pytest.mark.parametrize(
    ("threshold", "caught", "held_back"),
    [(0.0, 0.25, 1 / 3), (0.3, 0.75, 1 / 3), (0.5, 0.75, 2 / 3), (0.85, 1.0, 2 / 3), (1.0, 1.0, 1.0)],
)
def test_rules_and_reader_stop_together(threshold: float, caught: float, held_back: float) -> None:
    found = point(ROWS, threshold)
    assert found.caught == pytest.approx(caught, abs=1e-3)
    assert found.held_back == pytest.approx(held_back, abs=1e-3)


def test_the_figures_of_a_set() -> None:
    found = measure(ROWS)
    assert found.sentences == 7
    assert found.auroc == pytest.approx(8 / 12, abs=0.05)
    assert [one.caught for one in found.curve] == sorted(one.caught for one in found.curve)


def test_the_sets_are_the_writers_and_the_plan_nothing_is_learned_from() -> None:
    sets = dev_sets(read_pairs())
    assert set(sets) == {*HELD_WRITERS, HELD_PLAN}
    assert all(len(rows) >= 300 for rows in sets.values())
    assert {one.clause.partition(":")[0] for one in sets[HELD_PLAN]} == {HELD_PLAN}
    assert set(dev_sets(read_pairs(), "")) == {*HELD_WRITERS}, "what was learned from measures nothing"


def test_each_sentence_is_read_against_its_whole_clause() -> None:
    asked: list[tuple[str, str]] = []

    def borne(sentence: str, cited: str) -> float:
        asked.append((sentence, cited))
        return 0.7

    row = {"clause": "xiamen:四24", "cited": "公益性计量工作所需经费按规定纳入本级预算。", "edit": "x"}
    said = "公益性计量工作所需经费500万元按规定纳入本级预算。"
    true = Pair(id="a", sentence="经费要纳入本级预算。", label=Label.TRUE, **row)
    false = Pair(id="b", sentence=said, label=Label.FALSE, **row)
    found = read_set([true, false], whole_corpus(), borne)
    assert found == [Read(True, False, 0.7), Read(False, True, 0.0)]
    assert [cited.startswith("厦门·") for _, cited in asked] == [True], "where a rule decides, no reader is asked"
