"""Clause addresses in questions: 第21条, 第三条第二款, 附件2第一条, 专栏3第2项, 表1第3行, 三（四）, 四24."""

import re
from collections.abc import Callable
from dataclasses import replace

from bot.model import Address
from ingest.numerals import CHINESE_NUMERAL, numeral_text, numeral_value

NUMBER = rf"(?:\d{{1,3}}|{CHINESE_NUMERAL})"
BEHIND = 24  # characters in which an address stands behind 附件2
PARTS = re.compile(rf"第({NUMBER})(部分|分编|编|章|节)")
ARABIC_PATH = re.compile(r"(?<![\d)一二三四五六七八九十])(?P<chapter>\d)\((?P<section>\d{1,2})\)(?P<item>\d{1,3})?")
# xiamen:三(四)21 · 三(四)21 · 三、(四) · 四24 · 二(十) · 三(四)21(2)
PATH = re.compile(
    r"(?<![一二三四五六七八九十])(?P<chapter>[一二三四五六七八九十]{1,3})、?\s?\((?P<section>[一二三四五六七八九十]{1,4})\)(?:、?(?P<item>\d{1,3})(?:\((?P<point>\d{1,2})\))?)?"
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
CHAPTER = re.compile(rf"第\s?(?P<chapter>{NUMBER})\s?(?:章|部分|大部分|大点|大块|大项|板块)")
# 第三部分第四节
COMPOSITE = re.compile(
    rf"(?<!编)第(?P<chapter>{NUMBER})\s?(?:章|部分)"
    rf"\s?第(?P<section>{NUMBER})\s?(?:节|条|项|小节)(?![一二三四五六七八九十]{{0,3}}[(、])"
)
CHAPTER_MARK = re.compile(r"(?:^|[\s,，的])(?P<chapter>[一二三四五六七八九十])、(?!\()")
SECTION = re.compile(r"\((?P<section>[一二三四五六七八九十]{1,4})\)")
# 附件2第一条 · 附件2 · 附件/一(二) · 附录A
ANNEX = re.compile(
    r"附(?P<what>[件录表图])\s?(?P<number>\d{1,2}(?![\d.])|[一二三四五六七八九十]{1,3}(?![(、])|[A-Z](?![A-Za-z]))?(?:\s?的|\s?[中里]的?|之|/|,)?\s?"
)
# 第二款第（三）项第4目, right behind an article's number
WITHIN = re.compile(
    rf"(?:之(?P<bis>{CHINESE_NUMERAL}))?\s?(?:的|中的?|,)?\s?(?:第\s?(?P<paragraph>{NUMBER})\s?款)?\s?(?:的|中的?|,)?"
    rf"\s?(?:第?\s?\(?(?P<point>{NUMBER})\)?\s?项)?\s?的?(?:第?\s?(?P<sub>{NUMBER})\s?目)?"
)
PART = rf"第{NUMBER}(?:部分|分编|编|章|节)"
# 第二章第一节 · 第三章一(二)3 · 第一部分二
PART_PATH = re.compile(
    rf"(?P<parts>{PART}(?:\s?{PART}){{0,3}})\s?(?P<rest>[一二三四五六七八九十]{{1,3}}(?=[、(]|$|的|\s|讲|说|写|内容|是什么)、?)?"
    r"(?P<section>\([一二三四五六七八九十]{1,4}\))?(?:(?<=[)一二三四五六七八九十、])(?P<item>\d{1,3})(?P<point>\(\d{1,2}\))?)?"
)
# 4.1.2 · 第4.1条 · A.2.1
DECIMAL = re.compile(
    r"(?<![\d.A-Za-z])(?:第\s?)?(?P<number>(?:[A-Z]|\d{1,2})(?:\.\d{1,2}){2,5}|[A-Z]\.\d{1,2}|^\d{1,2}\.\d{1,2}$|(?<=第)\d{1,2}\.\d{1,2}|\d{1,2}\.\d{1,2}(?=\s?[条款节](?!件)))(?![\d.%])\s?[条款节]?"
)
# 段3 · 标题2/1, as they are shown
SHOWN = re.compile(r"(?<![\u4e00-\u9fff])(?:段\d{1,4}|标题\d{1,3}(?:/\d{1,3})?)(?!\d)")
AS_SHOWN = re.compile(r"[第一二三四五六七八九十百零〇\d.()A-Z章节条编部分之专栏表/落款-]{1,24}")  # 附件2/一(二)
TABLE_NUMBER = rf"(?:\d{{1,2}}(?:[-—.]\d{{1,2}})?(?!\d)|{CHINESE_NUMERAL})"
# 表1第3行 · 表2-1的第1项; not of 附表2, which is an annex
TABLE_ROW = re.compile(
    rf"(?<!附)表\s?(?P<table>{TABLE_NUMBER})\s?[的中里]{{0,2}}\s?(?:/|第)\s?(?P<inner>{NUMBER})\s?(?:项|行|条|个|款)?"
)
# 表1 · 第二张表; not 电能表3年 or 代表一
TABLE = re.compile(
    rf"(?:(?<![\u4e00-\u9fff])|(?<=[的在中里见看查读问下和与及]))表\s?(?P<table>\d{{1,2}}(?:[-—.]\d{{1,2}})?(?![\d年月日家个台只项%])"
    rf"|{CHINESE_NUMERAL}(?=$|[\s,?、:的中里讲说写是有和与]))|第\s?(?P<nth>{NUMBER})\s?[个张]表(?![示明达面])"
)
# 二表1/1 · 一表/2, as they are shown where a number is taken or there is none
TABLE_SHOWN = re.compile(
    r"(?<![\w/])(?:[一二三四五六七八九十\d()]{1,12}表(?:\d{1,2}(?:-\d{1,2})?)?(?:/\d{1,3})?(?!\w)|表/\d{1,3})"
)
ROW = re.compile(rf"第\s?(?P<item>{NUMBER})\s?行")  # 附表2第1行
ENDS = {"题头": "front", "落款": "back"}


def find_address(text: str) -> Address | None:
    """The address `text` (folded) names, or None."""
    if annexed := _annexed(text):
        return annexed
    text = ARABIC_PATH.sub(_in_chinese, text)
    for pattern, read in FORMS:
        if match := pattern.search(text):
            return read(match)
    return next((Address(word, kind, path=word) for word, kind in ENDS.items() if word in text), None)


def _annexed(text: str) -> Address | None:
    """附件2, or an address right behind it. An annex without a number is one only with an address in it."""
    match = ANNEX.search(text)
    if match is None:
        return None
    label = f"附{match['what']}{_label(match['number'] or '')}"
    behind = text[match.end() : match.end() + BEHIND]
    if "/" in match.group() and (shown := AS_SHOWN.match(behind)):
        return Address(match.group() + shown.group(), "path", path=shown.group(), annex=label)
    inner = next((read(found) for pattern, read in (*FORMS, (ROW, _row)) if (found := pattern.match(behind))), None)
    if inner:
        return replace(inner, wording=match.group() + inner.wording, annex=label)
    return Address(match.group().rstrip("的/,中里 "), "annex", path=label) if match["number"] else None


def _label(number: str) -> str:
    return number if number.isascii() else str(numeral_value(number))


def _path(match: re.Match[str]) -> Address:
    point = f"({match['point']})" if match["point"] else ""
    return Address(match.group(), "path", path=f"{match['chapter']}({match['section']}){match['item'] or ''}{point}")


def _box(match: re.Match[str]) -> Address:
    inner = numeral_value(match["inner"]) if match["inner"] else 0
    return Address(match.group(), "box", numeral_value(match["box"] or match["nth"]), inner)


def _table(match: re.Match[str]) -> Address:
    told = match.groupdict()
    table = told["table"] or told.get("nth") or ""
    number = re.sub("[—.]", "-", table) if table[0].isdecimal() else str(numeral_value(table))
    row = f"/{numeral_value(inner)}" if (inner := told.get("inner")) else ""
    return Address(match.group().strip(), "table", path=f"表{number}{row}")


def _row(match: re.Match[str]) -> Address:
    return Address(match.group(), "item", numeral_value(match["item"]))


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
    number = numeral_value(match["item"] or match["alone"] or match["bare"])
    within = WITHIN.match(match.string, match.end()) if match.group().endswith("条") else None
    if within is None or not within.group().strip("的中, "):
        return Address(match.group().strip(), "item", number)
    wording = (match.group() + within.group()).strip().rstrip("的中,")
    counted = tuple(numeral_value(within[name]) if within[name] else 0 for name in ("paragraph", "point", "sub"))
    path = f"第{numeral_text(number)}条之{within['bis']}" if within["bis"] and 0 < number < 1000 else ""
    return Address(wording, "item", number, path=path, within=(counted[0], counted[1], counted[2]))


def _part_path(match: re.Match[str]) -> Address:
    if not match["rest"] and not match["section"] and len(PARTS.findall(match["parts"])) == 1:
        return _chapter_of(match)
    if composite := COMPOSITE.match(match.group()):
        return _composite(composite)
    parts = "".join(f"第{spelled(number)}{what}" for number, what in PARTS.findall(match["parts"]))
    tail = "".join(match[name] or "" for name in ("rest", "section", "item", "point")).replace("、", "")
    return Address(match.group().strip(), "path", path=parts + tail)


def _chapter_of(match: re.Match[str]) -> Address:
    number, _ = PARTS.findall(match["parts"])[0]
    return Address(match["parts"], "chapter", numeral_value(number))


def _decimal(match: re.Match[str]) -> Address:
    return Address(match.group().strip(), "path", path=match["number"])


def _shown(match: re.Match[str]) -> Address:
    return Address(match.group(), "path", path=match.group())


def spelled(number: str) -> str:
    value = numeral_value(number)
    return numeral_text(value) if 0 < value < 1000 else number


def _chapter_item(match: re.Match[str]) -> Address:
    return Address(match.group(), "path", path=f"{match['chapter']}{match['item']}")


def _section(match: re.Match[str]) -> Address:
    return Address(match.group(), "section", numeral_value(match["section"]))


FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Address]], ...] = (
    (SHOWN, _shown),
    (TABLE_SHOWN, _shown),
    (TABLE_ROW, _table),
    (COMPOSITE, _composite),
    (PART_PATH, _part_path),
    (PATH, _path),
    (BOX, _box),
    (TABLE, _table),
    (DECIMAL, _decimal),
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
