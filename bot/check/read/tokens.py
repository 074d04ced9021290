"""Numbers in a folded text: years, dates, document numbers, addresses, quantities with unit and bound. Read one way
in a sentence and in a clause, so that 三百五十项 and 350项 are the same thing and 350家 is not."""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

from bot.check.read.units import MEASURES, MORE, SAME_UNIT, TIMES, UNIT, bound_of
from ingest.numerals import DIGITS, NUMERALS, chinese_number


class Sort(StrEnum):
    YEAR = "year"
    DATE = "date"
    DOCUMENT = "document"
    ADDRESS = "address"
    QUANTITY = "quantity"
    LITERAL = "literal"  # 三位一体, 2+4+X, 第一位: no quantity
    ONE = "one"  # 一个, 一项: a number or an article


@dataclass(frozen=True, slots=True)
class Token:
    """A number where it stands. `values`: one, two of a range; (year, month, day) of a date; (year, number) of a
    document number, whose office is in `unit`. Of an address `unit` is 条, 章, 专栏."""

    sort: Sort
    text: str
    start: int
    end: int
    values: tuple[Decimal, ...] = ()
    unit: str = ""
    bound: str = ""


NUMBER = rf"(?:\d++(?:\.\d+)?(?:[万亿]|千(?!克)|百(?!分))*|[{NUMERALS}]++(?:点[零〇一二三四五六七八九]+[万亿]?)?)"
CN_DIGIT = "零〇一二三四五六七八九"
# (国发〔2021〕37号 · 泉政文[2023]14号 · 财税(2018)54号文
DOCUMENT = re.compile(
    r"(?P<office>[\u3400-\u9fff]{0,10})[〔\[(【](?P<year>\d{4})[〕\])】](?:第)?(?P<number>\d+)号(?:文件?)?"
)
BARE_DOCUMENT = re.compile(r"(?:(?P<year>\d{4})年第?|(?P<office>[\u3400-\u9fff]{0,4}))(?P<number>\d+)号文(?:件)?")
DATE = re.compile(
    rf"(?:(?P<y>\d{{4}}|[{CN_DIGIT}]{{4}})年)?(?<!\d)(?P<m>\d{{1,2}}|[{NUMERALS}]{{1,3}})月(?:(?P<d>\d{{1,2}}|[{NUMERALS}]{{1,3}})[日号])?"
    r"|(?P<iy>\d{4})[-/.](?P<im>\d{1,2})[-/.](?P<id>\d{1,2})(?!\d)"
)
YEARS = re.compile(
    rf"(?P<from>\d{{4}})年?(?:-|至|到)(?P<to>\d{{4}})年"
    rf"|(?P<one>\d{{4}}|[{CN_DIGIT}]{{4}}|(?!二三|三四)[二三][{CN_DIGIT}])年(?!级)度?"
)
ADDRESS = re.compile(
    rf"第\(?(?P<n>\d+|[{NUMERALS}]+)\)?(?P<k>条|章|节|款|项|点(?!\d)|部分)|(?P<box>专栏)第?(?P<bn>\d+|[{NUMERALS}]+)"
)
ORDINAL = re.compile(rf"第十[二三四五六七]个五年|第(?:\d+|[{NUMERALS}]+)[\u3400-\u9fff]?")
# digits glued to letters, plus signs or a middle dot: 2+4+X, 5·20, N95, X射线 — but not 60kg
GLUED = re.compile(r"(?<!\d)(?:\d++(?:[+·]|[A-Za-z]))+[\dA-Za-z]*|(?<![A-Za-z])[A-Za-z]++-?\d+[A-Za-z\d]*|[+·]\d+")
PERCENT = re.compile(
    rf"(?P<of>[百千])分之(?P<n>百|{NUMBER})|(?P<tenths>[一二两三四五六七八九\d])成"
    rf"(?:(?P<ones>[二三四五六七八九]|一(?![线般些个项次批家种类年月起同切并概直]))|(?![立为果员效本熟就长交都分不]))"
)
QUANTITY = re.compile(rf"(?P<n>{NUMBER})(?P<more>余|多(?!个?百分))?(?P<unit>{UNIT})?")
RANGE = re.compile(rf"(?P<low>{NUMBER})(?P<lowunit>{UNIT})?(?:-|至|到)(?P<high>{NUMBER})(?:余|多)?(?P<unit>{UNIT})?")
NOT_UNIT = re.compile(
    r"位一体|次性|家园|日常|级联|部门|部委|部署|名单|人民|人员|大(?:[量力多批]|以来|精神|报告|召开)|套餐|项目|市场|地区|市级|省级|年度|类型|条件|条款|元素|期间|天然|只[有要能]|块链|支持|处理|所有|者均|级别|种植|份额|件的|倍增|周(?:围|边|密|年|全)|月(?:份|底|初|末)|分(?!钟)"
)
NEARLY = re.compile("一[两二]|[两二]三|三四|四五|五六|六七|七八|八九")  # 一两个: 1-2个
EACH, PERIOD = tuple("哪每这那某同任"), tuple("期为满过足超")
WITHIN = re.compile(r"(?:[以之]?[内后前]|以[上下])")
FEW = 12  # more than these no figure of speech counts


@lru_cache(maxsize=4096)
def tokens(text: str) -> tuple[Token, ...]:
    """All numbers of a folded text, in order; each character belongs to one of them at most."""
    found: list[Token] = []
    taken = [False] * len(text)
    for read in (_documents, _addresses, _dates, _years, _ordinals, _glued, _percents, _quantities):
        for token in read(text, taken):
            if not any(taken[token.start : token.end]):
                taken[token.start : token.end] = [True] * (token.end - token.start)
                found.append(token)
    return tuple(sorted(found, key=lambda token: token.start))


def number(run: str) -> Decimal | None:
    """Arabic digits with 万 or 亿 after them, or a Chinese number."""
    digits = re.match(r"\d+(?:\.\d+)?", run)
    if not digits:
        return chinese_number(run)
    value = Decimal(digits.group())
    for scale in run[digits.end() :]:
        value *= {"万": 10**4, "亿": 10**8, "千": 1000, "百": 100}[scale]
    return value


def _documents(text: str, _: list[bool]) -> list[Token]:
    found = []
    for match in DOCUMENT.finditer(text):
        values: tuple[Decimal, ...] = (Decimal(match["year"]), Decimal(match["number"]))
        start = match.end("office")
        found.append(Token(Sort.DOCUMENT, match.group(), start, match.end(), values, match["office"]))
    for match in BARE_DOCUMENT.finditer(text):
        start = match.start() if match["year"] else match.end("office")
        values = tuple(Decimal(match[name]) for name in ("year", "number") if match[name])
        found.append(Token(Sort.DOCUMENT, match.group(), start, match.end(), values, match["office"] or ""))
    return found


def _addresses(text: str, _: list[bool]) -> list[Token]:
    found = []
    for match in ADDRESS.finditer(text):
        if text.startswith("五年", match.end() - 1):
            continue
        value = number(match["n"] or match["bn"])
        values = (value,) if value is not None else ()
        found.append(Token(Sort.ADDRESS, match.group(), match.start(), match.end(), values, match["k"] or match["box"]))
    return found


def _dates(text: str, _: list[bool]) -> list[Token]:
    found = []
    for match in DATE.finditer(text):
        parts = (
            [match[name] for name in ("y", "m", "d")] if match["m"] else [match[name] for name in ("iy", "im", "id")]
        )
        if match["m"] and not match["y"] and not match["d"] and text.startswith(("个", "内"), match.end()):
            continue
        values = tuple((number(part) or Decimal(-1)) if part else Decimal(0) for part in parts)
        found.append(Token(Sort.DATE, match.group(), match.start(), match.end(), values))
    return found


def _years(text: str, _: list[bool]) -> list[Token]:
    found = []
    for match in YEARS.finditer(text):
        if match["one"]:
            run = match["one"]
            value = number(run) if len(run) > 2 else number(f"二〇{run}")  # 二五年: 2025
            if value is not None and value >= 1000:
                found.append(Token(Sort.YEAR, match.group(), match.start(), match.end(), (value,)))
        else:
            ends = tuple(Decimal(match[name]) for name in ("from", "to"))
            found.append(Token(Sort.YEAR, match.group(), match.start(), match.end(), ends))
    return found


def _ordinals(text: str, _: list[bool]) -> list[Token]:
    return [Token(Sort.LITERAL, match.group(), match.start(), match.end()) for match in ORDINAL.finditer(text)]


def _glued(text: str, _: list[bool]) -> list[Token]:
    found = [one for one in GLUED.finditer(text) if not re.fullmatch(r"\d+(?:\.\d+)?kg", one.group())]
    return [Token(Sort.LITERAL, one.group(), one.start(), one.end()) for one in found]


def _percents(text: str, _: list[bool]) -> list[Token]:
    found = []
    for match in PERCENT.finditer(text):
        value = _percent(match)
        if value is not None:
            found.append(_bounded(text, match.start(), match.end(), (value,), "%"))
    return found


def _percent(match: re.Match[str]) -> Decimal | None:
    """九成二, 百分之九十二: 92; 千分之三: 0.3."""
    if match["tenths"]:
        return 10 * (number(match["tenths"]) or Decimal(0)) + DIGITS.get(match["ones"], 0)
    value = Decimal(100) if match["n"] == "百" else number(match["n"])
    return value / 10 if value is not None and match["of"] == "千" else value


def _quantities(text: str, taken: list[bool]) -> list[Token]:
    found, position = [], 0
    while match := QUANTITY.search(text, position):
        position = match.start() + 1
        if taken[match.start()]:
            continue
        token = _range(text, match.start(), taken) or _single(text, match)
        position = max(position, token.end if token else match.end())
        found += [token] if token else []
    return found


def _range(text: str, start: int, taken: list[bool]) -> Token | None:
    """3-5项; from 从6项到16项 two numbers are read."""
    match = RANGE.match(text, start)
    if match is None or text[start - 1 : start] == "从" or any(taken[start : match.end()]):
        return None
    low, high = number(match["low"]), number(match["high"])
    if low is None or high is None or low >= high:
        return None
    return _bounded(text, start, match.end(), (low, high), match["unit"] or match["lowunit"] or "")


def _single(text: str, match: re.Match[str]) -> Token | None:
    run, unit, end = match["n"], match["unit"] or "", match.end()
    if unit and NOT_UNIT.match(text, match.start("unit")):
        unit, end = "", match.end("more") if match["more"] else match.end("n")
    if NEARLY.fullmatch(run) and unit:
        low, high = (DIGITS[char] for char in run)
        return _bounded(text, match.start(), end, (Decimal(low), Decimal(high)), unit)
    plain_unit = SAME_UNIT.get(unit, unit)
    if (run in ("零", "〇") and plain_unit not in MEASURES) or (run == "一" and not unit):
        return None
    if run == "一" and _is_each(text, match, plain_unit):
        return Token(Sort.ONE, text[match.start() : end], match.start(), end, (Decimal(1),), unit)
    value = number(run)
    if value is None or not (unit or value > FEW or run[0].isdigit()):
        return _literal(text, match.start(), match.end("n"))
    return _bounded(text, match.start(), end, (value,), unit, match["more"] or "")


def _is_each(text: str, match: re.Match[str], unit: str) -> bool:
    """一家 may mean any, 一年一次 each year; 一倍 counts, as do 期一年 and 一个月内."""
    if unit not in TIMES:
        return unit not in MEASURES
    before = text[max(0, match.start() - 1) : match.start()]
    return before in EACH or not (before in PERIOD or WITHIN.match(text, match.end()))


def _literal(text: str, start: int, end: int) -> Token | None:
    """Not what no number counts: 十分, 缺斤短两."""
    counted = text[start:end] not in ("十", "万一") and "\u3400" <= text[end : end + 1] <= "\u9fff"
    return Token(Sort.LITERAL, text[start : end + 1], start, end) if counted else None


def _bounded(text: str, start: int, end: int, values: tuple[Decimal, ...], unit: str, more: str = "") -> Token:
    bound = bound_of(text[max(0, start - 9) : start], text[end : end + 6]) or (MORE if more else "")
    if unit == "‰":
        values, unit = tuple(one / 10 for one in values), "%"
    return Token(Sort.QUANTITY, text[start:end], start, end, values, SAME_UNIT.get(unit, unit), bound)
