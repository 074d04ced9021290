"""What several plans say to one topic, side by side: their clauses, word by word, and their indicators on axes."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot.answer.axes import Axis, axes
from bot.answer.quote import pairs, place_name
from bot.model import Answer, Citation, Mode
from bot.service import Bot
from bot.stretches import Stretch, stretches
from ingest.model import Clause, Plan
from vectorstore.tokenize import segment

FEWEST, MOST = 2, 5  # plans side by side
MOST_CLAUSES = 6  # of one plan
ALIKE = 0.15  # share of the shorter clause's pairs from which two clauses stand beside each other by their words


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a clause that the answer quotes, in words that the base has too and words that it has not."""

    citation: Citation
    words: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """A clause of one plan. `base`: the clause in its row that its words are set against; None for a base itself."""

    plan: Plan
    clause: Clause
    row: int
    parts: tuple[Part, ...]
    base: Clause | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`plans` in the order asked, the first being what the others are set against; `silent`: by id, in whose words
    the bot says that a plan has no such clause, empty where it does not say so much."""

    topic: str
    plans: tuple[Plan, ...]
    said: tuple[Said, ...]
    silent: dict[str, str]
    axes: tuple[Axis, ...]
    notes: tuple[str, ...]
    corpus_version: str


def compare(bot: Bot, topic: str, plan_ids: Sequence[str], as_of: str = "") -> Comparison:
    """One question to all of the plans: what is quoted, and what a plan is said to lack, is the bot's own answer.

    Raises UnknownEntry.
    """
    corpus = bot.corpus
    plans = tuple(corpus.plan(plan_id) for plan_id in dict.fromkeys(plan_ids))
    asked = bot.ask(topic, None, corpus.order(plan_ids), Mode.EXTRACTIVE.value, as_of)
    cited = [one for one in asked.answer.leading if one.plan in plans]
    return Comparison(
        topic=topic,
        plans=plans,
        said=tuple(_beside(plans, cited)),
        silent=_silent(plans, cited, asked.answer),
        axes=axes(plans, topic, cited),
        notes=(*(() if cited else _of_none(plans, asked.answer)), *asked.answer.notes),
        corpus_version=asked.corpus_version or bot.corpus_version,
    )


def _silent(plans: Iterable[Plan], cited: Iterable[Citation], answer: Answer) -> dict[str, str]:
    speaking = {one.plan.id for one in cited}
    words = _uncited(answer)
    return {
        plan.id: next((text for text in words if text.startswith(_called(plan))), "")
        for plan in plans
        if plan.id not in speaking
    }


def _of_none(plans: Sequence[Plan], answer: Answer) -> list[str]:
    """What is said of no plan alone: that the topic is none for this bot."""
    return [text for text in _uncited(answer) if not text.startswith(tuple(map(_called, plans)))]


def _uncited(answer: Answer) -> list[str]:
    return [one.text for one in answer.statements if not one.citations]


def _called(plan: Plan) -> str:
    return f"{place_name(plan)}："


def _beside(plans: Sequence[Plan], cited: Sequence[Citation]) -> list[Said]:
    """Row by row, that of most plans first; the first plan that says anything sets the rows."""
    by_plan = [(plan, _by_clause(one for one in cited if one.plan.id == plan.id)) for plan in plans]
    speaking = [(plan, clauses) for plan, clauses in by_plan if clauses]
    if not speaking:
        return []
    _, base = speaking[0]
    found = [_said(plan, parts, row, base) for plan, clauses in speaking for row, parts in _rows(clauses, base)]
    filled = Counter(one.row for one in found)
    places = {row: place for place, row in enumerate(sorted(filled, key=lambda row: (-filled[row], row)))}
    ordered = sorted(found, key=lambda one: places[one.row])  # within a row the plans stay in order
    return [replace(one, row=places[one.row]) for one in ordered]


Clauses = list[tuple[Citation, ...]]  # what is quoted of each, the best first


def _by_clause(cited: Iterable[Citation]) -> Clauses:
    found: dict[str, list[Citation]] = {}
    for one in dict.fromkeys(cited):
        found.setdefault(one.clause.id, []).append(one)
    ordered = [tuple(sorted(ones, key=lambda one: one.start)) for ones in found.values()]
    return ordered[:MOST_CLAUSES]


def _rows(clauses: Clauses, base: Clauses) -> list[tuple[int, tuple[Citation, ...]]]:
    """Each clause beside the most alike of the base; what is like none takes the first row that is free."""
    likeness = {
        (at, row): share
        for at, ours in enumerate(clauses)
        for row, theirs in enumerate(base)
        if (share := _alike(_text(ours), _text(theirs))) >= ALIKE
    }
    rows: dict[int, int] = {}
    for at, row in sorted(likeness, key=lambda pair: (-likeness[pair], pair)):
        if at not in rows and row not in rows.values():
            rows[at] = row
    for at in range(len(clauses)):
        if at not in rows:
            rows[at] = next(row for row in range(len(clauses)) if row not in rows.values())
    return [(rows[at], parts) for at, parts in enumerate(clauses)]


def _alike(one: str, other: str) -> float:
    first, second = pairs(one), pairs(other)
    return len(first & second) / max(1, min(len(first), len(second)))


def _said(plan: Plan, parts: tuple[Citation, ...], row: int, base: Clauses) -> Said:
    against = base[row] if row < len(base) else ()
    if not against or against[0].plan.id == plan.id:
        whole = tuple(Part(one, (Stretch(one.quote, "same"),)) for one in parts)
        return Said(plan, parts[0].clause, row, whole)
    text = _text(against)
    return Said(plan, parts[0].clause, row, tuple(_set_against(text, one) for one in parts), against[0].clause)


def _set_against(text: str, citation: Citation) -> Part:
    found = stretches(text, citation.quote, segment)
    return Part(citation, tuple(one for one in found if one.kind != "gone"))


def _text(parts: Iterable[Citation]) -> str:
    return "\n".join(one.quote for one in parts)
