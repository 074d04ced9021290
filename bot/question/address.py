"""Clause addresses in questions: 第21条, 专栏3第2项, 三（四）, 四24 — resolved by look-up, never by search."""

import re
from collections.abc import Callable

from bot.model import Address
from ingest.marks import CHINESE_NUMERAL, numeral_text, numeral_value
from ingest.model import Kind, Plan

NUMBER = rf"(?:\d{{1,3}}|{CHINESE_NUMERAL})"
ARABIC_PATH = re.compile(r"(?<!\d)(?P<chapter>\d)\((?P<section>\d{1,2})\)(?P<item>\d{1,3})?")
# xiamen:三(四)21 · 三(四)21 · 三、(四) · 四24 · 二(十)
PATH = re.compile(
    r"(?<![一二三四五六七八九十])(?P<chapter>[一二三四五六七八九十]{1,3})、?\s?\((?P<section>[一二三四五六七八九十]{1,4})\)(?:、?(?P<item>\d{1,3}))?"
)
CHAPTER_ITEM = re.compile(
    r"(?<![一二三四五六七八九十\d第])(?P<chapter>[一二三四五六七八九十])(?P<item>\d{1,2})(?![\d年月日家项个%台套名次万])"
)
BOX = re.compile(
    rf"专栏\s?(?P<box>{NUMBER})(?:\s?(?:/|的?第)\s?(?P<inner>{NUMBER})\s?(?:项|条|个|行|款)?)?|第\s?(?P<nth>{NUMBER})\s?个?专栏"
)
ITEM = re.compile(
    rf"第\s?(?P<item>{NUMBER})\s?(?:条|项|款|点)|(?:^|[\s,跟和与])(?P<alone>\d{{1,2}})条(?=[跟和与,责谁的呢吧?\s]|$)|"
    rf"(?<!\d)(?P<bare>\d{{1,2}})条(?:原文|内容|讲|说|是什么|写)"
)
CHAPTER = re.compile(rf"第\s?(?P<chapter>{NUMBER})\s?(?:章|部分|大部分|大点)")
# 第三部分第四节
COMPOSITE = re.compile(rf"第(?P<chapter>{NUMBER})\s?(?:章|部分)\s?第(?P<section>{NUMBER})\s?(?:节|条|项|小节)")
CHAPTER_MARK = re.compile(r"(?:^|[\s,，的])(?P<chapter>[一二三四五六七八九十])、(?!\()")
SECTION = re.compile(r"\((?P<section>[一二三四五六七八九十]{1,4})\)")
ENDS = {"题头": "front", "落款": "back"}


def find_address(text: str) -> Address | None:
    """The address `text` (folded) names, or None."""
    text = ARABIC_PATH.sub(_in_chinese, text)
    for pattern, read in FORMS:
        if match := pattern.search(text):
            return read(match)
    return next((Address(word, kind, path=word) for word, kind in ENDS.items() if word in text), None)


def _path(match: re.Match[str]) -> Address:
    return Address(match.group(), "path", path=f"{match['chapter']}({match['section']}){match['item'] or ''}")


def _box(match: re.Match[str]) -> Address:
    inner = numeral_value(match["inner"]) if match["inner"] else 0
    return Address(match.group(), "box", numeral_value(match["box"] or match["nth"]), inner)


def _composite(match: re.Match[str]) -> Address:
    numerals = [numeral_value(match[name]) for name in ("chapter", "section")]
    if not all(0 < value < 1000 for value in numerals):
        return Address(match.group(), "path", path=match.group())
    chapter, section = map(numeral_text, numerals)
    return Address(match.group(), "path", path=f"{chapter}({section})")


def _chapter(match: re.Match[str]) -> Address:
    return Address(match.group(), "chapter", numeral_value(match["chapter"]))


def _chapter_mark(match: re.Match[str]) -> Address:
    return Address(match["chapter"] + "、", "chapter", numeral_value(match["chapter"]))


def _item(match: re.Match[str]) -> Address:
    return Address(match.group().strip(), "item", numeral_value(match["item"] or match["alone"] or match["bare"]))


def _chapter_item(match: re.Match[str]) -> Address:
    return Address(match.group(), "path", path=f"{match['chapter']}{match['item']}")


def _section(match: re.Match[str]) -> Address:
    return Address(match.group(), "section", numeral_value(match["section"]))


FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Address]], ...] = (
    (PATH, _path),
    (BOX, _box),
    (COMPOSITE, _composite),
    (CHAPTER, _chapter),
    (ITEM, _item),
    (CHAPTER_ITEM, _chapter_item),
    (SECTION, _section),
    (CHAPTER_MARK, _chapter_mark),
)


def _in_chinese(match: re.Match[str]) -> str:
    """6(31) as some type it → 六(三十一)."""
    chapter, section = int(match["chapter"]), int(match["section"])
    if not chapter or not section:
        return match.group()
    return f"{numeral_text(chapter)}({numeral_text(section)}){match['item'] or ''}"


def resolve(address: Address, plan: Plan) -> str | None:
    """The path of `address` in `plan`, None when the plan has no such unit."""
    paths = {clause.path: clause for clause in plan.clauses}
    for candidate in _candidates(address, plan):
        if candidate in paths:
            return candidate
    return None


def _candidates(address: Address, plan: Plan) -> list[str]:
    if address.path:
        return [address.path]
    if address.kind == "box":
        box = f"专栏{address.number}"
        return [f"{box}/{address.inner}"] if address.inner else [box]
    if address.kind == "chapter":
        return [numeral_text(address.number)] if 0 < address.number < 1000 else []
    if address.kind == "section":
        return _numbered(plan, numeral_text(address.number), Kind.SECTION)
    article = f"第{numeral_text(address.number)}条" if 0 < address.number < 1000 else ""
    running = _running(plan, address.number)
    if running or items_run_on(plan) or sections_run_on(plan) or not 0 < address.number < 1000:
        return [article, *running]
    return [article, *_numbered(plan, numeral_text(address.number), Kind.SECTION)]


def _running(plan: Plan, number: int) -> list[str]:
    """The unit a plan's running numbers give 第N条: items 1.–27., or sections （一）–（三十八） where none run on."""
    if items_run_on(plan):
        return [c.path for c in plan.clauses if c.kind is Kind.ITEM and item_number(c.path) == number]
    if sections_run_on(plan) and 0 < number < 1000:
        return _numbered(plan, numeral_text(number), Kind.SECTION)
    return []


def _numbered(plan: Plan, numeral: str, kind: Kind) -> list[str]:
    found = [c.path for c in plan.clauses if c.path.endswith(f"({numeral})") and c.kind in (kind, Kind.HEADING)]
    return found if len(found) == 1 else []


def item_number(path: str) -> int:
    """The item number a path ends with, 0 when it has none."""
    match = re.search(r"(\d+)$", path)
    return int(match.group(1)) if match else 0


def items_run_on(plan: Plan) -> bool:
    """Whether the plan's items are numbered through: 1. to 27. across sections and chapters."""
    numbers = [item_number(clause.path) for clause in plan.clauses if clause.kind is Kind.ITEM]
    return len(numbers) > 3 and len(set(numbers)) == len(numbers)


def sections_run_on(plan: Plan) -> bool:
    """Whether the plan's sections are: （一） to （三十八） across chapters."""
    numerals = [m.group(1) for clause in plan.clauses if (m := re.search(r"\(([^()]+)\)$", clause.path))]
    chapters = {clause.path[0] for clause in plan.clauses if "(" in clause.path}
    return len(chapters) > 1 and len(numerals) > 3 and len(set(numerals)) == len(numerals)
