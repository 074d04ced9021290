"""Covers of standards, and heads that tell whose a document is where nobody signs it."""

import pytest

from ingest.model import DocumentKind
from tests.ingest.reader import read
from tests.ingest.test_office_pages import BODY, LAW, SIGNED, TITLE, facts

COVER = (
    "ICS 03.080.30\nCCS A 12\n\nDB4199\n临川市地方标准\nDB4199/T 086—2025\n\n{above}社区老年食堂\n服务规范\n"
    "Specification for canteens\n\n2025-06-20发布　　2025-08-01实施\n{signed}\n\n1 范围\n本文件适用于食堂。\n"
)


@pytest.mark.parametrize(
    ("above", "signed", "issuer"),
    [
        ("", "临川市市场监督管理局　发布", "临川市市场监督管理局"),
        ("代替 DB4199/T 086—2020\n", "临川市市场监督管理局\n发布", "临川市市场监督管理局"),
        ("", "临川市市场监督管理局\n临川市民政局\n发布", "临川市市场监督管理局、临川市民政局"),
        ("备案号：12345—2025\n", "临川市市场监督管理局\n临川市民政局　发布", "临川市市场监督管理局、临川市民政局"),
        ("", "", None),
    ],
)
def test_the_cover_of_a_standard(above: str, signed: str, issuer: str | None) -> None:
    plan = read(COVER.format(above=above, signed=signed))
    assert facts(plan) == {
        "title": "社区老年食堂服务规范", "number": "DB4199/T 086—2025", "issuer": issuer, "issued": "2025-06-20"
    }  # fmt: skip
    assert plan.validity.effective is not None
    assert plan.validity.effective.value == "2025-08-01"
    assert plan.kind is DocumentKind.STANDARD
    for fact in (plan.metadata.title, plan.metadata.number):
        assert fact is not None
        assert plan.clauses[0].text[fact.start : fact.end].replace("\n", "") == fact.value


def test_a_standard_that_is_cited_is_no_cover() -> None:
    plan = read(f"{TITLE}GB/T 1.1—2020\n{LAW}")
    assert facts(plan)["number"] is None
    assert facts(plan)["title"] == "临川市计量补贴办法"
    notice = "临川市市场监督管理局关于发布地方标准的公告\n临市监〔2025〕3号\n"
    notice += "DB4199/T 086—2025\n2025-06-20发布 2025-08-01实施\n"
    said = facts(read(f"{notice}{BODY}{SIGNED}"))
    assert (said["number"], said["issued"]) == ("临市监〔2025〕3号", "2024-05-15"), (
        "who announces one is another's paper"
    )
    assert facts(read(f"{TITLE}ABC 12-2023\n2023-05-01发布\n{LAW}"))["number"] is None, "a code of something else"


@pytest.mark.parametrize("number", ["", "临政办〔2025〕19号　"])
def test_whoever_printed_it_above_the_text_issued_it_where_nobody_signs(number: str) -> None:
    head = f"临川市计量方案\n{number}临川市人民政府办公室　2025年2月28日印发\n"
    said = facts(read(f"{head}{BODY}"))
    assert (said["issuer"], said["issued"]) == ("临川市人民政府办公室", "2025-02-28")
    assert said["number"] == ("临政办〔2025〕19号" if number else None)
    assert facts(read(f"{head}{BODY}{SIGNED}"))["issued"] == "2024-05-15", "who signs says more"
    other = facts(read(f"临川市计量委员会文件\n{head}{BODY}"))
    assert (other["issuer"], other["issued"]) == ("临川市计量委员会", None), "another's day is not its own"


def test_a_report_is_its_government_s_and_no_congress_passed_it() -> None:
    head = "2025年临川县人民政府工作报告\n——2025年1月9日在临川县第十八届人民代表大会第四次会议上\n临川县县长 某某\n"
    assert facts(read(f"{head}{BODY}"))["issuer"] == "临川县人民政府"


@pytest.mark.parametrize(
    ("head", "title", "why"),
    [
        (
            "★\n临川市人民政府关于推进计量工作的意见\n",
            "临川市人民政府关于推进计量工作的意见",
            "a sign alone is no title",
        ),
        (
            "临川市人民政府关于溪口镇总体规划\n（2021—2035年）的批复\n",
            "临川市人民政府关于溪口镇总体规划（2021—2035年）的批复",
            "it goes on below",
        ),
        ("临川市计量规划\n（2021—2035年）\n", "临川市计量规划（2021—2035年）", "a span of years"),
        (
            "临川市人社局\n临川市财政局\n临川市总工会\n关于实施培训行动的\n通知\n",
            "临川市人社局临川市财政局临川市总工会关于实施培训行动的通知",
            "three issuers above it",
        ),
        ("临川市计量方案\n（一）工作方案\n", "临川市计量方案", "a section begins below"),
    ],
)
def test_titles_over_lines(head: str, title: str, why: str) -> None:
    assert facts(read(f"{head}{BODY}{SIGNED}"))["title"] == title, why


@pytest.mark.parametrize(("line", "number"), [("〔2025〕12号", "〔2025〕12号"), ("〔2025〕第12号", "〔2025〕第12号")])
def test_minutes_have_a_number_without_an_office(line: str, number: str) -> None:
    said = facts(read(f"临川市人民政府\n专题会议纪要\n{line}\n关于研究计量工作的会议纪要\n{BODY}"))
    assert said["number"] == number
    assert facts(read(f"临政办发\n{line}\n临川市计量方案\n{BODY}"))["number"] != "〔2025〕12号", "its office is missing"
    headless = facts(read(f"{line}\n关于研究计量工作的会议纪要\n{BODY}"))["number"]
    assert headless == (number if "第" in number else None), "nothing above it, and not what ends the head"


def test_a_column_says_for_when_its_sentences_aim() -> None:
    table = "序号\t事项\t2025年工作目标\t责任单位（★为牵头单位）\n1\t建标\t新建标准10项\t★市甲局、市乙局\n"
    plan = read(f"临川市计量方案\n一、清单\n{table}2\t检定\t检定器具5万台件\t★市丙局\n{SIGNED}")
    assert [(one.target_year, one.target) for one in plan.indicators] == [(2025, "10"), (2025, "5万")]
    row = next(one for one in plan.clauses if "建标" in one.text)
    assert [(one.name, str(one.role)) for one in row.responsible_units] == [("市甲局", "lead"), ("市乙局", "support")]
