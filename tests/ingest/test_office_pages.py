"""Red heads, info tables, seals and notes of ordinary offices: facts are found, texts keep their places."""

from typing import Any

import pytest

from ingest.catalogue import Entry
from ingest.load import understand
from ingest.model import DocumentKind, Plan
from ingest.titles import identify
from tests.ingest.reader import read

BODY = "一、检查。检查集贸市场。\n二、总结。报送总结。\n"
SIGNED = "临川市市场监督管理局\n2024年5月15日\n"
LAW = "第一条 为了补贴，制定本办法。\n第二条 每台补贴100元。\n"
TITLE = "临川市计量补贴办法\n"


def facts(plan: Plan) -> dict[str, Any]:
    said = plan.metadata
    named = {"title": said.title, "number": said.number, "issuer": said.issuer, "issued": said.issued_on}
    return {name: fact.value if fact else None for name, fact in named.items()}


def dated(text: str) -> tuple[str | None, str | None]:
    """First and last day in force."""
    validity = read(text).validity
    return (validity.effective.value if validity.effective else None), validity.until or None


HEADS = [
    (
        "临川市人民政府办公室文件\n临府办发〔2024〕7号    签发人：某某某\n关于做好计量监管的通知\n",
        "临府办发〔2024〕7号",
        "beside who signs",
    ),
    ("等级 特急·明电    临府办发明电〔2024〕7号\n关于做好计量监管的通知\n", "临府办发明电〔2024〕7号", "a telegram"),
    (
        "等级 特提·明电 临府办发明电〔2024〕7号 临机发312号\n关于做好计量监管的通知\n",
        "临府办发明电〔2024〕7号",
        "and a second",
    ),
    ("等级：特急  临府办发〔2024〕7号\n关于做好计量监管的通知\n", "临府办发〔2024〕7号", "with a colon"),
    ("关于做好计量监管的通知\n（临市监办〔2024〕18号 2024年3月5日）\n", "临市监办〔2024〕18号", "a day beside it"),
    ("临府办发〔2024〕7号\n关于做好计量监管的通知\n", "临府办发〔2024〕7号", "alone"),
]


@pytest.mark.parametrize(("head", "number", "why"), HEADS)
def test_a_number_that_shares_its_line(head: str, number: str, why: str) -> None:
    found = facts(read(head + BODY))
    assert found["number"] == number, why
    assert found["title"] == "关于做好计量监管的通知", why


def test_a_day_beside_the_number_is_that_of_issue() -> None:
    head = "关于做好计量监管的通知\n（临市监办〔2024〕18号 2024年3月5日）\n"
    assert facts(read(head + BODY))["issued"] == "2024-03-05"
    assert facts(read(head + BODY + SIGNED))["issued"] == "2024-05-15"


TABLES = [
    (
        "索引号\t11360/2021\t主题分类\t监管\n发文机关\t临川市财政局\t成文日期\t2021-03-01\n文号\t临财〔2021〕3号\t有效性\t有效\n",
        "cells without colons",
    ),
    ("索引号\t11360/2021\n发文机关\t临川市财政局\n文号\t临财〔2021〕3号\n成文日期\t2021-03-01\n", "two columns"),
    (
        "索引号：1234/2021    发文机关：临川市财政局 文号：临财〔2021〕3号\n成文日期：2021年3月1日 有效性：有效\n",
        "several on a line",
    ),
]


@pytest.mark.parametrize(("table", "why"), TABLES)
def test_the_table_above_a_document_tells_of_it(table: str, why: str) -> None:
    plan = read(table + TITLE + LAW)
    assert facts(plan) == {
        "title": "临川市计量补贴办法", "number": "临财〔2021〕3号", "issuer": "临川市财政局", "issued": "2021-03-01",
    }, why  # fmt: skip
    assert [clause.path for clause in plan.clauses] == ["题头", "第一条", "第二条"], why


def test_a_table_whose_head_names_such_facts_stays_a_table() -> None:
    plan = read(
        f"{TITLE}一、目录。如下。\n文号\t标题\t成文日期\n临财〔2021〕3号\t甲办法\t2021-03-01\n临财〔2022〕4号\t乙办法\t2022-03-01\n"
    )
    assert sum("｜" in clause.text for clause in plan.clauses) == 2


@pytest.mark.parametrize("seal", ["（盖章）", "（公章）", "（代章）"])
def test_a_seal_behind_a_name_is_no_part_of_it(seal: str) -> None:
    plan = read(
        f"关于报送材料的通知\n各单位：\n{BODY}附件：总结表\n临川市计量协会{seal}\n2024年6月18日\n附件\n总结表\n一、数量。填写数量。\n"
    )
    assert facts(plan)["issuer"] == "临川市计量协会"
    assert facts(plan)["issued"] == "2024-06-18"
    assert [clause.path for clause in plan.clauses][-2:] == ["附件", "附件/一"]


@pytest.mark.parametrize("note", ["[1] 指1000平方米以上的市场。\n", "注：数据截至4月。\n"])
@pytest.mark.parametrize("body", [BODY, "首批水表共12600只。\n特此公告。\n"])
def test_a_note_below_the_signature_hides_it_not(body: str, note: str) -> None:
    found = facts(read(f"关于开展检查的通知\n各科室：\n{body}{SIGNED}\n{note}"))
    assert (found["issuer"], found["issued"]) == ("临川市市场监督管理局", "2024-05-15")


def test_who_signs_below_a_list_that_belongs_to_the_text_issued_it() -> None:
    said = "经研究，决定废止下列文件，自公布之日起施行。\n附：废止目录\n1.关于甲的通知\n2.关于乙的通知\n"
    text = f"关于废止文件的公告\n{said}{SIGNED}"
    assert facts(read(text))["issued"] == "2024-05-15"
    assert dated(text)[0] == "2024-05-15"


def test_what_an_editor_says_first_is_set_aside() -> None:
    title = "临川市市场监督管理局关于公布轮换名单的公告"
    plan = read(f"编者按：世界计量日来临之际，本网刊发公告。\n{title}\n首批水表共12600只。\n特此公告。\n{SIGNED}")
    assert facts(plan)["title"] == title
    assert "编者按" not in "".join(clause.text for clause in plan.clauses)


def test_a_reading_of_a_document_is_titled_by_its_first_line() -> None:
    title = "《临川市计量办法》政策解读"
    assert facts(read(f"{title}\n一、背景。制定办法。\n二、内容。共七条。\n"))["title"] == title


ENDS = [
    (
        "第一条 计量。\n第二条 本办法自2024年3月1日起施行。"
        "原《临川市衡器办法》（自2012年1月1日起施行，有效期至2017年1月1日）同时废止。\n",
        ("2024-03-01", None),
        "another's end",
    ),
    (
        "第一条 计量。\n第二条 本办法自2021年3月1日起施行，有效期两年，其中第一条施行至2021年12月31日。\n",
        ("2021-03-01", "2023-02-28"),
        "a part's end",
    ),
    ("第一条 计量。\n第二条 本办法自2024年1月1日起试行，试行期2年。\n", ("2024-01-01", "2025-12-31"), "on trial"),
    ("第一条 计量。\n第二条 本办法自2024年1月1日起施行，有效期5年。\n", ("2024-01-01", "2028-12-31"), "in years"),
]


@pytest.mark.parametrize(("articles", "days", "why"), ENDS)
def test_a_document_ends_by_its_own_words(articles: str, days: tuple[str | None, str | None], why: str) -> None:
    assert dated(f"临川市计量办法\n{articles}") == days, why


@pytest.mark.parametrize("line", ["失效日期：2023年12月31日\n", "发文日期：2021-03-01　有效期：至2023年12月31日\n"])
def test_the_head_of_a_page_may_tell_the_end(line: str) -> None:
    assert dated(line + TITLE + LAW)[1] == "2023-12-31"


@pytest.mark.parametrize(
    ("title", "region", "kind"),
    [
        ("2024年临川市计量工作要点", "临川", DocumentKind.PLAN),
        ("“十四五”期间临川市计量工作方案", "临川", DocumentKind.PLAN),
        ("临川市市场监督管理局关于公布检定机构的公告", "临川", DocumentKind.NOTICE),
        ("临川市人民政府关于公布废止文件的决定", "临川", DocumentKind.NOTICE),
        ("临川市人民政府关于印发计量发展规划的通知", "临川", DocumentKind.PLAN),
    ],
)
def test_place_and_kind_of_a_title(title: str, region: str, kind: DocumentKind) -> None:
    found = identify(title)
    assert (found.region, found.kind) == (region, kind)


def test_an_entry_without_a_name_takes_all_from_the_text() -> None:
    plan = understand(TITLE + LAW, Entry("some", "some.txt", "some", "", "other"), "some.txt")
    assert plan.region == "临川"


ABOVE = [
    "ZJAC00—2024—0007\n", "办理结果类别：A\n", "江右省人民政府公报 2024年第15期\n", "信息分类：通知\n",
]  # fmt: skip


@pytest.mark.parametrize("above", ABOVE)
def test_a_filing_number_a_field_and_a_gazette_are_no_title(above: str) -> None:
    assert facts(read(f"{above}关于做好计量监管的通知\n{BODY}"))["title"] == "关于做好计量监管的通知"


def test_a_title_goes_on_over_lines() -> None:
    assert (
        facts(read(f"临川市计量协会\n关于2024年度拟认定名单的公示\n{BODY}"))["title"]
        == "临川市计量协会关于2024年度拟认定名单的公示"
    )
    years = "文山镇创建三年行动计划\n（2024—2026年）\n"
    assert facts(read(years + BODY))["title"] == "文山镇创建三年行动计划（2024—2026年）"


def test_minutes_may_bear_a_number_without_an_office() -> None:
    assert facts(read(f"会议纪要\n〔2024〕第9号\n{BODY}"))["number"] == "〔2024〕第9号"


DUE = [
    ("一、任务\n1.新增企业。新增企业12家。\n完成时限：2025年11月底\n", 2025, False, "a term of its clause"),
    ("一、2025年工作计划\n（一）登记。新登记经营主体120户以上。\n", 2025, False, "a heading's year"),
    ("一、完成情况\n（一）登记。登记经营主体120户。\n", None, True, "a heading that tells what was done"),
    ("一、工作\n（一）登记。登记经营主体120户。\n", None, False, "no year anywhere"),
]


@pytest.mark.parametrize(("text", "year", "achieved", "why"), DUE)
def test_when_something_is_due(text: str, year: int | None, achieved: bool, why: str) -> None:
    (one,) = read(f"临川市工作方案\n{text}").indicators
    assert (one.target_year, one.achieved) == (year, achieved), why
