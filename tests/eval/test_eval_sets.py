import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from eval.answers.case import Split
from eval.answers.sets import HeldMissing, QuestionSet, SetName, Sources, read_sets, sample
from ingest.corpus import Corpus
from ingest.errors import NoCases
from ingest.model import Plan
from tests.eval.builders import clause_text, labelled_case, reply_json, row_line

TAX = {"四24": "允许一次性计入当期成本费用"}
JINHUA = {"gold": {"jinhua:二(十)": ""}}


@pytest.fixture(scope="module")
def corpus(plans: dict[str, Plan]) -> Corpus:
    return Corpus(plans.values())


def write(path: Path, *rows: dict[str, Any]) -> None:
    path.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")


def row(id_: str, corpus: Corpus, *clauses: str, **changes: Any) -> dict[str, Any]:
    """A question which these clauses answer by their first words."""
    plans = list(dict.fromkeys(clause.partition(":")[0] for clause in clauses))
    gold = {clause: corpus.clause(clause).text[:8] for clause in clauses}
    return row_line(id=id_, plans=plans, gold=gold, **changes)


@pytest.fixture
def sources(tmp_path: Path, corpus: Corpus) -> Sources:
    data = tmp_path / "data"
    data.mkdir()
    write(data / "citizens.jsonl", row("c1", corpus, "xiamen:四24"), row("c2", corpus, "jinhua:二(十)"))
    write(data / "accountants.jsonl", row("a1", corpus, "quanzhou:四(二)"))
    write(data / "firms.jsonl", row("f1", corpus, "xiamen:四24"))
    both = row("b1", corpus, "xiamen:四24", "jinhua:二(十)")
    write(data / "others.jsonl", both, row("b2", corpus, "jinhua:二(一)"), row("b3", corpus, "xiamen:四24"))
    return Sources(corpus, labelled=data, held=tmp_path / "strangers" / "held.jsonl")


@pytest.mark.parametrize(
    ("name", "ids", "why"),
    [
        (SetName.WRITERS, ["a1", "c1"], "of two writers, but for what the held plan alone answers"),
        (SetName.BORDERS, ["f1"], "of two more"),
        (SetName.PLAN, ["c2", "b2"], "of whoever wrote it"),
        (SetName.TRAIN, ["b1", "b3"], "the rest"),
    ],
)
def test_a_labelled_set_holds_its_split(sources: Sources, name: SetName, ids: list[str], why: str) -> None:
    (one,) = read_sets([name], sources)
    assert [case.id for case in one.questions] == ids, why
    assert not any(case.held for case in one.questions)
    assert one.split == "dev"


def test_the_held_set_is_missing_until_it_is_written(sources: Sources, corpus: Corpus) -> None:
    with pytest.raises(HeldMissing, match=r"eval/judge/data.*--set writers"):
        read_sets([SetName.HELD], sources)
    sources.held.parent.mkdir()
    write(sources.held, row("h1", corpus, "xiamen:四24"))
    (one,) = read_sets([SetName.HELD], sources)
    assert [(case.id, case.writer, case.held) for case in one.questions] == [("h1", "held", True)]
    assert one.split == "held"


def test_the_cases_keep_their_own_split(corpus: Corpus) -> None:
    dev, held = (read_sets([SetName.CASES], Sources(corpus, split=split))[0] for split in (Split.DEV, Split.HELD))
    assert not any(case.held for case in dev.questions)
    assert all(case.held for case in held.questions)


def test_an_empty_set_is_an_error(tmp_path: Path, corpus: Corpus) -> None:
    write(tmp_path / "others.jsonl", row("b3", corpus, "xiamen:四24"))
    with pytest.raises(NoCases):
        read_sets([SetName.PLAN], Sources(corpus, labelled=tmp_path))


CASES = tuple(labelled_case(id=f"row-{number}") for number in range(100))


def test_a_sample_is_the_same_each_time_and_keeps_the_order() -> None:
    drawn = sample(CASES, 20, seed=1)
    assert drawn == sample(CASES, 20, seed=1) != sample(CASES, 20, seed=2)
    assert len(drawn) == 20
    assert list(drawn) == sorted(drawn, key=CASES.index)
    assert sample(CASES, 1_000) == CASES


def test_one_question_more_changes_one_member_of_a_sample_at_most() -> None:
    before, after = ({case.id for case in sample(cases, 20)} for cases in (CASES[:99], CASES))
    assert len(before - after) <= 1


class Asker:
    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        return reply_json(answer=f"{question} {session_id}")


def test_a_set_is_asked_and_judged() -> None:
    case = labelled_case()
    sets = QuestionSet("writers", "dev", (case,), lambda outcome, _: outcome)  # type: ignore[arg-type,return-value]
    (outcome,) = sets.judged(Asker(), clause_text)
    assert outcome.case is case  # type: ignore[attr-defined]
    assert sets.sampled(None) is sets
