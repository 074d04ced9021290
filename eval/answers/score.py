"""Judgements → figures, in all and by intent, plan and user."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from eval.answers.case import DECLINING
from eval.answers.judge import Judgement
from eval.figures import SEED, Figure, quantile, ratio

NO_PLAN = "(none)"
LOWER_IS_BETTER = frozenset({"false_declines", "latency_p50_ms", "latency_p95_ms"})

Part = Callable[[Judgement], tuple[float, float]]  # what a case adds above and below the line


@dataclass(frozen=True, slots=True)
class Scores:
    """`by` is group kind → group → its figures, e.g. by["plan"]["xiamen"]."""

    figures: tuple[Figure, ...]
    by: Mapping[str, Mapping[str, tuple[Figure, ...]]]


def score(judgements: Sequence[Judgement], seed: int = SEED) -> Scores:
    """Figures of all cases; a case that failed counts as wrong everywhere it bears."""
    groups: dict[str, Callable[[Judgement], Iterable[str]]] = {
        "intent": lambda judgement: [judgement.outcome.case.intent],
        "plan": lambda judgement: judgement.outcome.case.plans or [NO_PLAN],
        "user": lambda judgement: [judgement.outcome.case.user],
    }
    by = {kind: _by(judgements, keys, seed) for kind, keys in groups.items()}
    return Scores((*_ratios(judgements, seed), *latencies(judgements, seed)), by)


def latencies(judgements: Sequence[Judgement], seed: int = SEED) -> tuple[Figure, ...]:
    """Wall time of all turns, in milliseconds, as the asker saw it."""
    took = [turn for judgement in judgements for turn in judgement.outcome.took_ms]
    return (quantile("latency_p50_ms", took, 0.5, seed), quantile("latency_p95_ms", took, 0.95, seed))


def _by(
    judgements: Sequence[Judgement], keys: Callable[[Judgement], Iterable[str]], seed: int
) -> dict[str, tuple[Figure, ...]]:
    members: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        for key in keys(judgement):
            members.setdefault(key, []).append(judgement)
    return {key: _ratios(members[key], seed) for key in sorted(members)}


def _ratios(judgements: Sequence[Judgement], seed: int) -> tuple[Figure, ...]:
    return tuple(ratio(name, [part(judgement) for judgement in judgements], seed) for name, part in _PARTS.items())


def _right_citations(judgement: Judgement) -> tuple[float, float]:
    """All gold groups cited, of the cases that have gold and are to be answered."""
    case = judgement.outcome.case
    return (float(not judgement.missing_gold), float(bool(case.gold) and case.expects_answer))


def _citation_precision(judgement: Judgement) -> tuple[float, float]:
    """Share of cited clauses that are gold or acceptable; each case weighs the same."""
    acceptable = judgement.outcome.case.acceptable
    if not judgement.cited or not acceptable:
        return (0.0, 0.0)
    return (sum(clause_id in acceptable for clause_id in judgement.cited) / len(judgement.cited), 1.0)


def _citation_recall(judgement: Judgement) -> tuple[float, float]:
    """Share of gold groups cited; each case weighs the same."""
    case = judgement.outcome.case
    if not case.gold or not case.expects_answer:
        return (0.0, 0.0)
    return (1 - len(judgement.missing_gold) / len(case.gold), 1.0)


def _decline_precision(judgement: Judgement) -> tuple[float, float]:
    """Of the declines to cases that say plainly what they want, those that were wanted."""
    case = judgement.outcome.case
    bears = judgement.declined and (case.expects_decline or case.expects_answer)
    return (float(case.expects_decline), float(bears))


def _decline_recall(judgement: Judgement) -> tuple[float, float]:
    return (float(judgement.declined), float(judgement.outcome.case.expects_decline))


def _false_declines(judgement: Judgement) -> tuple[float, float]:
    """Answerable questions told not_found or out_of_scope."""
    reply = judgement.outcome.reply
    return (float(reply is not None and reply.status in DECLINING), float(judgement.outcome.case.expects_answer))


_PARTS: dict[str, Part] = {
    "correct": lambda judgement: (float(judgement.correct), 1.0),
    "right_citations": _right_citations,
    "citation_precision": _citation_precision,
    "citation_recall": _citation_recall,
    "exact_slices": lambda judgement: (float(judgement.sliced - len(judgement.inexact)), float(judgement.sliced)),
    "decline_precision": _decline_precision,
    "decline_recall": _decline_recall,
    "false_declines": _false_declines,
}

METRICS = (*_PARTS, "latency_p50_ms", "latency_p95_ms")
