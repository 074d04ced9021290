"""Answers as Markdown and as plain text."""

import pytest

from bot.api.render import clause_url, markdown, plain_text
from bot.model import Answer, Statement, Status
from tests.bot.fakes import FakeBot


def test_markdown_has_numbers_table_and_notes(bot: FakeBot) -> None:
    one, two = bot.cite("xiamen:三(四)21"), bot.cite("quanzhou:三(四)16")
    answer = Answer(
        Status.PARTIAL,
        (Statement("两市都有。", (one, two)), Statement("以下为表。"), Statement("厦门有。", (two, one))),
        notes=("青岛未载明。", "一\n二"),
        table=(("地区", "2025年"), ("厦门", "850"), ("泉州", "a|b\nc")),
    )
    assert markdown(answer) == (
        "两市都有。[1][2]\n\n以下为表。\n\n厦门有。[1][2]\n\n"
        "| 地区 | 2025年 |\n| --- | --- |\n| 厦门 | 850 |\n| 泉州 | a\\|b c |\n\n"
        "**说明**\n\n- 青岛未载明。\n- 一 二"
    )


def test_plain_text_lists_its_sources_at_the_end(bot: FakeBot) -> None:
    one, two = bot.cite("xiamen:三(四)21"), bot.cite("quanzhou:三(四)16")
    answer = Answer(
        Status.ANSWERED,
        (Statement("厦门有。", (one,)), Statement("泉州有。", (two,))),
        notes=("青岛未载明。",),
        table=(("地区", "2025年", "属性"), ("厦门", "850", "")),
        related=(one,),
    )
    assert plain_text(answer) == (
        "厦门有。[1]\n泉州有。[2]\n地区 厦门；2025年 850\n说明：青岛未载明。\n出处：\n"
        "[1] 《厦门市贯彻落实国务院〈计量发展规划（2021-2035年）〉实施方案》三(四)21 建立诚信计量长效机制\n"
        "[2] 《泉州市人民政府关于贯彻落实国务院计量发展规划（2021—2035年）的实施意见》"
        "（泉政文〔2023〕14号）三(四)16 推进诚信计量分类监管"
    )


def test_a_declined_question_is_told_what_is_near(bot: FakeBot) -> None:
    near = bot.cite("jinhua:二(十)")
    text = plain_text(Answer(Status.NOT_FOUND, (Statement("未找到依据。"),), related=(near, near)))
    first, heading, *rest = text.split("\n")
    assert (first, heading) == ("未找到依据。", "相近条款（仅供参考）：")
    assert len(rest) == 1
    assert "出处" not in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("检定覆盖率达到85%以上。", "检定覆盖率达到85%以上。"),
        ("国发〔2021〕37号《规划》（2021-2035年）", "国发〔2021〕37号《规划》（2021-2035年）"),
        ("-5℃至0.02级，1.5倍", "-5℃至0.02级，1.5倍"),
        ("[点我](http://x)", "\\[点我\\](http://x)"),
        ("<script>", "\\<script\\>"),
        ("**重**_点_`码`~~删~~", "\\*\\*重\\*\\*\\_点\\_\\`码\\`\\~\\~删\\~\\~"),
        ("# 标题\n- 项\n1. 项\n---", "\\# 标题  \n\\- 项  \n1\\. 项  \n\\---"),
        ("反\\斜", "反\\\\斜"),
    ],
)
def test_words_of_a_plan_are_never_taken_for_markup(text: str, shown: str) -> None:
    assert markdown(Answer(Status.ANSWERED, (Statement(text),))) == shown


def test_ragged_tables_lose_no_cell() -> None:
    answer = Answer(Status.ANSWERED, (), table=(("地区", "值"), ("厦门", "1", "余"), ("泉州",)))
    assert plain_text(answer) == "地区 厦门；值 1；余\n地区 泉州"


def test_clause_url_without_a_span() -> None:
    assert clause_url("", "xiamen", "专栏1/9") == "/plans/xiamen?clause=%E4%B8%93%E6%A0%8F1%2F9#%E4%B8%93%E6%A0%8F1%2F9"
