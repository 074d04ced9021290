"""What goes to the clipboard: what was said, then its sources by number with links, and nothing hidden."""

from typing import Any

from tests.ui.canned import HOSTILE
from ui import wording
from ui.copying import HERE, copy_text
from ui.replies import Reply

ONE = {
    "index": 1, "plan_id": "xiamen", "plan_title": "厦门《计量》方案", "plan_number": "厦府〔2023〕1号",
    "clause_path": "四24", "heading": "加大政策支持", "quote": "允许一次性扣除。",
    "url": "/plans/xiamen?clause=x&start=0#x",
}  # fmt: skip
TWO = {
    "index": 2, "plan_id": "qz", "plan_title": "泉州方案", "clause_path": "四(二)", "heading": "四(二)",
    "quote": "同。", "url": "https://a.example/plans/qz",
}  # fmt: skip


def reply(**given: Any) -> Reply:
    return Reply.model_validate({"status": "answered", **given})


def test_sources_are_numbered_and_linked() -> None:
    said = [{"text": "厦门：「允许一次性扣除。」", "citations": [1]}, {"text": "泉州同。", "citations": [1, 2]}]
    told = reply(statements=said, citations=[ONE, TWO], label="原文摘录", notes=["另问\n12366。"])
    assert copy_text("能扣吗？", told) == (
        "问：能扣吗？\n\n【原文摘录】\n厦门：「允许一次性扣除。」[1]\n泉州同。[1][2]\n\n说明：另问 12366。\n\n出处：\n"
        "[1] 《厦门〈计量〉方案》（厦府〔2023〕1号） · 四24 · 加大政策支持\n"
        f"{HERE}/plans/xiamen?clause=x&start=0#x\n"
        "[2] 《泉州方案》 · 四(二)\nhttps://a.example/plans/qz\n\n"
        f"{wording.ONLY_THE_PLAN}"
    )


def test_a_partial_answer_says_so_and_offers_what_is_near() -> None:
    told = reply(status="partial", statements=[{"text": "没有写明金额。"}], related=[TWO], label="固定答复")
    text = copy_text("多少钱？", told)
    assert "【部分载明 · 固定答复】" in text
    assert f"{wording.COPY_NEAR}\n《泉州方案》" in text
    assert wording.COPY_SOURCES not in text


def test_a_table_is_told_row_by_row() -> None:
    table = (("地区", "2025年"), ("厦门", "850"), ("泉州", ""))
    assert "地区 厦门；2025年 850\n地区 泉州\n" in copy_text("比较", reply(statements=[{"text": "如下。"}]), table)


def test_words_without_statements_are_passed_on_as_they_are() -> None:
    assert copy_text("问", reply(plain_text="是。\n出处：某规划", answer="**是**")) == "问：问\n\n是。\n出处：某规划"
    assert copy_text("问", reply(answer="是")) == "问：问\n\n是"


def test_a_link_that_is_none_is_left_out() -> None:
    told = reply(statements=[{"text": HOSTILE, "citations": [1]}], citations=[{**ONE, "url": "javascript:alert(1)"}])
    text = copy_text(HOSTILE, told)
    assert "javascript" not in text
    assert text.count(HOSTILE) == 2
    assert HERE not in text
