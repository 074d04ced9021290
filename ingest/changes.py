"""What is different between two versions of one document, by content: a clause that only moved is not new."""

from collections.abc import Iterable
from dataclasses import dataclass

from ingest.model import Clause, Indicator, Metadata, Plan

FACTS = ("title", "number", "issuer", "issued_on", "printed_on", "openness", "addressee")


@dataclass(frozen=True, slots=True)
class Reworded:
    """A clause whose text is another under the same address."""

    clause_id: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Moved:
    """A text that stands under another address."""

    before: str  # clause ids
    after: str


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the document says of itself; None where it does not say."""

    name: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """Clause ids of `added` are the new version's, of `removed` the old one's."""

    same: int
    added: tuple[str, ...]
    removed: tuple[str, ...]
    reworded: tuple[Reworded, ...]
    moved: tuple[Moved, ...]
    metadata: tuple[Corrected, ...]
    indicators_added: tuple[Indicator, ...]
    indicators_removed: tuple[Indicator, ...]

    @property
    def is_none(self) -> bool:
        told = (self.added, self.removed, self.reworded, self.moved, self.metadata)
        return not any(told) and not self.indicators_added and not self.indicators_removed


def compare(before: Plan, after: Plan) -> Changes:
    old, new = _by_path(before), _by_path(after)
    both = [path for path in new if path in old]
    gone = {path: one for path, one in old.items() if path not in new}
    fresh = {path: one for path, one in new.items() if path not in old}
    reworded = [(old[path], new[path]) for path in both if old[path].text != new[path].text]
    moved = _moved(gone, fresh)
    left, come = {one.before for one in moved}, {one.after for one in moved}
    return Changes(
        same=len(both) - len(reworded),
        added=tuple(one.id for one in fresh.values() if one.id not in come),
        removed=tuple(one.id for one in gone.values() if one.id not in left),
        reworded=tuple(Reworded(now.id, then.text, now.text) for then, now in reworded),
        moved=moved,
        metadata=_corrected(before.metadata, after.metadata),
        indicators_added=_without(after.indicators, before.indicators),
        indicators_removed=_without(before.indicators, after.indicators),
    )


def _by_path(plan: Plan) -> dict[str, Clause]:
    return {clause.path: clause for clause in plan.clauses}


def _moved(gone: dict[str, Clause], fresh: dict[str, Clause]) -> tuple[Moved, ...]:
    """Each old clause is found again once."""
    places: dict[str, list[Clause]] = {}
    for clause in gone.values():
        places.setdefault(clause.text, []).append(clause)
    found = [(places[one.text].pop(0), one) for one in fresh.values() if one.searchable and places.get(one.text)]
    return tuple(Moved(then.id, now.id) for then, now in found)


def _corrected(before: Metadata, after: Metadata) -> tuple[Corrected, ...]:
    facts = (Corrected(name, _value(before, name), _value(after, name)) for name in FACTS)
    return tuple(one for one in facts if one.before != one.after)


def _value(metadata: Metadata, name: str) -> str | None:
    fact = getattr(metadata, name)
    return fact.value if fact else None


def _without(these: Iterable[Indicator], those: Iterable[Indicator]) -> tuple[Indicator, ...]:
    known = {_said(one) for one in those}
    return tuple(one for one in these if _said(one) not in known)


def _said(one: Indicator) -> tuple[object, ...]:
    """Wherever it stands."""
    return (one.name, one.unit, one.base_year, one.base_value, one.target_year, one.target, one.qualifier, one.achieved)
