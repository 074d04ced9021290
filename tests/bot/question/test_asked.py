"""Which aspect of a topic is asked, and whether a text answers it."""

import pytest

from bot.answer.aspects import lacking, modal_words
from bot.model import Aspect, Intent
from bot.question.asked import ASPECTS
from bot.question.read import Reader

ASKED = [
    ("检定要收费吗", {Aspect.FEE}, "收费"),
    ("电子秤要不要钱检定", {Aspect.FEE}, "要钱, and 要不要 is no duty here"),
    ("送检是免费的吗", {Aspect.FEE}, "免费"),
    ("申请示范单位要什么材料", {Aspect.FORM}, "材料"),
    ("承诺书有模板吗", {Aspect.FORM}, "模板"),
    ("投诉电话", {Aspect.CONTACT}, "电话"),
    ("有没有官网", {Aspect.CONTACT}, "官网"),
    ("诚信计量自我承诺怎么申请", {Aspect.PROCEDURE}, "怎么申请"),
    ("去哪里检定电子秤", {Aspect.PROCEDURE}, "去哪里"),
    ("向谁举报缺斤短两", {Aspect.PROCEDURE}, "向谁举报"),
    ("缺斤短两怎么处罚", {Aspect.PENALTY}, "处罚"),
    ("商家不签承诺会怎么样", {Aspect.PENALTY}, "会怎么样"),
    ("作弊要坐牢吗", {Aspect.PENALTY}, "坐牢"),
    ("会罚多少钱", {Aspect.PENALTY}, "a penalty is no fee and no amount"),
    ("举报有奖励吗", {Aspect.REWARD}, "奖励"),
    ("企业有没有补贴", {Aspect.SUBSIDY}, "补贴"),
    ("计量器具多久检一次", {Aspect.INTERVAL}, "多久一次"),
    ("检定周期是多长", {Aspect.INTERVAL}, "周期"),
    ("政策有效期", {Aspect.VALIDITY}, "有效期"),
    ("扣除政策到哪年截止", {Aspect.VALIDITY}, "an end covers a date"),
    ("2025年的目标完成了吗", {Aspect.OUTCOME}, "完成了吗"),
    ("目前建成多少家", {Aspect.OUTCOME}, "目前"),
    ("示范单位名单", {Aspect.LIST}, "名单"),
    ("失信黑名单怎么管理", set(), "黑名单 is no list asked for"),
    ("哪些企业入选了", {Aspect.LIST}, "哪些企业入选"),
    ("什么时候之前要建成", {Aspect.DEADLINE}, "什么时候"),
    ("必须签承诺书吗", {Aspect.DUTY}, "必须"),
    ("强制检定是什么", set(), "强制检定 is a term"),
    ("能不能不签", {Aspect.DUTY}, "能不能不"),
    ("一次性扣除的条件是什么", {Aspect.CONDITION}, "条件"),
    ("台湾同胞的职业资格采认", set(), "资格采认 is a term"),
    ("税前扣除上限", {Aspect.AMOUNT}, "上限"),
    ("最高多少万元", {Aspect.AMOUNT}, "多少万"),
    ("怎么申请，有补贴吗", {Aspect.PROCEDURE, Aspect.SUBSIDY}, "two that cover nothing of each other"),
    ("诚信计量自我承诺是什么", set(), "nothing but the topic"),
    ("推行经营者自我承诺", set(), "a plan's own words"),
]
HELD = [
    (Aspect.AMOUNT, "给予5万元支持", True),
    (Aspect.AMOUNT, "给予十万元支持", True),
    (Aspect.AMOUNT, "达到850家", False),
    (Aspect.FEE, "停征检定费", True),
    (Aspect.FEE, "加大经费投入", False),
    (Aspect.CONTACT, "拨打12315", True),
    (Aspect.CONTACT, "达到1254家", False),
    (Aspect.DEADLINE, "到2025年，建成", True),
    (Aspect.DEADLINE, "加快建成", False),
    (Aspect.VALIDITY, "有效期五年", True),
    (Aspect.VALIDITY, "到2025年", False),
    (Aspect.INTERVAL, "每年检查一次", True),
    (Aspect.INTERVAL, "定期检查", False),
    (Aspect.CONDITION, "符合税收相关规定的", True),
    (Aspect.SUBSIDY, "给予补助", True),
    (Aspect.REWARD, "表彰奖励", True),
    (Aspect.REWARD, "表扬", False),
    (Aspect.OUTCOME, "已经达到850家", False),
    (Aspect.DUTY, "鼓励企业", True),
]


@pytest.mark.parametrize(("text", "expected", "why"), ASKED)
def test_asked_aspects(reader: Reader, text: str, expected: set[Aspect], why: str) -> None:
    assert set(reader.read(text).aspects) == expected, why


@pytest.mark.parametrize("text", ["泉州方案什么时候发布的", "厦门有几章", "第21条讲什么"])
def test_data_and_outline_ask_no_aspect(reader: Reader, text: str) -> None:
    question = reader.read(text)
    assert question.intent in (Intent.METADATA, Intent.OUTLINE)
    assert question.aspects == ()


@pytest.mark.parametrize(("aspect", "text", "holds"), HELD)
def test_whether_a_text_answers(aspect: Aspect, text: str, holds: bool) -> None:
    assert (lacking([aspect], text, "") == ()) is holds


def test_a_mild_question_of_penalty_takes_a_mild_answer() -> None:
    text = "严厉打击计量违法行为"
    assert lacking([Aspect.PENALTY], text, "缺斤短两怎么处理") == ()
    assert lacking([Aspect.PENALTY], text, "缺斤短两罚多少") == (Aspect.PENALTY,)
    assert lacking([Aspect.PENALTY], "处以罚款", "缺斤短两罚多少") == ()


def test_modal_words_in_order_once_each() -> None:
    assert modal_words("鼓励企业，必须签，鼓励商户，推行承诺") == ("鼓励", "必须", "推行")
    assert modal_words("诚信计量") == ()


def test_every_aspect_can_be_asked() -> None:
    assert {aspect for aspect, _ in ASPECTS} == set(Aspect)
