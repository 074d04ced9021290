"""Quantities of running text: one paragraph → what is counted, from what, to what.

Four ways of saying it: 检定覆盖率达到95%; 建成20个诚信计量示范区; 示范单位由30家增加到90家;
受检率和合格率分别达到95%和98%.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from re import Match

from ingest.amounts import AMOUNT, NUMBER, VALUE, Amount, amount_of
from ingest.groups import read_groups
from ingest.leads import EACH, RISEN, RISES, Lead, carried, phrase_start
from ingest.names import (
    NAME_MIN,
    TIMES_OF,
    YEARS_FIRST,
    first_name,
    is_name,
    last_name,
    shared_names,
    year_told,
    years_in,
)
from ingest.quantity import Quantity
from ingest.times import period_end, without_titles
from ingest.units import QUALIFYING, UNIT

FOLLOWS = "，。；、及并和与）"
YEAR = r"(?:20\d\d年[底末初]?)"
# 由30家增加到90家 · 从“十三五”末的85%提高到95% · 由2020年的3.2万台（件）增至5万台（件）
FROM_TO = re.compile(
    rf"[由从](?P<origin>[^，。；由从\d]{{0,12}}{YEAR}?[^，。；由从\d]{{0,6}})(?P<base>{NUMBER})[余多]?(?P<base_unit>{UNIT})?(?:{'以上|左右'})?"
    rf"[^，。；\d到至为]{{1,8}}[到至为](?P<when>{YEAR}?[^，。；\d]{{0,8}}){VALUE}"
)
# 3.8亿元建设实验室: what follows is what it is for
SPENT = re.compile(r"(?:资金|经费|投资|投入|金额|产值|总额)(?:达到?|约|超过)?$")
# 8个国家之一, 示范区（市）
NAMED_LAST = re.compile(r"(?P<name>[^\d，。；：、\n（）]{3,24}?(?:（[^（）]{1,3}）\w?区?)?)(?=[，。；、和（]|$)")
SUMS_UP = ("等", "这", "上述", "以上")  # …等4个平台 counts what was just listed
DATED = re.compile(r"20\d\d年")
SHARES = ("比例", "比率", "速度", "增速", "幅度", "价格", "额度")  # 按照不少于20%的比例抽查
LISTED, APART = (
    re.compile("[、和及与]"),
    re.compile(r"分别[^、，]{0,4}$"),
)  # 受检率、合格率分别达到 with too few amounts
TERM = re.compile(r"小时|天|日$")  # 24小时内答复投诉人 tells how soon, not of what there are 24
SHARED = re.compile(r"分别")
CONDITION = re.compile("的(?=[，。；]|应当|必须|按)")  # 投资≥50万元的，按30%补贴
THAN = re.compile(r"[较比][^，]{1,6}$")  # 满意度较上年明显提升
PLACE = "[\u4e00-\u9fff]{2,4}[省市县区](?![场政域级块间段])"
# of a phrase up to its amount: 邻近的海安市已建成320项 · 比我市多110项 · 全省平均水平为260项
OF_OTHERS = re.compile(
    rf"(?:邻近|相邻|毗邻)的?{PLACE}|周边(?:县区|区县|县市)|(?:全国|全省|同期)[^平]{{0,12}}平均水平[为是达]"
    r"|^[比较](?:[\u4e00-\u9fff]{1,4}[省市县区]|20\d\d年[底末]?)[多少高低]出?$"
)
TO_REACH = re.compile(rf"(?:追赶|赶超|看齐|对标){PLACE}")  # …98%的水平
PHRASE_MAX = 80  # characters
LEVEL = re.compile("的(?:水平|经验|做法)")
ONE_OF = re.compile(r"(?P<what>[^，。；、]{1,80}的)$")  # 参与驾驭国际原子时的8个国家之一


def read_quantities(paragraph: str) -> list[Quantity]:
    """In the order of the paragraph."""
    found = [one for one in _Paragraph(paragraph).read() if not _is_of_others(paragraph, one)]
    return list(_named(sorted(found, key=lambda one: one.at)))


def _is_of_others(paragraph: str, one: Quantity) -> bool:
    before = paragraph[max(0, one.at - PHRASE_MAX) : one.at]
    phrase = re.split("[，。；]", before)[-1]
    reached = TO_REACH.search(phrase) and LEVEL.match(paragraph, one.end)
    return bool(reached or OF_OTHERS.search(phrase))


def _named(found: list[Quantity]) -> Iterator[Quantity]:
    """机构达到10家，2023年、2024年分别达到6家、8家: what 分别 gives out without a name is of the one before."""
    told = None
    for one in found:
        if one.name:
            yield one
            told = one
        elif told and told.amount.unit == one.amount.unit:
            yield replace(one, name=told.name)


class _Paragraph:
    def __init__(self, paragraph: str) -> None:
        self.text, self.plain = without_titles(paragraph), paragraph
        self.amounts = list(AMOUNT.finditer(self.text))
        self.starts = [match.start() for match in self.amounts]
        self.taken: set[int] = set()  # where amounts start that are told

    def read(self) -> Iterator[Quantity]:
        yield from self._shared()
        yield from self._from_to()
        last, told = 0, None
        steps: list[Match[str]] = []
        for match in self.amounts:
            if match.start() not in self.taken and (found := self._single(match, last, told)):
                yield from self._steps(steps, found)
                last, told, steps = found.end, found, []
                yield found
            elif self._is_step(match, last):
                steps.append(match)
            else:
                steps = []
            if match.start() in self.taken or match["unit"] not in QUALIFYING:
                last = max(last, match.end())

    def _is_step(self, match: Match[str], last: int) -> bool:
        """2024年完成10家: a year and an amount of what is named later."""
        before = self.text[phrase_start(self.text, match.start(), last) : match.start()]
        follows = self.text[match.end() : match.end() + 1] in ("，", "、", "；")
        return follows and DATED.search(before) is not None and not first_name(before)[0]

    def _steps(self, steps: list[Match[str]], found: Quantity) -> Iterator[Quantity]:
        """2024年完成10家，2025年完成15家 before 2026年完成20家试点市场."""
        same = found.start == found.at and all(step["unit"] == found.amount.unit for step in steps)
        if same and steps and "。" not in self.text[steps[0].start() : found.at]:
            for step in steps:
                yield Quantity(found.name, amount_of(step), step.start(), step.end(), step.start())

    def _single(self, match: Match[str], last: int, told: Quantity | None) -> Quantity | None:
        start = phrase_start(self.text, match.start(), last)
        before, after = self.plain[start : match.start()], self.text[match.end() : match.end() + 1]
        if before.endswith(SUMS_UP):
            return None
        of = TIMES_OF.search(before) if match["unit"] == "倍" else None  # 达到2020年的2倍
        name, bound = first_name(before[: of.start()] if of else before)
        since = year_told(of["when"]) if of else bound.since
        if bound.word and CONDITION.match(self.text, match.end()):
            return None
        whole = not after or after in FOLLOWS or bound.reaches or SPENT.search(before)
        if not whole or (bound.word and not name and not told):
            return self._named_last(match, start, bound.word)
        lead = carried(Lead(self.plain, start, match, name, bound, since), last, told)
        return self._judged(lead)

    def _judged(self, lead: Lead) -> Quantity | None:
        """The quantity, if its name is one."""
        name, before, bound, match = lead.name, lead.before, lead.bound, lead.match
        each = name.startswith(EACH)
        least = 2 if f"“{name}”" in before else 3 if bound.reaches and not each else NAME_MIN
        if (bound.word and (each or not is_name(name, least))) or (bound.reaches and not name):
            last_named = self._named_last(
                match, lead.start, bound.word
            )  # 每县至少建成1家疾控中心, 累计达到50个服务站点
            if last_named or not is_name(name, least):
                return last_named
        if not is_name(name, least) or RISES.fullmatch(name) or (LISTED.search(name) and APART.search(before)):
            return None
        return Quantity(name, _bounded(match, bound.word), lead.start, match.end(), match.start(), None, lead.since)

    def _named_last(self, match: Match[str], start: int, word: str = "") -> Quantity | None:
        if match["unit"] in QUALIFYING:
            return None
        follows = NAMED_LAST.match(self.text, match.end())
        if follows is None or (follows["name"].startswith("内") and TERM.search(match["unit"])):
            return None
        name = self.plain[follows.start("name") : follows.end("name")]
        what = ONE_OF.search(self.text[start : match.start()]) if name.endswith("之一") else None
        name = last_name(what["what"] + name.removesuffix("之一") if what else name)
        if len(name) < NAME_MIN or name.startswith(SHARES):
            return None
        return Quantity(name, _bounded(match, word), match.start(), follows.end(), match.start())

    def _from_to(self) -> Iterator[Quantity]:
        for match in FROM_TO.finditer(self.text):
            if match.start("value") in self.taken:
                continue
            self._take(match.start(), match.end())
            start = phrase_start(self.text, match.start())
            name = first_name(self.plain[start : match.start()])[0]
            if not is_name(name) and start > 1:  # 示范单位数量，由30家增加到90家
                start = phrase_start(self.text, start - 1)
                name = first_name(RISEN.sub("", self.plain[start : match.start()].rstrip("，")))[0]
            if is_name(name):
                years = years_in(match["origin"])
                base_year = years[0] if years else period_end(match["origin"])
                goal = (*years_in(match["when"]), period_end(match["when"]), None)
                unit_kept = amount_of(match)
                if not unit_kept.unit:  # 由1.8%降至0
                    unit_kept = Amount(unit_kept.value, (match["base_unit"] or "").replace("％", "%"))
                yield Quantity(
                    name, unit_kept, start, match.end(), match.start("value"), match["base"], base_year, goal[0]
                )

    def _shared(self) -> Iterator[Quantity]:
        """Several names, then 分别, then as many amounts; or one name and as many years."""
        for word in SHARED.finditer(self.text):
            following = islice(self.amounts, bisect_left(self.starts, word.end()), None)
            groups = read_groups(self.text, word.end(), following)
            if not groups or len({len(group) for group in groups}) != 1 or len(groups[0]) < 2:
                continue
            start, goals = phrase_start(self.text, word.start()), groups[-1]
            subject = self.text[start : word.start()]
            years = years_in(subject) or self._years_before(start)
            names = shared_names(subject, len(goals))
            if len(years) == len(goals) > 1:
                names = [self._of_years(start, word.start(), word.end(), goals[0].start())] * len(goals)
            else:
                years = []
            self._take(word.end(), goals[-1].end())
            for index, (name, goal) in enumerate(zip(names, goals, strict=False)):
                base = groups[0][index]["value"] if len(groups) == 2 else None
                year = years[index] if years else None
                if is_name(name, 2) or (not name and years):
                    yield Quantity(name, amount_of(goal), start, goal.end(), goal.start(), base, None, year)

    def _of_years(self, start: int, word: int, end: int, goal: int) -> str:
        """What years give out by 分别: named before them, behind 分别, or in the phrase before, where it only rises.

        2025年、2026年分别打造线路3条、5条 · 满意度逐年提升，2025年、2026年分别达到85%、88%
        """
        name, behind = first_name(self.plain[start:word])[0], self.plain[end:goal]
        if is_name(name, 2):
            return name
        name = first_name(behind)[0]
        if is_name(name) and not (RISES.search(name) or behind.endswith("的")):
            return name
        before = self.plain[phrase_start(self.text, start - 1) : start - 1] if start > 1 else ""
        name = first_name(before)[0]
        risen = RISEN.sub("", name)
        return THAN.sub("", first_name(risen)[0]) if risen != name else ""

    def _years_before(self, start: int) -> list[int]:
        """到2025年和2035年，合格率分别达到…"""
        before = self.text[phrase_start(self.text, start - 1) : start] if start else ""
        return years_in(before) if YEARS_FIRST.fullmatch(before) else []

    def _take(self, start: int, end: int) -> None:
        self.taken.update(self.starts[bisect_left(self.starts, start) : bisect_left(self.starts, end)])


def _bounded(match: Match[str], word: str) -> Amount:
    amount = amount_of(match)
    return Amount(amount.value, amount.unit, word + amount.qualifier)
