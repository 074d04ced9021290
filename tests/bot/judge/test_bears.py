"""Candidates are read with the question: by the probabilities of the model, best first."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

import numpy as np
import pytest

from bot.judge.bears import Judged, SentenceJudge
from bot.model import Question
from tests.bot.judge.judge_builders import judged, of_clauses, question
from tests.bot.scripted import (
    BEARS,
    BLANK,
    NOTHING,
    STATES,
    THRESHOLDS,
    Row,
    ScriptedBot,
    ScriptedEncoder,
    ScriptedIndex,
    ScriptedJudge,
    Seen,
)
from vectorstore.encoder import Encoding
from vectorstore.passages import cut_passages

ITEM, CITY = "xiamen:三(四)21", "quanzhou:三(四)16"


@pytest.fixture
def sentences(scripted: ScriptedBot) -> SentenceJudge:
    return scripted.judge.sentences


def test_the_candidate_is_at_hand() -> None:
    (one, *_) = of_clauses(ITEM)
    found = judged(one, STATES)
    assert (found.plan, found.clause, found.passage) == (one.plan, one.clause, one.passage)


def test_best_first_with_the_models_numbers(scripted: ScriptedBot, sentences: SentenceJudge) -> None:
    scripted.on("", {"眼镜制配": BEARS, "三位一体": STATES})
    found = sentences.read(question(), of_clauses(ITEM))
    assert len(found) == len(of_clauses(ITEM))
    first, second, *rest = found
    assert "三位一体" in first.passage.text
    assert "眼镜制配" in second.passage.text
    assert (first.bears, first.states, first.score) == pytest.approx((0.98, 0.9, 0.98))
    assert (second.bears, second.states, second.score) == pytest.approx((0.65, 0.15, 0.65))
    assert all(one.bears == pytest.approx(0.06) for one in rest)


def test_ties_keep_the_order_of_the_search(sentences: SentenceJudge) -> None:
    candidates = of_clauses(CITY, ITEM)
    assert [one.candidate for one in sentences.read(question(), candidates)] == candidates
    assert [one.candidate for one in sentences.read(question(), candidates[::-1])] == candidates[::-1]


def test_the_model_reads_the_question_with_what_was_asked_before(
    scripted: ScriptedBot, sentences: SentenceJudge
) -> None:
    sentences.read(Question("那泉州呢", "那泉州呢", bare="那 呢", before=("怎么扣除",)), of_clauses(CITY))
    assert scripted.script.read == ["那 呢 前文：怎么扣除"]


def test_nothing_is_read_for_nothing(scripted: ScriptedBot, sentences: SentenceJudge) -> None:
    assert sentences.read(question(), ()) == []
    assert sentences.read(question(""), of_clauses(CITY)) == []
    assert scripted.script.read == []


class Pointing(ScriptedIndex):
    """The sentences' vectors point where `nearness` of their row says, from -1 to 1."""

    nearness: Mapping[int, float]

    def states(self, rows: Sequence[int]) -> list[Encoding]:
        near = [self.nearness.get(row, 0.0) for row in rows]
        seen = [one for one in super().states(rows) if isinstance(one, Seen)]
        return [
            replace(one, vector=np.array([cosine, 1 - abs(cosine), 0, 0], dtype=np.float32))
            for one, cosine in zip(seen, near, strict=True)
        ]


class East(ScriptedEncoder):
    """Every question points east."""

    def __init__(self) -> None:
        super().__init__()
        self.query = lru_cache(lambda text: Seen(BLANK, np.array([1, 0, 0, 0], dtype=np.float32), text=text))


class TestNearness:
    @pytest.fixture
    def index(self, scripted: ScriptedBot) -> Pointing:
        return Pointing(scripted.script, cut_passages(scripted.corpus.plans))

    def read(
        self, scripted: ScriptedBot, index: Pointing, weight: float, said: dict[str, Row], near: dict[str, float]
    ) -> list[Judged]:
        candidates = of_clauses(ITEM)
        index.nearness = {
            one.row: cosine for one in candidates for words, cosine in near.items() if words in one.passage.text
        }
        scripted.on("", said)
        model = ScriptedJudge(scripted.script, replace(THRESHOLDS, near=weight))
        return SentenceJudge(East(), model, index).read(question(), candidates)

    def test_of_two_that_bear_as_much_the_nearer_comes_first(self, scripted: ScriptedBot, index: Pointing) -> None:
        said = {"眼镜制配": BEARS, "三位一体": BEARS}
        first, second, *_ = self.read(scripted, index, 1.0, said, {"眼镜制配": 0.9})
        assert "眼镜制配" in first.passage.text
        assert first.bears == second.bears, "what bears is the judge's alone"
        assert 0 < second.score < 0.65 < first.score < 1

    def test_a_far_sentence_that_bears_much_more_stays_before(self, scripted: ScriptedBot, index: Pointing) -> None:
        said = {"眼镜制配": NOTHING, "三位一体": STATES}
        first, *_ = self.read(scripted, index, 1.0, said, {"眼镜制配": 0.9, "三位一体": -0.9})
        assert "三位一体" in first.passage.text

    def test_without_weight_only_bearing_counts(self, scripted: ScriptedBot, index: Pointing) -> None:
        said = {"眼镜制配": BEARS, "三位一体": BEARS}
        found = self.read(scripted, index, 0.0, said, {"眼镜制配": 0.9})
        assert [one.score for one in found] == pytest.approx([one.bears for one in found])

    def test_what_is_certain_can_still_be_ordered(self, scripted: ScriptedBot, index: Pointing) -> None:
        said: dict[str, Row] = {"眼镜制配": (0.0, 0.0, 1.0), "三位一体": (0.0, 0.0, 1.0), "双随机": (1.0, 0.0, 0.0)}
        found = self.read(scripted, index, 1.0, said, {"三位一体": 0.5})
        assert "三位一体" in found[0].passage.text
        assert "眼镜制配" in found[1].passage.text
        assert all(0 < one.score < 1 for one in found)
