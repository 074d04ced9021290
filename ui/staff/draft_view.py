"""A draft as a person looks at it: what was understood, what was left out, what is different."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.review import Review
from bot.stretches import Stretch, stretches
from ingest.changes import Reworded
from ingest.model import Clause, Indicator, Plan
from ui.plan_time import in_words
from ui.staff import wording

CLAUSES_MAX = 600  # shown in full


@dataclass(frozen=True, slots=True)
class Difference:
    clause_id: str
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Responsible:
    """A unit and the clauses it answers for: (path, role)."""

    name: str
    clauses: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Counted:
    """An indicator's row."""

    name: str
    unit: str
    base: str
    target: str
    path: str
    note: str


@dataclass(frozen=True, slots=True)
class DraftView:
    """`old` are the texts of what would go, by clause id."""

    review: Review
    facts: tuple[tuple[str, str | None], ...]
    reading: tuple[tuple[str, str], ...]
    clauses: tuple[Clause, ...]
    more: int
    indicators: tuple[Counted, ...]
    units: tuple[Responsible, ...]
    differences: tuple[Difference, ...]
    added: tuple[Clause, ...]
    removed: tuple[Clause, ...]
    indicators_added: tuple[Counted, ...]
    indicators_removed: tuple[Counted, ...]


def draft_view(review: Review) -> DraftView:
    plan, changes = review.plan, review.changes
    shown = plan.clauses[:CLAUSES_MAX]
    return DraftView(
        review=review,
        facts=_facts(plan),
        reading=tuple(_reading(plan)),
        clauses=shown,
        more=len(plan.clauses) - len(shown),
        indicators=_counted(plan.indicators),
        units=_units(plan.clauses),
        differences=tuple(map(difference, changes.reworded)) if changes else (),
        added=_named(plan, changes.added) if changes else (),
        removed=_named(review.replaces, changes.removed) if changes and review.replaces else (),
        indicators_added=_counted(changes.indicators_added) if changes else (),
        indicators_removed=_counted(changes.indicators_removed) if changes else (),
    )


def difference(one: Reworded) -> Difference:
    """What was exchanged in a clause, in its place."""
    return Difference(one.clause_id, tuple(stretches(one.before, one.after)))


def _facts(plan: Plan) -> tuple[tuple[str, str | None], ...]:
    """What it says of itself, None where it is silent, and how it is filed."""
    told = [(name, getattr(plan.metadata, field)) for field, name in wording.FIELDS.items()]
    validity = plan.validity
    return (
        *((name, in_words(fact.value) if fact else None) for name, fact in told),
        (wording.EFFECTIVE, in_words(validity.since) or None),
        (wording.EXPIRES, in_words(validity.until) or None),
        (wording.VERSION, validity.version or None),
        (wording.KIND, wording.KINDS[plan.kind]),
        (wording.REGION, plan.region or None),
        (wording.LEVEL, wording.LEVELS.get(plan.level, plan.level)),
        (wording.NAMES, "、".join(plan.names) or None),
    )


def _reading(plan: Plan) -> Iterator[tuple[str, str]]:
    """How the file was read, where there is something to say."""
    record = plan.record
    yield wording.FORMAT, wording.FORMATS.get(record.format, record.format)
    counts = (wording.PAGES, record.pages), (wording.PICTURES, record.pictures), (wording.REPAIRED, record.repaired)
    for name, value in counts:
        if value:
            yield name, str(value)
    if record.ocr_confidence is not None:
        yield wording.OCR, f"{record.ocr_confidence:.0%}"
    if record.unread_pages:
        yield wording.UNREAD, "、".join(map(str, record.unread_pages))
    if record.set_aside:
        yield wording.SET_ASIDE, "；".join(record.set_aside)


def _counted(indicators: Iterable[Indicator]) -> tuple[Counted, ...]:
    return tuple(
        Counted(
            one.name,
            one.unit,
            _in_year(one.base_year, one.base_value),
            _in_year(one.target_year, one.target),
            one.clause_id.partition(":")[2],
            "，".join(filter(None, (one.qualifier, one.attribute, wording.ACHIEVED if one.achieved else ""))),
        )
        for one in indicators
    )


def _in_year(year: int | None, value: str | None) -> str:
    if value is None:
        return wording.NOT_GIVEN
    return f"{value}（{year}年）" if year else value


def _units(clauses: Iterable[Clause]) -> tuple[Responsible, ...]:
    found: dict[str, list[tuple[str, str]]] = {}
    for clause in clauses:
        for unit in clause.responsible_units:
            found.setdefault(unit.name, []).append((clause.path, wording.ROLES[unit.role]))
    return tuple(Responsible(name, tuple(rows)) for name, rows in found.items())


def _named(plan: Plan, ids: Sequence[str]) -> tuple[Clause, ...]:
    wanted = set(ids)
    return tuple(clause for clause in plan.clauses if clause.id in wanted)
