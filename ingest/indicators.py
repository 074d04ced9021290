"""Indicators: named quantities, from table rows and from target sentences."""

import re
from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations
from re import Match

from ingest.model import Clause, Conflict, Indicator, Kind

NOT_GIVEN = {"--", "—", "——", "－", "-", "/", "／", "无", ""}
YEAR_COLUMN = re.compile(r"(?P<year>\d{4})年")
# 社会公用计量标准（项）
NAME_WITH_UNIT = re.compile(r"(?P<name>.+?)（(?P<unit>[^（）]{1,6})）$")
# 350 · 6.2万余 · 1—2 · 2,020
DIGITS = r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
NUMBER = rf"(?:{DIGITS}(?:[—–~～至-]{DIGITS})?(?:万|亿)?)"
UNIT = r"(?:台套|个百分点|项|个|家|次|名|人|件|套|%|％|处|所|类|种|批次)"
VALUE = rf"(?<![\d.,])(?P<value>{NUMBER})(?P<more>余)?(?P<unit>{UNIT})(?P<qualifier>以上|以下|以内|左右)?"
# 市级社会公用计量标准数量达到350项
NAMED_FIRST = re.compile(
    rf"(?P<name>[^，。；：\n（）“”]{{0,60}}(?:（[^（）]{{0,30}}）[^，。；：\n（）“”]{{0,60}}){{0,3}}?){VALUE}(?=[，。；、及并和]|$)"
)
# 创建2个省级诚信计量示范区（市） · 和6.2万余项社会公用计量标准
NAMED_LAST = re.compile(
    rf"{VALUE}(?P<name>[^\d，。；：、\n（）]{{3,24}}?(?:（[^（）]{{1,3}}）\w?区?)?)(?=[，。；、和]|$)"
)
REACHES = re.compile(r"(?:总数|总量|数量)?(?:达到了?|达|提升至|提高到|增加到|不少于|不低于)$")
LEADING_VERBS = re.compile(
    r"^(?:并|和|及|争取|力争|争创|完成|引导并?|创建|建成|建设|新建|建立|培育|引导培育|引导并培育|推动)+(?=[\u4e00-\u9fff]{4})"
)
ONE_OF = re.compile(r"(?P<what>[^，。；、]{1,80}的)$")  # 参与驾驭国际原子时的8个国家之一
SUMS_UP = ("等", "这", "上述", "以上")  # …等4个平台 counts what was just listed
TARGET_YEAR = re.compile(r"到(?P<year>20\d{2})年(?:底|末)?")
TARGET_KINDS = {Kind.CHAPTER, Kind.SECTION, Kind.ITEM, Kind.BOX_ITEM}


def read_indicators(clauses: tuple[Clause, ...]) -> tuple[Indicator, ...]:
    """All quantities with a unit that the plan sets or reports, in the order of the plan."""
    found: list[Indicator] = []
    years: dict[str, int] = {}
    for clause in clauses:
        if clause.kind is Kind.ROW:
            found.extend(_from_row(clause))
        elif clause.kind in TARGET_KINDS:
            found.extend(_from_sentences(clause, years))
    return tuple(found)


def find_conflicts(plan_id: str, indicators: Iterable[Indicator]) -> tuple[Conflict, ...]:
    """Indicators of one name and different targets for one year (or for a year not given). 家 and 个 count alike."""
    by_name: dict[str, list[Indicator]] = defaultdict(list)
    for indicator in indicators:
        if indicator.target is not None and not indicator.achieved:
            by_name[_key(indicator.name)].append(indicator)
    return tuple(
        Conflict(plan_id, group[0].name, tuple(group))
        for group in by_name.values()
        if _differ({(one.target_year, one.target, one.qualifier) for one in group})
    )


def _differ(targets: set[tuple[int | None, str | None, str]]) -> bool:
    """Whether one year has two targets; a year not given may be any."""
    return any(
        one[0] == other[0] or None in (one[0], other[0])
        for one, other in combinations(targets, 2)
        if one[1:] != other[1:]
    )


def _key(name: str) -> str:
    return LEADING_VERBS.sub("", name.removeprefix("全市"))


def _from_row(clause: Clause) -> Iterable[Indicator]:
    """One indicator for each year after the first, which is the base; a lone year is a target."""
    years = [(int(m["year"]), cell) for label, cell in clause.cells if (m := YEAR_COLUMN.search(label))]
    columns = dict(clause.cells)
    named = NAME_WITH_UNIT.match(clause.heading)
    base = years[0] if len(years) > 1 else None
    for year, target in years[1:] or years:
        yield Indicator(
            plan_id=clause.plan_id,
            clause_id=clause.id,
            name=named["name"] if named else clause.heading,
            unit=named["unit"] if named else columns.get("单位", ""),
            base_year=base[0] if base else None,
            base_value=_given(base[1]) if base else None,
            target_year=year,
            target=_given(target),
            qualifier="",
            attribute=columns.get("属性", ""),
            start=0,
            end=len(clause.text),
        )


def _given(cell: str) -> str | None:
    return None if cell in NOT_GIVEN else cell


def _from_sentences(clause: Clause, years: dict[str, int]) -> Iterable[Indicator]:
    """Quantities of running text. An item without a year of its own takes the one of the section above it."""
    for start, end in _paragraphs(clause.text):
        text = clause.text[start:end]
        named = [(match.end(), int(match["year"])) for match in TARGET_YEAR.finditer(text)]
        inherited = years.get(clause.path.rstrip("0123456789"))
        if named and start == 0:
            years[clause.path] = named[0][1]
        taken: list[tuple[int, int]] = []
        for match in sorted([*_named_first(text), *_named_last(text)], key=lambda m: (m.start("value"), -len(m[0]))):
            if any(a < match.end("value") and match.start("value") < b for a, b in taken):
                continue
            name = _name(match)
            if len(name) < 4 or text[: match.start("value")].endswith(SUMS_UP):
                continue
            taken.append(match.span())
            year = max((one for one in named if one[0] <= match.start("value")), default=(0, inherited))[1]
            yield _indicator(clause, match, name, year, start)


def _paragraphs(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for line in text.split("\n"):
        yield start, start + len(line)
        start += len(line) + 1


def _named_first(text: str) -> list[Match[str]]:
    return [match for match in NAMED_FIRST.finditer(text) if len(_name(match)) >= 4]


def _named_last(text: str) -> list[Match[str]]:
    return list(NAMED_LAST.finditer(text))


def _name(match: Match[str]) -> str:
    name = match["name"]
    if match.start("name") < match.start("value"):
        name = REACHES.sub("", TARGET_YEAR.sub("", name))
        if "、" in name and re.search(r"\d", name):
            name = name.rsplit("、", 1)[1]
    elif name.endswith("之一") and (what := ONE_OF.search(match.string, 0, match.start("value"))):
        name = what["what"] + name.removesuffix("之一")
    return LEADING_VERBS.sub("", name).strip("的")


def _indicator(clause: Clause, match: Match[str], name: str, year: int | None, offset: int) -> Indicator:
    achieved = year is None and clause.kind is Kind.CHAPTER
    return Indicator(
        plan_id=clause.plan_id,
        clause_id=clause.id,
        name=name,
        unit=match["unit"].replace("％", "%"),
        base_year=None,
        base_value=None,
        target_year=year,
        target=match["value"],
        qualifier=(match["more"] or "") + (match["qualifier"] or ""),
        attribute="",
        start=offset + match.start(),
        end=offset + match.end(),
        achieved=achieved,
    )
