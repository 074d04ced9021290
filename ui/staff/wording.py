"""Everything the staff read on their page. Templates see this module as `s`."""

from collections.abc import Mapping
from datetime import datetime

from bot.records.exchanges import BEIJING
from bot.records.reasons import Reason
from ingest.model import DocumentKind, Role

TITLE = "管理"
DOCUMENTS, INSIGHTS, LOG = "文件稿件", "问答情况", "更改日志"
NAV = "管理页栏目"
LOCAL = "本机（未设密钥）"
LOGIN, LOGOUT, KEY_LABEL = "登录", "退出", "管理密钥"
LOGIN_LEAD = "请出示 staff 或 admin 权限的密钥。密钥只用来核对，不会保存在浏览器里；登录 8 小时后须重新出示。"
ADMIN_ONLY = "稿件的采用与退回须有 admin 权限的密钥。"
ERROR_TITLE, BACK = "未能完成", "返回"
BAD_FIELD = "“{field}”不符合要求：{value}。"
BAD_PERIOD = "时段不正确：请填两个日期，后一个不早于前一个。"
NO_FILE = "请先选择一份文件。"

UPLOAD_TITLE = "送来一份文件"
UPLOAD_LEAD = (
    "支持 docx、pdf、html、md、txt，至多 24 MB。送来的先作稿件，看过读懂了什么、与现有版本有何不同，再决定是否采用；"
    "采用之前不会用来作答。"
)
FILE, PLAN_ID, NAME, REGION, LEVEL = "文件", "标识", "通常怎么称呼", "适用地区", "级别"
PLAN_ID_HINT = "如 zhangzhou-2024；填现有文件的标识，即作为它的新版本。省略则由文件名得出。"
REGION_HINT = "如 漳州；省略则由标题判定。"
BY_TITLE = "由标题判定"
OPTIONAL = "可省略"
SEND = "送来并查看"
FORM = {"id": PLAN_ID, "level": LEVEL, "file": FILE}
WAITING_TITLE = "待定的稿件"
WAITING_NONE = "没有待定的稿件。"
DECIDED_TITLE = "最近处理的稿件"
NEW_PLAN, NEW_VERSION = "新文件", "{plan} 的新版本"
BY = "{who} 送来"
LOOK = "查看"
STATUS = {"pending": "待定", "accepted": "已采用", "rejected": "已退回"}
ACCEPT, REJECT = "采用", "退回"
CONFIRM_ACCEPT = "确认采用这份稿件？"
CONFIRM_REJECT = "确认退回这份稿件？"
ACCEPT_NEW = "采用后，各进程两秒内以它作答。"
ACCEPT_REPLACES = "采用后，它将取代现有的 {plan}，各进程两秒内以它作答；旧版本不再引用。"
REJECT_LEAD = "退回后，稿件中的文件即被删除，须重新送来。"
WARNED_FIRST = "有 {count} 处须留意，建议先看过。"
NOTE, NOTE_HINT = "缘由", "记入更改日志，可省略。"
CANCEL = "不了，返回稿件"
HELD = (
    "现有一份标识为 {plan} 的文件，这份稿件却是作为新文件送来的，不能采用。"
    "请退回，再填上这一标识作为新版本送来，或另取标识。"
)
READ_LIVE = "在阅读页查看"
DECIDED = "这份稿件{status}（{who}，{at}）。"

WARNINGS_TITLE, NO_WARNINGS = "须留意之处", "没有须特别留意之处。"
WARNINGS = {
    "not_said": "文件未载明{what}",
    "same_address": "地址重复：{what}",
    "long_clause": "条款过长，可能漏认了标题：{what}",
    "conflict": "同一指标数值不一：{what}",
    "much_left_out": "略去的内容过多：{what}",
    "unchanged": "与现有版本 {what} 没有不同",
}
CHANGES_TITLE = "与现有版本的不同"
CHANGES_COUNT = "{same} 条一字未改，{reworded} 条改写，{added} 条新增，{removed} 条删去，{moved} 条换了地址。"
CHANGES_NONE = "与现有版本没有不同。"
IS_NEW = "这是一份新文件，没有现有版本可比。"
REWORDED, ADDED, REMOVED, MOVED = "改写的条款", "新增的条款", "删去的条款", "换了地址的条款"
CORRECTED, INDICATORS_ADDED, INDICATORS_REMOVED = "文件信息的改动", "新增的指标", "删去的指标"
GONE, COME = "删去：", "新增："
BEFORE, AFTER, ITEM = "原来", "现在", "项目"
FACTS_TITLE, READING_TITLE = "文件信息", "怎样读入"
SILENT, NOT_GIVEN = "未载明", "未给出"
FIELDS: Mapping[str, str] = {
    "title": "标题",
    "number": "文号",
    "issuer": "发文机关",
    "issued_on": "成文日期",
    "printed_on": "印发日期",
    "passed_on": "通过日期",
    "published_on": "公布日期",
    "revised_on": "最近一次修改",
    "addressee": "主送",
    "openness": "公开属性",
}
EFFECTIVE, EXPIRES, VERSION, KIND, NAMES = "施行日期", "有效期至", "版本", "文件种类", "名称和简称"
KINDS: Mapping[DocumentKind, str] = {
    DocumentKind.PLAN: "规划方案",
    DocumentKind.LAW: "法律",
    DocumentKind.REGULATION: "法规",
    DocumentKind.RULE: "规章办法",
    DocumentKind.NOTICE: "通知公告",
    DocumentKind.STANDARD: "标准规范",
}
LEVELS = {"national": "国家", "provincial": "省级", "municipal": "市级", "county": "县级", "other": "其他"}
FORMATS = {"text": "文本", "html": "网页", "docx": "Word 文档", "picture": "图片", "office": "其他办公文档"}
FORMAT, PAGES, PICTURES, REPAIRED = "格式", "页数", "图片（只计数，不读）", "修复的坏字节"
OCR, UNREAD, SET_ASIDE = "文字识别的把握", "未能读出的页", "略去的页眉页脚"
OUTLINE_TITLE, CLAUSES_TITLE = "提纲", "条款全文"
CLAUSES_COUNT = "{count} 条"
CLAUSES_MORE = "另有 {count} 条未列出。"
CHARACTERS = "{count} 字"
NO_HEADING = "（无标题）"
INDICATORS_TITLE, NO_INDICATORS = "指标", "没有认出指标。"
INDICATOR_COLUMNS = ("指标", "单位", "基期值", "目标值", "所在条款", "说明")
ACHIEVED = "现状"
UNITS_TITLE, NO_UNITS = "责任单位", "没有认出责任单位。"
ROLES: Mapping[Role, str] = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.LISTED: ""}
LEFT_OUT_TITLE, NO_LEFT_OUT = "略去的内容", "没有略去任何内容。"
LEFT_OUT_COLUMNS = ("缘由", "处数", "字数")
LEFT_OUT = {
    "pinyin": "注音",
    "bookmark": "书签标记",
    "blank": "空白",
    "page_rule": "分页线",
    "table_rule": "表格线",
    "invisible": "不可见字符",
    "markup": "标记",
    "breadcrumb": "网页：当前位置",
    "page_info": "网页：发布信息",
    "page_tool": "网页：打印、分享等按钮",
    "page_link": "网页：上一篇、相关链接等",
    "copyright": "网页：版权、备案信息",
    "info_table": "网页：信息表",
}

LOG_LEAD = "谁在何时送来、采用、退回、撤下了什么，由新到旧。"
LOG_COLUMNS = ("时间", "谁", "做了什么", "文件", "备注")
LOG_NONE = "还没有更改。"
ACTIONS = {
    "built": "重建",
    "added": "采用（新增）",
    "replaced": "采用（换新版）",
    "removed": "撤下",
    "drafted": "送来稿件",
    "rejected": "退回稿件",
}

PERIOD, FROM, TO, SHOW = "时段（北京时间）", "从", "到", "查看"
ASKED_COUNT = "{first} 至 {last}，共 {asked} 次提问"
NOTHING_ASKED = "这段时间没有提问。"
ANSWERS = {"answered": "已答", "partial": "部分载明", "not_found": "未载明", "out_of_scope": "不在范围"}
VOLUME_TITLE = "每日提问数"
CHART_SAYS = "每日提问数的堆叠柱形图，各日数字见下表。"
VOLUME_COLUMNS = ("日期", "提问", *ANSWERS.values(), "被评无用")
PLANS_TITLE, PLANS_COLUMNS = "按所引文件", ("文件", "提问", *ANSWERS.values(), "被评无用")
OFTEN_TITLE, OFTEN_COLUMNS = "问得最多的", ("问题", "次数", "最近一次", "")
UNANSWERED_TITLE = "没能答上的，按最接近的条款"
UNANSWERED_LEAD = "未载明、部分载明、不在范围，或被评为无用的问题。"
UNANSWERED_NONE = "这段时间的问题都答上了，也没有被评为无用的。"
NEAR_NOTHING = "没有接近的条款"
GROUP_COUNT, GROUP_DISLIKED = "{times} 次", "{count} 次被评无用"
DISLIKED_TITLE, DISLIKED_NONE = "被评为无用的回答", "这段时间没有回答被评为无用。"
NO_REASON = "未写缘由"
REASONS_TITLE, REASONS_COLUMNS = "未能（完全）作答的缘由", ("缘由", "次数")
REASONS: Mapping[Reason, str] = {
    Reason.NO_CLAUSE: "没有相关条款",
    Reason.DETAIL: "条款未写明所问",
    Reason.PLACE: "未收录该地文件",
    Reason.DOCUMENT: "未收录该文件",
    Reason.ADDRESS: "没有这一条款号",
    Reason.FIELD: "文件未载明该信息",
    Reason.UNITS: "未列责任单位",
    Reason.INDICATOR: "没有这一指标",
    Reason.OUTCOME: "未载明完成情况",
    Reason.NUMBER: "没有这一数字",
    Reason.NARROWED: "不在所选文件内",
    Reason.EMPTY: "没有内容",
    Reason.OFF_TOPIC: "与计量无关",
    Reason.OTHER: "其他",
}
CASE, CASE_OF = "存为评测用例", "把“{question}”存为评测用例（下载 JSONL）"
CASES, CASES_LEAD = "全部存为评测用例（JSONL）", "用例的 status 留空，须由人填写后才能评测。"
ANSWER_TITLE, SAID_TITLE, CITED_TITLE, RATED_TITLE = "一次回答", "当时的回答", "当时的引文", "评价"
ASKED_AT, NOTES_TITLE = "{at} 提问", "说明"
RATING = {True: "有用", False: "没用"}
NO_RATING = "还没有评价。"
UNKNOWN_ANSWER = "没有这次回答的记录，可能已过保存期。"


def moment(iso: str) -> str:
    """A receipt's moment, in Beijing: 2026-03-15 09:02."""
    try:
        return datetime.fromisoformat(iso).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M")
    except ValueError:
        return iso
