"""What a document says of itself in its front and back matter. Nothing is filled in from outside."""

import re
from collections.abc import Callable, Iterable
from datetime import date
from re import Match, Pattern

from ingest.marks import numeral_value
from ingest.model import Clause, Fact, Kind, Metadata, Reference

# 国发〔2021〕37号
NUMBER = r"[\u4e00-\u9fff]{1,8}〔\d{4}〕\d{1,4}号"
NUMBER_LINE = re.compile(rf"^({NUMBER})$", re.M)
# 《国务院关于印发…的通知》（国发〔2021〕37号）
CITED = re.compile(rf"《(?P<title>[^《》]+(?:〈[^〉]*〉[^《》]*)?)》(?:（(?P<number>{NUMBER})）)?")
# 2023年3月2日 · 二〇二三年三月二日 · 2023年3月3日印发
NUMERAL = r"[\d〇零○一二三四五六七八九十]"
CHINESE_DATE = re.compile(
    rf"^(?P<y>{NUMERAL}{{4}})年(?P<m>{NUMERAL}{{1,3}})月(?P<d>{NUMERAL}{{1,3}})日(?P<printed>印发)?$", re.M
)
OPENNESS = re.compile(r"^（此件(主动公开|公开发布|依申请公开|不予公开)）$", re.M)
ADDRESSEE = re.compile(r"^(各[^\n]{4,120})：$", re.M)
# 抄送：市委办公室… and the lines after it, up to who printed it
COPIED = re.compile(r"^抄送：(.+(?:\n(?!.*(?:人民政府|办公室|办公厅|印发)$).+)*)", re.M)
ISSUER = re.compile(
    r"^([^\n，。；：（）《》]{2,24}(?:人民政府|国务院|国务院办公厅|办公厅|办公室|委员会|总局|局|厅))$|^(国务院)$",
    re.M,
)
MASTHEAD = re.compile(r"^([^\n，。；：（）]{2,24}?)文件$", re.M)
YEAR_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
TITLE_END = (
    "通知",
    "意见",
    "方案",
    "规划",
    "办法",
    "条例",
    "规定",
    "细则",
    "决定",
    "纲要",
    "计划",
    "法",
    "解释",
)


def read_metadata(clauses: tuple[Clause, ...]) -> Metadata:
    """Facts of 题头 and 落款, each with the words that state it; None where this copy is silent."""
    front = next((clause for clause in clauses if clause.kind is Kind.FRONT), None)
    back = next((clause for clause in clauses if clause.kind is Kind.BACK), None)
    ends = [clause for clause in (back, front) if clause]
    title = _title(front) if front else None
    printed = _first(ends, CHINESE_DATE, lambda match: match["printed"] is not None)
    issued = _first(ends, CHINESE_DATE, lambda match: match["printed"] is None)
    return Metadata(
        title=title,
        number=_fact(*_first(ends[::-1], NUMBER_LINE)),
        issuer=_fact(*_first(ends, ISSUER, lambda match: not _within(match, title, front)))
        or _fact(*_first(ends[::-1], MASTHEAD)),
        issued_on=_date(*issued),
        printed_on=_date(*printed),
        openness=_fact(*_first(ends, OPENNESS)),
        addressee=_fact(*_first(ends[::-1], ADDRESSEE)),
        copied_to=_fact(*_first(ends, COPIED)),
        references=tuple(_references(clauses, _own_titles(title, front))),
    )


Hit = tuple[Clause | None, Match[str] | None]


def _first(
    clauses: Iterable[Clause], pattern: Pattern[str], only: Callable[[Match[str]], bool] = lambda _: True
) -> Hit:
    for clause in clauses:
        for match in pattern.finditer(clause.text):
            if only(match):
                return clause, match
    return None, None


def _fact(clause: Clause | None, match: Match[str] | None) -> Fact | None:
    if clause is None or match is None:
        return None
    group = next(index for index in range(1, (match.re.groups or 0) + 1) if match[index])
    return Fact(match[group], clause.id, match.start(group), match.end(group))


def _date(clause: Clause | None, match: Match[str] | None) -> Fact | None:
    if clause is None or match is None:
        return None
    year = int(match["y"].translate(YEAR_DIGITS))
    try:
        iso = date(year, numeral_value(match["m"]), numeral_value(match["d"])).isoformat()
    except ValueError:  # a misprint such as 2月30日 states no day
        return None
    return Fact(iso, clause.id, match.start(), match.end())


def _title(front: Clause) -> Fact | None:
    """The run of short lines that ends like a title (…通知, …实施方案); a later, inner title does not replace it."""
    lines = front.text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:i]) for i in range(len(lines))]
    first = None
    for index, line in enumerate(lines):
        if _is_prose(line) or NUMBER_LINE.match(line) or MASTHEAD.match(line):
            first = None
            continue
        first = index if first is None else first
        if line.rstrip("》）").endswith(TITLE_END) and not (line.startswith("《") and line.endswith("》")):
            span = (starts[first], starts[index] + len(line))
            return Fact("".join(lines[first : index + 1]), front.id, *span)
    return None


def _is_prose(line: str) -> bool:
    return "。" in line or "，" in line or line.endswith("：")


def _within(match: Match[str], title: Fact | None, front: Clause | None) -> bool:
    """Whether a line of the front is part of the title: 厦门市贯彻落实国务院 is no signature."""
    in_front = front is not None and match.string == front.text
    return in_front and title is not None and title.start <= match.start() < title.end


def _own_titles(title: Fact | None, front: Clause | None) -> set[str]:
    """What the document calls itself: its title, a 《…》 in it, a line of the front such as an inner title."""
    named = {title.value, *(match["title"] for match in CITED.finditer(title.value))} if title else set()
    return named | (set(front.text.split("\n")) if front else set())


def _references(clauses: Iterable[Clause], own_titles: set[str]) -> Iterable[Reference]:
    """Documents cited by title, once each; the plan's own title and inner titles are left out."""
    seen: set[str] = set()
    for clause in clauses:
        for match in CITED.finditer(clause.text):
            line_start = clause.text.rfind("\n", 0, match.start()) + 1
            line_end = clause.text.find("\n", match.end())
            line = clause.text[line_start : line_end if line_end >= 0 else len(clause.text)]
            heads = clause.kind is Kind.FRONT and not _is_prose(line)
            key = match["number"] or match["title"]
            if heads or key in seen or match["title"] in own_titles:
                continue
            seen.add(key)
            yield Reference(match["title"], match["number"], clause.id, match.start(), match.end())
