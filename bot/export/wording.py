"""Every fixed phrase of files that are taken away. None carries a fact."""

from collections.abc import Mapping

from bot.model import Status

ANSWER_TITLE = "计量规划问答"
TALK_TITLE = "计量规划问答（{count}问）"
FILE_NAME = "计量规划问答"
QUESTION = "问：{question}"
NUMBERED = "{number}. {question}"

ASKED_AT = "提问时间"
MOMENT = "{day} {time}（北京时间）"
DAY = "{year}年{month}月{day}日"
STATUS_NAME = "结论"
STATUSES = (Status.ANSWERED, Status.PARTIAL, Status.NOT_FOUND, Status.OUT_OF_SCOPE)
STATUS: Mapping[Status, str] = dict(zip(STATUSES, ("载明", "部分载明", "规划未载明", "不在解答范围"), strict=True))
LABEL_NAME = "文字来历"
BY_RULES = "，编排和计算按固定规则"
RECEIPT = "回执编号"
CORPUS_VERSION = "语料版本"
CORPUS_CHANGED = "{version}（所收文件此后有变动）"
TAKEN_AT = "导出时间"

SEEN_ABOVE = "原文见上"
SOURCE_COLUMN = "出处"
ROW_NAME = "指标"
BETWEEN = " · "
NOTES = "说明"
PLANS = "所依据的文件"
NO_PLANS = "没有引用文件。"
PLAN_GONE = "标识为 {plan_id} 的文件（现已不在收录之列）"
GONE = "这一条现已不在收录的文件中，所引为作答时的原文。"
REWORDED = "作答之后这一条的正文有改动，所引文字仍在其中。"
LOST = "作答之后这一条的正文有改动，现在的正文里没有所引的文字。"
MISSING = "另有{count}条回答没有回执或已过保存期，不在本文件中。"

PATH = "〔{path}〕"
SILENT = "收录的文本未载明"
REGION = "适用地区"
VERSION = "版本"
UNTIL = "有效期至"
READ_AT = "网址"
STANDS = "按{day}：{how}。"
IN_FORCE = "有效"
LISTED = "内容"
UNITS = "责任单位：{names}"

OPEN = "查看原文"
NOT_SHOWN = "“□”处是本格式的字体没有的字符，Word 和 Markdown 格式里可见。"
PAGE = "第 {page} 页"
NOTICE = (
    "本文件由诚信计量规划问答自动整理，供查找和核对，不是行政答复，也不构成法律意见。"
    "只有规划文件的正式文本具有效力，以发文机关公布的为准。"
)
FOOT = "只有规划文件的正式文本具有效力，以发文机关公布的为准"
