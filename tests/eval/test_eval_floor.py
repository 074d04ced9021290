"""The floor's mechanism; and the committed floor, under the bot as shipped."""

import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.local import LocalBot
from eval.answers.asker import InProcessAsker
from eval.answers.floor import FLOOR, Bounds, Floor, read_floor
from eval.answers.judgement import clause_texts
from eval.answers.labelled import judge_labelled
from eval.answers.run import Options, Result, run
from eval.answers.sets import QuestionSet, SetName, Sources, read_sets
from ingest.corpus import Corpus
from ingest.errors import BadSetting
from ingest.model import Plan
from tests.eval.builders import TEXTS, citation, clause_text, labelled_case, reply_json
from vectorstore.encoder import Encoder
from vectorstore.index import PassageIndex

QUESTIONS_MOST = 450  # of all samples: at 50–100 ms each, with the index, a minute


class HalfRight:
    """Answers every other question with the right clause."""

    def __init__(self) -> None:
        self.asked = 0

    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        self.asked += 1
        cited = citation("a:一", TEXTS["a:一"]) if self.asked % 2 else citation("a:二")
        return reply_json(answer=f"{question} {session_id}", citations=[cited])


CASES = tuple(labelled_case(id=f"row-{number}") for number in range(100))
WRITERS = QuestionSet("writers", "dev", CASES, judge_labelled)


def held_to(floor: Floor, asker: HalfRight | None = None) -> Result:
    (result,) = run(asker or HalfRight(), [WRITERS], clause_text, Options(floor=floor), lambda _: None)
    return result


def bounds(figures: dict[str, float] | None = None, sample: int = 100) -> Floor:
    return {SetName.WRITERS: Bounds(sample=sample, figures=figures or {})}


@pytest.mark.parametrize(
    ("figures", "missed"),
    [
        ({}, []),
        ({"correct": 0.5, "false_declines": 0.0, "latency_p95_ms": 1e6}, []),  # reaching it is enough
        ({"correct": 0.51}, ["correct of writers is 0.5, the floor asks for at least 0.51"]),
        ({"latency_p95_ms": 0.0}, ["latency_p95_ms of writers is"]),
        ({"false_answers": 1.0}, ["false_answers of writers is not measured, the floor asks for at most 1"]),
    ],
)
def test_a_figure_beyond_its_bound_is_told(figures: dict[str, float], missed: list[str]) -> None:
    below = [str(shortfall) for shortfall in held_to(bounds(figures)).below]
    assert len(below) == len(missed)
    assert all(text.startswith(start) for text, start in zip(below, missed, strict=True))


def test_the_floor_decides_what_is_asked() -> None:
    asker = HalfRight()
    first = held_to(bounds(sample=20), asker)
    assert asker.asked == 20
    ids = [judgement.outcome.case.id for judgement in first.run.judgements]
    assert ids == [judgement.outcome.case.id for judgement in held_to(bounds(sample=20)).run.judgements]


def test_a_set_without_a_floor_is_held_to_none() -> None:
    assert held_to({SetName.PLAN: Bounds(sample=1, figures={"correct": 1.0})}).below == ()


def test_an_unknown_figure_is_refused() -> None:
    with pytest.raises(BadSetting, match="corect"):
        held_to(bounds({"corect": 0.9}))


@pytest.mark.parametrize(
    "content",
    [
        {"writer": {"sample": 10, "figures": {}}},
        {"writers": {"figures": {}}},
        {"writers": {"sample": 0, "figures": {}}},
        {"writers": {"sample": 10, "figures": {"correct": "high"}}},
        {"writers": {"sample": 10, "figures": {"correct": True}}},
        {"writers": {"sample": 10, "figures": {}, "figure": {}}},
        {"correct": 0.9},
        [0.9],
    ],
)
def test_a_floor_with_a_slip_is_refused(tmp_path: Path, content: object) -> None:
    path = tmp_path / "floor.json"
    path.write_text(json.dumps(content), encoding="utf-8")
    with pytest.raises(BadSetting, match="floor"):
        read_floor(path)


def test_the_committed_floor_can_be_asked_within_a_minute() -> None:
    floor = read_floor(FLOOR)
    assert set(floor) == {SetName.WRITERS, SetName.BORDERS, SetName.PLAN, SetName.CASES}
    assert all(one.figures["exact_slices"] == 1.0 for one in floor.values()), "a citation is an exact slice, always"
    assert sum(one.sample for one in floor.values()) <= QUESTIONS_MOST


def test_the_shipped_bot_is_not_below_the_floor(
    plans: dict[str, Plan], shipped_index: PassageIndex, encoder: Encoder
) -> None:
    """The floor only rises."""
    bot = LocalBot(Corpus(plans.values()), shipped_index, encoder, today=lambda: date(2026, 6, 1))
    floor = read_floor(FLOOR)
    lines: list[str] = []
    sets = read_sets(floor, Sources(bot.corpus))
    results = run(InProcessAsker(bot), sets, clause_texts(bot.corpus), Options(floor=floor), lines.append)
    assert [str(shortfall) for result in results for shortfall in result.below] == [], "\n".join(lines)
