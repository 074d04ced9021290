"""Judgements → figures, in all and by group."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from eval.answers.judgement import Judgement
from eval.figures import SEED, Figure, proportion, quantile

LATENCIES = {"latency_p50_ms": 0.5, "latency_p95_ms": 0.95}
LOWER_IS_BETTER = frozenset({"false_declines", "false_answers", *LATENCIES})


@dataclass(frozen=True, slots=True)
class Scores:
    """`by` is kind of group → group → its figures, e.g. by["plan"]["xiamen"]."""

    figures: tuple[Figure, ...]
    by: Mapping[str, Mapping[str, tuple[Figure, ...]]]


def score(judgements: Sequence[Judgement], seed: int = SEED) -> Scores:
    """Figures of all questions; one that got no answer counts as wrong everywhere it bears."""
    members: dict[str, dict[str, list[Judgement]]] = {}
    for judgement in judgements:
        for kind, keys in judgement.groups.items():
            for key in keys:
                members.setdefault(kind, {}).setdefault(key, []).append(judgement)
    by = {kind: {key: figures_of(groups[key], seed) for key in sorted(groups)} for kind, groups in members.items()}
    return Scores(figures_of(judgements, seed), by)


def figures_of(judgements: Sequence[Judgement], seed: int = SEED) -> tuple[Figure, ...]:
    """The ratios first, then the wall time of all turns as the asker saw it, in milliseconds."""
    rows = [judgement.parts for judgement in judgements]
    ratios = [proportion(name, [row[name] for row in rows], seed) for name in rows[0]]
    took = [turn for judgement in judgements for turn in judgement.outcome.took_ms]
    return (*ratios, *(quantile(name, took, part, seed) for name, part in LATENCIES.items()))


def figure(figures: Sequence[Figure], name: str) -> Figure:
    """The one of that name; a figure over nothing when there is none."""
    return next((one for one in figures if one.name == name), Figure(name, None, None, None, 0))
