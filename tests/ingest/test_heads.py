"""Heads of government pages: what surrounds a document is a named discard; title, number, issuer and dates survive."""

import pytest

from ingest.model import Plan
from tests.ingest.ownership import unsettled
from tests.ingest.reader import read, texts

BODY = "一、承诺。公开承诺。\n二、公平秤。设立公平秤。\n"
SIGNED = "甲市人民政府\n2024年3月1日\n"
TITLE = "甲市人民政府关于加强诚信计量的意见"


def value(plan: Plan, name: str) -> str | None:
    """A fact's value; its words stand where it says."""
    fact = getattr(plan.metadata, name)
    if fact is None:
        return None
    words = next(one.text for one in plan.clauses if one.id == fact.clause_id)[fact.start : fact.end]
    assert words.strip(), name
    return str(fact.value)


def discarded(plan: Plan, reason: str) -> str:
    return "".join(plan.source[d.start : d.end] for d in plan.discards if d.reason == reason)


PAGE = f"""首页 > 政务公开 > 政策文件
{TITLE}
发布时间：2024-03-05 09:12 来源：市政府办 浏览次数：861 【字体：大 中 小】
甲政发〔2024〕18号
各县（区）人民政府：
现提出如下意见。
{BODY}{SIGNED}扫一扫在手机打开当前页
【打印本页】 【关闭窗口】
上一篇：关于放假的通知
版权所有：甲市人民政府办公室
闽ICP备05001234号
"""


def test_a_page_around_a_document() -> None:
    plan = read(PAGE)
    assert unsettled(plan) == []
    assert texts(plan)["题头"].split("\n") == [TITLE, "甲政发〔2024〕18号", "各县（区）人民政府：", "现提出如下意见。"]
    assert texts(plan)["落款"] == SIGNED.strip()
    assert "政务公开" in discarded(plan, "breadcrumb")
    assert "861" in discarded(plan, "page_info")
    assert "打印本页" in discarded(plan, "page_tool")
    assert "放假" in discarded(plan, "page_link")
    assert "ICP" in discarded(plan, "copyright")
    assert (value(plan, "title"), value(plan, "number")) == (TITLE, "甲政发〔2024〕18号")
    assert (value(plan, "addressee"), value(plan, "issuer")) == ("各县（区）人民政府", "甲市人民政府")


# why each: a line of a page as another site writes it
FRAME = [
    ("您现在的位置：首页 >> 信息公开 >> 文件", "breadcrumb", "with a lead"),
    ("首页 政务公开 政策文件", "breadcrumb", "without arrows"),
    ("字号：[大] [中] [小]", "page_info", "in square brackets"),
    ("【字体： 大 中 小 】 打印 分享：", "page_info", "with tools behind"),
    ("索引号：11350500/2024-00012 主题分类：市场监管", "info_table", "two fields on a line"),
    ("有 效 性：\n有效", "info_table", "label and value on two lines"),
    ("主题分类\t市场监管\t体裁分类\t意见", "info_table", "cells of a table"),
]


@pytest.mark.parametrize(("line", "reason", "why"), FRAME, ids=[why for _, _, why in FRAME])
def test_lines_above(line: str, reason: str, why: str) -> None:
    plan = read(f"{line}\n{TITLE}\n各县：\n{BODY}{SIGNED}")
    assert unsettled(plan) == []
    assert texts(plan)["题头"] == f"{TITLE}\n各县：", why
    assert discarded(plan, reason)


def test_a_frame_is_no_frame_inside_the_text() -> None:
    """Only what stands above and below goes: 打印 and 来源 may be what a clause is about."""
    plan = read(f"{TITLE}\n一、服务\n打印本页\n来源：市局\n二、保障\n落实。\n")
    assert texts(plan)["一"] == "打印本页\n来源：市局"
    assert {discard.reason for discard in plan.discards} == {"blank"}


TABLE = "索引号：1\n发文机关：甲市商务局\n成文日期：2024年03月01日\n标题：甲市目录\n发文字号：甲商〔2024〕8号\n"


def test_an_info_table_that_alone_says_it_stays() -> None:
    """Number, issuer and date of a copy that lacks them come from the table above it."""
    plan = read(f"{TABLE}各县：\n{BODY}")
    names = ("title", "number", "issuer", "issued_on", "addressee")
    assert [value(plan, name) for name in names] == ["甲市目录", "甲商〔2024〕8号", "甲市商务局", "2024-03-01", "各县"]
    assert "发文字号" in texts(plan)["题头"]
    assert discarded(plan, "info_table") == "索引号：1"


def test_an_info_table_that_repeats_the_document_goes() -> None:
    plan = read(f"{TABLE}甲市目录\n甲商〔2024〕8号\n各县（区）：\n{BODY}甲市商务局\n二○二四年三月一日\n")
    assert texts(plan)["题头"] == "甲市目录\n甲商〔2024〕8号\n各县（区）："
    assert "甲商〔2024〕8号" in discarded(plan, "info_table")


# why each: the number as it is written → as it is told
NUMBERS = [
    (f"{TITLE}\n甲政发[2024]18号\n各县：\n", "甲政发〔2024〕18号", "square brackets"),
    (f"{TITLE}\n甲政发（2024）第18号\n各县：\n", "甲政发〔2024〕第18号", "round ones and 第"),
    (f"{TITLE}\n（甲政发〔2024〕 18 号）\n各县：\n", "甲政发〔2024〕18号", "in brackets below the title, with blanks"),
    (f"{TITLE}（甲政发〔2024〕18号）\n各县：\n", "甲政发〔2024〕18号", "in brackets behind the title"),
    ("甲市市场监督管理局关于调整目录的公告\n2024年第12号\n现公告如下：\n", "2024年第12号", "of a year"),
    ("甲市市场监督管理局公告\n（2024年第12号）\n", "2024年第12号", "of a year, in brackets"),
    ("甲市人民政府令\n第12号\n《甲市计量办法》已经通过，现予公布。\n", "甲市人民政府令第12号", "an order's"),
    ("甲市人民政府令第十二号\n甲市计量办法\n", "甲市人民政府令第十二号", "an order's on one line"),
    ("甲市条例\n（2007年10月8日国务院令第500号公布）\n", "国务院令第500号", "by which it was published"),
    (f"{TITLE}\n（甲政发）\n", None, "none"),
]


@pytest.mark.parametrize(("front", "expected", "why"), NUMBERS, ids=[why for _, _, why in NUMBERS])
def test_numbers(front: str, expected: str | None, why: str) -> None:
    assert value(read(front + BODY), "number") == expected, why


# why each: a title as documents bear them
TITLES = [
    ("农贸市场计量管理制度", "农贸市场计量管理制度", "制度"),
    ("甲市处罚细则（2022修正本）", "甲市处罚细则（2022修正本）", "a remark behind"),
    ("甲市政府关于统一单位的命令", "甲市政府关于统一单位的命令", "命令"),
    ("关于推进诚信计量的若干措施", "关于推进诚信计量的若干措施", "措施"),
    ("关于同意建立制度的函", "关于同意建立制度的函", "函"),
    ("关 于 加 强 计 量 的 通 告", "关于加强计量的通告", "spaced"),
    ("甲市人民政府\n关于印发计量\n规划的通知", "甲市人民政府关于印发计量规划的通知", "on three lines"),
    ("甲市计量条例\n（征求意见稿）", "甲市计量条例（征求意见稿）", "a remark on its own line"),
    ("甲市政府文件\n甲政〔2024〕3号\n关于计量的意见", "关于计量的意见", "below a masthead and a number"),
    ("甲市人民政府令\n第3号\n《甲市办法》已经通过，现予公布。\n甲市办法", "甲市办法", "of what an order publishes"),
    ("买了缺秤的水果，能不能要求赔偿", "买了缺秤的水果，能不能要求赔偿", "one that ends like none"),
    ("为加强计量，制定本办法。", None, "prose is none"),
]


@pytest.mark.parametrize(("front", "expected", "why"), TITLES, ids=[why for _, _, why in TITLES])
def test_titles(front: str, expected: str | None, why: str) -> None:
    assert value(read(f"{front}\n{BODY}"), "title") == expected, why


# why each: who signs, or who is named when nobody does
ISSUERS = [
    (f"{TITLE}\n{BODY}甲市市场监管局  甲市商务局\n2024年3月1日\n", "甲市市场监管局、甲市商务局", "two on a line"),
    (
        f"{TITLE}\n{BODY}甲市市场监管局\n甲市商务局\n甲市财政局\n2024年3月1日\n",
        "甲市市场监管局、甲市商务局、甲市财政局",
        "on lines",
    ),
    (f"{TITLE}\n{BODY}甲 市 人 民 政 府\n2024年3月1日\n", "甲市人民政府", "spaced"),
    (f"{TITLE}\n{BODY}甲市计量院2024年3月1日\n", "甲市计量院", "on the line of the date"),
    (f"{TITLE}\n{BODY}甲市总站\n2024年3月1日\n", "甲市总站", "whoever stands above the date"),
    (f"{TITLE}\n{BODY}", "甲市人民政府", "named by the title"),
    (f"甲市人民政府办公室文件\n计量意见\n{BODY}", "甲市人民政府办公室", "named by the masthead"),
    (
        f"甲省条例\n（2013年7月26日甲省第十二届人民代表大会常务委员会第四次会议通过）\n{BODY}",
        "甲省人民代表大会常务委员会",
        "who passed it",
    ),
    (f"甲市贯彻落实国务院规划实施方案\n{BODY}", None, "nobody"),
]


@pytest.mark.parametrize(("source", "expected", "why"), ISSUERS, ids=[why for _, _, why in ISSUERS])
def test_issuers(source: str, expected: str | None, why: str) -> None:
    assert value(read(source), "issuer") == expected, why


# why each: a date line and what it says
SIGNING = [
    ("二〇二四年三月一日", "2024-03-01", "Chinese numerals"),
    ("二ＯＯ四年十二月三十一日", "2004-12-31", "letters for zeros"),
    ("2024年03月01日", "2024-03-01", "with zeros"),
    ("2024 年 3 月 1 日", "2024-03-01", "with blanks"),
    ("2024-03-01", "2024-03-01", "with hyphens"),
]


@pytest.mark.parametrize(("written", "expected", "why"), SIGNING, ids=[why for _, _, why in SIGNING])
def test_dates_of_signing(written: str, expected: str, why: str) -> None:
    plan = read(f"{TITLE}\n{BODY}甲市人民政府\n{written}\n")
    assert value(plan, "issued_on") == expected, why
    assert value(plan, "printed_on") is None


STATUTE = "第一条 制定本条例。\n第二条 本条例自2014年1月1日起施行。\n"
# why each: (head, passed, published, effective, revised)
DATES = [
    (
        "（2013年7月26日甲省人大常委会第四次会议通过 2013年8月1日甲省人大常委会公告第5号公布 自2014年1月1日起施行）",
        ("2013-07-26", "2013-08-01", "2014-01-01", None),
        "one bracket",
    ),
    (
        "2001年3月1日第一次会议通过\n2010年5月5日《关于修改〈甲省条例〉的决定》第一次修正\n2018年6月6日第二次修正",
        ("2001-03-01", None, "2014-01-01", "2018-06-06"),
        "lines; the last revision; the effect as the articles say it",
    ),
    ("（二〇一三年七月二十六日通过）", ("2013-07-26", None, "2014-01-01", None), "Chinese numerals"),
    ("根据2010年1月1日通过的《乙省条例》制定", (None, None, "2014-01-01", None), "another document's passing"),
]


@pytest.mark.parametrize(("head", "expected", "why"), DATES, ids=[why for _, _, why in DATES])
def test_dates_of_a_statute(head: str, expected: tuple[str | None, ...], why: str) -> None:
    plan = read(f"甲省条例\n{head}\n{STATUTE}")
    passed, published, revised = (value(plan, name) for name in ("passed_on", "published_on", "revised_on"))
    effective = plan.validity.effective
    assert (passed, published, effective and effective.value, revised) == expected, why


def test_the_effect_of_another_law_is_not_ones_own() -> None:
    plan = read("甲省条例\n第一条 《乙法》自2013年1月1日起施行后，依照本条例。\n第二条 完。\n")
    assert plan.validity.effective is None


# why each: a line that ends with ： in a head
ADDRESSEES = [
    ("各县（区）人民政府：", "各县（区）人民政府", "all"),
    ("市商务局：", "市商务局", "one"),
    ("李某委员：", "李某委员", "a person"),
    ("为优化环境，现公告如下：", None, "a lead-in"),
    ("附件：", None, "a list"),
]


@pytest.mark.parametrize(("line", "expected", "why"), ADDRESSEES, ids=[why for _, _, why in ADDRESSEES])
def test_addressees(line: str, expected: str | None, why: str) -> None:
    assert value(read(f"{TITLE}\n{line}\n{BODY}"), "addressee") == expected, why
