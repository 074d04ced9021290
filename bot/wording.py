"""Every fixed phrase the bot says. None carries a fact: facts are quoted, computed from quotes, or named as missing."""

from collections.abc import Mapping

from bot.model import Aspect
from ingest.model import Standing

GREETING = (
    "您好！我根据收录的官方计量规划文件回答诚信计量方面的问题，每句话都注明出处。"
    "您可以问：新购计量器具能否一次性扣除、诚信计量自我承诺是什么、某市的目标值、某项任务由谁负责，或两地有何不同。"
)
OUT_OF_SCOPE = (
    "这个问题不在计量规划文件的范围内，我无法回答。"
    "您可以问诚信计量、计量监管、计量器具税前扣除、目标值、责任单位等问题。"
)
EMPTY_QUESTION = "没有看到可以查找的问题。请写出想问的事项，例如“厦门的企业新买计量器具能一次性税前扣除吗”。"
NOT_FOUND = "收录的规划文件没有载明所问的内容。"
NOT_FOUND_IN_READ = "读过的相近条款中没有载明所问的内容。收录的文件较多，请写明地区或文件名称后再问。"
LAPSED = "{name}：{how}，不据以作答。要了解当时的规定，请写明文件名称或截至的日期。"
EXPIRED = "有效期至{day}，已经失效"
SUPERSEDED = "已由{other}取代"
SUPERSEDED_ON = "自{day}起已由{other}取代"
AHEAD = "自{day}起施行，尚未生效"
MARKED = "{name}{how}，所引内容以当时有效的文本为准。"
MARKED_AHEAD = "{name}{how}。"
MARKS: Mapping[Standing, str] = {
    Standing.EXPIRED: "（已失效）",
    Standing.SUPERSEDED: "（已被取代）",
    Standing.AHEAD: "（尚未施行）",
}
NOT_THEN = "当时尚未施行"
AS_OF = "按{day}当时有效的文件作答。"
SAYS_FORCE = "{name}：{field}：「{words}」{reckoned}。"
RECKONED = "，即{day}"
REPLACED = "{name}：{how}。"
NO_END = "{name}：收录的文本没有写明失效日期，收录的文件中也没有取代它的文件。"
BY_CATALOGUE = "{name}：据收录时的登记，{field}为{day}；收录的文本没有写明。"
PAST_YEAR = "所引条款写的是{year}年的目标，{year}年已经过去；所引条款不是完成情况。"
NOT_IN_PLAN = "{name}：收录的文件中没有与所问相应的条款。"
NOT_IN_CORPUS = "{name}：没有收录该地的计量规划文件，无法回答；不能以其他城市的规定代替。"
NATIONAL_FALLBACK = "以下为国家层面的规划内容，供参考："
NATIONAL_TEXTS = "以下为国家层面的文件内容，供参考："
ABOVE_FALLBACK = "以下为{names}的内容，供参考："
WHO_LACKS = "未见相应条款的：{names}。"
ABSENT_FIELD = "{name}：收录的文本未载明{field}。"
NO_UNITS = "{name}：该条没有列明责任单位。"
NOT_RESPONSIBLE = "{name}：各条列明的责任单位中，没有所问的单位。"
NO_UNITS_AT_ALL = "{name}：收录的文件没有逐条列明责任单位。"
NO_LEAD = "该方案只列责任单位，没有写明由谁牵头。"
NO_INDICATOR = "{name}：收录的文件没有载明相应的数值指标。"
NOTHING_QUOTED = "{name}：就此题目没有摘到条款；可能以别的说法写在别处，可查阅全文。"
APART: Mapping[str, str] = {  # by why an indicator stands on no axis with the first
    "state": "所写的是现状，不是目标。",
    "name": "指标名称不同：“{name}”与“{first}”，统计口径不一定相同。",
    "unit": "单位不同：“{unit}”与“{first_unit}”。",
    "bound": "原文只写了上限或下限（如“以上”），不是确数。",
    "value": "原文写的是区间或文字，不是确数。",
}
NO_SUCH_ADDRESS = "{name}：没有“{wording}”。"
HAS_ITEMS = "该文件的任务条目编号为{first}至{last}。"
HAS_PARAGRAPHS = "{path}共有{count}款。"
HAS_BOXES = "该文件的专栏编号为{first}至{last}。"
HAS_NO_BOXES = "该文件（收录文本）没有专栏。"
HAS_TABLES = "该文件编号的表有{paths}。"
HAS_NO_TABLES = "该文件（收录文本）没有编号的表。"
HAS_NO_RUNNING = "该文件的条目按章节分别编号，没有全文连续的“第几条”。"
NOT_COMPARABLE = "各地指标名称和统计口径不同，不宜直接比较大小。"
CONFLICT = "同一文件中有不同的数值，均列出，请以发文机关解释为准。"
NOT_HELD = "《{title}》没有收录，其内容无法回答。"
NUMBER_NOT_THERE = "所问的数值{number}在所引条款中未见。"
UNKNOWN_NUMBER = "收录的文件中没有这个文号的文件，也没有文件引用它。"
CITED_ONLY = "该文件只是被引用，本身没有收录，其内容无法回答。"
NO_GROWTH = "{name}：收录的文件没有同时载明基期和目标数值，无法计算。"
PAST_TARGET = "{year}年是规划写明的目标年份，已经过去；收录的文件不含实际完成情况。"
PAST_TARGET_TOLD = "{year}年是规划写明的目标年份，已经过去。"
NO_VALUE = "收录的文件没有载明该指标{year}年的数值。"
NO_VALUE_OF = "{name}：收录的文件没有载明该指标{year}年的数值。"
NO_VALUE_HERE = "所问的文件没有载明该指标{year}年的数值。"
OTHER_UNIT = "所引指标不是按所问的单位计算的，收录的文件没有给出按该单位计算的数值。"
OTHER_NUMBER = "所引条款没有写明所问的另一个数值。"
WHOLE_CITY = "所引数值是全市的，没有单独写明{names}的数值。"
BY_NUMBER = "只按各自所写的{year}目标数值由大到小：{listed}。"
OUTCOME_UNKNOWN = "收录的文件只写目标，不含实际完成情况。"
BASE_ABSENT = "原文该栏为“--”，即未给出数值，不等于0。"
INJECTION_IGNORED = "问题中要求改变回答方式的内容未予采纳。"
OUTSIDE = "您选定的文件不含{names}，没有在其中查找；请改选文件后再问。"
INHERITED = "承接上文：{what}。"
UNREAD = "限时太短，来不及细读规划文件，不能断定其中有无所问的内容。请放宽时限再问，或先看下列相近条款。"
UNREAD_AND_NOTHING_NEAR = "限时太短，来不及细读规划文件，不能断定其中有无所问的内容。请放宽时限再问。"
RECEIPT_LOST = "本次回答的回执未能保存，不能凭编号查回。"
NO_MODEL = "没有配置语言模型，以原文摘录作答。"

ASPECT_NAMES: Mapping[Aspect, str] = {
    Aspect.NUMBER: "具体数值",
    Aspect.AMOUNT: "具体金额",
    Aspect.FEE: "收费或免费的规定",
    Aspect.PENALTY: "具体的处罚种类或幅度",
    Aspect.REWARD: "奖励或补贴的标准",
    Aspect.DEADLINE: "具体时间",
    Aspect.INTERVAL: "周期或频次",
    Aspect.FORM: "申请材料、表格或范本",
    Aspect.CONTACT: "电话、网址等联系方式",
    Aspect.PROCEDURE: "具体的办理流程或做法",
    Aspect.CONDITION: "具体条件",
    Aspect.LIST: "具体名单或清单",
    Aspect.WHO: "具体由谁",
    Aspect.PLACE: "具体地点",
    Aspect.OUTCOME: "实际完成情况",
    Aspect.REASON: "原因",
}
MISSING_ASPECT = "所引条款与所问有关，但没有写明{aspect}。"
MISSING_DETAIL = "所引条款与所问有关，但没有写明所问的具体内容。"

FIELD_NAMES: Mapping[str, str] = {
    "number": "发文字号",
    "printed_on": "印发日期",
    "issued_on": "成文（发布）日期",
    "issuer": "发文机关",
    "title": "标题",
    "addressee": "主送单位",
    "copied_to": "抄送单位",
    "passed_on": "通过日期",
    "published_on": "公布日期",
    "revised_on": "最近一次修改日期",
    "openness": "公开属性",
    "references": "依据或引用的文件",
    "effective": "施行日期",
    "expiry": "失效日期",
}

# Where to ask on; never a citation.
ASK_TAX_OFFICE = "具体税收口径请以税务机关解释为准，可咨询12366纳税服务热线。"
ASK_ISSUER = "可向印发该文件的机关或12345政务服务热线咨询。"
ASK_REGULATOR = "可向当地市场监管部门（投诉举报12315）或12345政务服务热线咨询。"
CUT_SHORT = "\n（篇幅所限，余下从略）"  # ends a text that does not fit
WECHAT_LOOKING = "正在查找，请稍候。回复“1”查看回答。"
WECHAT_STILL_LOOKING = "还在查找，请稍后再回复“1”。"
WECHAT_NOTHING_LEFT = "没有待看的内容。请直接写出想问的事项。"
WECHAT_TEXT_ONLY = "目前只能阅读文字，请把想问的事项写成文字发来。"
WECHAT_FAILED = "服务暂时出错，没有查到，请稍后再问。"
WECHAT_TAIL = "\n（未完，回复“1”查看余下内容）"
