"""How documents stand to each other: which took another's place, and how each is called beside those of its place."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from ingest.catalogue import Entry
from ingest.divisions import SUFFIX
from ingest.model import Plan, Reference, Validity
from ingest.titles import STATE, YEAR, bare_title, carried

NATIONAL = "national"


def in_force_by(entry: Entry, read: Validity, version: str) -> Validity:
    """What the catalogue says of a document's time; where it is silent, what the document says."""
    year = YEAR.search(version)
    return replace(
        read,
        version=version or read.version,
        since=entry.effective or read.since or (year.group() if year else ""),
        until=entry.expires or read.until,
        superseded_by=entry.superseded_by,
    )


def placed(plans: Iterable[Plan]) -> tuple[Plan, ...]:
    """`plans` with what took their place, and with labels where a place has several; the others as they are."""
    held = tuple(plans)
    successors, by_id = _successors(held), {plan.id: plan for plan in held}
    timed = tuple(_timed(plan, successors, by_id) for plan in held)
    labels = _labels(timed)
    return tuple(replace(plan, label=labels[plan.id]) if plan.id in labels else plan for plan in timed)


def place_of(plan: Plan) -> str:
    """The place a document holds for; a document of no known place is a place of its own."""
    if plan.level == NATIONAL:
        return NATIONAL
    short = SUFFIX.sub("", plan.region)
    return (short if len(short) > 1 else plan.region) or f"{plan.id}:"


def titles_of(plan: Plan) -> tuple[str, ...]:
    """Its title without a version, and that of what it brings."""
    base = bare_title(plan.title)
    return tuple(dict.fromkeys(title for title in (base, carried(base)) if title))


def _timed(plan: Plan, successors: Mapping[str, Plan], by_id: Mapping[str, Plan]) -> Plan:
    later = by_id.get(plan.validity.superseded_by) or successors.get(plan.id)
    if later is None:
        return plan
    validity = replace(plan.validity, superseded_by=later.id, superseded_on=first_day(later))
    return replace(plan, validity=validity)


def first_day(plan: Plan) -> str:
    """The day from which a document holds, or else is known to be there; empty when neither is known."""
    issued = plan.metadata.issued_on or plan.metadata.printed_on
    return plan.validity.since or (issued.value if issued else "")


def _successors(held: Sequence[Plan]) -> dict[str, Plan]:
    """By the id of what was replaced: by a document that abolishes it, or by a later version of the same title."""
    by_title: dict[str, list[Plan]] = {}
    for plan in held:
        for title in titles_of(plan):
            by_title.setdefault(_plain(title), []).append(plan)
    found = {
        old.id: plan
        for plan in held
        for reference in plan.validity.abolished
        for old in by_title.get(_plain(bare_title(reference.title)), ())
        if old is not plan and _is_meant(old, reference) and _is_before(old, plan)
    }
    return found | {old.id: new for versions in by_title.values() for old, new in _in_turn(versions)}


def _in_turn(versions: Sequence[Plan]) -> Iterator[tuple[Plan, Plan]]:
    """Documents of one title and one place, each with the next after it."""
    for place in {place_of(plan) for plan in versions}:
        ones = sorted((plan for plan in versions if place_of(plan) == place and first_day(plan)), key=first_day)
        yield from ((old, new) for old, new in pairwise(ones) if first_day(old) < first_day(new))


def _plain(title: str) -> str:
    return re.sub(r"\W", "", title).removeprefix(STATE)


def _is_meant(plan: Plan, reference: Reference) -> bool:
    number = plan.metadata.number
    return reference.number is None or number is None or number.value == reference.number


def _is_before(old: Plan, new: Plan) -> bool:
    return not first_day(old) or not first_day(new) or first_day(old) < first_day(new)


def _labels(plans: Sequence[Plan]) -> dict[str, str]:
    """By id: how to call each document of a place that has several, or of no known place, so that none is taken for
    another."""
    by_place: dict[str, list[Plan]] = {}
    for plan in plans:
        by_place.setdefault(place_of(plan), []).append(plan)
    shared = [plan for ones in by_place.values() for plan in ones if len(ones) > 1 or _is_nameless(plan)]
    called = {plan.id: called_short(plan) for plan in shared}
    taken = Counter(called.values())
    versioned = {plan.id: f"{called[plan.id]}（{_told_apart(plan)}）" for plan in shared if taken[called[plan.id]] > 1}
    return called | versioned


def _is_nameless(plan: Plan) -> bool:
    return not plan.region and plan.metadata.title is not None


def called_short(plan: Plan) -> str:
    """The catalogue's name, where it is no file's; else the title, without the state's name: 计量法."""
    if not plan.name.isascii() and plan.name != plan.file.rpartition(".")[0]:
        return plan.name
    base = bare_title(plan.title)
    return (carried(base) or base).removeprefix(STATE)


def _told_apart(plan: Plan) -> str:
    number = plan.metadata.number
    return plan.validity.version or first_day(plan) or (number.value if number else plan.id)
