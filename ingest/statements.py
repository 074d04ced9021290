"""Where a clause may tell who is responsible: in brackets, behind a label outside of one, in a sentence that says 由.

…。（甲、乙） · …（甲负责）；…（乙负责） · …。责任单位：甲、乙。完成时限：… · …。由甲牵头，乙参与。
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto

from ingest.bodies import ENDS_AS_BODY

CLOSING = {"）": "（", "】": "【", "]": "[", "］": "［", "〕": "〔"}
LONGEST = 600  # characters of a statement
PIECES = re.compile("[\n｜]")  # lines, and the cells of a row
LABELS = "牵头|责任|负责|主办|承办|配合|参加|参与|协办|协助"
WHAT = "单位|部门|处室|科室"
STARS = "★☆"  # before who leads: 责任单位（★为牵头单位）
OF_LEVEL = "(?:[省市区县镇乡]{1,2}[级直]?|主要|具体|共同|第一)"  # 省级牵头单位 · 市县责任单位
# 责任单位： · 牵头部门（单位）： · 配合： · 【责任单位】
LABEL = re.compile(
    rf"(?:(?<![^，。；、\n）]){OF_LEVEL})?(?P<label>{LABELS})(?:{WHAT})?(?:（(?:单位|部门|处室)）|及配合单位|（[^（）]{{0,3}}[{STARS}][^（）]{{0,6}}牵头[^（）]{{0,6}}）)?[：:]"
    rf"|【(?P<boxed>{LABELS})(?:{WHAT})】[：:]?"
)
# a label that begins a line or a sentence; without 单位 a line only
ALONE = re.compile(
    rf"(?:^|(?<=[。；]))(?:——|--|[—●◆■•▲★※])?(?=【?{OF_LEVEL}?(?:{LABELS})(?:{WHAT}))|^(?P<bare>)(?=(?:牵头|配合|协办)[：:])",
    re.M,
)
FIELD = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")  # 完成时限：
# 年均增长8%。★市文旅局、市住建局
STARRED = re.compile(rf"(?<=[。；）])(?=[{STARS}][\u4e00-\u9fff、，（）]{{2,200}}$)")
DASHED = re.compile(r"(?:^|(?<=[。；]))(?:——|--)(?=[\u4e00-\u9fff])")  # ——甲牵头，乙配合
BY = re.compile(r"(?:^|(?<=[。；，：]))由|由(?=[^。；：\n由]{2,100}牵头)")
# 市公安局牵头，市城管局、市水务局配合，每年发布清单。
LEADING = re.compile(
    r"(?:^|(?<=[。；）]))(?=[省市区县州镇各][^。；，：由（）\n]{2,40}牵头[^。；：\n]{0,20}，"
    r"(?![^。；\n]{0,120}(?:不得|不再))[^。；：\n]{2,120}?(?:配合|参与|参加))"
)
SENTENCE_END = re.compile("[。：]")
STOPS = ("。", "；", "！", "…", "")
# 测试中心（甲、乙） and 专班（甲、乙） say what there is
KINDS_OF_BODY = re.compile(r"(?:机构|小组|专班|平台|联盟|基地|企业|实验室|成员)$")


class Place(Enum):
    """Where a statement stands. Of all but the first two every name must be a body."""

    LAST = auto()  # in the bracket that ends a line
    LABELLED = auto()  # behind a label, to the end of the line
    INNER = auto()  # in another bracket
    BROKEN = auto()  # behind a label, and the line goes on, or the label is but a verb
    DASHED = auto()  # behind a dash
    SPOKEN = auto()  # in a sentence that says 由
    ALONE = auto()  # in a sentence with 由 that is a line of its own, or ends one


@dataclass(frozen=True, slots=True)
class Statement:
    """`fewest` bodies a bare list must have to name who is responsible: one after a full stop; 0 for never."""

    text: str
    place: Place
    fewest: int = 0


def statements(text: str) -> Iterator[Statement]:
    """What may name units, in the order of the text."""
    start = 0
    for end in [*(match.start() for match in PIECES.finditer(text)), len(text)]:
        above = text[start - 1 : start] + text[max(start - 2, 0) : start - 1] if start else ""
        yield from _in_line(text[start:end], above[-1:] if above[:1] == "\n" else above[:1])
        start = end + 1


def _in_line(line: str, above: str) -> Iterator[Statement]:
    """`above` is the character before the line."""
    bare = line.rstrip("。；")
    brackets = outer_brackets(bare)
    for start, end in brackets:
        if end - start > LONGEST:
            continue
        place = Place.LAST if end == len(bare) else Place.INNER
        yield Statement(bare[start + 1 : end - 1].rstrip("。；"), place, _fewest(line, start, end, above))
    ends = bool(brackets) and brackets[-1][1] == len(bare)
    yield from _outside(bare, brackets[-1][0] if ends else len(bare), brackets)


def _fewest(line: str, start: int, end: int, above: str) -> int:
    before = line[max(start - 12, 0) : start]
    if (before or above)[-1:] in STOPS:
        return 1
    closes = line[end : end + 1] in STOPS
    return 2 if before and closes and not (ENDS_AS_BODY.search(before) or KINDS_OF_BODY.search(before)) else 0


def _outside(line: str, last: int, brackets: list[tuple[int, int]]) -> Iterator[Statement]:
    """What stands behind labels, dashes and 由, outside `brackets`; where `last` begins a bracket ends the line."""
    done = 0
    for found in ALONE.finditer(line, 0, last):
        if found.end() < done:
            continue
        done = _end(line, found.end())
        if done - found.end() <= LONGEST and not _within(found.start(), brackets):
            sure = done == len(line) and found["bare"] is None
            yield Statement(line[found.end() : done], Place.LABELLED if sure else Place.BROKEN)
    for found in STARRED.finditer(line):
        yield Statement(line[found.end() :], Place.INNER, 1)
    for pattern, place in ((DASHED, Place.DASHED), (BY, Place.SPOKEN), (LEADING, Place.SPOKEN)):
        for found in pattern.finditer(line):
            end = SENTENCE_END.search(line, found.end(), found.end() + LONGEST)
            told = line[found.end() : end.start() if end else found.end() + LONGEST]
            if not _within(found.start(), brackets):
                opens = line[: found.start()][-1:] in ("", "。", "；")
                whole = pattern is BY and opens and found.end() + len(told) == len(line)
                yield Statement(told, Place.ALONE if whole else place)


def _end(line: str, start: int) -> int:
    """Where the sentence ends that begins with a label; a sentence that begins with another goes with it."""
    end = line.find("。", start)
    while end >= 0 and LABEL.match(line, end + 1):
        end = line.find("。", end + 1)
    return end if end >= 0 else len(line)


def _within(at: int, brackets: list[tuple[int, int]]) -> bool:
    before = bisect_left(brackets, (at, 0))
    return before > 0 and at < brackets[before - 1][1]


def opens_field(line: str, above: str) -> bool:
    """Whether a line goes on with no sentence of `above`: 责任单位：甲， and below it 完成时限：年底."""
    return bool(ALONE.match(line) or (FIELD.match(line) and ALONE.search(above)))


def outer_brackets(line: str) -> list[tuple[int, int]]:
    """The brackets that stand in no other."""
    opened: list[int] = []
    found: list[tuple[int, int]] = []
    for at, char in enumerate(line):
        if char in CLOSING.values():
            opened.append(at)
        elif char in CLOSING and opened and line[start := opened.pop()] == CLOSING[char]:
            while found and found[-1][0] > start:
                found.pop()
            found.append((start, at + 1))
    return found
