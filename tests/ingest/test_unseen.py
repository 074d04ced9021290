"""Structures that the five plans do not have: small documents of other builds, each with its whole outline."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.errors import NoOutline
from ingest.model import Kind
from tests.ingest.ownership import repeated_paths, unsettled
from tests.ingest.reader import clause, read, texts

STATUTE = """某省计量条例
（2020年7月24日通过）
目 录
第一章 总 则
第二章 计量器具
第一章 总 则
第一条 为了加强计量监督管理，制定本条例。
第二条 下列情形适用本条例：
（一）建立计量标准；
（二）使用计量器具。
第二章 计量器具
第一节 检定
第三条 （检定）计量器具应当检定。未经检定的，不得使用。
第二节 校准
第四条 校准应当溯源。
1.量值；
2.方法。
第三章 附则
第一节 施行
第五条 本条例自2021年1月1日起施行。
"""


def test_a_statute() -> None:
    """第一节 stands in two chapters; lists inside an article stay in it; the table of contents is front."""
    plan = read(STATUTE)
    found = texts(plan)
    assert list(found) == [
        "题头",
        "第一章",
        "第一条",
        "第二条",
        "第二章",
        "第二章第一节",
        "第三条",
        "第二章第二节",
        "第四条",
        "第三章",
        "第三章第一节",
        "第五条",
    ]
    assert found["第二条"] == "下列情形适用本条例：\n（一）建立计量标准；\n（二）使用计量器具。"
    assert found["第四条"].endswith("1.量值；\n2.方法。")
    assert found["题头"].endswith("目录\n第一章总则\n第二章计量器具")
    assert clause(plan, "第四条").headings == ("计量器具", "校准")
    assert clause(plan, "第一条").heading == "第一条", "the first sentence of an article is no heading"
    assert unsettled(plan) == []


def test_an_interpretation_with_articles_under_chapters() -> None:
    plan = read(
        "若干问题的解释\n一、一般规定\n第一条 诚信经营。\n第二条 公平计量。\n二、附则\n第三条 自公布之日起施行。\n"
    )
    assert list(texts(plan)) == ["题头", "一", "第一条", "第二条", "二", "第三条"]
    assert clause(plan, "第三条").headings == ("附则",)


def test_a_decision_that_quotes_articles() -> None:
    """What a decision inserts is its own text: the articles it quotes do not run on from 第一条."""
    plan = read("修改决定\n一、将第三条修改为：\n第三条 计量器具应当检定。\n二、增加一条：\n第九条 鼓励诚信计量。\n")
    assert list(texts(plan)) == ["题头", "一", "二"]
    assert texts(plan)["二"].endswith("第九条鼓励诚信计量。")


def test_sections_without_chapters() -> None:
    plan = read("工作要点\n（一）强化监管。开展检查。\n1.加强检定。提高覆盖率。\n（二）优化服务。减免费用。\n")
    assert list(texts(plan)) == ["题头", "(一)", "(一)1", "(二)"]
    assert unsettled(plan) == []


def test_items_alone() -> None:
    plan = read("通知要求\n1.加强检定。提高覆盖率。\n2.减免费用。落实到位。\n")
    assert list(texts(plan)) == ["题头", "1", "2"]


def test_a_list_before_the_first_chapter_is_front() -> None:
    plan = read("通知\n附件：\n1.方案\n2.清单\n某市人民政府\n2023年1月5日\n一、目标\n（一）提升。加强工作。\n")
    assert list(texts(plan)) == ["题头", "一", "一(一)"]
    assert plan.metadata.issued_on is not None


BOX = """方案
一、任务
（一）技术研究
1.加强研究。开展课题。
专栏1：重点工作

1.量值传递研究。建立方法。

2.标准物质研制。建立体系。

3.数字化研究。建立平台。

2.加强应用。服务产业。
专栏2：应用工作

1.服务制造。建立中心。

3.加强监管。完善制度。
"""


def test_box_items_with_blank_lines_between() -> None:
    """The box's 2. has the number the text goes on with; it is the box's since the text's own 2. still comes."""
    found = texts(read(BOX))
    assert list(found)[4:] == ["专栏1", "专栏1/1", "专栏1/2", "专栏1/3", "一(一)2", "专栏2", "专栏2/1", "一(一)3"]
    assert found["专栏1/2"].startswith("标准物质研制")
    assert found["一(一)2"].startswith("加强应用")


def test_a_box_in_a_document_without_blank_lines() -> None:
    found = texts(read(BOX.replace("\n\n", "\n")))
    assert list(found)[4:] == ["专栏1", "专栏1/1", "专栏1/2", "专栏1/3", "一(一)2", "专栏2", "专栏2/1", "一(一)3"]


def test_a_number_that_a_box_repeats_opens_no_second_item() -> None:
    found = texts(read("方案\n一、任务\n专栏1：重点\n1.甲事。开展。\n2.乙事。开展。\n2.丙事。开展。\n二、保障\n"))
    assert found["专栏1/2"] == "乙事。开展。\n2.丙事。开展。"


PAGES = (
    "方案\n一、任务\n（一）研究。开展在线计量研究，\n— 2 —\n\n推动数字化。\n"
    "\f（二）应用。服务产业。\n- 3 -\n二、保障\n（一）领导。加强领导。\n"
)


def test_page_numbers_go_and_sentences_close() -> None:
    plan = read(PAGES)
    assert texts(plan)["一(一)"] == "研究。开展在线计量研究，推动数字化。"
    assert list(texts(plan)) == ["题头", "一", "一(一)", "一(二)", "二", "二(一)"]
    assert sum(discard.reason == "page_rule" for discard in plan.discards) == 3
    assert unsettled(plan) == []


def test_ragged_tables_lose_nothing() -> None:
    """A row longer than the head, a cell under no column heading, and text below the table."""
    plan = read(
        "方案\n一、目标\n专栏1：指标\n指标\t2025年\t\n甲（项）\t5\t\t备注\n乙（项）\t6\t含县级，不含市级\n\n"
        "其中县级占一半，\n二、保障\n"
    )
    found = texts(plan)
    assert found["专栏1/1"] == "甲（项）｜2025年：5｜备注"
    assert found["专栏1/2"] == "乙（项）｜2025年：6｜含县级，不含市级"
    assert "其中县级占一半" in found["一"], "text below a table does not run into its last cell"
    assert unsettled(plan) == []


def test_a_lone_line_under_a_heading_is_content() -> None:
    """An item that ends without a full stop says something; a heading with units under it does not."""
    plan = read("方案\n一、任务\n（一）监管\n1.开展诚信计量示范\n2.查处计量作弊\n")
    assert [one.kind for one in plan.clauses] == [Kind.FRONT, Kind.HEADING, Kind.HEADING, Kind.ITEM, Kind.ITEM]
    assert [one.path for one in plan.clauses if one.searchable] == ["题头", "一(一)1", "一(一)2"]


def test_an_annex_that_starts_again_makes_no_second_path() -> None:
    plan = read(
        "方案\n一、任务\n（一）监管。开展检查。\n二、保障\n（一）领导。加强领导。\n附件\n一、清单\n（一）监管。列出清单。\n"
    )
    assert repeated_paths(plan) == []
    assert "列出清单" in "".join(texts(plan).values())
    assert unsettled(plan) == []


@pytest.mark.parametrize("source", ["某市计量规划\n", "某市计量规划\n（试行）\n", "（略）\n"])
def test_a_title_alone_is_no_plan(source: str) -> None:
    with pytest.raises(NoOutline):
        read(source)


LINES = st.lists(
    st.sampled_from(
        [
            "一、任务",
            "二、目标。到2025年，标准达到5项。",
            "（一）监管。开展检查。",
            "（二）",
            "1.示范。推进",
            "- 2.作弊，查处。",
            "第一章 总则",
            "第一节 检定",
            "第一条 为了计量，",
            "第三条",
            "专栏1：指标",
            "专栏2",
            "\t指标",
            "\t5",
            "指标\t2025年",
            "甲（项）\t5\t多",
            "目录",
            "— 1 —",
            "正文继续，",
            "\u3000\u200b",
            "",
            "某市人民政府",
            "2023年1月5日",
            "抄送：市委。",
            "附件1",
            "附：清单",
            "附件：1.承诺书",
            "附录A",
            "第一部分 形势",
            "（1）城区。检查。",
            "①城区",
            "1 总则",
            "1.1 目的",
            "11.5.14.2的试验",
            "【专栏2】试点",
            "某市计量办法",
            "某政发〔2024〕3号",
            "# 某市方案",
            "## 背景",
            "**（三）** 重点",
            "责任单位：市甲局",
            "首页 > 政策",
            "发文机关：某市人民政府",
            "【打印本页】",
        ]
    ),
    max_size=30,
)


@settings(max_examples=200, deadline=None)
@given(LINES)
def test_any_order_of_lines_settles_its_account(lines: list[str]) -> None:
    """Whatever the order: no crash, no path twice, no character without an owner."""
    try:
        plan = read("\n".join(lines))
    except NoOutline:
        return
    assert repeated_paths(plan) == []
    assert unsettled(plan) == []
