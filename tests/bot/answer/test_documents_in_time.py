"""What is expired, replaced or to come beside what is in force: left out, or marked where it is asked for."""

import pytest

from bot import wording
from bot.model import Status
from tests.bot.scripted import STATES, ScriptedBot, clause_ids, texts
from tests.documents import TEXTS, corpus_of

RULE, LAW = "泉州市集贸市场计量管理办法", "计量法（2018年修正）"


@pytest.fixture(scope="module")
def many() -> ScriptedBot:
    return ScriptedBot(corpus=corpus_of(*TEXTS))


class TestTime:
    def test_what_is_expired_is_left_out(self, many: ScriptedBot) -> None:
        rows = {"quanzhou-expired:一(二)": STATES, "quanzhou-rule:一(一)": STATES}
        for text in ("泉州奖励多少", "奖励多少"):
            assert clause_ids(many.tell(text, rows)) == ["quanzhou-rule:一(一)"]

    def test_and_marked_when_it_is_asked_for_by_name(self, many: ScriptedBot) -> None:
        name = "泉州市市场监督管理局关于开展加油机专项整治的通知"
        answer = many.tell(f"{name}奖励多少", {"quanzhou-expired:一(二)": STATES})
        assert answer.statements[0].text.startswith(f"（已失效）{name}（一(二)）")
        assert f"《{name}》有效期至2023年12月31日，已经失效" in answer.notes[0]

    def test_or_on_a_day_in_its_time(self, many: ScriptedBot) -> None:
        many.on("", {"quanzhou-expired:一(二)": STATES, "quanzhou-rule:一(一)": STATES})
        answer = many.ask("泉州奖励多少", as_of="2022-06-01").answer
        assert clause_ids(answer) == ["quanzhou-expired:一(二)"]
        assert wording.AS_OF.format(day="2022年6月1日") in answer.notes
        assert many.ask("泉州奖励多少").answer != answer, "the day is part of what is remembered"

    def test_a_search_keeps_to_its_day_too(self, many: ScriptedBot) -> None:
        many.on("", {"quanzhou-expired:一(二)": STATES, "quanzhou-rule:一(一)": STATES})

        def found(day: str) -> set[str]:
            return {hit.plan_id for hit, _ in many.search("泉州奖励多少", limit=50, as_of=day)}

        assert "quanzhou-expired" in found("2022-06-01")
        assert "quanzhou-rule" not in found("2022-06-01")
        assert "quanzhou-expired" not in found("")

    def test_one_version_is_in_force(self, many: ScriptedBot) -> None:
        rows = {"law-2018:第三条": STATES, "law-2015:第三条": STATES}
        assert clause_ids(many.tell("计量法怎么罚", rows)) == ["law-2018:第三条"]
        assert clause_ids(many.tell("截至2016年，计量法怎么罚", rows)) == ["law-2015:第三条"]
        assert clause_ids(many.tell("怎么罚", rows)) == ["law-2018:第三条"]

    def test_two_versions_side_by_side(self, many: ScriptedBot) -> None:
        answer = many.tell("新旧计量法第三条有什么不同")
        first, second = answer.statements
        assert "五百元" in first.text + second.text
        assert {one.text.startswith("（已被取代）") for one in answer.statements} == {True, False}
        assert "自2018年10月26日起已由《中华人民共和国计量法》（2018年修正）取代" in answer.notes[0]

    def test_what_is_to_come_is_marked(self, many: ScriptedBot) -> None:
        answer = many.tell("电子计价秤的接口", {"national-notice:一(二)": STATES})
        assert answer.statements[0].text.startswith("（尚未施行）")
        assert any("自2027年1月1日起施行，尚未生效" in note for note in answer.notes)

    def test_a_place_whose_documents_are_over_says_so(self) -> None:
        bot = ScriptedBot(corpus=corpus_of("quanzhou-expired", shipped=False))
        answer = bot.tell("泉州奖励多少", {"quanzhou-expired:一(二)": STATES})
        assert answer.status is Status.NOT_FOUND
        assert answer.citations == ()
        assert "有效期至2023年12月31日，已经失效，不据以作答" in texts(answer)

    def test_the_caller_may_choose_what_is_over(self, many: ScriptedBot) -> None:
        many.on("", {"law-2015:第三条": STATES})
        answer = many.ask("怎么罚", plans=("law-2015",)).answer
        assert answer.statements[0].text.startswith("（已被取代）")

    def test_search_leaves_it_out_too(self, many: ScriptedBot) -> None:
        many.on("", {"quanzhou-expired:一(二)": STATES})
        assert "quanzhou-expired" not in {hit.plan_id for hit, _ in many.search("泉州加油机奖励", limit=100)}

    def test_and_so_does_a_glance(self, many: ScriptedBot) -> None:
        near = many.glance("泉州加油机铅封逐台检查").answer.related
        assert "quanzhou-expired" not in {one.plan.id for one in near}
        then = many.glance("泉州加油机铅封逐台检查", as_of="2022-06-01").answer.related
        assert "quanzhou-expired" in {one.plan.id for one in then}

    def test_a_follow_up_keeps_to_what_is_in_force(self, many: ScriptedBot) -> None:
        many.on("", {"law-2018:第三条": STATES, "law-2015:第三条": STATES})
        many.ask("计量法怎么罚", session_id="t")
        asked = many.ask("那具体呢", session_id="t")
        assert asked.question.plans == asked.question.documents == ("law-2018",)

    def test_the_year_of_a_quoted_target_is_over(self, many: ScriptedBot) -> None:
        answer = many.tell("泉州到2025年要怎样", {"quanzhou:二": STATES})
        assert wording.PAST_YEAR.format(year=2025) in answer.notes
        assert wording.PAST_YEAR.format(year=2035) not in answer.notes


TERMS = [
    ("计量法何时施行", f"{LAW}：施行日期：「自1986年7月1日起施行」。", ["law-2018:第五条"]),
    (
        f"{RULE}有效期到什么时候",
        f"{RULE}：失效日期：「有效期五年」，即2028年6月30日。",
        ["quanzhou-rule:二(三)", "quanzhou-rule:题头"],
    ),
    (
        "泉州市集贸市场电子秤管理办法还有效吗",
        "泉州市集贸市场电子秤管理办法：自2023年7月1日起已由《泉州市人民政府关于印发《泉州市集贸市场计量管理办法》的通知》取代。",
        ["quanzhou-rule:二(三)"],
    ),
    (
        "晋江的通知何时施行",
        "晋江：施行日期：「自发布之日起30日后施行」，即2024年3月31日。",
        ["jinjiang-notice:二(三)", "jinjiang-notice:落款"],
    ),
]


@pytest.mark.parametrize(("asked", "said", "cited"), TERMS)
def test_asked_of_its_time(many: ScriptedBot, asked: str, said: str, cited: list[str]) -> None:
    answer = many.tell(asked)
    assert texts(answer) == said
    assert clause_ids(answer) == cited
    assert answer.status is Status.ANSWERED


def test_no_end_is_known(many: ScriptedBot) -> None:
    begins, no_end = many.tell("计量法还有效吗").statements
    assert "自1986年7月1日起施行" in begins.text
    assert no_end.text == wording.NO_END.format(name=LAW)


def test_the_version_that_was_replaced_names_the_one_that_holds(many: ScriptedBot) -> None:
    answer = many.tell("2015年修正的计量法还有效吗")
    assert "自2018年10月26日起已由《中华人民共和国计量法》（2018年修正）取代" in texts(answer)
    assert clause_ids(answer) == ["law-2018:第五条"]
