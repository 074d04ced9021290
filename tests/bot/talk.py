"""A bot that has something to say to the questions which tests of writing and of the API ask."""

from typing import TYPE_CHECKING

from bot.model import Aspect, Intent
from tests.bot.scripted import BEARS, NOTHING, STATES, Cue, Script, ScriptedBot

if TYPE_CHECKING:
    from bot.write.assistant import Chat

HONEST = dict.fromkeys(("xiamen:三(四)21", "quanzhou:三(四)16", "qingdao:四(三)", "jinhua:二(十)"), STATES)
PLEDGED = dict.fromkeys(("xiamen:专栏1/9", "quanzhou:专栏1/10"), STATES)
CUES = (
    Cue("罚款"),
    Cue("最高金额", {"一次性计入": BEARS}, aspects=(Aspect.AMOUNT, Aspect.CONDITION)),
    Cue("扣除", {"一次性计入": STATES}),
    Cue("示范", HONEST),
    Cue("完善诚信计量体系", {**HONEST, "state-council:六(三十一)": BEARS}),
    Cue("自我承诺是什么", HONEST),
    Cue("诚信计量怎么做", HONEST),
    Cue("加油机", {"qingdao:四(三)": STATES, "quanzhou:三(四)15": STATES, "xiamen:三(四)19": STATES}),
    Cue("监管", {"xiamen:三(四)19": STATES, "quanzhou:三(四)15": STATES}),
    Cue("人才队伍", {"quanzhou:三(三)13": STATES}),
    Cue("奖励", {"予以奖励": STATES, "加强计量执法协作": NOTHING}),
    Cue("企业计量管理", {"qingdao:四(三)": BEARS}),
    Cue("少多少", PLEDGED, Intent.DIFFERENCE),
    Cue("比较", PLEDGED, Intent.COMPARISON),
    Cue("目标", PLEDGED, Intent.INDICATOR),
    Cue("由谁负责", HONEST, Intent.UNITS),
    Cue("文号", intent=Intent.METADATA),
    Cue("天气", intent=Intent.OFF_TOPIC),
    Cue("女朋友", intent=Intent.OFF_TOPIC),
    Cue("你好", intent=Intent.SMALL_TALK),
)


def talking_bot(chat: "Chat | None" = None) -> ScriptedBot:
    return ScriptedBot(Script(*CUES), chat)
