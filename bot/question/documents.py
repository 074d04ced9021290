"""Documents named in a question by their own names, 《计量法》, 上海条例: looked up, never searched."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from bot.question.fold import folded
from bot.question.places import Place
from ingest.corpus import Corpus
from ingest.model import DocumentKind, Plan
from ingest.standing import place_of, titles_of
from ingest.titles import ALONE, PLANS, YEAR, noun_of

LONGEST_TITLE = 100  # characters in which the 《 before a part of a title stands
FIRST = 2  # characters by which a name is looked up
# 计量法规, 计量法治 and 计量法院 are no 计量法; 计量法规定 is
NO_LAW_AFTER = re.compile(r"律|规(?!定)|制(?!定)|治|院|人|宝|庭|官|学|典|案")
LONGER_AFTER = re.compile(r"(?:实施|执行|若干)?(?:细则|条例|办法|解释)|实施|修正案")  # 计量法实施细则 is another
# before a name that says only what kind of document it is: 实施细则第三条, not 某某实施细则
ALONE_AFTER = re.compile(r"(?:^|[^\u4e00-\u9fff]|[的在按据依照看和与跟及问查把里于从])$")
# 落实国务院规划 tells of another document, as 根据计量法 does not
CARRYING_OUT = re.compile(r"(?:贯彻|落实|印发|转发)(?:国务院)?《?$")
# 2015年版, (2018修正) beside a name: which of its versions
WHICH = r"\(?(?P<year>(?:19|20)\d\d)年?(?:第?[一二三四五六\d]?次?)?(?:修正|修订|版|公布|施行)(?:本|版|案)?\)?的?"
VERSION_BEFORE, VERSION_AFTER = re.compile(WHICH + "$"), re.compile("的?" + WHICH)
NEAR = 16  # characters beside a name in which its version is said
EVERY_VERSION = re.compile(r"新旧|旧版|旧的|原来的|以前的|(?:两|几|各|每)个?版本|修[正订改]前|修[正订改]前后|历次|老版")
# 泉州的条例, 泉州市方案: after a place that has several documents
NOUN_AFTER = re.compile(
    r"(?:市|省)?的?(?:那[份个部])?(?:计量)?(?P<noun>实施细则|条例|办法|规定|细则|规则|通知|公告|规划|方案|意见|计划)"
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name and the documents that bear it; `version`: one of them was meant, or all."""

    name: str
    start: int
    end: int
    plans: tuple[str, ...]
    version: bool = False


class Titles:
    """Names of documents → documents. A place's only plan is called by its place, and has no name here."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._names = _by_name(corpus)
        self._by_first: dict[str, list[str]] = {}
        for name in sorted(self._names, key=lambda one: (-len(one), one)):
            self._by_first.setdefault(name[:FIRST], []).append(name)

    @property
    def names(self) -> Iterable[str]:
        return self._names

    def find(self, text: str) -> tuple[Mention, ...]:
        """Mentions in `text` (folded), in order, longest name first, none overlapping."""
        found, at, every = [], 0, EVERY_VERSION.search(text) is not None
        while at < len(text):
            name = next(
                (one for one in self._by_first.get(text[at : at + FIRST], ()) if self._stands(one, text, at)), ""
            )
            if name:
                found.append(self._mention(name, text, at, every))
            at += len(name) or 1
        return tuple(found)

    def _stands(self, name: str, text: str, at: int) -> bool:
        end = at + len(name)
        if not text.startswith(name, at) or CARRYING_OUT.search(text[max(0, at - 6) : at]):
            return False
        opened = text.rfind("《", max(0, at - LONGEST_TITLE), at)
        if opened >= 0 and text.find("》", opened, at) < 0:  # within 《》, all of it is the name
            return opened == at - 1 and text[end : end + 1] in ("》", "(")
        if LONGER_AFTER.match(text, end) or (name[-1] == "法" and NO_LAW_AFTER.match(text, end)):
            return False
        return name not in ALONE or ALONE_AFTER.search(text[max(0, at - 1) : at]) is not None

    def _mention(self, name: str, text: str, at: int, every: bool) -> Mention:
        plans, end = self._names[name], at + len(name)
        if every:
            return Mention(name, at, end, plans, version=True)
        beside = VERSION_BEFORE.search(text[max(0, at - NEAR) : at].rstrip("《"))
        beside = beside or VERSION_AFTER.match(text[end : end + NEAR].lstrip("》"))
        meant = tuple(one for one in plans if beside and beside["year"] in _years(self.corpus.plan(one)))
        return Mention(name, at, end, meant or plans, version=bool(meant))


def of_places(places: Iterable[Place], mentions: Iterable[Mention], text: str, corpus: Corpus) -> tuple[Place, ...]:
    """Places as they stand beside names: within one they are none, and 上海 before its 条例 only says whose it is."""
    names = tuple(mentions)
    kept = []
    for place in places:
        inside = any(one.start < place.end and place.start < one.end for one in names)
        named = any(set(one.plans) & set(place.plans) for one in names)
        if inside or named:
            continue
        kept.append(replace(place, plans=_of_noun(place, text, corpus)) if len(place.plans) > 1 else place)
    return tuple(kept)


def _of_noun(place: Place, text: str, corpus: Corpus) -> tuple[str, ...]:
    """Of a place's documents those of the kind that is said: 泉州的条例."""
    match = NOUN_AFTER.match(text, place.end)
    if match is None and (own := re.search(rf"(?:{'|'.join(PLANS)})$", place.name)):
        match = own  # 国家规划
    if match is None:
        return place.plans
    noun = match.groupdict().get("noun") or match.group()
    plans = [corpus.plan(one) for one in place.plans]
    if noun in PLANS:
        fit = [plan.id for plan in plans if plan.kind is DocumentKind.PLAN]
    else:
        fit = [plan.id for plan in plans if any(noun_of(title) == noun for title in titles_of(plan))]
    return tuple(fit) or place.plans


def _by_name(corpus: Corpus) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[Plan]] = {}
    for plan in corpus.plans:
        if plan.kind is not DocumentKind.PLAN or len(corpus.places[place_of(plan)]) > 1 or not plan.region:
            for name in dict.fromkeys(folded(name) for name in plan.names):
                if len(name) >= FIRST:
                    found.setdefault(name, []).append(plan)
    return {name: tuple(plan.id for plan in plans) for name, plans in found.items() if _is_one(plans, name)}


def _is_one(plans: list[Plan], name: str) -> bool:
    """Whether a name means one document, be it in several versions."""
    first = {titles_of(plan)[0] for plan in plans}
    return len(first) == 1 or all(name in map(folded, titles_of(plan)) for plan in plans)


def _years(plan: Plan) -> set[str]:
    days = (
        plan.validity.version,
        plan.validity.since,
        plan.validity.effective.value if plan.validity.effective else "",
    )
    issued = plan.metadata.issued_on
    return {year for day in (*days, issued.value if issued else "") for year in YEAR.findall(day)}
