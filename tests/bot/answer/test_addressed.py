"""Addresses of statutes and annexes: 款, 项, annexes, parts; what does not exist is said not to exist."""

import pytest

from bot.answer.below import under
from bot.answer.outline import OutlineAnswerer
from bot.model import Answer, Question, Status
from bot.question.address import find_address
from bot.question.fold import fold
from bot.question.resolve import resolve
from ingest.corpus import Corpus
from ingest.model import Plan
from tests.ingest.reader import read

STATUTE = read(
    "甲市诚信计量条例\n第一章 总则\n第一条 制定本条例。\n第二条 适用本条例。\n使用标准器的，参照执行。\n"
    "第二章 义务\n第一节 一般规定\n第三条 经营者应当：\n（一）使用合格器具；\n"
    "（二）不得作弊：\n1.不得破坏铅封；\n2.不得改装。\n"
    "违反前款规定的，依法处理。\n第三条之一 鼓励承诺。\n第二节 特别规定\n第四条 市场设公平秤。\n第五条 施行。\n"
    "附件1\n承诺书\n一、守法。\n二、诚信。\n附件2\n评价细则\n第一条 公开。\n第二条 满分一百分。\n第六条 另行规定。\n"
)
STANDARD = read(
    "甲市预案\n1 总则\n1.1 目的\n规范。\n2 组织\n2.1 领导\n2.1.1 指挥部\n成立。\n"
    "2.1.2 办公室\n设立。\n附录A\n记录\nA.1 原始记录\n完整。\n"
)
PLAN = read(
    "甲市规划\n第一部分 背景\n一、成效\n（一）基础。五项。\n第二部分 任务\n一、标准\n"
    "（一）建设。十项。\n1.市级。五项。\n（1）长度。二项。\n"
)
GRID = "指标\t单位\t2025年\n{}标准\t项\t200\n{}受检率\t%\t95\n"
TABLES = read(
    f"甲市规划\n一、目标\n到2025年，体系基本建成。\n表1 主要指标\n{GRID.format('甲', '甲')}各项按年分解。\n"
    f"表2-1 分项\n{GRID.format('乙', '乙')}指标由各单位落实。\n二、任务\n（一）检定。按期检定。\n"
    f"表3 分工\n{GRID.format('丙', '丙')}三、保障\n{GRID.format('丁', '丁')}"
    f"附件2\n方案\n一、安排\n表5 进度\n{GRID.format('戊', '戊')}附表1 项目\n{GRID.format('己', '己')}"
)
TWICE = read(
    f"甲市规划\n一、目标\n到2025年，体系基本建成。\n表1 指标\n{GRID.format('甲', '甲')}各项按年分解。\n"
    f"二、任务\n各单位按期完成。\n表1 指标\n{GRID.format('乙', '乙')}任务按年分解。\n"
    f"表4 分工\n{GRID.format('丙', '丙')}三、保障\n附表\n{GRID.format('丁', '丁')}"
)
LETTER = read("甲市倡议书\n诚信是本。\n不缺斤短两。\n")


def ask(plan: Plan, text: str) -> Answer:
    folded = fold(text)
    answer = OutlineAnswerer(Corpus([plan])).answer(Question(text, folded, folded, address=find_address(folded)))
    assert answer is not None, text
    return answer


# why each: (document, asked, clause, the quote's beginning and end)
TOLD = [
    (STATUTE, "第三条第一款", "第三条", "经营者应当：", "2.不得改装。"),
    (STATUTE, "第三条第二款讲什么", "第三条", "违反前款", "依法处理。"),
    (STATUTE, "第3条第2款", "第三条", "违反前款", "依法处理。"),
    (STATUTE, "第三条第（二）项", "第三条", "（二）不得作弊", "2.不得改装。"),
    (STATUTE, "第三条第二项", "第三条", "（二）不得作弊", "2.不得改装。"),
    (STATUTE, "第三条第一款第（一）项的内容", "第三条", "（一）使用", "合格器具；"),
    (STATUTE, "第三条第一款第二项第1目", "第三条", "1.不得破坏铅封；", "1.不得破坏铅封；"),
    (STATUTE, "第三条之一", "第三条之一", "鼓励承诺。", "鼓励承诺。"),
    (STATUTE, "第二条第二款", "第二条", "使用标准器的", "参照执行。"),
    (STATUTE, "第一条", "第一条", "制定本条例。", "制定本条例。"),
    (STATUTE, "附件2第一条", "附件2/第一条", "公开。", "公开。"),
    (STATUTE, "附件二的第二条写了什么", "附件2/第二条", "满分", "一百分。"),
    (STATUTE, "附件1/二", "附件1/二", "诚信。", "诚信。"),
    (STATUTE, "附件1第二条", None, "", ""),
    (STATUTE, "第六条", "附件2/第六条", "另行规定。", "另行规定。"),
    (STATUTE, "第二章第一节", None, "", ""),
    (STATUTE, "第二章第四条", "第四条", "市场设", "公平秤。"),
    (STANDARD, "2.1.2讲什么", "2.1.2", "设立。", "设立。"),
    (STANDARD, "第1.1条", "1.1", "规范。", "规范。"),
    (STANDARD, "附录A的A.1", "附录A/A.1", "完整。", "完整。"),
    (PLAN, "第二部分一（一）", "第二部分一(一)", "建设。十项。", "建设。十项。"),
    (PLAN, "第一部分一(一)", "第一部分一(一)", "基础。", "五项。"),
    (TABLES, "表1第2行", "表1/2", "甲受检率", "95"),
    (TABLES, "表一的第一项讲什么", "表1/1", "甲标准", "200"),
    (TABLES, "表2-1第1项", "表2-1/1", "乙标准", "200"),
    (TABLES, "表5第2项", "附件2/表5/2", "戊受检率", "95"),
    (TABLES, "附件2的表5第1行", "附件2/表5/1", "戊标准", "200"),
    (TABLES, "附表1第2项", "附表1/2", "己受检率", "95"),
    (TABLES, "附表1第1行", "附表1/1", "己标准", "200"),
    (TABLES, "三表/2", "三表/2", "丁受检率", "95"),
    (TWICE, "表1第1项", "表1/1", "甲标准", "200"),
    (TWICE, "二表1/1", "二表1/1", "乙标准", "200"),
    (TWICE, "附表第2行", "附表/2", "丁受检率", "95"),
    (LETTER, "段2", "段2", "不缺斤短两。", "不缺斤短两。"),
]


@pytest.mark.parametrize(("plan", "asked", "path", "begins", "ends"), TOLD, ids=[row[1] for row in TOLD])
def test_addresses_are_read_out(plan: Plan, asked: str, path: str | None, begins: str, ends: str) -> None:
    answer = ask(plan, asked)
    if path is None:
        return
    assert answer.status is Status.ANSWERED
    citation = answer.statements[0].citations[0]
    assert citation.clause.path == path
    assert citation.quote.startswith(begins)
    assert citation.quote.endswith(ends)


# why each: no such unit
ABSENT = [
    "第九条",
    "第三条第三款",
    "第三条第（三）项",
    "第二条第一项",
    "第三条之二",
    "附件3",
    "附件2第九条",
    "附件1第一条",
    "第五章",
    "专栏1",
]


@pytest.mark.parametrize("asked", ABSENT)
def test_what_does_not_exist_is_said_not_to_exist(asked: str) -> None:
    answer = ask(STATUTE, asked)
    assert answer.status is Status.NOT_FOUND
    assert "没有“" in answer.statements[0].text


@pytest.mark.parametrize("asked", ["表1第9项", "表7", "附表1第9项", "附表4", "表2-2第1项"])
def test_what_tables_there_are_is_said(asked: str) -> None:
    answer = ask(TABLES, asked)
    assert answer.status is Status.NOT_FOUND
    assert "没有“" in answer.statements[0].text
    told = [one.text for one in answer.statements[1:]]
    assert told == ([] if asked.startswith("附") else ["该文件编号的表有表1、表2-1、表3、附件2/表5。"])
    assert "该文件（收录文本）没有编号的表。" in [one.text for one in ask(STATUTE, "表1").statements]


@pytest.mark.parametrize(("asked", "paths"), [("表1", "表1 表1/1 表1/2"), ("附表1", "附表1 附表1/1 附表1/2")])
def test_a_table_is_read_out_row_by_row(asked: str, paths: str) -> None:
    cited = [one.citations[0].clause.path for one in ask(TABLES, asked).statements]
    assert cited == paths.split()


def test_how_many_paragraphs_there_are() -> None:
    lacking, counted = ask(STATUTE, "第三条第五款").statements
    assert "没有“第三条第五款”" in lacking.text
    assert counted.text == "第三条共有2款。"
    assert [citation.clause.path for citation in counted.citations] == ["第三条"]


UNDER = [
    (STATUTE, "第一章", "第一条 第二条"),
    (STATUTE, "第二章", "第二章第一节 第二章第二节"),
    (STATUTE, "第二章第一节", "第三条 第三条之一"),
    (STATUTE, "附件1", "附件1/一 附件1/二"),
    (STANDARD, "2", "2.1"),
    (STANDARD, "2.1", "2.1.1 2.1.2"),
    (PLAN, "第二部分", "第二部分一"),
    (PLAN, "第二部分一(一)", "第二部分一(一)1"),
    (PLAN, "第二部分一(一)1", "第二部分一(一)1(1)"),
]


@pytest.mark.parametrize(("plan", "path", "expected"), UNDER)
def test_what_stands_below(plan: Plan, path: str, expected: str) -> None:
    (above,) = [one for one in plan.clauses if one.path == path]
    assert [one.path for one in under(plan, above)] == expected.split()


@pytest.mark.parametrize("asked", ["有几章", "有几个部分"])
def test_chapters_are_the_outermost_parts(asked: str) -> None:
    assert "共有2个部分（章）：第一章 总则；第二章 义务" in ask(STATUTE, asked).statements[0].text
    assert "共有2个部分（章）：第一部分 背景；第二部分 任务" in ask(PLAN, asked).statements[0].text


@pytest.mark.parametrize(
    "plan",
    [STATUTE, STANDARD, PLAN, LETTER, TABLES, TWICE],
    ids=["statute", "standard", "plan", "letter", "tables", "twice"],
)
def test_every_path_as_it_is_shown_leads_back(plan: Plan) -> None:
    for one in plan.clauses:
        if one.path.isnumeric() or one.path == "附表":
            continue  # a bare number is no address, nor is a word
        address = find_address(fold(one.path))
        assert address is not None, one.path
        assert resolve(address, plan) == one.path
