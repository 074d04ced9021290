import json
from pathlib import Path
from typing import Any

import pytest

from eval.answers.case import CASES, Split, read_cases
from eval.answers.check import check_cases
from ingest.errors import BadCase, DuplicateCase, NoCases
from tests.eval.builders import case_line, clause_text, make_case


def write_lines(path: Path, *lines: dict[str, Any] | str) -> Path:
    texts = (line if isinstance(line, str) else json.dumps(line, ensure_ascii=False) for line in lines)
    path.write_text("\n".join(texts) + "\n", encoding="utf-8")
    return path


def test_the_shipped_cases_can_be_read() -> None:
    every = read_cases(CASES, Split.ALL)
    assert len(every) == len(read_cases(CASES, Split.DEV)) + len(read_cases(CASES, Split.HELD))
    assert len(every) > 700


def test_a_folder_is_read_in_order_of_names_and_blank_lines_are_passed_over(tmp_path: Path) -> None:
    write_lines(tmp_path / "b.jsonl", case_line(id="b1"))
    write_lines(tmp_path / "a.jsonl", case_line(id="a1"), "", case_line(id="a2", split="held"))
    assert [case.id for case in read_cases(tmp_path, Split.ALL)] == ["a1", "a2", "b1"]
    assert [case.id for case in read_cases(tmp_path, Split.HELD)] == ["a2"]


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{not json", "Invalid JSON"),
        (case_line(status=["perhaps"]), "status.0"),
        (case_line(status=[]), "status"),
        (case_line(turns=[]), "turns"),
        (case_line(gold=[[]]), "gold.0"),
        (case_line(facts=[3]), "facts.0"),
        (case_line(split="test"), "split"),
        (case_line(hint="x"), "hint"),
        ({key: value for key, value in case_line().items() if key != "forbidden"}, "forbidden"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: dict[str, Any] | str, reason: str) -> None:
    path = write_lines(tmp_path / "x.jsonl", case_line(), line)
    with pytest.raises(BadCase) as caught:
        read_cases(path)
    assert caught.value.line == 2
    assert caught.value.path == path
    assert reason in caught.value.reason


def test_two_cases_of_one_id_are_refused_even_across_splits(tmp_path: Path) -> None:
    write_lines(tmp_path / "x.jsonl", case_line(), case_line(split="held"))
    with pytest.raises(DuplicateCase, match="case-1"):
        read_cases(tmp_path, Split.DEV)


@pytest.mark.parametrize("lines", [(), (case_line(split="held"),)])
def test_no_cases_is_an_error(tmp_path: Path, lines: tuple[dict[str, Any], ...]) -> None:
    write_lines(tmp_path / "x.jsonl", *lines)
    for path in (tmp_path, tmp_path / "x.jsonl"):
        with pytest.raises(NoCases):
            read_cases(path, Split.DEV)
    with pytest.raises(NoCases):
        read_cases(tmp_path / "missing.jsonl")


@pytest.mark.parametrize(
    ("status", "answer", "decline"),
    [
        (["answered"], True, False),
        (["answered", "partial"], True, False),
        (["partial"], True, False),
        (["not_found"], False, True),
        (["partial", "not_found"], False, True),
        (["out_of_scope", "answered"], False, False),  # either will do: it says nothing of declining
    ],
)
def test_what_a_case_expects(status: list[str], answer: bool, decline: bool) -> None:
    case = make_case(status=status)
    assert (case.expects_answer, case.expects_decline) == (answer, decline)


def test_groups_and_acceptable_clauses() -> None:
    case = make_case(gold=["a:一", ["a:二", "b:一"]], also=["c:一"])
    assert case.gold_groups == (("a:一",), ("a:二", "b:一"))
    assert case.acceptable == {"a:一", "a:二", "b:一", "c:一"}


def test_the_check_names_unknown_clauses_and_unfounded_facts() -> None:
    cases = [
        make_case(id="fine", facts=["8 5 0 家", ["无", "2025年"]]),
        make_case(id="typo", gold=[["a:一", "a:九"]]),
        make_case(id="sum", facts=["850", "344"], split="held"),
        make_case(id="no gold", gold=[], also=["a:二"], facts=["anything"]),
    ]
    doubts = check_cases(cases, clause_text)
    assert [(doubt.case_id, doubt.unknown_clause, doubt.unfounded_fact, doubt.held) for doubt in doubts] == [
        ("typo", "a:九", (), False),
        ("sum", "", ("344",), True),
    ]
