"""How well claims are read, of writers and of a plan that nothing is learned from; and the threshold that follows."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.check.draft import Excerpt
from bot.check.entails import shown
from bot.check.read.claim import read_claim
from bot.check.read.evidence import read_evidence
from bot.check.sentence import settled
from eval.entail.examples import HELD_PLAN, HELD_WRITERS
from eval.judge.curve import STEPS, auroc
from eval.verification.pairs import Pair
from eval.verification.sentence import Split, Written, excerpts
from ingest.corpus import Corpus

Borne = Callable[[str, str], float]  # sentence, cited → probability


@dataclass(frozen=True, slots=True)
class Read:
    """One sentence: is it honest, does a rule fault it, and what says the reader (0 or 1 where none is asked)?"""

    honest: bool
    faulted: bool
    borne: float


@dataclass(frozen=True, slots=True)
class Point:
    """Of a threshold: the share of false sentences that are caught, and of honest ones that are held back."""

    threshold: float
    caught: float
    held_back: float


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one set. `auroc`: of rules and reader together."""

    sentences: int
    auroc: float
    curve: tuple[Point, ...]  # over `STEPS`


def dev_sets(pairs: Mapping[str, Sequence[Pair]], held_plan: str = HELD_PLAN) -> dict[str, tuple[Pair, ...]]:
    """The writers and the plan that nothing is learned from; of all plans something was, where none is held."""
    found = {writer: tuple(pairs[writer]) for writer in HELD_WRITERS if writer in pairs}
    if not held_plan:
        return found
    others = [one for writer, rows in pairs.items() if writer not in HELD_WRITERS for one in rows]
    return found | {held_plan: tuple(one for one in others if one.clause.startswith(f"{held_plan}:"))}


def dev_answers(sentences: Iterable[Written]) -> tuple[Written, ...]:
    """Sentences as a model answers, near the wording, that cite that plan; and are not held."""
    return tuple(
        one for one in sentences
        if one.split is not Split.HELD and one.handles and max(one.handles) <= len(one.clauses)
        and any(one.clauses[handle - 1].startswith(f"{HELD_PLAN}:") for handle in one.handles)
    )  # fmt: skip


def read_set(rows: Iterable[Pair], corpus: Corpus, borne: Borne) -> list[Read]:
    """Each sentence against its whole clause, as the bot would check it."""
    return [_read(one.sentence, one.honest, excerpts(corpus, [one.clause]), borne) for one in rows]


def read_answers(rows: Iterable[Written], corpus: Corpus, borne: Borne) -> list[Read]:
    """Likewise, against all clauses that a sentence cites."""
    return [
        _read(one.text, one.honest, excerpts(corpus, [one.clauses[handle - 1] for handle in one.handles]), borne)
        for one in rows
    ]


def measure(rows: Sequence[Read]) -> Figures:
    gold, said = [one.honest for one in rows], [one.borne for one in rows]
    return Figures(len(rows), round(auroc(said, gold) or 0.0, 4), tuple(point(rows, threshold) for threshold in STEPS))


def point(rows: Sequence[Read], threshold: float) -> Point:
    """The exact rules and the reader together."""
    stopped = np.array([one.faulted or one.borne < threshold for one in rows])
    honest = np.array([one.honest for one in rows])
    return Point(threshold, round(float(stopped[~honest].mean()), 4), round(float(stopped[honest].mean()), 4))


def _read(said: str, honest: bool, cited: Sequence[Excerpt], borne: Borne) -> Read:
    faults = settled(read_claim(said, list(map(read_evidence, cited))))
    if faults is not None:
        return Read(honest, bool(faults), float(not faults))
    return Read(honest, False, borne(said, shown(said, cited)))
