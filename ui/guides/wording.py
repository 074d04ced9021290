"""What the guided conversations say themselves: titles, names of steps, labels. All else on them is the bot's."""

import sys

from ui.spoken import Phrases

GUIDES = {
    "self-commitment": (
        "诚信计量自我承诺核对单",
        "选好城市，本页就逐项去问，把规划写明的、没有写明的都列出来。每一条都能点开核对原文；可以打勾，可以打印。",
    ),
    "tax": (
        "新购计量器具税前扣除卡",
        "选好城市，本页列出当地规划和国家规划关于一次性税前扣除的原话、条件，和该问谁。",
    ),
}
STEPS = {
    "what": "这是什么",
    "checks": "计量器具怎么查",
    "cheating": "计量作弊会怎样",
    "target": "有没有数量目标",
    "template": "有没有承诺书范本、表格",
    "deadline": "有没有期限",
    "fee": "收不收费",
    "wording": "规划的原话",
    "condition": "条件",
    "amount": "有没有金额上限",
    "papers": "要哪些材料",
}
CHOOSE = "先选城市"
CHOSEN = "已选"
CHOOSE_FIRST = "请在上面选一个城市，本页再去查阅它的规划。"
NO_PLANS = "目前没有收录任何规划，无从查阅。"
UNKNOWN_REGION = "没有收录“{region}”的规划。请从上面选一个。"
OPEN_POINTS = "规划里有没有写"
NOT_WRITTEN = "没有写明"
WRITTEN = "写明了"
NEAR = "相近条款（供参考，不一定回答了问题）"
ADDRESS = "原文"
CONTACTS = "问谁"
NOTES = "说明"
TICK_HELP = "勾选只记在这个浏览器里。"
TICKED = "已勾 {done} / {all}"
CLEAR = "清除勾选"
PRINT = "打印"
ANSWERED_BY = (
    "本页各条均为问答助手当日据收录规划作出的回答（语料版本 {version}），不是行政答复；打印件以发文机关公布的文本为准。"
)
ASKED_AS = "问："
MISSING_GUIDE = "没有这份指引"
MISSING_GUIDE_MORE = "链接可能写错了。可以回到问答首页，从那里打开。"
UNAVAILABLE = "暂时打不开这份指引"

sys.modules[__name__].__class__ = Phrases
