"""Does a sentence say what the clauses it cites say? Exact where words bind, and in doubt against the sentence.

Pure and without a model: numbers, dates, names, quotations, negation, force, conditions and places are compared after
folding, and what remains of the sentence must be about the cited clause. No fault does not prove a sentence good; it
says that none of the ways in which a rewording goes wrong was found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from bot.check.absence import absence_faults
from bot.check.actor import actor_faults
from bot.check.claim import MASK, Claim, Segment, read_claim
from bot.check.compare import comparison_faults
from bot.check.condition import condition_faults
from bot.check.cover import cover_faults
from bot.check.dates import address_faults, date_faults, document_faults
from bot.check.draft import Excerpt, Fault, FaultKind, Sentence
from bot.check.evidence import Evidence, pairs, read_evidence
from bot.check.fold import plain
from bot.check.force import force_faults
from bot.check.manner import manner_faults
from bot.check.names import name_faults, read_names
from bot.check.negation import negation_faults
from bot.check.novel import novel_faults
from bot.check.numbers import number_faults
from bot.check.quotes import quote_faults
from bot.check.roles import role_faults
from bot.check.scope import scope_faults
from bot.check.splice import splice_faults
from bot.check.sums import read_sums, sum_faults
from bot.check.tokens import Sort
from bot.check.told import is_idle, told
from bot.question.places import Gazetteer

LONGEST = 800  # characters once folded; every number of a sentence is held against the rest of it
LEAST_ABSENT = 2  # characters of what is said to be absent; 没有规定。 names nothing
LEAST_HELD = 4  # characters in a row that stand in a clause
TOLD_APART = re.compile(r"前者|后者|分别[^,;。]{0,6}(?:\d|“)")


def check_sentence(
    sentence: Sentence, excerpts: Sequence[Excerpt], question: str = "", *, gazetteer: Gazetteer | None = None
) -> tuple[Fault, ...]:
    """Faults of `sentence` against the excerpts its handles name; none when it is verified.

    Without handles only a statement that the excerpts do not say something is allowed, and it must hold of all of
    them. `question` may be repeated in such a statement. `gazetteer` tells districts of the plans' cities.
    """
    offered = {one.handle: one for one in excerpts}
    wrong = tuple(Fault(FaultKind.HANDLE, f"[{handle}]") for handle in sentence.handles if handle not in offered)
    if wrong:
        return wrong
    if len(plain(sentence.text)) > LONGEST:
        return (Fault(FaultKind.LENGTH, f"{sentence.text[:20]}…"),)
    cited = [read_evidence(offered[handle]) for handle in dict.fromkeys(sentence.handles)]
    others = [read_evidence(one) for handle, one in offered.items() if handle not in sentence.handles]
    claim = read_claim(sentence.text, cited or others, gazetteer)
    faults = _uncited(claim, question) if not cited else _cited(claim, others)
    return tuple(dict.fromkeys(faults))


def _cited(claim: Claim, others: Sequence[Evidence]) -> Iterator[Fault]:
    yield from (Fault(FaultKind.CITY, place) for place in (*claim.strange, *claim.twice, *claim.unnamed))
    sums, wrong = read_sums(claim)
    yield from wrong
    yield from sum_faults(claim, sums)
    yield from comparison_faults(claim, sums)
    yield from chain(_content(claim), date_faults(claim), address_faults(claim), manner_faults(claim))
    for one in _by_place(claim):
        yield from chain(
            quote_faults(one),
            document_faults(one),
            number_faults(one, sums),
            name_faults(one),
            role_faults(one),
            actor_faults(one),
            force_faults(one),
            scope_faults(one),
            negation_faults(one),
            absence_faults(one),
            condition_faults(one),
            cover_faults(one, others),
            novel_faults(one),
            splice_faults(one),
        )


def _content(claim: Claim) -> Iterator[Fault]:
    """可以。 and 厦门的做法如下： cite a clause and tell nothing of it."""
    said = told(claim, 0, len(claim.masked))
    named = any(name.stands for segment in claim.segments for name in read_names(claim, segment))
    absent = any(len(absence) >= LEAST_ABSENT for absence in claim.absences)
    runs = (claim.masked[at : at + LEAST_HELD] for at in range(len(claim.masked) - LEAST_HELD))
    held = any(pairs(said)) or any(run in one.text for run in runs for one in claim.evidence)
    if not (held or claim.tokens or claim.quotes or claim.titles or named or absent):
        yield Fault(FaultKind.UNCITED, claim.text)


def _by_place(claim: Claim) -> Iterator[Claim]:
    """厦门、泉州均允许… must hold of each: the claim once per place, unless it tells them apart (分别为, 前者)."""
    plans = tuple(dict.fromkeys(one.plan.id for one in claim.evidence))
    if not claim.places and len(plans) > 1:  # 两地都允许…: no place is named, so it must hold of all that are cited
        claim = replace(claim, segments=tuple(replace(one, places=plans) for one in claim.segments))
    joint = [one for one in claim.segments if len(one.places) > 1]
    if not joint or TOLD_APART.search(claim.masked):
        yield claim
        return
    for plan in dict.fromkeys(place for one in joint for place in one.places):
        segments = tuple(_narrow(one, plan) if one in joint else one for one in claim.segments)
        yield replace(claim, segments=segments, memo={})


def _narrow(segment: Segment, plan: str) -> Segment:
    if plan not in segment.places:
        return segment
    return replace(segment, evidence=tuple(one for one in segment.evidence if one.plan.id == plan))


def _uncited(claim: Claim, question: str) -> Iterator[Fault]:
    """条款没有载明罚款金额: nothing else is said, no number, and what is absent is absent from all excerpts."""
    numbers = [one for one in claim.tokens if one.sort is not Sort.ONE]
    rest = [piece.text for piece in claim.pieces if MASK not in piece.text]
    if not claim.absences or numbers or not all(is_idle(text) for text in rest):
        yield Fault(FaultKind.UNCITED, claim.text)
        return
    asked = plain(question)
    yield from (Fault(FaultKind.CITY, place) for place in claim.strange if place not in asked)
    yield from (one for one in quote_faults(claim) if one.what not in asked)
    yield from negation_faults(claim)
    yield from absence_faults(claim)
    yield from manner_faults(claim)
