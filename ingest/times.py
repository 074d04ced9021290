"""For when a sentence speaks: 到2025年 sets a target, 截至2020年底 and 已 tell what is, “十四五”末 is a year too."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from re import Match

# 到2025年底 · 至2030年 · 2021—2025年
TO_YEAR = re.compile(
    r"(?:(?<!截)[到至]|20\d\d[—–~～-])(?P<year>20\d\d)年(?:年?[底末])?(?!的?[\d.]{1,5}倍|的[一二两三四五]倍)"
)
# 截至2020年底 · 截止到2020年
SO_FAR = re.compile(r"截[至止]到?(?P<year>20\d\d)年(?:\d{1,2}月)?(?:\d{1,2}日)?(?:年?[底末])?")
# 2025年， · 2025年底前
IN_YEAR = re.compile(
    r"(?:(?<![\d到至止—–~～-])|(?<=^——))(?P<year>20\d\d)年(?:[底末](?:前)?|前)?(?=，)|(?<![\d到至止])(?P<by>20\d\d)年(?:[底末]|\d{1,2}月(?:底|末|\d{1,2}日)?)?前"
)
# 2025年建成40个 · 其中2024年达到90% — but not 2021年以来, 2021—2025年, 2020年的85%
PHRASE_YEAR = re.compile(
    r"(?:^|(?<=^——)|(?<=[，。；：、（\n])|(?P<of>(?<=其中))|(?<=力争)|(?<=争取)|(?<=确保)|(?<=计划)|(?<=预计))"
    r"(?P<year>20\d\d)年[底末度]?+(?![的以起至初前后印，、—–~～-]|\d{1,2}月|[和与及到]20)"
)
# 成交额2025年达到1000亿元 — but not 由2020年达到, 比2020年提高
VERB_YEAR = re.compile(
    r"(?<!其中)(?<![由从自较比于同与到至止和及、\d—–~～-])(?P<year>20\d\d)年[底末]?"
    r"(?=(?:力争|争取|确保|预计|要|应|将)?(?:[达超降升增减]|分别|突破|不[低少高超]|提[高升]|控制|保持|稳定|累计))"
)
# 平政〔2022〕5号, on a line of its own
WRITTEN_IN = re.compile(r"^[^（）《》，。\n]{1,12}[〔\[［（(](?P<year>20\d\d)[〕\]］）)]第?\d{1,5}号?$", re.MULTILINE)
# 2024年3月1日 under it all · 本措施自2024年5月1日起施行
SIGNED_IN = re.compile(r"^(?P<year>20\d\d)年\d{1,2}月\d{1,2}日$", re.MULTILINE)
FROM_THEN = re.compile(r"自(?P<year>20\d\d)年\d{1,2}月\d{1,2}日起(?:施行|实施|执行|生效)")
TITLE_YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)年?(?:[—–~～-]{1,2}20\d\d年|(?<=年))")
# “十三五”末 · “十四五”期间 — but not 从“十三五”末的85%提高到
PERIOD = re.compile(r"(?<![从由比较自“])“?十(?P<plan>[一二三四五六七])五”?(?:规划)?(?:期?末|期间|时期|以来|初)?")
ANY_PERIOD = re.compile(r"十(?P<plan>[一二三四五六七])五")
IS_WORDS = re.compile(
    r"已(?!有关)|截[至止](?=(?:\d{1,2}月(?:[底末]|\d{1,2}日)?+|目前|当前|[本上]月)(?!前))|现有|目前|现阶段|以来|近年来?|年来|(?<![由从自比较与和同])去年(?![底末])"
)
AIMS_WORDS = re.compile(r"力争|争取|确保|计划|预计|拟|将(?=达|建|实|有|培|超|新|完|增|提)")
BASIS = re.compile(r"基础上")
# 2025年工作计划, 2025年重点工作, 2025年经济社会发展主要预期目标: headings
PLANNED = re.compile(
    r"(?:到)?(?P<year>20\d\d)年?度?(?:(?!回顾|总结|完成|情况|成效|以来|取得|开展的|采取|落实)[\u4e00-\u9fff“”]){0,16}"
    r"(?:计划|任务|目标|安排|打算|要点|重点|思路|举措|(?:重点|主要|下一步)工作)"
)
# 2026年《政府工作报告》确定的重点任务, 2025年计量工作要点: titles; not （2021—2025年）
TITLED = re.compile(
    r"(?<![\d—–~～-])(?P<year>20\d\d)年度?(?:《[^《》]{1,60}》)?[^—–~～\d]{0,20}?(?:任务(?!书)|要点|重点工作|实事|工作安排|工作计划)"
)
TOLD_BACK = re.compile(r"(?:情况|总结|评估|考核|报告)(?:的通[知报])?$|通报$")  # …重点任务完成情况的通报
MILESTONE = re.compile(r"^——(?P<year>20\d\d)年[，：]", re.M)  # ——2025年，建成12家。
# 完成时限：2025年11月底
DUE = re.compile(r"(?:完成|办结|整改)?(?:时限|时间|期限)[：:](?:20\d\d年[^，。；\n]{0,10}[至到—-])?(?P<year>20\d\d)年")
TITLE = re.compile(r"《[^《》\n]{0,80}》")
TITLE_LINES = 4
FIRST_END, YEARS = 1955, 5  # “十四五” ends 1955 + 5 × 14
NEAR, SENTENCE_MAX = 50, 400  # how many signs, how many characters matter
LASTING = ("以来", "近年", "年来")
# headings that tell what was, not what is aimed at: 发展成效, 发展背景, 工作基础, “十三五”回顾
BACKGROUND = re.compile(
    r"(?:发展|工作|主要|现实|现有|规划|建设|总体){0,2}(?:背景|现状|成效|成就|成绩|回顾|进展|形势)(?:[与和及].{1,8})?"
    r"|(?:发展|工作|现实|现有)基础|存在问题|(?:目标|任务|工作|主要)*(?:完成|开展|落实|执行|推进)情况|(?:工作)?总结"
)
# “十三五”回顾 · 2024年政府工作回顾
OF_WHEN = re.compile(
    r"(?:“十[三四五]五”|(?P<year>20\d\d)年度?|过去[一二两三五]年|全年)?(?:政府|经济社会|全[省市县区])?"
)


@dataclass(frozen=True, slots=True)
class Time:
    """Whether something is aimed at or is so, and in which year."""

    aimed: bool
    year: int | None = None


@dataclass(frozen=True, slots=True)
class _Sign:
    """Words of time: they hold from `start` to `until`."""

    start: int
    until: int
    time: Time


def without_titles(text: str) -> str:
    """`text`, its length kept, with titles of documents blanked: their years and numbers are names."""
    return TITLE.sub(lambda match: "《" + "\u3000" * (len(match[0]) - 2) + "》", text)


def period_end(text: str) -> int | None:
    """The last year of the five-year plan named in `text`: “十三五”末 → 2020."""
    match = ANY_PERIOD.search(text)
    return _end(match["plan"]) if match else None


def named_years(text: str) -> list[int]:
    """Years that targets are set for, in the order of the text."""
    return [int(match["year"]) for match in TO_YEAR.finditer(without_titles(text))]


def heading_year(heading: str) -> int | None:
    """到2025年发展目标 · 2025年工作计划"""
    planned = PLANNED.fullmatch(heading)
    return int(planned["year"]) if planned else next(iter(named_years(heading)), None)


def titled_year(title: str) -> int | None:
    """The one year a document is to be carried out in, as its title has it."""
    titled = None if TOLD_BACK.search(title) else TITLED.search(title)
    return int(titled["year"]) if titled else None


def due_year(text: str) -> int | None:
    """完成时限：2025年11月底, of all that its clause tells."""
    match = DUE.search(text)
    return int(match["year"]) if match else None


def horizon(texts: Iterable[str], ahead: Iterable[str] = ()) -> int | None:
    """The first year the document sets targets for: what is told of a year before it is past.

    `ahead`: texts that do not look back, in which ——2025年， is a milestone.
    """
    wholes = [without_titles(text) for text in texts]
    years = [year for text in wholes for year in named_years(text)]
    years += [int(match["year"]) for text in map(without_titles, ahead) for match in MILESTONE.finditer(text)]
    ends = [_end(match["plan"]) for text in wholes for match in PERIOD.finditer(text)]
    return min(years, default=max(ends, default=None))


def written_in(front: str, rest: str = "") -> int | None:
    """The year a document is of: what is told of an earlier one is past.

    By its number, its signature at the end of the `rest`, the day it takes effect, else by its title.
    """
    text = without_titles(front)
    own = WRITTEN_IN.search(text) or SIGNED_IN.search(rest) or FROM_THEN.search(without_titles(rest))
    titles = (TITLE_YEAR.search(line) for line in text.split("\n")[:TITLE_LINES] if not set(line) & set("，。："))
    found = own or next((one for one in titles if one), None)
    return int(found["year"]) if found else None


def background(heading: str) -> Time | None:
    """When a heading tells of what was, and not of what is aimed at; None of any other heading."""
    when = OF_WHEN.match(heading)
    if not when or not BACKGROUND.fullmatch(heading, when.end()):
        return None
    return Time(False, int(when["year"]) if when["year"] else None)


class Times:
    """The times of one paragraph."""

    def __init__(self, text: str, first: int | None, otherwise: Time, written: int | None = None) -> None:
        """`first` is the document's horizon, `written` its own year; `otherwise` holds where the text says nothing."""
        self.otherwise = otherwise
        self.signs = sorted(_signs(text, first, written), key=lambda sign: sign.start)
        self.starts = [sign.start for sign in self.signs]

    def at(self, position: int) -> Time:
        """What holds for an amount at `position`: the nearest words before it."""
        before = bisect_right(self.starts, position)
        live = [sign.time for sign in self.signs[max(0, before - NEAR) : before] if position < sign.until]
        if not live:
            return self.otherwise
        time = live[-1]
        dated = [one.year for one in live if one.aimed == time.aimed and one.year]
        if dated:
            return Time(time.aimed, dated[-1])
        return self.otherwise if time.aimed == self.otherwise.aimed else time


def _signs(text: str, first: int | None, written: int | None) -> Iterable[_Sign]:
    end = len(text)
    years = [(match.start(), int(match["year"])) for match in TO_YEAR.finditer(text)]
    for start, year in years:
        yield _Sign(start, end, Time(True, year))
    for match in SO_FAR.finditer(text):
        yield _Sign(match.start(), end, Time(False, int(match["year"])))
    for match in IN_YEAR.finditer(text):
        year = int(match["year"] or match["by"])
        yield _Sign(match.start(), end, Time(_ahead(year, match, years, first, written), year))
    for match in (*PHRASE_YEAR.finditer(text), *VERB_YEAR.finditer(text)):
        year = int(match["year"])
        yield _Sign(match.start(), _phrase_end(match), Time(_ahead(year, match, years, first, written), year))
    for match in PERIOD.finditer(text):
        year = _end(match["plan"])
        yield _Sign(match.start(), end, Time(first is None or year >= first, year))
    for match in IS_WORDS.finditer(text):
        yield _Sign(match.start(), _reach(text, match.end(), match[0]), Time(False))
    for match in AIMS_WORDS.finditer(text):
        yield _Sign(match.start(), _reach(text, match.end(), match[0]), Time(True))


def _ahead(year: int, match: Match[str], years: list[tuple[int, int]], first: int | None, written: int | None) -> bool:
    """Whether a year is still to come when the document is written.

    2023年底前 is, as a deadline, and 其中2024年 after 到2026年, as a step on the way. Where the document does not say
    when it is of, a year before the first one aimed at is past.
    """
    found = match.groupdict()
    step = (
        found.get("of") is not None
        or "其中" in match.string[match.string.rfind("。", 0, match.start()) + 1 : match.start()]
    )
    if match[0].endswith("前") or (step and any(at < match.start() for at, _ in years)):
        return True
    if written:
        return year >= written
    later = any(at > match.start() and other > year for at, other in years)
    return not later and (first is None or year >= first)


def _phrase_end(match: Match[str]) -> int:
    """A year within a sentence holds for it, one after 其中 for what is told next alone."""
    marks = "，。；、" if match.groupdict().get("of") is not None else "。；"
    ends = [at for mark in marks if (at := match.string.find(mark, match.end(), match.end() + SENTENCE_MAX)) >= 0]
    return min(ends, default=min(match.end() + SENTENCE_MAX, len(match.string)))


def _reach(text: str, start: int, word: str) -> int:
    """党的十八大以来 holds for its paragraph, 已 for its sentence, and no further than 基础上."""
    if word.startswith(LASTING):
        return len(text)
    last = min(start + SENTENCE_MAX, len(text))
    basis = BASIS.search(text, start, last)
    ends = [at for mark in "。；" if (at := text.find(mark, start, last)) >= 0] + ([basis.start()] if basis else [])
    return min(ends, default=last)


def _end(plan: str) -> int:
    return FIRST_END + YEARS * (10 + "一二三四五六七".index(plan) + 1)
