"""A sentence as the check reads it: folded, quotations and statements of absence masked, cut by place."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bot.check.read.evidence import Evidence, Figure, figures
from bot.check.read.fold import plain
from bot.check.read.tokens import Token, tokens
from bot.question.places import Gazetteer, Place
from ingest.corpus import NATIONAL, Corpus

MASK = "\ue000"  # of private use: folding leaves none in a sentence
MASKED_FROM = 4  # characters; a shorter quotation may be but a word, and is checked as a word
QUOTED = re.compile(r"“([^“”]*)”|《([^《》]*(?:《[^》]*》[^《》]*)*)》")
NATION = re.compile(r"国务院|国家(?!级|[和或、]省)|全国|我国")
ORDERED = re.compile(r"国发\W")  # a document number of the State Council's
SAYS = re.compile(r"的?(?:规划|方案|意见|文件|层面|那边)|提出|要求|明确|规定")  # as whoever made a plan does
DOES = re.compile(
    r"都|也|还|要|应|将|鼓励|允许|支持|印发|出台|部署|推进|加强|会(?!议)|让"
)  # is whom the sentence tells of
BY_RULE = re.compile(r"(?:按|照|依|依据|根据|符合|合乎?|遵守)$")  # 按国家规定
JOINT = re.compile(r"(?:的?(?:规划|方案|意见|实施意见|文件|通知))?(?:[、和与及跟同]|以及)?$")
# what is said not to be said: 没有写明罚款金额 · 至于扣除的比例,条款没有写
ABSENCE = re.compile(
    r"(?:(?:至于|关于|对于)[^,;。:\d]{2,14},[^,;。:\d]{0,8})?(?:并未曾?|尚未|均未|未曾?|没有?|看不出|无法(?:得知|确定|判断))"
    r"(?:再|具体|进一步|单独|专门|直接|明确|作出|作)?(?:载明|写明|写|列明|列出|列|规定|说明|明确|提到|提及|提出|涉及|给出|指明|公布|使用|采用|出现|"
    r"注明|限定|设定|区分|包含|单列|交代|细说|提|讲)出?"
    r"[^,;。:的]*(?:的(?!一律|应|须|必|由|可|将)[^,;。:的]{0,6})?(?=[,;。:]|$)"
)


@dataclass(frozen=True, slots=True)
class Segment:
    """The stretch of a sentence that speaks of one place, and the cited excerpts that are of that place."""

    start: int
    end: int
    evidence: tuple[Evidence, ...]
    places: tuple[str, ...]  # plan ids named; empty when the sentence names none


@dataclass(frozen=True, slots=True)
class Claim:
    text: str  # folded
    masked: str  # of the same length
    tokens: tuple[Token, ...]
    figures: tuple[Figure, ...]  # of the masked text
    segments: tuple[Segment, ...]
    quotes: tuple[str, ...]
    titles: tuple[str, ...]
    absent: tuple[tuple[int, int], ...]  # where it tells what is not said
    strange: tuple[str, ...]  # places that are of no cited plan
    places: tuple[Place, ...]
    twice: tuple[str, ...]  # 厦门、厦门两地: one of them should have been another
    unnamed: tuple[str, ...]  # regions of cited plans that a sentence which names places leaves out
    evidence: tuple[Evidence, ...]

    def segment(self, position: int) -> Segment:
        return next((one for one in self.segments if one.start <= position < one.end), self.segments[-1])


@lru_cache(maxsize=1)
def _places_of_china() -> Gazetteer:
    return Gazetteer(Corpus(()))


def read_claim(sentence: str, cited: Sequence[Evidence], gazetteer: Gazetteer | None = None) -> Claim:
    """`cited` are the excerpts the sentence names; of a sentence without handles, all that were offered."""
    text = plain(sentence)
    quotes = tuple(match.group(1) for match in QUOTED.finditer(text) if match.group(1))
    titles = tuple(match.group(2) for match in QUOTED.finditer(text) if match.group(2))
    masked = QUOTED.sub(_mask, text)
    absent = tuple(match.span() for match in ABSENCE.finditer(masked))
    for start, end in absent:
        masked = masked[:start] + MASK * (end - start) + masked[end:]
    found = tokens(text)
    evidence = tuple(cited)
    places, strange = _places(masked, evidence, gazetteer or _places_of_china())
    segments = _segments(len(text), text, places, evidence)
    bare = [one for one in found if MASK not in masked[one.start : one.end]]
    said = tuple(figures(masked, bare, carried=False))
    twice = tuple(one.name for one, other in pairwise(places) if one.plan == other.plan and _joins(text, one, other))
    left_out = _unnamed(text, places, evidence)
    return Claim(
        text, masked, found, said, segments, quotes, titles, absent, strange, places, twice, left_out, evidence
    )


def _mask(match: re.Match[str]) -> str:
    """Quotations are compared word for word; “必须” alone would then escape the check of words."""
    whole = match.group()
    return MASK * len(whole) if match.group(2) or len(match.group(1) or "") >= MASKED_FROM else whole


def _unnamed(text: str, places: tuple[Place, ...], cited: tuple[Evidence, ...]) -> tuple[str, ...]:
    """Regions of cited plans that a sentence which names places leaves out."""
    named = {plan for place in places for plan in place.plans}
    plans = {one.plan.id: one.plan for one in cited}
    return tuple(plan.region for key, plan in plans.items() if named and key not in named and plan.region not in text)


def _joins(text: str, one: Place, other: Place) -> bool:
    between = text[one.end : other.start]
    return 0 < len(between) <= 7 and bool(JOINT.fullmatch(between))


def _places(text: str, cited: tuple[Evidence, ...], gazetteer: Gazetteer) -> tuple[tuple[Place, ...], tuple[str, ...]]:
    """Places of cited plans, and names of places that are of none. What is part of a clause's own phrase is neither."""
    named = [*_regions(text, cited), *_nation(text, cited)]
    plain_ones = [
        place for place in named
        if not _is_phrase(text, place.start, place.end, cited) and not _is_spoken_of(text, place, cited)
    ]  # fmt: skip
    strange = [place.name for place in plain_ones if not place.plan]
    ids = {one.plan.id for one in cited}
    for place in gazetteer.find(text):
        taken = any(one.start < place.end and place.start < one.end for one in named)
        if not taken and place.plan not in ids and not any(place.name in one.text for one in cited):
            strange.append(place.name)
    own = [place for place in plain_ones if place.plan]
    return tuple(sorted(own, key=lambda place: place.start)), tuple(strange)


def _regions(text: str, cited: tuple[Evidence, ...]) -> Iterator[Place]:
    """What names the places of cited plans; a place of several names them all."""
    spans: dict[tuple[int, int], list[str]] = {}
    for plan in {one.plan.id: one.plan for one in cited}.values():
        if plan.level == NATIONAL:
            continue
        names = sorted({plan.region, *plan.aliases} - {""}, key=len, reverse=True)
        for match in re.finditer("|".join(map(re.escape, names)), text) if names else ():
            spans.setdefault(match.span(), []).append(plan.id)
    return (Place(text[start:end], start, end, tuple(ids)) for (start, end), ids in spans.items())


def _nation(text: str, cited: tuple[Evidence, ...]) -> Iterator[Place]:
    """国家, 全国 and the like are the national plan's, or nobody's when none is cited."""
    plans = tuple(dict.fromkeys(one.plan.id for one in cited if one.plan.level == NATIONAL))
    return (Place(match.group(), match.start(), match.end(), plans) for match in NATION.finditer(text))


def _is_spoken_of(text: str, place: Place, cited: tuple[Evidence, ...]) -> bool:
    """照国家规定, 全国的联盟, 国家中心 where a clause has it; and beside what the nation's council ordered."""
    if place.plan or DOES.match(text, place.end):
        return False
    named = BY_RULE.search(text[: place.start]) or any(ORDERED.search(one.text) for one in cited)
    known = text.startswith("的", place.end) or any(one.has(place.name) for one in cited)
    return bool(named) or (known and not SAYS.match(text, place.end))


def _is_phrase(text: str, start: int, end: int, cited: tuple[Evidence, ...]) -> bool:
    """国家标准物质, 国家(青岛)海洋计量实验室: the name with its neighbours stands in a cited clause."""
    around = {text[max(0, start - 2) : end], text[start : end + 2]}
    whole = [phrase for phrase in around if len(phrase) == end - start + 2 and MASK not in phrase]
    return any(phrase in one.text for phrase in whole for one in cited)


def _segments(length: int, text: str, places: tuple[Place, ...], cited: tuple[Evidence, ...]) -> tuple[Segment, ...]:
    if not places:
        return (Segment(0, length, cited, ()),)
    groups: list[list[Place]] = []
    for place in places:
        if groups and _joins(text, groups[-1][-1], place):
            groups[-1].append(place)
        else:
            groups.append([place])
    found = []
    for row, group in enumerate(groups):
        start = group[0].start if row else 0
        end = groups[row + 1][0].start if row + 1 < len(groups) else length
        ids = tuple(dict.fromkeys(plan for place in group for plan in place.plans or ("",)))
        found.append(Segment(start, end, tuple(one for one in cited if one.plan.id in ids), ids))
    return tuple(found)
