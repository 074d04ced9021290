"""How models cite and lay out: handles in every style, and what of a sentence is layout and not wording."""

import re
import unicodedata

from bot.check.draft import Sentence

HANDLES_MAX = 8  # of one mark such as [1-8]
LABEL = r"(?:条款|来源|依据|出处|参见|参考|引自|资料|见|注)"
NUMBERS = r"\d{1,2}(?:\s*[,，、;；\s~—–-]\s*\d{1,2})*"
# [1] · [1][2] · [1, 2] · 【1】 · 〔1〕 · [^1] · [1-3] · [条款1] — but not 〔2021〕37号
HANDLE = re.compile(rf"[\[【〔［]\s*\^?(?:{LABEL}\s*[:：]?\s*)?(?P<numbers>{NUMBERS})\s*[\]】〕］](?!\s*\d*号)")
ROUND = re.compile(rf"[（(]\s*{LABEL}\s*[:：]?\s*(?P<numbers>{NUMBERS})\s*[)）]")  # （条款1）
_MARK, _ROUND = (pattern.pattern.replace("?P<numbers>", "?:") for pattern in (HANDLE, ROUND))
_MARKS = rf"(?:{_MARK}|{_ROUND})"
# a mark after a sentence's stop: 条款[1] · （来源：[1]） · [[1]](#1)
AFTER = re.compile(
    rf"(?:[（(]\s*)?(?:{LABEL}\s*[:：]?\s*)?{_MARK}(?:\s*[)）])?|\[\s*{_MARK}\s*\](?:\(#[^)]*\))?|{_ROUND}"
)
AFTER_BEGUN = re.compile(
    r"[（(]?\s*(?:条款?|来源?|依据?|出处?|参[见考]?|引自?|资料?|见|注)?\s*[:：]?\s*(?:[\[【〔［]{1,2}[\s\^\d,，、;；~—–:：条款来源依据出处-]*)?"
)
# 根据[1], … · 在[1]中 · （见[1]） · 条款[1]
CITING = (
    re.compile(
        rf"(?:根据|依据|按照|参照|按|据|如)\s*(?:条款)?\s*(?:{_MARKS}\s*)+(?:的?(?:规定|要求|内容|表述))?\s*[,，:：]?"
    ),
    re.compile(rf"在?\s*(?:{_MARKS}\s*)+(?:条款|条)?[中里](?![国央小型])"),
    re.compile(rf"[（(]\s*(?:{LABEL}\s*[:：]?\s*)?(?:{_MARK}\s*)+[)）]"),
    re.compile(rf"{LABEL}\s*[:：]?\s*(?:{_MARK}\s*)+"),
    re.compile(_MARKS),
    re.compile(r"\(#[^)]*\)|[（(\[【]\s*[)）\]】]"),
)
LAYOUT = re.compile(
    r"^\s*(?:#+\s+|[-*•·]\s+|[①-⑳]\s*|\d{1,2}(?:[.、)）](?!\d))\s*|[（(](?:\d{1,2}|[一二三四五六七八九十]{1,2})[)）]\s*|"
    r"[一二三四五六七八九十]、\s*)?"
)
EMPHASIS = re.compile(r"\*\*|__|`")
WORDING = re.compile(r"[\w%]")
# no sentence of its own: a heading, a line of a table, a source, the announcement of what follows
HEADING, TABLE, ANNOUNCING = re.compile(r"^\s*#+\s"), re.compile(r"^\s*\||\|\s*:?-{2,}"), re.compile(r"[:：]\s*$")
SOURCE = re.compile(rf"^\s*{_MARK}[^。！？!?]{{0,60}}$")
# the answer to a question the clauses were not asked: what follows it stands alone
OPENING = re.compile(r"^(?:不?可以|不?可|不?能够?|不?会|不?是|对|没?有|没错|不行|否)的?\s*(?:[,，。.!！;；:：]\s*|$)")
SUPERSCRIPTS = {ord(char): f"[{number}]" for number, char in enumerate("¹²³⁴⁵⁶⁷⁸⁹", start=1)}


def legible(chunk: str) -> str:
    """`chunk` without invisible characters, its superscript numbers as handles."""
    kept = "".join(char for char in chunk if char in "\n\t\r" or unicodedata.category(char)[0] != "C")
    return kept.translate(SUPERSCRIPTS)


def read_sentence(raw: str) -> Sentence | None:
    """`raw` without layout and handles, or None when it says nothing of its own."""
    if TABLE.search(raw) or SOURCE.match(raw.strip()):
        return None
    handles: dict[int, None] = {}
    for match in sorted((*HANDLE.finditer(raw), *ROUND.finditer(raw)), key=lambda one: one.start()):
        handles.update(dict.fromkeys(_numbers(match["numbers"])))
    text = raw
    for pattern in CITING:
        text = pattern.sub("", text)
    text = LAYOUT.sub("", EMPHASIS.sub("", text), count=1)
    text = OPENING.sub("", re.sub(r"\s+", " ", text).strip(), count=1)
    announces = ANNOUNCING.search(text) or (HEADING.match(raw) and not handles)
    return Sentence(text, tuple(handles)) if WORDING.search(text) and not announces else None


def _numbers(inside: str) -> list[int]:
    """1, 3-5 → 1 3 4 5. A range too wide is only its ends: both must then have been offered."""
    found: list[int] = []
    for part in re.split(r"[,，、;；\s]+(?![~—–-])", re.sub(r"\s*([~—–-])\s*", r"\1", inside)):
        ends = [int(number) for number in re.split(r"[~—–-]", part) if number]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < HANDLES_MAX:
            ends = list(range(ends[0], ends[1] + 1))
        found += ends
    return found
