"""What each copy says of itself; what it does not say stays None."""

import pytest

from ingest.model import Fact, Plan
from tests.ingest.reader import read

EXPECTED: dict[str, dict[str, str | None]] = {
    "state-council": {
        "title": "国务院关于印发计量发展规划（2021—2035年）的通知",
        "number": "国发〔2021〕37号",
        "issuer": "国务院",
        "issued_on": "2021-12-31",
        "printed_on": None,
        "openness": "公开发布",
        "addressee": "各省、自治区、直辖市人民政府，国务院各部委、各直属机构",
    },
    "xiamen": {  # the copy has neither number, issuer, date nor addressee
        "title": "厦门市贯彻落实国务院《计量发展规划（2021-2035年）》实施方案",
        "number": None,
        "issuer": None,
        "issued_on": None,
        "printed_on": None,
        "openness": None,
        "addressee": None,
    },
    "quanzhou": {  # signed on the 2nd, printed on the 3rd
        "title": "泉州市人民政府关于贯彻落实国务院计量发展规划（2021—2035年）的实施意见",
        "number": "泉政文〔2023〕14号",
        "issuer": "泉州市人民政府",
        "issued_on": "2023-03-02",
        "printed_on": "2023-03-03",
        "openness": "主动公开",
        "addressee": "各县（市、区）人民政府，泉州开发区、泉州台商投资区管委会，"
        "市人民政府各部门、各直属机构，各大企业，各高等院校",
    },
    "qingdao": {  # starts with its addressee: no title, no number
        "title": None,
        "number": None,
        "issuer": "青岛市人民政府",
        "issued_on": "2023-10-08",
        "printed_on": None,
        "openness": None,
        "addressee": "各区、市人民政府，青岛西海岸新区管委，市政府各部门，市直各单位",
    },
    "jinhua": {  # no signature, no date
        "title": "金华市人民政府办公室关于印发《金华市推进计量强基工作实施方案》的通知",
        "number": "金政办发〔2023〕58号",
        "issuer": "金华市人民政府办公室",
        "issued_on": None,
        "printed_on": None,
        "openness": "公开发布",
        "addressee": "各县（市、区）人民政府，市政府各部门",
    },
}
FACTS = [(plan_id, name, value) for plan_id, facts in EXPECTED.items() for name, value in facts.items()]


def fact(plan: Plan, name: str) -> Fact | None:
    found: Fact | None = getattr(plan.metadata, name)
    return found


@pytest.mark.parametrize(("plan_id", "name", "value"), FACTS, ids=[f"{plan}-{name}" for plan, name, _ in FACTS])
def test_facts_present_and_absent(plans: dict[str, Plan], plan_id: str, name: str, value: str | None) -> None:
    found = fact(plans[plan_id], name)
    assert (found.value if found else None) == value


def test_a_fact_points_at_the_words_that_state_it(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        clauses = {one.id: one for one in plan.clauses}
        for name in EXPECTED[plan.id]:
            if found := fact(plan, name):
                words = clauses[found.clause_id].text[found.start : found.end].replace("\n", "")
                written = words.replace("年", "-").replace("月", "-").split("日")[0].split("-")
                as_date = "-".join(part.zfill(2) for part in written)
                assert found.value in (words, as_date), (plan.id, name)


def test_a_plan_without_a_title_goes_by_its_catalogue_name(plans: dict[str, Plan]) -> None:
    assert plans["qingdao"].title == "青岛市计量发展规划实施意见"
    assert plans["jinhua"].title.startswith("金华市人民政府办公室关于印发")


REFERENCES = {
    "state-council": [None],
    "xiamen": ["国发〔2021〕37号", "闽政〔2022〕20号", "厦府〔2021〕57号"],
    "quanzhou": ["闽政〔2022〕20号", "泉政〔2021〕1号"],
    "qingdao": ["国发〔2021〕37号", "鲁政发〔2022〕15号"],
    "jinhua": ["国发〔2021〕37号", "浙政发〔2022〕35号"],
}


@pytest.mark.parametrize(("plan_id", "numbers"), REFERENCES.items())
def test_cross_references(plans: dict[str, Plan], plan_id: str, numbers: list[str | None]) -> None:
    plan = plans[plan_id]
    assert [reference.number for reference in plan.metadata.references] == numbers
    front = plan.clauses[0]
    for reference in plan.metadata.references:
        assert front.text[reference.start : reference.end].startswith(f"《{reference.title}》")


def test_a_plan_does_not_cite_itself(plans: dict[str, Plan]) -> None:
    titles = {(plan.id, reference.title) for plan in plans.values() for reference in plan.metadata.references}
    assert ("state-council", "计量发展规划（2021—2035年）") not in titles, "its inner title"
    assert ("jinhua", "金华市推进计量强基工作实施方案") not in titles
    assert ("state-council", "中华人民共和国国民经济和社会发展第十四个五年规划和2035年远景目标纲要") in titles


# why each: dates as official documents write them
DATES = [
    ("2023年3月2日", "2023-03-02", "Arabic"),
    ("二〇二三年十二月三十一日", "2023-12-31", "Chinese"),
    ("二○二三年一月十日", "2023-01-10", "a circle for zero"),
    ("2023年2月30日", None, "no such day: a misprint states none"),
    ("2023年3月", None, "no day"),
]


@pytest.mark.parametrize(("written", "expected", "why"), DATES)
def test_dates(written: str, expected: str | None, why: str) -> None:
    plan = read(f"某市计量实施方案\n一、目标\n（一）提升。加强计量工作。\n某市人民政府\n{written}\n")
    issued = plan.metadata.issued_on
    assert (issued.value if issued else None) == expected, why


def test_a_law_of_a_like_name_is_still_a_reference() -> None:
    plan = read("中华人民共和国计量法实施细则\n第一条 根据《中华人民共和国计量法》的规定，制定本细则。\n")
    assert [reference.title for reference in plan.metadata.references] == ["中华人民共和国计量法"]


def test_what_a_notice_issues_is_no_reference() -> None:
    plan = read("某市关于印发《某市诚信计量方案》的通知\n《某市诚信计量方案》已经同意，现予印发。\n一、目标\n")
    assert plan.metadata.references == ()


def test_who_printed_it_may_stand_below_the_annexes() -> None:
    text = (
        "海州市教育局关于校园体育的通知\n各学校：\n一、开放场地\n按时开放。\n海州市教育局\n2025年6月10日\n"
        "附件\n开放要求\n一、开放时间\n每天开放。\n海州市教育局办公室2025年6月12日印发\n"
    )
    metadata = read(text).metadata
    assert metadata.printed_on is not None
    assert (metadata.printed_on.value, metadata.issued_on and metadata.issued_on.value) == ("2025-06-12", "2025-06-10")


def test_who_issues_it_and_when_may_stand_in_brackets_below_the_title() -> None:
    metadata = read(
        "海州市2025年申报指南\n（海州市商务局2025年3月20日）\n根据规定，制定本指南。\n一、对象\n企业。\n"
    ).metadata
    assert metadata.issuer is not None
    assert metadata.issued_on is not None
    assert (metadata.issuer.value, metadata.issued_on.value) == ("海州市商务局", "2025-03-20")


HEADS = [
    (
        "海州市行动计划\n（海政发〔2025〕9号2025年5月8日海州市人民政府印发）\n",
        "海政发〔2025〕9号",
        "海州市人民政府",
        "2025-05-08",
    ),
    (
        "海州市办法\n（海政发〔2025〕9号海州市人民政府2025年5月8日印发）\n",
        "海政发〔2025〕9号",
        "海州市人民政府",
        "2025-05-08",
    ),
    ("海州市实施意见\n海政发〔2025〕9号\n（2025年5月8日）\n", "海政发〔2025〕9号", None, "2025-05-08"),
    (
        "社区服务规范\nDB 3599/T 047—2024\n2024-10-15发布2025-01-15实施\n海州市市场监督管理局发布\n",
        "DB 3599/T 047—2024",
        "海州市市场监督管理局",
        "2024-10-15",
    ),
]


@pytest.mark.parametrize(
    ("head", "number", "issuer", "day"), HEADS, ids=["in one bracket", "the day last", "a day alone", "a standard"]
)
def test_heads_that_tell_number_issuer_and_day(head: str, number: str, issuer: str | None, day: str) -> None:
    metadata = read(f"{head}为加强管理，制定本文件。\n一、目标\n提升能力。\n").metadata
    told = (metadata.number, metadata.issuer, metadata.issued_on)
    assert tuple(one.value if one else None for one in told) == (number, issuer, day)
