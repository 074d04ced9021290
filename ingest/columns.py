"""What a table's column headings mean: 指标名称, 单位, 基期（2020年）, 2025年目标, 属性."""

import re
from dataclasses import dataclass
from enum import StrEnum

from ingest.times import period_end


class Role(StrEnum):
    """What the cells of a column are."""

    NUMBER = "number"  # 序号
    NAME = "name"
    UNIT = "unit"
    ATTRIBUTE = "attribute"  # 预期性 / 约束性
    BASE = "base"  # a value of now
    TARGET = "target"  # a value aimed at
    YEAR = "year"  # a value of a year; base or target as the columns beside it say
    OTHER = "other"


LABEL_MAX = 24
YEAR = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)")
GROWTH = re.compile(r"增长|增速|增幅|年均|较|比|[增累]计")
VALUE_WORDS = r"(?:目标|基期|基数|基准|现状|实际|实绩|预期|规划|指标|期末|期初|完成|计划|当前|目前|水平|达到|数量)"
VALUE_LABEL = re.compile(rf"[“”（]?{VALUE_WORDS}{{1,2}}(?:年份?)?(?:值|数|数值|情况)?[“”）]?")
PURE_YEAR = re.compile(
    rf"[“”（(]?(?:到|至|截至)?(?:(?:19|20)\d\d年?|“?十[一二三四五六七]五”?(?:规划)?)(?:年?[底末初]|期末|期间)?"
    rf"[）)]?[（(：:—/ ]?{VALUE_WORDS}{{0,2}}(?:年份?)?(?:值|数|数值|情况)?[”）)]?(?:（[^（）]{{1,6}}）)?"
)
# 目标值2025年, merged from two rows of a head — but not 完成时限2025年
VALUE_YEAR = re.compile(
    r"[^时限任务责单位备注\d]{0,10}(?:(?:19|20)\d\d年?|“?十[一二三四五六七]五”?)(?:年?[底末初])?"
    rf"[（(]?{VALUE_WORDS}{{0,2}}(?:值|数|数值)?[）)]?"
)
# 2020年全市, 2025年城区: what a year's column counts a part of
PART = re.compile(
    r"(?:全[国省市县区域]|城[区镇市乡]|[市城农]村?区|农村|乡村|市本级|[省市县区]级|市辖区|规模以上|其中[：:]?.{1,6})$"
)
BASE_WORDS = re.compile(r"基期|基数|基准|现状|实际|实绩|当前|目前|完成|期初")
TARGET_WORDS = re.compile(r"目标|预期|规划|计划|期末")
NUMBERS = {"序号", "编号", "序", "No", "NO", "No."}
UNITS = {"单位", "计量单位", "指标单位", "数量单位", "量纲"}
ATTRIBUTE = re.compile(r"(?:指标)?(?:属性|性质|类型)")
NAME = re.compile(r"指标|名称|项目|内容|任务|事项")
NAME_FIRST = re.compile(r"名称|指标(?!类别|分类|体系)")
# other headings that tables of plans have
HEAD = re.compile(
    r"类别|分类|领域|责任|牵头|配合|备注|时限|时间|进度|措施|举措|部门|地区|来源|说明|年份|数量|级别|目标|要求|成果|阶段|方向|类型|县|区"
)
VALUE_UNIT = re.compile(r"（(?P<unit>[^（）\d年值]{1,6})）$")
ATTRIBUTE_CELL = re.compile(r"(?:预期|约束|指导|引导)性?(?:指标)?")


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, what it means, and the year it names."""

    label: str
    role: Role
    year: int | None = None
    part: str = ""  # 城区 of 2025年城区


def column(label: str) -> Column:
    role, part = _role(label), ""
    found = PART.search(label) if role is Role.OTHER else None
    if found and year_of(label) and (whole := _role(label[: found.start()])) in (Role.BASE, Role.TARGET, Role.YEAR):
        role, part = whole, found.group()
    return Column(label, role, year_of(label) if role in (Role.BASE, Role.TARGET, Role.YEAR) else None, part)


def year_of(text: str) -> int | None:
    """2025年 → 2025; “十三五”末 → 2020; 2021—2025年, a span, ends 2025."""
    years = [int(match["year"]) for match in YEAR.finditer(text)]
    return years[-1] if years else period_end(text)


def _role(label: str) -> Role:
    if label in NUMBERS:
        return Role.NUMBER
    if label in UNITS:
        return Role.UNIT
    if ATTRIBUTE.fullmatch(label):
        return Role.ATTRIBUTE
    if _is_value(label):
        kinds = [role for role, words in ((Role.BASE, BASE_WORDS), (Role.TARGET, TARGET_WORDS)) if words.search(label)]
        return kinds[-1] if kinds else Role.YEAR
    return Role.NAME if NAME.search(label) else Role.OTHER


def _is_value(label: str) -> bool:
    if not label or len(label) > LABEL_MAX or GROWTH.search(label):
        return False
    return any(pattern.fullmatch(label) for pattern in (PURE_YEAR, VALUE_YEAR, VALUE_LABEL)) and not label.endswith(
        "指标"
    )


def is_head(cell: str) -> bool:
    """Whether a cell reads as a column heading."""
    if not cell or len(cell) > LABEL_MAX or cell.endswith("。"):
        return False
    return _role(cell) is not Role.OTHER or HEAD.search(cell) is not None


def is_sub_head(cell: str) -> bool:
    """Whether a cell in a later row still belongs to the head: 2025年 under 目标值, （基期） under 2020年."""
    bare = cell.strip("（）")
    return _role(cell) in (Role.NUMBER, Role.UNIT, Role.ATTRIBUTE) or _is_value(bare) or bare in SUB_HEADS


SUB_HEADS = set("名称 单位 属性 类别 指标 年 值 目标 基期 年底 年末 项目 内容 部门 主要指标".split())


def name_index(labels: list[str]) -> int:
    """The column that names a row: 指标名称 before 项目 before the first that is no 序号."""
    for pattern in (NAME_FIRST, NAME):
        for index, label in enumerate(labels):
            if pattern.search(label) and _role(label) is Role.NAME:
                return index
    return next((index for index, label in enumerate(labels) if label not in NUMBERS), 0)
