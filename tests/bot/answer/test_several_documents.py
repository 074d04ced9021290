"""Ten documents beside the shipped plans: whose words are quoted, whose silence is told, what is in force."""

from collections.abc import Mapping

import pytest

from bot import wording
from bot.model import Aspect, Intent, Status
from tests.bot.scripted import BEARS, STATES, Row, ScriptedBot, clause_ids, texts
from tests.documents import TEXTS, corpus_of

PLAN, RULE = "泉州市计量发展规划实施意见", "泉州市集贸市场计量管理办法"
NATION, LAW, RULES = "国务院计量发展规划（2021—2035年）", "计量法（2018年修正）", "计量法实施细则"
Rows = Mapping[str, Row]


@pytest.fixture(scope="module")
def many() -> ScriptedBot:
    return ScriptedBot(corpus=corpus_of(*TEXTS))


@pytest.fixture(scope="module")
def few() -> ScriptedBot:
    """A second document of one city, and a province."""
    return ScriptedBot(corpus=corpus_of("quanzhou-rule", "fujian-regulation"))


class TestLabels:
    def test_each_document_of_a_place_by_its_own_name(self, many: ScriptedBot) -> None:
        rows = {"quanzhou:三(四)16": STATES, "quanzhou-rule:一(一)": STATES}
        told = [one.text for one in many.tell("泉州怎么管", rows).statements]
        assert told[0].startswith(f"{PLAN}（三(四)16）")
        assert told[1].startswith(f"{RULE}（一(一)）")

    def test_never_the_nation_alone(self, many: ScriptedBot) -> None:
        rows = {"state-council:五(二十三)": STATES, "law-2018:第三条": STATES}
        told = [one.text for one in many.tell("国家怎么管", rows).statements]
        assert told[0].startswith(f"{NATION}（五(二十三)）")
        assert told[1].startswith(f"{LAW}（第三条）")

    def test_a_places_only_document_is_still_called_by_its_place(self, many: ScriptedBot) -> None:
        assert texts(many.tell("青岛怎么管", {"qingdao:三(九)": STATES})).startswith("青岛（三(九)）")

    def test_the_figures_of_a_label_are_no_figures_of_the_sentence(self, many: ScriptedBot) -> None:
        answer = many.tell("国务院规划的文号", intent=Intent.METADATA)
        assert texts(answer) == f"{NATION}：发文字号为国发〔2021〕37号。"


class TestSilence:
    def test_a_place_has_spoken_when_one_of_its_documents_has(self, few: ScriptedBot) -> None:
        answer = few.tell("泉州怎么管", {"quanzhou-rule:一(一)": STATES})
        assert clause_ids(answer) == ["quanzhou-rule:一(一)"]
        assert "没有" not in texts(answer)

    def test_a_target_of_the_plan_is_told_though_another_document_has_none(self, few: ScriptedBot) -> None:
        rows = {"quanzhou:专栏1/10": STATES, "quanzhou-rule:一(一)": BEARS}
        answer = few.tell("泉州自我承诺单位目标", rows, Intent.INDICATOR)
        assert clause_ids(answer) == ["quanzhou:专栏1/10"]
        assert "没有" not in texts(answer)

    def test_of_a_silent_place_every_document_is_named(self, few: ScriptedBot) -> None:
        answer = few.tell("泉州怎么养猫")
        assert answer.status is Status.NOT_FOUND
        assert texts(answer).splitlines() == [wording.NOT_IN_PLAN.format(name=name) for name in (PLAN, RULE)]

    def test_a_document_that_is_named_is_said_to_be_silent(self, few: ScriptedBot) -> None:
        answer = few.tell(f"{RULE}怎么养猫", {"quanzhou:三(四)16": STATES})
        assert texts(answer).splitlines()[0] == wording.NOT_IN_PLAN.format(name=RULE)
        assert "quanzhou:三(四)16" in clause_ids(answer), "what the place's other document says follows"

    def test_two_documents_of_one_place_are_not_compared(self, few: ScriptedBot) -> None:
        few.on("", {"quanzhou:三(四)16": STATES})
        assert few.ask("泉州怎么管").question.compares is False
        assert few.ask("泉州和厦门怎么管").question.compares is True
        assert few.ask(f"{RULE}和泉州市计量发展规划实施意见").question.compares is True

    def test_units_of_one_document_are_enough(self, many: ScriptedBot) -> None:
        answer = many.tell("厦门谁负责自我承诺", {"xiamen:三(四)21": STATES}, Intent.UNITS)
        assert clause_ids(answer)[0] == "xiamen:三(四)21"
        assert "没有" not in texts(answer)


REGULATION: Rows = {"fujian-regulation:第三条": STATES}


class TestAbove:
    def test_a_silent_city_is_followed_by_its_province(self, few: ScriptedBot) -> None:
        answer = few.tell("厦门血压计多久检定", REGULATION)
        silent, announced, quoted = (one.text for one in answer.statements)
        assert silent == wording.NOT_IN_PLAN.format(name="厦门")
        assert announced == wording.ABOVE_FALLBACK.format(names="《福建省计量条例》")
        assert quoted.startswith("福建（第三条）：「")

    def test_before_the_nation(self, few: ScriptedBot) -> None:
        rows = {**REGULATION, "state-council:五(二十三)": STATES}
        assert clause_ids(few.tell("厦门血压计多久检定", rows)) == ["fujian-regulation:第三条"]

    def test_another_provinces_city_is_not(self, few: ScriptedBot) -> None:
        assert clause_ids(few.tell("青岛血压计多久检定", REGULATION)) == []

    def test_a_county_is_followed_by_its_city(self, many: ScriptedBot) -> None:
        answer = many.tell("晋江怎么管", {"quanzhou:三(四)16": STATES, **REGULATION})
        assert clause_ids(answer) == ["quanzhou:三(四)16"]

    def test_a_city_not_held_has_its_provinces(self, few: ScriptedBot) -> None:
        answer = few.tell("福州血压计多久检定", REGULATION)
        assert answer.statements[0].text == wording.NOT_IN_CORPUS.format(name="福州")
        assert clause_ids(answer) == ["fujian-regulation:第三条"]

    def test_but_not_another_citys(self, few: ScriptedBot) -> None:
        answer = few.tell("福州怎么管", {"quanzhou:三(四)16": STATES})
        assert (answer.status, clause_ids(answer)) == (Status.NOT_FOUND, [])

    def test_small_talk_about_it_stays_declined(self, few: ScriptedBot) -> None:
        answer = few.tell("福州怎么养猫", intent=Intent.OFF_TOPIC)
        assert texts(answer) == wording.NOT_IN_CORPUS.format(name="福州")

    def test_a_law_above_is_no_plan(self, many: ScriptedBot) -> None:
        answer = many.tell("青岛怎么罚", {"law-2018:第三条": STATES})
        assert wording.NATIONAL_TEXTS in texts(answer)
        assert wording.NATIONAL_FALLBACK not in texts(answer)

    def test_the_province_before_its_city_only_says_where_it_is(self, few: ScriptedBot) -> None:
        few.on("", {})
        assert few.ask("福建省泉州市怎么管").question.plans == ("quanzhou", "quanzhou-rule")
        assert few.ask("福建和泉州怎么管").question.plans == ("quanzhou", "quanzhou-rule", "fujian-regulation")

    def test_search_goes_up_too(self, few: ScriptedBot) -> None:
        few.on("", {"fujian-regulation:第三条": STATES})
        plans = list(dict.fromkeys(hit.plan_id for hit, _ in few.search("厦门血压计", limit=60)))
        assert plans == ["xiamen", "fujian-regulation", "state-council"]


class TestNoPlaceNamed:
    def test_a_law_does_not_silence_the_plans(self, many: ScriptedBot) -> None:
        rows = {"law-2018:第三条": STATES, "xiamen:三(四)21": (0.2, 0.2, 0.6)}
        assert clause_ids(many.tell("怎么管", rows)) == ["law-2018:第三条", "xiamen:三(四)21"]

    def test_unless_the_plans_only_touch_it(self, many: ScriptedBot) -> None:
        rows = {"law-2018:第三条": STATES, "xiamen:三(四)21": BEARS}
        assert clause_ids(many.tell("怎么管", rows)) == ["law-2018:第三条"]

    def test_a_law_without_figures_does_not_hide_a_target(self, many: ScriptedBot) -> None:
        rows = {"law-2018:第三条": STATES, "xiamen:专栏1/9": (0.2, 0.2, 0.6)}
        answer = many.tell("自我承诺单位目标", rows, Intent.INDICATOR)
        assert "xiamen:专栏1/9" in clause_ids(answer)


class TestArticles:
    def test_of_a_law_that_is_held(self, many: ScriptedBot) -> None:
        answer = many.tell("《计量法》第三条怎么规定")
        assert answer.status is Status.ANSWERED
        assert texts(answer).startswith(f"{LAW}（第三条）：「使用未经检定")

    def test_of_its_rules(self, many: ScriptedBot) -> None:
        assert clause_ids(many.tell("计量法实施细则第二条")) == ["law-rules:第二条"]
        assert clause_ids(many.tell("实施细则第二条")) == ["law-rules:第二条"]

    @pytest.mark.parametrize("law", ["反不正当竞争法", "计量法实施条例", "某某实施细则"])
    def test_of_one_that_is_not(self, many: ScriptedBot, law: str) -> None:
        answer = many.tell(f"{law}第二条")
        assert answer.status is Status.NOT_FOUND
        assert "没有收录" in texts(answer)
        assert answer.citations == ()

    def test_that_is_not_there(self, many: ScriptedBot) -> None:
        answer = many.tell("计量法第九十九条")
        assert answer.status is Status.NOT_FOUND
        assert wording.NO_SUCH_ADDRESS.format(name=LAW, wording="第九十九条") in texts(answer)

    def test_a_title_that_is_held_is_not_said_to_be_lacking(self, many: ScriptedBot) -> None:
        answer = many.tell("《集贸市场计量管理办法》怎么管", {"quanzhou-rule:一(一)": STATES})
        assert answer.status is Status.ANSWERED
        assert not any("没有收录" in note for note in answer.notes)


def test_absence_is_said_of_what_was_read(many: ScriptedBot) -> None:
    """More documents than are gone through one by one: no word on all of them."""
    assert texts(many.tell("怎么养猫")) == wording.NOT_FOUND
    thin = ScriptedBot(corpus=corpus_of(*TEXTS))
    thin.finder.index.passages_for = lambda *_: []  # type: ignore[method-assign]
    assert texts(thin.tell("怎么养猫")) == wording.NOT_FOUND_IN_READ


def test_an_amount_is_known_in_words(many: ScriptedBot) -> None:
    rows = {"xiamen-measures:一(一)": STATES}
    for claim, noted in (("5万元", False), ("50000元", False), ("6万元", True)):
        answer = many.tell(f"厦门奖励{claim}吗", rows, aspects=[Aspect.AMOUNT])
        assert any(claim in note for note in answer.notes) is noted
