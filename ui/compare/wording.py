"""What is read on the page that sets plans side by side. Its templates see this module as `c`."""

import sys

from ui.spoken import Phrases

TITLE = "规划对照"
LEAD = "选一个题目和两至五份规划，并排看各自怎么写、指标定到多少。每条都能点开核对原文。"
TOPIC = "题目"
TOPIC_HINT = "几个字或一个问题，如下面所列"
PLANS = "规划（选两至五份）"
AS_OF = "按哪一天有效的文件"
AS_OF_HINT = "不填即今天"
SUBMIT = "对照"
SUGGESTED_COUNTED = "几地都有的指标"
SUGGESTED = "几地都有的条款"
SUGGESTED_PLANS = "{count}份"
OTHERS = "换一个题目"
CHOOSE = "还没有选题目。请在上面写下题目，或点一个下面的题目。"
PLANS_MISSING = "暂时取不到规划目录，无法选择。"
FAILED = "这次没有对照出来"
REFUSALS = {  # by the problem's type
    "too-few-plans": "至少选 {limit} 份规划才能对照，选了 {count} 份。",
    "too-many-plans": "一次最多对照 {limit} 份规划，选了 {count} 份。",
}

CLAUSES = "条款对照"
BASE = "底本"
MARKED = "底色标出的词，是并排的{base}条款没有的。"
FAR = "与{base}的措辞大不相同，不逐词标出。"
MAKE_BASE = "以此为底本"
OPEN = "查看原文"
WHOLE = "查阅全文"
BESIDE_NOTHING = "没有与之并排的条款"
NUMBER_BELOW = "没有摘到条款；数值见下面的指标对照。"
NOTHING = "所选规划就此题目都没有摘到条款。"

CHARTS = "指标对照"
CHART_SAYS = "{name}：各规划的基期与目标，数值见下表"
BAR_SAYS = "{plan}，{year}，{value}，查看条款"
NO_CHARTS = "所选规划没有载明与此题目相应的数值指标。"
UNCOUNTED = "没有载明相应数值指标的：{names}。"
SHARED = "以下各项名称、单位相同，画在同一坐标上。"
ALONE = "只有这一份规划有同名同单位的指标，单独画出。"
APART = "单列："
BASE_YEAR = "基期"
TARGET = "目标"
STATE = "现状"
YEAR = "{year}年"
NO_YEAR = "未写年份"
NO_BASE = "未写基期"
NOT_GIVEN = "原文未给出数值"
NOT_DRAWN = "（不是确数，未画）"
CONFLICT = "文内数值不一"
CONFLICTS = "{plan}同一文件中另写有{values}，请以发文机关解释为准。"
UNIT = "单位：{unit}"
AND = "、"
CSV = "下载表格（CSV）"
PNG = "下载图片（PNG）"
SOURCE = "数值摘自各规划原文 · 诚信计量规划问答"
COLUMNS = ("规划", "基期", "目标", "条款")
ROW_COLUMNS = ("栏目", "数值")
NOTES = "说明"

CSV_COLUMNS = tuple("题目 规划 文件 指标 单位 基期年份 基期值 目标年份 目标值 属性 图 说明 条款 链接".split())
CSV_NONE = "没有载明相应的数值指标"
CSV_STATE = "文件所述的现状，不是目标"
CSV_FIRST = "图{number}"

sys.modules[__name__].__class__ = Phrases
