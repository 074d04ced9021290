"""What the bot answered → what a guide prints: lines with their addresses, what is not written, whom to ask."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from hashlib import sha256

from ui.answer_view import Point, Source, cards, lines_of, sources
from ui.guides.lookup import Told
from ui.hints import Piece, hints
from ui.replies import PlanEntry, Reply

NATIONAL = "national"
MOST_PLANS = 100  # that the API takes in one question


@dataclass(frozen=True, slots=True)
class Line:
    """A statement of the bot's. `key` is of its tick box: other words are another line. `again`: it was said above."""

    key: str
    point: Point
    again: bool = False

    @property
    def is_cited(self) -> bool:
        return bool(self.point.sources) or bool(self.point.seen)

    def shown(self, source: Source) -> bool:
        """Whether the source's words must be quoted: they are not where the statement says them already."""
        return not source.is_within(self.point.said)


@dataclass(frozen=True, slots=True)
class Entry:
    """A step as it is printed."""

    key: str
    question: str
    is_point: bool
    is_lacking: bool
    is_written: bool
    lines: tuple[Line, ...]
    missing: tuple[str, ...]
    notes: tuple[str, ...]
    cited: tuple[Source, ...]
    near: tuple[Source, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """What the plans of a region say."""

    region: str
    plans: tuple[PlanEntry, ...]
    entries: tuple[Entry, ...]

    @property
    def steps(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if not entry.is_point)

    @property
    def points(self) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.is_point)


Regions = dict[str, tuple[PlanEntry, ...]]


def regions_of(plans: Iterable[PlanEntry]) -> Regions:
    """By the place they hold for, the nation's last: 厦门 → its plans."""
    found: dict[str, list[PlanEntry]] = {}
    for plan in sorted(plans, key=lambda one: one.level == NATIONAL):
        found.setdefault(plan.region or plan.title, []).append(plan)
    return {region: tuple(held[:MOST_PLANS]) for region, held in found.items()}


def ids_of(plans: Iterable[PlanEntry]) -> tuple[str, ...]:
    return tuple(plan.plan_id for plan in plans)


def looked_up(regions: Regions, region: str) -> tuple[str, ...]:
    """The chosen region, then the nation: what holds for all."""
    nation = tuple(name for name, plans in regions.items() if plans[0].level == NATIONAL)
    return tuple(dict.fromkeys((region, *nation)))


def part_of(
    region: str, plans: tuple[PlanEntry, ...], told: tuple[Told, ...], elsewhere: frozenset[str] = frozenset()
) -> Part:
    """Each line once: further down it is named as one that was said above.

    `elsewhere`: plans with a part of their own on the page, where their words stand.
    """
    seen: set[str] = set()
    entries = []
    for one in told:
        entry = _entry(one, elsewhere - set(ids_of(plans)))
        lines = tuple(replace(line, again=line.is_cited and line.key in seen) for line in entry.lines)
        seen.update(line.key for line in lines)
        entries.append(replace(entry, lines=lines))
    return Part(region, plans, tuple(entries))


def contacts_of(told: Iterable[Told]) -> tuple[tuple[Piece, ...], ...]:
    """Whom to ask, as the bot says it, each once."""
    return tuple(dict.fromkeys(contact for one in told for contact in hints(one.reply).contacts))


def _entry(told: Told, elsewhere: frozenset[str]) -> Entry:
    hint = hints(told.reply)
    return Entry(
        key=told.step.key,
        question=told.step.question,
        is_point=told.step.is_point,
        is_lacking=told.is_lacking,
        is_written=told.is_written,
        lines=tuple(_lines(told.reply, elsewhere)),
        missing=hint.missing or (() if told.reply.statements else lines_of(told.reply.plain_text)),
        notes=hint.more,
        cited=sources(told.reply.citations),
        near=sources(told.reply.related),
    )


def _lines(reply: Reply, elsewhere: frozenset[str]) -> Iterator[Line]:
    for card in cards(reply):
        if card.plan_id in elsewhere:
            continue
        for point in card.points:
            words = [*point.said, *(passage.quote for source in point.sources for passage in source.passages)]
            yield Line(sha256("\n".join((card.plan_id, *words)).encode()).hexdigest()[:12], point)
