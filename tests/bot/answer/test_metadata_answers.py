"""What the documents say of themselves, and what these copies do not say."""

import pytest

from bot import wording
from bot.model import Intent, Status
from tests.bot.scripted import STATES, ScriptedBot, texts

PRESENT = [
    ("国务院规划的文号", "发文字号为国发〔2021〕37号"),
    ("泉州方案的文号", "发文字号为泉政文〔2023〕14号"),
    ("金华方案的发文字号", "发文字号为金政办发〔2023〕58号"),
    ("国务院规划什么时候发布的", "2021年12月31日"),
    ("青岛方案的成文日期", "2023年10月8日"),
    ("泉州实施意见的全称", "泉州市人民政府关于贯彻落实国务院计量发展规划（2021—2035年）的实施意见"),
    ("厦门方案的标题", "厦门市贯彻落实国务院《计量发展规划（2021-2035年）》实施方案"),
    ("金华方案是谁发的", "发文机关为金华市人民政府办公室"),
    ("青岛的发文机关", "发文机关为青岛市人民政府"),
    ("泉州文件是主动公开吗", "公开属性为主动公开"),
    ("国务院规划公开吗", "公开属性为公开发布"),
    ("青岛主送哪些单位", "各区、市人民政府，青岛西海岸新区管委"),
    ("泉州抄送哪些单位", "市委办公室、市委各部门"),
    ("厦门方案依据什么文件", "国发〔2021〕37号"),
    ("青岛依据什么文件", "鲁政发〔2022〕15号"),
    ("金华的上位文件", "浙政发〔2022〕35号"),
]
ABSENT = [
    ("厦门方案的文号", "厦门", "number"),
    ("厦门方案什么时候发布的", "厦门", "issued_on"),
    ("厦门方案谁发的", "厦门", "issuer"),
    ("厦门方案主送给谁", "厦门", "addressee"),
    ("厦门的文件公开吗", "厦门", "openness"),
    ("青岛的标题", "青岛", "title"),
    ("青岛的文号", "青岛", "number"),
    ("金华什么时候发布的", "金华", "issued_on"),
]


@pytest.mark.parametrize(("asked", "said"), PRESENT)
def test_present(scripted: ScriptedBot, asked: str, said: str) -> None:
    answer = scripted.tell(asked, intent=Intent.METADATA)
    assert answer.status is Status.ANSWERED
    (statement,) = answer.statements
    assert said in statement.text
    assert any(said.rpartition("为")[2] in citation.quote.replace("\n", "") for citation in statement.citations)
    assert not statement.text.endswith("。。")


@pytest.mark.parametrize(("asked", "name", "field"), ABSENT)
def test_absent(scripted: ScriptedBot, asked: str, name: str, field: str) -> None:
    answer = scripted.tell(asked, intent=Intent.METADATA)
    assert answer.status is Status.NOT_FOUND
    assert texts(answer) == wording.ABSENT_FIELD.format(name=name, field=wording.FIELD_NAMES[field])
    assert answer.citations == ()


def test_both_dates_of_quanzhou(scripted: ScriptedBot) -> None:
    first, second = scripted.tell("泉州什么时候印发的", intent=Intent.METADATA).statements
    assert first.text == "泉州：成文（发布）日期为2023年3月2日。"
    assert second.text == "泉州：印发日期为2023年3月3日。"
    assert first.citations[0].quote == "2023年3月2日"


def test_the_date_of_printing_falls_back_on_the_date_of_signing(scripted: ScriptedBot) -> None:
    answer = scripted.tell("青岛什么时候印发的", intent=Intent.METADATA)
    assert {statement.text for statement in answer.statements} == {"青岛：成文（发布）日期为2023年10月8日。"}


def test_a_day_asked_for_by_two_names_is_told_once(scripted: ScriptedBot) -> None:
    said = [one.text for one in scripted.tell("厦门实施方案文号和印发日期", intent=Intent.METADATA).statements]
    assert len(said) == len(set(said)) == 2


def test_all_plans_when_none_is_named(scripted: ScriptedBot) -> None:
    answer = scripted.tell("各份文件的文号分别是多少", intent=Intent.METADATA)
    assert {citation.plan.id for citation in answer.citations} == {"state-council", "quanzhou", "jinhua"}
    assert texts(answer).count("未载明发文字号") == 2


def test_two_fields_at_once(scripted: ScriptedBot) -> None:
    answer = scripted.tell("泉州的文号和发文机关", intent=Intent.METADATA)
    assert "泉政文〔2023〕14号" in texts(answer)
    assert "泉州市人民政府" in texts(answer)


NUMBERS = [
    ("国发〔2021〕37号是谁发的", Status.ANSWERED, {"state-council", "xiamen", "qingdao", "jinhua"}, "own and cited"),
    ("哪些城市引用了国发〔2021〕37号", Status.ANSWERED, {"state-council", "xiamen", "qingdao", "jinhua"}, "who cites"),
    ("谁引用了闽政〔2022〕20号", Status.ANSWERED, {"xiamen", "quanzhou"}, "cited by two, itself not held"),
    ("闽政20号文讲什么", Status.NOT_FOUND, {"xiamen", "quanzhou"}, "what it says cannot be told"),
    ("泉政文〔2023〕14号", Status.ANSWERED, {"quanzhou"}, "a plan by its number"),
    ("国发〔2099〕1号讲什么", Status.NOT_FOUND, set(), "a number nobody has"),
    ("厦门依据国发〔2021〕37号吗", Status.ANSWERED, {"xiamen"}, "only the named city is told"),
]


@pytest.mark.parametrize(("asked", "status", "plans", "why"), NUMBERS)
def test_document_numbers(scripted: ScriptedBot, asked: str, status: Status, plans: set[str], why: str) -> None:
    answer = scripted.tell(asked, intent=Intent.METADATA)
    assert answer.status is status
    assert {citation.plan.id for citation in answer.citations} == plans, why


def test_a_city_that_does_not_cite_the_number_says_so(scripted: ScriptedBot) -> None:
    answer = scripted.tell("泉州引用国发〔2021〕37号了吗", intent=Intent.METADATA)
    assert wording.NOT_IN_PLAN.format(name="泉州") in texts(answer)


def test_unknown_and_merely_cited_numbers_are_told_apart(scripted: ScriptedBot) -> None:
    assert texts(scripted.tell("国发〔2099〕1号讲什么", intent=Intent.METADATA)) == wording.UNKNOWN_NUMBER
    assert scripted.tell("闽政〔2022〕20号讲什么", intent=Intent.METADATA).statements[-1].text == wording.CITED_ONLY


def test_a_foreign_plan_has_no_number_here(scripted: ScriptedBot) -> None:
    answer = scripted.tell("福州规划的文号", intent=Intent.METADATA)
    assert texts(answer) == wording.NOT_IN_CORPUS.format(name="福州")
    assert answer.status is Status.NOT_FOUND


def test_a_number_is_looked_up_whatever_kind_the_question_is_taken_for(scripted: ScriptedBot) -> None:
    asked = "泉政文〔2023〕14号"
    for intent in (Intent.QUOTE, Intent.WHICH, Intent.OFF_TOPIC):
        answer = scripted.tell(asked, intent=intent)
        assert texts(answer) == texts(scripted.tell(asked, intent=Intent.METADATA))


def test_metadata_without_a_known_field_is_read_in_the_clauses(scripted: ScriptedBot) -> None:
    answer = scripted.tell("泉州方案的篇幅", {"推行经营者诚信计量自我承诺": STATES}, Intent.METADATA)
    assert answer.citations[0].clause.id == "quanzhou:三(四)16"


def test_several_kinds_of_place_at_once(scripted: ScriptedBot) -> None:
    answer = scripted.tell("泉州和福州的文号", intent=Intent.METADATA)
    assert answer.status is Status.ANSWERED
    assert texts(answer).splitlines() == [
        "泉州：发文字号为泉政文〔2023〕14号。",
        wording.NOT_IN_CORPUS.format(name="福州"),
    ]
