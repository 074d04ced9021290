"""Title, number and addressee among the lines of 题头, each as a span of its text."""

import re
from dataclasses import dataclass

from ingest.dates import DATE
from ingest.title_line import any_of

OPEN, CLOSE = r"[〔\[［（【﹝〈]", r"[〕\]］）】﹞〉]"
# 海政发〔2024〕18号 · 海政发[2024]18号 · 海政发（2024）第18号
DOCUMENT_NUMBER = re.compile(
    rf"(?P<agency>[\u4e00-\u9fff]{{1,12}}){OPEN}(?P<year>\d{{4}}){CLOSE}(?P<ordinal>第?)(?P<serial>\d{{1,5}})号"
)
# 临府办发〔2024〕7号 签发人：某某 · 等级 特急·明电 临府办发明电〔2024〕7号 · （临市监办〔2024〕18号 2024年3月5日）
# 白政办〔2023〕19号 白沙县人民政府办公室 2023年6月9日印发
URGENT = r"(?:(?:等级|特急|加急|平急|急件|特提|明电|密电|内部|秘密|机密|绝密|普通)[·•★：\s]*)*"
NUMBER_LINE = re.compile(
    rf"（?{URGENT}(?P<whole>{DOCUMENT_NUMBER.pattern})(?:签发人[：:]?[\u4e00-\u9fff、]{{2,20}}|[\u4e00-\u9fff]{{1,6}}\d{{1,5}}号|，?(?P<day>{DATE})(?:(?P<by>[\u4e00-\u9fff]{{4,40}}?)(?:印发|发布))?"
    rf"|(?P<signer>[\u4e00-\u9fff]{{4,40}}?){DATE}(?:印发|发布)?)?）?$"
)
# 2024年第12号 · 第12号 · 某市人民政府令第12号 · 某局公告2024年第12号
SERIAL_NUMBER = re.compile(
    r"(?P<body>[\u4e00-\u9fff]{2,30}?(?P<sort>令|公告|通告|通知|公报))?[（〔【]?(?P<number>(?:(?:\d{4}年|〔\d{4}〕)?第(?:\d{1,4}|[一二三四五六七八九十百零〇]{1,6})号|(?<![\u4e00-\u9fff])〔\d{4}〕\d{1,4}号)(?:令)?)[）〕】]?$"
)
# 某市人民政府办公室文件
MASTHEAD = re.compile(r"(?P<issuer>[^，。；：（）《》]{2,40}?)文件$")
# 某市人民政府令 · 国家某总局公告
ORDER = re.compile(
    r"(?P<issuer>(?:(?!关于)[^，。；：（）《》\d]){2,40}?)(?<!的)(?P<sort>令|公告|通告)(?:（.{1,10}）)?$"
)
# 文号：… · 发文机关：… as the table above a document says; its cells stand on one line or on two
TOLD = any_of(
    "标题 信息名称 文件名称 名称 发文机关 制定机关 颁布机关 解读机关 实施机关 发文机构 发布机构 发布单位 "
    "制发单位 印发机关 发文单位 发文字号 发文号 文号 文件编号 成文日期 发文日期 印发日期 实施日期 生效日期 "
    "施行日期 失效日期 废止日期 有效期 有效期限"
)
# 索引号 · 发文机关：… 成文日期：… — the fields of the table above a document on a government's site
FIELDS = any_of(
    "索引号 信息索引 主题分类 主题词 体裁分类 服务对象分类 组配分类 信息分类 公文种类 文件类型 文种 公开方式 "
    "公开类别 公开形式 公开范围 公开属性 公开时限 公开日期 公开责任部门 有效性 文件状态 时效性 效力状态 "
    "关键词 内容概述 主题 公文时效 统一登记号 登记号 备注文号 废止时间 生成日期 发布日期 公布日期 "
    "来源 信息来源 签发人"
)
LABELS = f"{TOLD}|{FIELDS}"
LABEL = re.compile(rf"(?:{TOLD})[：:]")
# 文号｜海政发〔2024〕18号 as a row of that table; 文号｜标题｜日期 is the head of another
FACT_ROW = re.compile(rf"(?:{LABELS})\t(?!(?:{LABELS})(?:\t|$))")
FACTS = re.compile(rf"[【\[]?(?:{LABELS})[】\]]?[：:]")
LABELLED = re.compile(
    rf"(?:^|(?<=[\u4e00-\u9fff\d\t）〕号]))(?P<label>{TOLD})(?:[：:]\n?|[\t｜|]|\n)(?P<value>[^\n：:\t｜|]{{2,120}}?)"
    rf"(?=\n|$|\t|[｜|]|(?:{LABELS}|发布时间)[：:])",
    re.M,
)
# 2007年10月8日国务院令第500号公布
ORDERED = re.compile(
    rf"(?:^|(?<=[日（，]))(?!{DATE})(?P<issuer>[\u4e00-\u9fff、]{{2,40}}?)(?P<sort>令|公告)(?:（.{{1,10}}）)?(?:\d{{4}}年)?"
    r"第(?:\d{1,4}|[一二三四五六七八九十百零〇]{1,6})号(?=公布|发布|颁布)",
    re.M,
)
LEADS_IN = re.compile(r"(?:为|根据|按照|现|经|鉴于|依据)|.*(?:如下|以下[^：]{0,12})：$")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
ADDRESSEE_MAX = 160


@dataclass(frozen=True, slots=True)
class Span:
    """A value and where the text states it."""

    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Row:
    """A line of 题头 and where it begins."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def rows_of(text: str) -> list[Row]:
    rows, start = [], 0
    for line in text.split("\n"):
        rows.append(Row(line, start))
        start += len(line) + 1
    return rows


def is_prose(line: str) -> bool:
    return "。" in line or "，" in line or line.endswith("：")


def is_number(line: str) -> bool:
    return bool(NUMBER_LINE.match(line) or SERIAL_NUMBER.fullmatch(line))


def find_number(text: str) -> Span | None:
    """The document's own number, on a line of its own, in brackets behind the title, or in the table above."""
    rows = rows_of(text)
    for index, row in enumerate(rows):
        if match := NUMBER_LINE.match(row.text):
            return Span(_spelled(match), row.start + match.start("whole"), row.start + match.end("whole"))
        if (match := SERIAL_NUMBER.fullmatch(row.text)) and _is_whole(rows, index, match):
            return _serial(rows, index, match)
        if behind := _behind_title(row):
            return behind
    told = [span for label, span in labelled(text) if label.endswith(("号", "编号"))]
    return told[0] if told else _ordered(text)


def _ordered(text: str) -> Span | None:
    match = ORDERED.search(text)
    return Span(match.group(), match.start(), match.end()) if match else None


def _behind_title(row: Row) -> Span | None:
    """…的通知（海政发〔2024〕18号）"""
    if "。" in row.text or not row.text.endswith("）") or "（" not in row.text or "《" in row.text:
        return None
    start = row.text.rindex("（") + 1
    match = DOCUMENT_NUMBER.fullmatch(row.text[start:-1])
    return Span(_spelled(match), row.start + start, row.end - 1) if match else None


def _is_whole(rows: list[Row], index: int, match: re.Match[str]) -> bool:
    """〔2025〕12号 is minutes' number; below anything else its office is missing."""
    above = rows[index - 1].text if index else ""
    return not match["number"].startswith("〔") or "第" in match["number"] or above.endswith("纪要")


def _serial(rows: list[Row], index: int, match: re.Match[str]) -> Span:
    """第12号 below 某市人民政府令 is 某市人民政府令第12号; 2024年第12号 says enough."""
    row, number = rows[index], match["number"]
    start = row.start + match.start("number")
    if match["sort"] == "令":
        return Span(match["body"] + number, row.start, start + len(number))
    above = rows[index - 1] if index else None
    if not number.startswith("第") or above is None or not ORDER.match(above.text):
        return Span(number, start, start + len(number))
    return Span(above.text + number, above.start, start + len(number))


def _spelled(match: re.Match[str]) -> str:
    return f"{match['agency']}〔{match['year']}〕{match['ordinal']}{match['serial']}号"


def find_addressee(text: str) -> Span | None:
    """Whom it is sent to: 各…： or, below the title and before any sentence, a line that ends with ：."""
    rows = rows_of(text)
    for row in rows:
        to_all = row.text.startswith("各") and 2 < len(row.text) <= ADDRESSEE_MAX
        if to_all and row.text.endswith("：") and "。" not in row.text:
            return Span(row.text[:-1], row.start, row.end - 1)
    for row in rows[1:]:
        if "。" in row.text:
            return None
        named = row.text.endswith("：") and 3 < len(row.text) <= ADDRESSEE_MAX and not LABEL.match(row.text)
        if named and not LEADS_IN.match(row.text) and not row.text.startswith("附"):
            return Span(row.text[:-1], row.start, row.end - 1)
    return None


def labelled(text: str) -> list[tuple[str, Span]]:
    """What the table above a document says: 文号 and 海政发〔2024〕18号, …"""
    return [
        (match["label"], Span(match["value"], match.start("value"), match.end("value")))
        for match in LABELLED.finditer(text)
    ]
