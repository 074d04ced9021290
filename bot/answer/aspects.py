"""Does a text hold an answer of the asked kind? An amount for 多少钱, a period for 期限, a penalty for 处罚."""

import re
from collections.abc import Iterable
from re import Pattern

from bot.model import Aspect

MONEY = re.compile(r"\d[\d.,]*\s?(?:万|亿|千|百)?元|[一二三四五六七八九十百千万]+元")
DATE = re.compile(r"\d{4}年|\d{1,2}月(?:底|前|末)?|年(?:底|末)前?|\d+个?(?:工作)?日内")
HOLDS: dict[Aspect, Pattern[str]] = {
    Aspect.AMOUNT: MONEY,
    Aspect.PENALTY: re.compile(r"罚款|罚金|吊销|没收|拘留|责令|赔偿"),
    Aspect.FEE: re.compile(r"收费|免费|免收|费用标准|(?:停征|减免).{0,6}费"),
    Aspect.FORM: re.compile(r"申请表|申报表|申报材料|申请材料|范本|模板|可下载"),
    Aspect.PROCEDURE: re.compile(
        r"申请程序|办理(?:流程|程序|地点)|受理|报名|(?:网上|平台).{0,8}(?:查询|下载|办理)|一站式|一次性送检"
    ),
    Aspect.CONTACT: re.compile(r"\d{7,}|(?<!\d)1\d{4}(?![\d家项个人次万元])|https?:|www\.|@"),
    Aspect.LIST: re.compile(r"名单如下|名单：|附件"),
    Aspect.DEADLINE: DATE,
    Aspect.VALIDITY: re.compile(r"有效期|(?:执行|施行|截)至|\d{4}年\d{1,2}月\d{1,2}日(?:起|止|前)"),
    Aspect.INTERVAL: re.compile(r"每(?:年|月|季度|半年|周)|一年[一二两]次|周期为|\d+(?:年|个月)一次"),
    Aspect.SUBSIDY: re.compile(r"补贴|补助|资助|奖补|贴息"),
    Aspect.REWARD: re.compile(r"奖励"),
    Aspect.CONDITION: re.compile(r"符合.{0,12}(?:规定|条件|要求)|条件|具备|资格"),
}
# What the text must hold for the topic to be there at all; without it the answer is the aspect's absence.
NEEDS_TOPIC: dict[Aspect, Pattern[str]] = {
    Aspect.PENALTY: re.compile(r"查处|打击|惩戒|失信|违法|刑事|罚"),
    Aspect.REWARD: re.compile(r"奖励|激励"),
    Aspect.SUBSIDY: re.compile(r"支持|经费|资金|补|优惠"),
}
# Wordings of the asker that make a broad aspect strict.
SEVERE = re.compile(r"判|犯罪|罚(?:多少|几|款)|处罚(?:标准|金额|多少|依据)|吊销|坐牢|判刑|判几年|拘留|赔|没收")
MODALS = re.compile(
    r"必须|应当|不得|严禁|推行|推动|引导|鼓励|支持|允许|倡导|探索|可以|督促|强化|落实|推进|加强|全面开展|开展"
)
STRICT_MODALS = frozenset({"必须", "应当", "不得", "严禁"})


def lacking(aspects: Iterable[Aspect], text: str, asked: str) -> tuple[Aspect, ...]:
    """Asked aspects that `text` has no answer to. `asked` is the question as folded.

    The column labels of a table's row (｜2025年：) are no dates.
    """
    text = re.sub(r"｜\d{4}年：", "｜", text)
    return tuple(aspect for aspect in aspects if not _holds(aspect, text, asked))


def _holds(aspect: Aspect, text: str, asked: str) -> bool:
    if aspect is Aspect.DUTY:
        return True
    if aspect is Aspect.OUTCOME:
        return False
    if aspect is Aspect.PENALTY and not SEVERE.search(asked):
        return bool(NEEDS_TOPIC[aspect].search(text))
    return bool(HOLDS[aspect].search(text)) if aspect in HOLDS else True


def modal_words(text: str) -> tuple[str, ...]:
    """The words by which `text` orders or encourages, in order, once each."""
    return tuple(dict.fromkeys(MODALS.findall(text)))
