from typing import Any

import pytest

from eval.answers.asker import Cited
from eval.answers.judgement import is_slice
from eval.answers.said import fold
from tests.eval.builders import citation, clause_text, failed, judged


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("到 **2025年** 达到\n850 家。[1]", "到2025年达到850家。"),
        ("- 第一\n* 第二\n> 引文\n## 标题", "第一第二引文标题"),
        ("| 9 |", "|9|"),  # the bars part cells: 9 must not be found in 19
        ("| --- | -- |", "|---|--|"),
        ("国发〔2021〕37号", "国发〔2021〕37号"),
        ("为2[1][2]。增加[3,4]了", "为2。增加了"),
        ("为2[[1]](/c/x)。", "为2。"),
        ("（一）Utc", "(一)utc"),
        ("目标：`850`", "目标:850"),
    ],
)
def test_fold(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_a_right_answer_has_no_reasons() -> None:
    judgement = judged()
    assert judgement.correct
    assert judgement.reasons == ()
    assert judgement.cited == ("a:一",)


@pytest.mark.parametrize(
    ("case", "reply", "reason"),
    [
        ({}, {"status": "partial"}, "status: partial, allowed answered"),
        ({}, {"citations": [citation("a:二")]}, "not cited: a:一"),
        ({"gold": ["a:一", "b:一"]}, {}, "not cited: b:一"),
        ({"gold": [["a:二", "b:一"]]}, {}, "not cited: a:二 or b:一"),
        ({"facts": ["850", "506"]}, {}, "fact missing: 506"),
        ({"facts": [["506", "507"]]}, {}, "fact missing: 506 …"),
        ({"forbidden": ["８５０家"]}, {}, "forbidden: ８５０家"),
        ({"forbidden": ["罚款"]}, {"plain_text": "罚 款"}, "forbidden: 罚款"),
    ],
)
def test_each_fault_is_named(case: dict[str, Any], reply: dict[str, Any], reason: str) -> None:
    judgement = judged(case, **reply)
    assert not judgement.correct
    assert reason in judgement.reasons


def test_any_member_of_a_group_will_do() -> None:
    assert judged({"gold": [["a:二", "a:一"]], "facts": [["506", "850"]]}).correct


def test_related_clauses_do_not_count_as_citations() -> None:
    assert not judged(citations=[], related=[citation("a:一")]).correct


def test_a_fact_in_either_form_of_the_answer_will_do() -> None:
    assert judged({"facts": ["| 850 |"]}, answer="| 家 | 850 |", plain_text="850家").correct


def test_a_list_of_sources_says_nothing() -> None:
    """It names the number of every plan cited, whatever was asked."""
    sources = "出处：\n[1] 《意见》（泉政文〔2023〕14号）三(四)16\n相近条款（仅供参考）：\n《方案》（厦府〔2021〕57号）"
    listed = f"未载明。\n{sources}"
    assert not judged({"facts": ["泉政文〔2023〕14号"]}, plain_text=listed).correct
    assert judged({"facts": ["850"], "forbidden": ["厦府〔2021〕57号", "14号"]}, plain_text=listed).correct


def test_a_decline_owes_no_citation_but_its_facts_and_silence() -> None:
    case = {"status": ["not_found", "partial"], "gold": ["a:一"], "facts": [], "forbidden": ["元以下"]}
    assert judged(case, status="not_found", answer="未载明。", plain_text="未载明。", citations=[]).correct
    assert not judged(case, status="partial", answer="一千元以下", citations=[]).correct
    assert not judged({**case, "facts": ["未载明"]}, status="not_found", answer="没有。", plain_text="").correct


def test_where_either_will_do_an_answer_must_cite_and_a_decline_need_not() -> None:
    case = {"status": ["answered", "not_found"], "facts": []}
    assert judged(case, status="not_found", citations=[]).correct
    assert not judged(case, status="answered", citations=[]).correct


def test_no_answer_is_wrong_and_says_why() -> None:
    judgement = failed()
    assert not judgement.correct
    assert judgement.reasons == ("no answer: no connection",)
    assert not judgement.declined


@pytest.mark.parametrize(
    ("start", "end", "quote", "clause_id", "exact"),
    [
        (0, 4, "到202", "a:一", True),
        (0, 4, "到203", "a:一", False),
        (1, 5, "到202", "a:一", False),
        (0, 0, "", "a:一", False),
        (-3, -1, "50家", "a:一", False),
        (0, 99, "到2025年达到850家。", "a:一", False),
        (0, 1, "到", "z:一", False),
    ],
)
def test_a_slice_is_exact_or_none(start: int, end: int, quote: str, clause_id: str, exact: bool) -> None:
    assert is_slice(Cited(clause_id=clause_id, quote=quote, start=start, end=end), clause_text) is exact


def test_inexact_citations_are_found_among_related_ones_too() -> None:
    judgement = judged(related=[citation("a:二", quote="加强督查")])
    assert [cited.clause_id for cited in judgement.inexact] == ["a:二"]
    assert judgement.parts["exact_slices"] == (1.0, 2.0)


@pytest.mark.parametrize(
    ("allowed", "actual", "declined"),
    [
        (["answered"], "not_found", True),
        (["answered"], "partial", True),  # less than the case allows an answer to be
        (["answered", "partial"], "partial", False),
        (["not_found"], "partial", True),
        (["not_found", "partial"], "answered", False),
    ],
)
def test_declined(allowed: list[str], actual: str, declined: bool) -> None:
    assert judged({"status": allowed}, status=actual).declined is declined
