"""What is said when it is not there: which thing is missing, what stands near, whom to ask."""

from dataclasses import replace

import pytest

from bot import wording
from bot.answer.decline import RELATED, hand_over, missing, not_found, out_of_scope, related
from bot.model import Aspect, Citation, Intent, Question, Statement, Status
from tests.bot.judge.judge_builders import verdict_on
from tests.bot.scripted import BEARS, NOTHING, STATES, ScriptedBot

CLAUSES = ("xiamen:三(四)21", "quanzhou:三(四)16", "qingdao:四(三)", "jinhua:二(十)")


def test_out_of_scope_is_a_phrase() -> None:
    answer = out_of_scope(wording.GREETING)
    assert (answer.status, answer.statements) == (Status.OUT_OF_SCOPE, (Statement(wording.GREETING),))


def test_not_found_says_so_when_nothing_else_is_said() -> None:
    assert not_found().statements == (Statement(wording.NOT_FOUND),)
    assert not_found(["甲。", "乙。"]).statements == (Statement("甲。"), Statement("乙。"))
    assert not_found(["甲。"]).status is Status.NOT_FOUND


class TestRelated:
    def test_the_nearest_clauses_by_their_best_sentence(self, scripted: ScriptedBot) -> None:
        rows = {"三位一体": BEARS, "眼镜制配": STATES, CLAUSES[1]: NOTHING}
        found = related(verdict_on(scripted, rows, *CLAUSES))
        assert len(found) == RELATED
        assert found[0].clause.id == "xiamen:三(四)21"
        assert "眼镜制配" in found[0].quote
        assert len({one.clause.id for one in found}) == RELATED
        for one in found:
            assert isinstance(one, Citation)

    def test_none_that_is_cited(self, scripted: ScriptedBot) -> None:
        verdict = verdict_on(scripted, {CLAUSES[0]: STATES}, *CLAUSES)
        first = related(verdict)[:1]
        assert first[0].clause.id == CLAUSES[0]
        assert CLAUSES[0] not in {one.clause.id for one in related(verdict, first)}

    def test_a_heading_by_itself_is_near_to_nothing(self, scripted: ScriptedBot) -> None:
        verdict = verdict_on(scripted, {"加大政策支持。": STATES}, "jinhua:三(二)")
        (near,) = related(verdict)
        assert near.quote != "加大政策支持。"

    def test_nor_are_a_document_s_head_and_signature(self, scripted: ScriptedBot) -> None:
        rows = {"quanzhou:题头": STATES, "quanzhou:落款": STATES, CLAUSES[1]: BEARS}
        found = related(verdict_on(scripted, rows, *rows))
        assert [one.clause.id for one in found] == [CLAUSES[1]]

    def test_nothing_read_nothing_near(self, scripted: ScriptedBot) -> None:
        assert related(verdict_on(scripted, {}, "nowhere:一")) == ()


@pytest.mark.parametrize("aspect", list(Aspect))
def test_every_aspect_has_a_name(aspect: Aspect) -> None:
    assert missing([aspect]) == wording.MISSING_ASPECT.format(aspect=wording.ASPECT_NAMES[aspect])


def test_the_likeliest_aspect_is_named() -> None:
    assert missing([Aspect.FEE, Aspect.AMOUNT]) == missing([Aspect.FEE])
    assert missing([]) == wording.MISSING_DETAIL


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("一次性扣除上限", wording.ASK_TAX_OFFICE),
        ("买秤能抵税吗", wording.ASK_TAX_OFFICE),
        ("缺斤短两罚多少", wording.ASK_REGULATOR),
    ],
)
def test_whom_to_ask(text: str, line: str) -> None:
    assert hand_over(Question(text, text)) == (line,)


def test_whom_to_ask_of_a_tax_that_was_asked_about_before() -> None:
    follow_up = Question("单台有上限吗", "单台有上限吗", before=("能抵税吗",))
    assert hand_over(follow_up) == (wording.ASK_TAX_OFFICE,)
    taken_over = replace(follow_up, plans=("xiamen",), inherited=("xiamen",))
    assert hand_over(taken_over) == (wording.ASK_TAX_OFFICE,)
    assert hand_over(replace(follow_up, plans=("jinhua",))) == (wording.ASK_REGULATOR,), (
        "it names a place: it begins anew"
    )
    assert hand_over(replace(follow_up, before=("能抵税吗", "秤谁管"))) == (wording.ASK_REGULATOR,)


def test_of_a_document_itself_its_issuer_is_to_be_asked() -> None:
    assert hand_over(Question("文号", "文号", intent=Intent.METADATA)) == (wording.ASK_ISSUER,)
    assert "12315" not in wording.ASK_ISSUER
