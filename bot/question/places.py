"""Places named in a question: plans of the corpus by city, district or alias, and places the corpus does not hold."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.question.wording import Wording
from ingest.corpus import NATIONAL, Corpus
from ingest.divisions import IN_FULL, Division, all_divisions

FIRST = 2  # characters by which a name is looked up
SUFFIXES = frozenset("市县区省")
NO_SUFFIX_BEFORE = frozenset("级场民面")  # 泉州市级, 泉州市场
# 国务院 · 国家的计量规划 · 国家级文件 · 国家那份; what stands bare names it only where nothing speaks against it
NATIONAL_NAME = re.compile(
    r"(?P<council>国务院|国办)|总局规划|国家层面|国家那[份个]|国家的?级?(?:计量)?(?:发展)?(?:规划|方案|文件|政策)"
    r"|(?P<bare>中央|全国|国家)"
)
# 哪几个国家 · 一些国家 · 金砖国家: countries
COUNTRIES_BEFORE = re.compile(r"(?:[几多\d]个|些|砖)$")
# 国家级 · 国家(青岛)海洋实验室 · 国家高速列车计量中心 · 国家管不管? · 全国前列
NO_PLAN = re.compile(
    r"国家(?:级|[^的要想有在对说让\d,?]{0,9}(?:中心|实验室|联盟)|(?:管不管|管吗|给不给|给吗)(?:$|[?!,。;]))"
    r"|全国(?:前[列十]|领先|第[一二三\d]|地级)"
)
COUNTRIES = tuple(
    "美国 日本 德国 英国 法国 韩国 俄罗斯 印度 欧盟 加拿大 澳大利亚 新加坡 意大利 西班牙  巴西 越南 泰国".split()
)
CITING = re.compile(r"(?:贯彻|落实|依据|根据|按照|印发|转发)$")
EXCEPT_BEFORE, EXCEPT_AFTER = re.compile(r"除(?:了|开)?$"), re.compile(r"[以之]?外|还有")  # 除厦门外
LONGER_NAME = re.compile(r"大学(?!生)|学院|港|湾|机场|海关")  # 厦门大学, 青岛港


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: its documents when the corpus has any, else a foreign place."""

    name: str
    start: int
    end: int
    plans: tuple[str, ...] = ()
    narrower: bool = False  # a district or county of the plan's city
    opens: bool = False  # a longer name, which is searched whole: 厦门大学
    above: tuple[str, ...] = ()  # of a foreign place: documents of its province

    @property
    def plan(self) -> str:
        """The first of its documents; empty for a foreign place."""
        return self.plans[0] if self.plans else ""


@dataclass(frozen=True, slots=True)
class _Span:
    """Where a name stands in a text."""

    name: str
    start: int
    end: int


class Gazetteer:
    """Names of places → plans. Names come from the catalogue and from GB/T 2260.

    They are looked up and no pattern is made of them: a thousand names are ready at once when documents change.
    """

    def __init__(self, corpus: Corpus, wording: Wording | None = None) -> None:
        """`wording` is the corpus's own, where somebody has counted it already."""
        self.corpus = corpus
        self._wording = wording or Wording(corpus)
        self._is_phrase = lru_cache(maxsize=10_000)(corpus.topics.__contains__)
        self._names: dict[str, Place] = {}
        self._national = corpus.places.get(NATIONAL, ())
        self._add_divisions()
        self._add_countries()
        self._add_plans()
        self._by_first = _by_first(self._names)
        self._after_city = _after_city(self._names)

    @property
    def names(self) -> Iterable[str]:
        """Names of the corpus's own places, for spelling correction."""
        return [name for name, place in self._names.items() if place.plan]

    def find(self, text: str) -> tuple[Place, ...]:
        """Mentions in `text` (folded), in order, longest name first, none overlapping."""
        found = [
            replace(place, name=span.name, start=span.start, end=span.end, opens=_opens(text, span.end))
            for span in self._spans(text)
            if (place := self._names[span.name])
            and (place.plan or not self._is_topic(text, span.start, span.end))
            and not _is_excepted(text, span.start, span.end)
        ]
        taken = {position for place in found for position in range(place.start, place.end)}
        if self._national:
            found += [
                Place(match.group(), match.start(), match.end(), self._of_nation(match))
                for match in NATIONAL_NAME.finditer(text)
                if taken.isdisjoint(range(*match.span())) and self._names_national(text, match)
            ]
        return tuple(sorted(found, key=lambda place: place.start))

    def _spans(self, text: str) -> Iterator[_Span]:
        """Names in order, the longest at each place, none overlapping."""
        at = 0
        while at < len(text):
            names = (*self._by_first.get(text[at : at + FIRST], ()), *self._by_first.get(text[at], ()))
            name = next((one for one in names if text.startswith(one, at) and self._ends(one, text, at + len(one))), "")
            if name:
                yield _Span(name, at, at + len(name))
            at += len(name) or 1

    def _ends(self, name: str, text: str, end: int) -> bool:
        """泉州市级, 泉州市场 and 青岛市南区 hold the city's short name; 算法国家 holds no 法国."""
        if name[-1] not in SUFFIXES:
            return not (name[-1] == "国" and text.startswith("家", end))
        if text[end : end + 1] in NO_SUFFIX_BEFORE:
            return False
        longer = self._after_city.get(self._names[name].plans, ()) if name[-1] == "市" else ()
        return not text.startswith(longer, end)

    def _names_national(self, text: str, match: re.Match[str]) -> bool:
        before = text[max(0, match.start() - 2) : match.start()]
        if CITING.search(before) or _is_excepted(text, match.start(), match.end()):
            return False
        if not match["bare"]:
            return True
        other = COUNTRIES_BEFORE.search(before) or NO_PLAN.match(text, match.start())
        return not other and not self._is_topic(text, match.start(), match.end())

    def _is_topic(self, text: str, start: int, end: int) -> bool:
        """Whether the name opens a phrase of the plans themselves (国家标准物质, 山东省人工智能…)."""
        phrase = text[start : end + 2]
        return len(phrase) == end - start + 2 and self._is_phrase(phrase)

    def _of_nation(self, match: re.Match[str]) -> tuple[str, ...]:
        """国务院 means what it issued, where something is known to be its own; 国家 all that holds everywhere."""
        plans = [self.corpus.plan(one) for one in self._national]
        own = [plan for plan in plans if plan.issuer.startswith("国务院") or plan.title.startswith("国务院")]
        return tuple(plan.id for plan in own) if match["council"] and own else self._national

    def _add_plans(self) -> None:
        """A county's documents come before its city's, which its name meant until here."""
        by_alias: dict[str, list[str]] = {}
        for plan in self.corpus.plans:
            if plan.level != NATIONAL:
                for alias in dict.fromkeys((*plan.aliases, plan.region)):
                    if alias:
                        by_alias.setdefault(alias, []).append(plan.id)
        self._names |= {alias: Place(alias, 0, 0, tuple(plans)) for alias, plans in by_alias.items()}

    def _add_divisions(self) -> None:
        for division in all_divisions():
            if division.level == "county":
                self._add_county(division, self.corpus.places.get(division.above[0], ()))
            elif plans := self.corpus.places.get(division.short):
                self._names |= {form: Place(form, 0, 0, plans) for form in (division.name, division.short)}
            else:
                self._add_foreign(division)

    def _add_countries(self) -> None:
        for name in COUNTRIES:
            self._names.setdefault(name, Place(name, 0, 0))

    def _add_foreign(self, division: Division) -> None:
        if "台湾" in division.name or "直辖" in division.name:
            return  # 台湾 is a topic of the plans (职业资格采认), never a plan asked for
        for form in (division.name, division.short):
            if len(form) >= 2:
                self._names.setdefault(form, Place(form, 0, 0, above=self._province(division)))

    def _add_county(self, division: Division, plans: tuple[str, ...]) -> None:
        """Counties of the corpus's cities by short name too; others only in full (公安县 is not 公安)."""
        name, short = division.name, division.short
        if not plans:
            if len(name) >= IN_FULL:
                self._names.setdefault(name, Place(name, 0, 0, above=self._province(division)))
            return
        self._names[name] = Place(name, 0, 0, plans, narrower=True)
        if len(short) >= 2 and not self._wording.names_county(short):
            self._names[short] = Place(short, 0, 0, plans, narrower=True)

    def _province(self, division: Division) -> tuple[str, ...]:
        return next((plans for larger in division.above if (plans := self.corpus.places.get(larger))), ())


def without(text: str, places: Iterable[Place]) -> str:
    """`text` with the mentions taken out: once they served as a filter they only blur the search."""
    kept, end = [], 0
    for place in sorted(places, key=lambda one: one.start):
        if not place.opens:
            kept.append(text[end : place.start])
            end = max(end, place.end)
    return " ".join((*kept, text[end:]))


def _opens(text: str, end: int) -> bool:
    return LONGER_NAME.match(text, end) is not None


def _is_excepted(text: str, start: int, end: int) -> bool:
    """除厦门外还有谁: the one place that is not asked about."""
    before = text[max(0, start - 2) : start]
    return bool(EXCEPT_BEFORE.search(before) and EXCEPT_AFTER.match(text, end))


def _by_first(names: Iterable[str]) -> dict[str, list[str]]:
    """By their first characters, the longest first."""
    found: dict[str, list[str]] = {}
    for name in sorted(names, key=lambda one: (-len(one), one)):
        found.setdefault(name[:FIRST], []).append(name)
    return found


def _after_city(names: Mapping[str, Place]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """By a city's documents: how districts of it go on that open with 市, which is no city's then (青岛市南区)."""
    found: dict[tuple[str, ...], list[str]] = {}
    for name, place in names.items():
        if name[0] == "市" and place.plans:
            found.setdefault(place.plans, []).append(name[1:])
    return {plans: tuple(rests) for plans, rests in found.items()}
