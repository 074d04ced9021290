"""Structures as one grammar: levels, restarts, annexes, decimals, boxes, contents, Markdown, none at all."""

import pytest

from ingest.model import Kind, Plan
from tests.ingest.ownership import repeated_paths, unsettled
from tests.ingest.reader import clause, read, texts


def paths(plan: Plan) -> list[str]:
    """All paths in order, once each, with every character of the source in its place."""
    assert repeated_paths(plan) == []
    assert unsettled(plan) == []
    return [one.path for one in plan.clauses]


# why each: the whole outline of a small document
OUTLINES = [
    (
        "甲市计量规划\n第一章 背景\n一、成效\n建成五项。\n二、问题\n人少。\n第二章 任务\n"
        "一、基础\n（一）标准。建设。\n二、诚信\n（一）承诺。推行。\n",
        "题头 第一章 第一章一 第一章二 第二章 第二章一 第二章一(一) 第二章二 第二章二(一)",
        "一、 begins again in each chapter",
    ),
    (
        "甲市白皮书\n第一部分 情况\n一、机构。五家。\n二、人员。十人。\n第二部分 打算\n"
        "一、思路。惠民。\n（一）监管。检查。\n",
        "题头 第一部分 第一部分一 第一部分二 第二部分 第二部分一 第二部分一(一)",
        "parts above chapters",
    ),
    (
        "甲市条例\n第一编 总则\n第一章 通则\n第一节 目的\n第一条 制定本条例。\n第二章 器具\n"
        "第一节 检定\n第二条 应当检定。\n第二编 附则\n第一章 施行\n第三条 施行。\n",
        "题头 第一编 第一编第一章 第一编第一章第一节 第一条 第一编第二章 第一编第二章第一节 第二条 "
        "第二编 第二编第一章 第三条",
        "articles run through all parts",
    ),
    (
        "甲市汇编\n第一章 会议\n第一条 开会。\n第二条 记录。\n第二章 值班\n第一条 值班。\n"
        "第二条 交接。\n第三条 报告。\n",
        "题头 第一章 第一条 第二条 第二章 第二章第一条 第二章第二条 第二章第三条",
        "articles that begin again in a chapter",
    ),
    (
        "甲市方案\n一、任务\n（一）基础。夯实。\n1.标准。建设。\n（1）市级。十项。\n①长度。\n②力学。\n（2）县级。十项。\n2.能力。提升。\n二、保障\n",
        "题头 一 一(一) 一(一)1 一(一)1(1) 一(一)1(1)① 一(一)1(1)② 一(一)1(2) 一(一)2 二",
        "down to ①",
    ),
    (
        "甲市要点\n一、基础\n1、标准。建设。\n1）市级。\n2）县级。\n2、比对。组织。\n二、监管\n1、市场。检查。\n",
        "题头 一 一1 一1(1) 一1(2) 一2 二 二1",
        "half brackets",
    ),
    (
        "甲市预案\n1 总则\n1.1 目的\n规范处置。\n1.2 范围\n（1）本市。\n（2）其他。\n2 组织\n"
        "2.1 领导\n2.1.1 指挥部\n按2.1.2的规定。\n2.1.2 办公室\n设在市局。\n",
        "题头 1 1.1 1.2 1.2(1) 1.2(2) 2 2.1 2.1.1 2.1.2",
        "decimals",
    ),
    (
        "甲市规范\n1. 总则\n1.1. 目的。规范。\n1.2. 范围。本市。\n2. 要求\n2.1. 人员。持证。\n",
        "题头 1 1.1 1.2 2 2.1",
        "decimals below 1.",
    ),
    (
        "甲市规范\n一、总则\n1.1 目的。规范。\n1.2 范围。本市。\n二、要求\n2.1 人员。持证。\n",
        "题头 一 1.1 1.2 二 2.1",
        "decimals below 一、",
    ),
    ("甲市措施\n1总则\n1.1目的\n规范。\n2要求\n2.1人员\n持证。\n", "题头 1 1.1 2 2.1", "decimals without a blank"),
    ("甲市细则\n第1条 制定本细则。\n第2条 应当检定。\n", "题头 第1条 第2条", "Arabic articles"),
]


@pytest.mark.parametrize(("source", "expected", "why"), OUTLINES, ids=[why for _, _, why in OUTLINES])
def test_outlines(source: str, expected: str, why: str) -> None:
    assert paths(read(source)) == expected.split(), why


# why each: it begins with a number and is no heading
NO_HEADINGS = [
    ("3.1 选址\n3.1.1 应便利。\n3.1.2 与污染源的距离应合规。\n", "3.1 3.1.1 3.1.2", "a blank parts it from its number"),
    ("3.1 目标\n3.1.1 到2025年达到95%。\n3.1.2 到2030年达到99%。\n", "3.1 3.1.1 3.1.2", "a year is no number"),
    ("3.1 选址\n3.1.1 应符合\n3.1.2 和 3.1.3 的要求。\n", "3.1 3.1.1", "other numbers"),
    ("3.1 等级\n分为\n11.5.14.2的试验\n两级。\n3.2 误差\n不超过0.5e。\n", "3.1 3.2", "a reference cut by a line end"),
    ("3.1 等级\n见\n3.2的规定。\n3.2 误差\n不超过。\n", "3.1 3.2", "the very next number, as a reference"),
    ("3.1 温度\n应为\n20.5℃。\n3.2 误差\n不超过。\n", "3.1 3.2", "a quantity"),
    ("3.1 家数\n培育\n3.2倍的单位。\n3.2 误差\n不超过。\n", "3.1 3.2", "no blank where all headings have one"),
    ("3.1 家数\n见附录\n3.5 用语。\n3.2 误差\n不超过。\n", "3.1 3.2", "far out of sequence"),
]


@pytest.mark.parametrize(("body", "expected", "why"), NO_HEADINGS, ids=[why for _, _, why in NO_HEADINGS])
def test_lines_that_are_no_headings(body: str, expected: str, why: str) -> None:
    assert paths(read(f"甲市规程\n3 要求\n{body}")) == ["题头", "3", *expected.split()], why


NOTICE = "甲市政府关于印发规划的通知\n各县：\n为做好工作，通知如下：\n一、重视。\n二、落实。\n"
SIGNED = "甲市人民政府\n2022年5月6日\n"
ATTACHED = "甲市计量规划\n为加快发展，制定本规划。\n一、基础\n（一）成效。五项。\n二、任务\n"


def test_a_plan_attached_to_a_numbered_notice() -> None:
    """The signature ends the notice; what follows under its own title has its own 一、."""
    plan = read(NOTICE + SIGNED + ATTACHED)
    assert paths(plan) == ["题头", "一", "二", "落款", "附件", "附件/一", "附件/一(一)", "附件/二"]
    assert clause(plan, "附件").heading == "甲市计量规划"
    assert clause(plan, "附件").text == "为加快发展，制定本规划。"
    assert clause(plan, "附件/一(一)").headings == ("甲市计量规划", "基础")


def test_a_plan_attached_without_a_signature() -> None:
    """A title and 一、 again tell that another document begins."""
    assert paths(read(NOTICE + ATTACHED)) == ["题头", "一", "二", "附件", "附件/一", "附件/一(一)", "附件/二"]


def test_a_plan_attached_to_a_notice_without_numbers_keeps_plain_paths() -> None:
    plan = read("各县：\n现将规划印发给你们。\n" + SIGNED + ATTACHED)
    assert paths(plan) == ["题头", "一", "一(一)", "二"]
    assert plan.title == "甲市计量规划"


ANNEXES = (
    "附件1\n承诺书\n一、守法。\n二、诚信。\n附件 2\n评价细则\n第一条 公开。\n第二条 满分一百分。\n"
    "附表：指标表\n统计口径见说明。\n"
)


def test_annexes_have_their_own_numbers() -> None:
    """The list of annexes and the signature are the body's end; no annex merges with the body or another."""
    plan = read(f"甲市方案\n一、目标\n培育。\n二、要求\n落实。\n附件：1.承诺书\n2.评价细则\n{SIGNED}{ANNEXES}")
    assert paths(plan) == [
        *("题头", "一", "二", "落款", "附件1", "附件1/一", "附件1/二"),
        *("附件2", "附件2/第一条", "附件2/第二条", "附表"),
    ]
    assert texts(plan)["落款"].split("\n") == ["附件：1.承诺书", "2.评价细则", "甲市人民政府", "2022年5月6日"]
    assert texts(plan)["二"] == "落实。"
    assert (clause(plan, "附件2").kind, clause(plan, "附件2").searchable) == (Kind.ANNEX, False)
    assert clause(plan, "附件2/第一条").headings == ("评价细则",)
    assert clause(plan, "附表").searchable, "its text says something"


def test_what_is_attached_and_begins_with_a_number_has_no_title() -> None:
    plan = read("一、任务\n首页 > 政策\n2023年1月5日\n1 总则\n专栏1：指标\n")
    assert paths(plan) == ["一", "落款", "附件/1", "附件/专栏1"]
    plan = read("一、任务\n某市人民政府\n2023年1月5日\n①城区\n抄送：市委。\n某政发〔2024〕3号\n")
    assert paths(plan)[:3] == ["一", "落款", "附件"], "its text is kept"


def test_a_notice_of_prose_ends_where_its_annex_begins() -> None:
    plan = read(
        f"甲市关于印发办法的通知\n各县：\n现将办法印发给你们。\n附件：1. 办法\n      2. 申请表\n{SIGNED}{ANNEXES}"
    )
    assert paths(plan)[:3] == ["题头", "落款", "附件1"]
    assert plan.metadata.issued_on is not None


# why each: what follows 附 decides what it is
LABELS = [
    ("附：重点器具目录\n1.电子秤\n2.加油机\n", "附件 附件/1 附件/2", "a list that is itself attached"),
    (f"附：1.承诺书\n2.细则\n{SIGNED}", "落款", "a list of annexes with a signature"),
    (f"附件：自查表\n{SIGNED}附件\n自查表\n1.秤\n2.证\n", "落款 附件 附件/1 附件/2", "named, signed, then attached"),
    (
        "附录A\n（规范性附录）\n记录\nA.1 原始记录\n完整。\nA.2 证书\n盖章。\n",
        "附录A 附录A/A.1 附录A/A.2",
        "of a standard",
    ),
    ("附件一：表\n甲。\n附件二：图\n乙。\n", "附件1 附件2", "Chinese numerals, titles on the line"),
    ("【附件1】\n表\n甲。\n", "附件1", "in brackets"),
    ("附件\n表\n甲。\n附件\n图\n乙。\n", "附件 附件(2)", "two of one label"),
    ("附件1\n评分\n1 组织（20分）\n2 制度（30分）\n", "附件1 附件1/1 附件1/2", "numbers with a blank and no point"),
    (
        f"附件1\n承诺书\n一、守法。\n{SIGNED}附件2\n表\n甲。\n",
        "附件1 附件1/一 附件1/落款 附件2",
        "an annex that is signed",
    ),
]


@pytest.mark.parametrize(("rest", "expected", "why"), LABELS, ids=[why for _, _, why in LABELS])
def test_what_is_attached(rest: str, expected: str, why: str) -> None:
    assert paths(read(f"甲市办法\n第一条 制定。\n第二条 见附件。\n{rest}")) == [
        "题头",
        "第一条",
        "第二条",
        *expected.split(),
    ], why


def test_a_word_that_begins_like_an_annex_is_text() -> None:
    plan = read(
        "甲市办法\n第一条 制定。\n附件1所列器具应当检定，附件2所列的除外。\n第二条 施行。\n第三章 附则\n第三条 完。\n"
    )
    assert paths(plan) == ["题头", "第一条", "第二条", "第三章", "第三条"]


def test_names_of_offices_on_lines_of_their_own_are_text() -> None:
    """They end no document: nobody dates them, and text follows."""
    plan = read("甲市方案\n一、目标\n培育。\n二、分工\n各部门落实：\n市甲局\n负责监管。\n市乙局\n负责培训。\n")
    assert paths(plan) == ["题头", "一", "二"]
    assert texts(plan)["二"].endswith("市乙局\n负责培训。")


def test_a_signature_without_a_date() -> None:
    plan = read("甲市方案\n一、目标\n培育。\n甲市人民政府办公室\n")
    assert paths(plan) == ["题头", "一", "落款"]
    assert plan.metadata.issuer is not None


# why each: a way to print the same contents
CONTENTS = [
    ("目录\n前言\n一、基础\n二、任务\n（一）夯实\n", "plain, with a preface"),
    ("目  次\n一、基础……1\n二、任务......2\n（一）夯实\t3\n", "dots, TABs and page numbers"),
]


@pytest.mark.parametrize(("contents", "why"), CONTENTS)
def test_contents_are_front(contents: str, why: str) -> None:
    body = "前言\n为加快发展，制定本规划。\n一、基础\n建成五项。\n二、任务\n（一）夯实\n新建十项。\n"
    plan = read(f"甲市规划\n{contents}{body}")
    assert paths(plan) == ["题头", "一", "二", "二(一)"], why
    assert "制定本规划。" in texts(plan)["题头"]
    assert texts(plan)["一"] == "建成五项。"
