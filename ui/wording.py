"""Everything a citizen reads on the page, the plan view and the widget. Templates see this module as `w`.

`wording_en` says the same in English, phrase for phrase; `ui.spoken` chooses.
"""

import sys
from dataclasses import dataclass

from ui.spoken import Phrases

LANG = "zh-CN"
OTHER_LANGUAGE = "en"
SWITCH = "English"  # in the other language, for who does not read this one
TITLE = "诚信计量规划问答"
TAGLINE = "答案逐句注明出处，每条都能点开核对原文"
SKIP_TO_QUESTION = "跳到提问框"
HOME = "返回问答"

WELCOME = "想了解计量规划里的哪一条？"
WELCOME_MORE = "用平常说话的方式提问即可。规划里有的，摘原文、注条款；规划里没有的，会直接说没有。"
EXAMPLES_TITLE = "示例问题"
GUIDES_TITLE = "也可以从这里开始"
GUIDES = (
    ("self-commitment", "商户：诚信计量自我承诺核对单", "逐条对照，可打印"),
    ("tax", "企业：新购计量器具税前扣除卡", "条件、原话、问谁"),
)
CORPUS_TITLE = "收录的规划"
CORPUS_MISSING = "暂时取不到规划目录，仍可直接提问。"


@dataclass(frozen=True, slots=True)
class Audience:
    """A kind of user and questions that fit; the questions are only shown, nothing is tuned to them."""

    name: str
    icon: str
    questions: tuple[str, ...]
    meanings: tuple[str, ...] = ()  # of the questions, where the labels are not Chinese


AUDIENCES = (
    Audience("企业", "企", ("企业新购置的计量器具能一次性税前扣除吗？", "青岛对企业计量管理有什么要求？")),
    Audience("商户", "商", ("厦门的诚信计量自我承诺是怎么回事？", "泉州怎样打击计量作弊？")),
    Audience("政务工作人员", "政", ("泉州2025年自我承诺单位的目标是多少？", "厦门诚信计量长效机制由哪些部门负责？")),
    Audience("市民", "民", ("国家规划对民生计量有哪些安排？", "各市对加油站计量监管怎么说？")),
)

QUESTION_LABEL = "您的问题"
QUESTION_PLACEHOLDER = "请输入您的问题"
SEND = "提问"
NEW_TALK = "新对话"
FILTER_LABEL = "查询范围"
ALL_PLANS = "全部规划"
LOG_LABEL = "问答记录"
ASKED = "提问："
ANSWERED = "回答"
WAITING = "正在查阅规划原文…"
TELLING = "正在逐句核对，核对通过的先显示，以最后的回答为准…"

STATUS = {
    "partial": "部分载明",
    "not_found": "规划未载明",
    "out_of_scope": "不在解答范围",
}
SAYS = "写明："  # after a plan's name: its own words follow
SAYS_OF = "："
SEEN_ABOVE = "原文见上"
UNFOLD = "展开全文"
FOLD = "收起"
TABLE_LABEL = "对照表"
ROWS_LABEL = "专栏指标"
ROW_NAME = "指标"
NOTES_TITLE = "说明"
MISSING_TITLE = "规划没有写明的"
CONTACTS_TITLE = "可以咨询"
RELATED_TITLE = "相近条款"
RELATED_MORE = "（供参考，不一定回答了问题）"
BIBLIOGRAPHY = "出处清单与回执"
REFERENCE = "出处"
CLAUSE = "条款"
NO_NUMBER = "本文本未载文号"
OPEN_CLAUSE = "查看原文"
NEXT_PASSAGE = "第{number}处"
NEW_WINDOW = "（在新窗口打开）"
COPY = "复制"
COPIED = "已复制"
COPY_FAILED = "复制失败，请手动选取"
COPY_QUESTION = "问：{question}"
COPY_NOTE = "说明：{note}"
COPY_SOURCES = "出处："
COPY_NEAR = "相近条款（供参考，不一定回答了问题）："
ONLY_THE_PLAN = "只有规划文件的正式文本具有效力，以发文机关公布的为准。"
EXPORT = "导出"
EXPORT_MORE = "导出为 Word、PDF 或 Markdown"
EXPORT_TITLE = "导出"
EXPORT_ONE = "这条回答"
EXPORT_TALK = "整段对话（{count}问）"
EXPORT_FORMATS = (("docx", "Word", "可以编辑"), ("pdf", "PDF", "便于打印"), ("md", "Markdown", "纯文字"))
EXPORT_BEGAN = "文件正在准备，好了浏览器会自动下载。"
EXPORT_FAILED = "没有导出成功"
EXPORT_GONE = "没有找到这些回答的回执：可能已过保存期，也可能当时没能保存。可以回到问答重新提问。"
EXPORT_BAD_LINK = "链接不完整。请回到问答，从回答下面的“导出”重新选择。"
EDIT = "修改"
EDIT_MORE = "修改这个问题再问"
EDITING = "正在修改上一个问题，发送后替换原来的回答。"
AGAIN = "重问"
AGAIN_MORE = "用同样的问题再问一次"
CANCEL = "取消"
UNDO = "撤销"
USEFUL = "有用"
USELESS = "没用"
RATING_LABEL = "这条回答对您有用吗"
VOTED_USEFUL = "已记下“有用”，稍后送出"
VOTED_USELESS = "已记下“没用”，稍后送出"
RATED = "感谢反馈"
REVOTE = "改评"
RATING_CLOSED = "本服务暂未开放反馈"
RATING_FAILED = "反馈未能送达，请再评一次"
REASON_TITLE = "哪里不好？（可不填）"
REASONS = ("答非所问", "没有找到", "不够具体", "看不懂", "引文有误")
REASON_OWN = "也可以写一句"
REASON_SEND = "送出"
RECEIPT = "回执"
CORPUS_VERSION = "语料版本"
HISTORY = "历史"
HISTORY_TITLE = "以前的对话"
HISTORY_NONE = "还没有以前的对话。"
HISTORY_WHERE = "只保存在这个浏览器里，不上传。公用电脑用后请清除。"
HISTORY_CLEAR = "清除全部"
HISTORY_CLEARED = "已全部清除。"
HISTORY_REMOVE = "删除这段对话"
HISTORY_TURNS = "{count}问"
RECENT = "接着上次的对话"
CLOSE = "关闭"
AWAY = "与服务器的连接断开了"
AWAY_MORE = "请检查网络。正在自动重连，连上后本页会恢复，对话和没写完的问题都会保留。"
AWAY_RETRY = "立即重试"
NO_SCRIPT = "浏览器没有启用脚本，仍可在此提问，回答会在新的一页打开。"
LOADING = "正在打开…"
PLAIN_AGAIN = "再问一个问题"

COMPARE = "并排对照各地规划"
COMPARE_SHORT = "对照"
COMPARE_MORE = "条款逐词比，指标画成图"
FOOTER_IS = "本助手只依据收录的规划原文作答，每句话都附条款出处，供快速查找和核对。"
FOOTER_IS_NOT = "它不是行政答复，也不构成法律意见；以发文机关公布的正式文本为准，具体办理请咨询当地市场监督管理部门。"
FOOTER_PRIVACY = "请勿在问题中填写身份证号、电话等个人信息。"

EMPTY_QUESTION = "请先写下问题，再点“提问”。"
ERROR_TITLE = "这次没有得到回答"
ERROR_KEPT = "您的问题已保留在输入框中，可以修改或稍后再试。"
UNREACHABLE = "暂时连不上问答服务。请检查网络，或稍等片刻再试。"
TIMEOUT = "问答服务这次用时过长，没有及时返回结果。请稍后再试，或把问题拆得简单一些。"
GARBLED = "问答服务返回的内容无法识别。请稍后再试；若一直如此，请联系网站管理人员。"
REJECTED = "问题没有被接受"
REJECTED_UNSAID = "问题没有被接受。请换一种写法再试。"
CASE = "联系管理人员时请提供编号 {case}。"
TOO_LONG = "问题太长了。请缩短后再试。"
TOO_MANY = "提问过于频繁。"
WAIT_SECONDS = "请约 {seconds} 秒后再试。"
WAIT_A_WHILE = "请稍后再试。"
NOT_ALLOWED = "当前没有使用问答服务的权限。请联系网站管理人员。"
NOT_READY = "问答服务正在准备中。请稍后再试。"
BROKEN = "问答服务出了点问题。请稍后再试。"

PLAN_NUMBER = "文号"
PLAN_REGION = "适用地区"
PLAN_ISSUER = "发文机关"
PLAN_DATE = "成文日期"
DAY = "{year}年{month}月{day}日"
PLAN_VERSION = "版本"
PLAN_EFFECTIVE = "施行日期"
PLAN_EXPIRES = "有效期至"
STANDING = {"expired": "已失效", "superseded": "已被取代", "ahead": "尚未施行"}
IN_FORCE = "有效"
STANDS_ON = "按{day}"
STANDS_NOTE = "本文件{note}。"
STANDS_MORE = "所引内容以当时有效的文本为准。"
PLAN_SILENT = "本文本未载明"
OUTLINE = "目录"
CITED_BANNER = "所引条款"
CITED_MARKED = "引文已用底色标出"
CITED_JUMP = "跳到引文"
CITED_UNKNOWN = "本规划中没有这一条款，请从目录中查找。"
CITED_HERE = "引文所在条款"
QUOTE_LABEL = "引文"
UNITS = "责任单位"
LEAD = "牵头"
SUPPORT = "配合"
FRONT_TITLE = "题头"
BACK_TITLE = "落款"
PERMALINK = "本条链接"
PLAN_NOT_FOUND = "没有找到这份规划"
PLAN_NOT_FOUND_MORE = "链接中的规划不在收录范围内，可能已经更名或撤下。"
PLAN_UNAVAILABLE = "暂时打不开这份规划"

WIDGET = {
    "button": "计量规划问答",
    "open": "打开计量规划问答",
    "close": "关闭问答窗口",
    "full": "在新窗口打开",
    "frame": "诚信计量规划问答",
    "away": "问答服务暂时不可用，恢复后按钮会再出现。",
}
DEMO_TITLE = "嵌入示例"
DEMO_HOST = "示例市市场监督管理局"
DEMO_LEAD = "这是一张模拟的政府网站页面，用来演示怎样把问答助手嵌入现有网站。"
DEMO_HOW = "在网页中加入下面一行代码，右下角就会出现问答按钮："
DEMO_OPTIONS = "可选属性"
DEMO_ATTRIBUTES = (
    ("data-city", "默认查询范围：城市名，如 厦门；也可用 data-plan 填规划编号，如 xiamen"),
    ("data-label", "按钮上的文字，至多 20 个字"),
    ("data-position", "按钮位置：right（默认）或 left"),
    ("data-color", "按钮颜色，写成 #0b5cad 这样的十六进制；按钮上的字自动取黑或白"),
    ("data-lang", "界面语言：zh（默认）或 en；回答总是中文原文"),
)
DEMO_ALLOW = "嵌入其他域名时，须由管理人员把该域名加入允许嵌入的名单。"
DEMO_SAFE = (
    "不改动网页原有样式，也不受其影响；网页有内容安全策略时，只须放行本站的脚本和框架。"
    "服务停用时按钮自动隐去，恢复后再出现。本页故意写了许多会弄乱按钮的样式。"
)
DEMO_NAV = ("首页", "政务公开", "办事服务", "互动交流")
DEMO_NEWS = ("关于开展集贸市场计量器具专项检查的通知", "诚信计量自我承诺活动进商圈", "世界计量日宣传活动举行")

sys.modules[__name__].__class__ = Phrases
