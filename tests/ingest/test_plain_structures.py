"""Boxes, Markdown and documents without any numbers."""

import pytest

from ingest.model import Kind
from tests.ingest.reader import clause, read, texts
from tests.ingest.test_structures import paths

BOXES = (
    "甲市规划\n一、任务\n（一）基础。建设。\n【专栏1】标准\n1.长度。建设。\n2.力学。建设。\n（二）能力。提升。\n"
    "专栏二 人才\n培养一百名。\n二、保障\n专栏３：经费\n落实。\n三、附则\n专栏4-1 试点\n开展。\n"
)


def test_boxes_in_all_spellings() -> None:
    expected = "题头 一 一(一) 专栏1 专栏1/1 专栏1/2 一(二) 专栏2 二 专栏3 三 专栏4-1"
    plan = read(BOXES)
    assert paths(plan) == expected.split()
    assert clause(plan, "专栏4-1").heading == "试点"


MARKDOWN = (
    "---\ntitle: x\n---\n# 甲市方案\n\n**甲政〔2024〕3号**\n\n## 一、要求 ##\n\n"
    "坚持*惠民*。\n\n## 二、任务\n\n### （一）承诺\n\n> 签订。\n\n* 免费\n\n"
    "**（二）创建。** 培育60家。\n\n1. **秤。** 设立公平秤。\n\n- 2.公示。公示[电话](http://a.b/c)。\n\n---\n"
)


def test_markdown_is_read_as_the_plain_form() -> None:
    plan = read(MARKDOWN)
    assert paths(plan) == ["题头", "一", "二", "二(一)", "二(二)", "二(二)1", "二(二)2"]
    assert texts(plan)["题头"] == "甲市方案\n甲政〔2024〕3号"
    assert texts(plan)["一"] == "坚持惠民。"
    assert texts(plan)["二(一)"] == "签订。\n免费"
    assert texts(plan)["二(二)"] == "创建。培育60家。"
    assert texts(plan)["二(二)2"] == "公示。公示电话。"
    assert {discard.reason for discard in plan.discards} == {"blank", "markup"}


def test_markdown_headings_without_numbers() -> None:
    plan = read(
        "# 甲市倡议\n\n## 背景\n\n关系民生。\n\n## 任务\n\n1. 设公平秤\n2. 公示电话\n\n### 细节\n\n每周校验。\n"
    )
    assert paths(plan) == ["题头", "标题1", "标题2", "标题2/1", "标题2/2", "标题3"]
    assert clause(plan, "标题3").headings == ("任务",)


def test_plain_text_keeps_its_signs() -> None:
    """A star or a hash is markup only in Markdown."""
    plan = read("甲市方案\n一、目标\n误差*2，编号#3。\n- 1.检定。开展。\n")
    assert "误差*2，编号#3。" in texts(plan)["一"]
    assert "markup" not in {discard.reason for discard in plan.discards}


def test_a_document_without_numbers() -> None:
    """Each paragraph is a clause; a short line heads those below it; a cut sentence is joined."""
    plan = read(
        "甲市纠纷案\n案情\n买卖双方，\n就缺秤争执。\n双方诉至法院。\n结果\n赔偿五百元。\n甲市人民法院\n2024年3月1日\n"
    )
    assert paths(plan) == ["题头", *(f"段{n}" for n in range(1, 6)), "落款"]
    kinds = {one.path: one.kind for one in plan.clauses}
    assert (kinds["段1"], kinds["段2"], kinds["段4"]) == (Kind.HEADING, Kind.PARAGRAPH, Kind.HEADING)
    assert texts(plan)["段2"] == "买卖双方，就缺秤争执。"
    assert clause(plan, "段5").headings == ("结果",)


@pytest.mark.parametrize("source", ["计量很重要。\n", "2025年计划\n共五项\n", "诚信，\n经营。\n"])
def test_the_least_document(source: str) -> None:
    assert "段1" in paths(read(source))


def test_a_long_title_runs_into_nothing() -> None:
    title = "甲市市场监督管理局关于进一步加强集贸市场和加油站等民生领域计量器具监督管理工作的通知"
    plan = read(f"{title}\n甲市监〔2024〕3号\n各县：\n一、重视。\n")
    assert plan.title == title
    assert plan.metadata.number is not None
