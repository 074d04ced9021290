"""How often the router tells what kind of answer is wanted, and the curve of what is asked. Needs no torch."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.model import Aspect, Intent
from eval.judge.curve import Point, best_point, curve
from eval.judge.evaluate import Judged, read_dev
from eval.judge.rows import read_labelled
from eval.judge.served import Progress, Served, open_served
from eval.judge.splits import Split
from eval.judge.stretches import Stretches
from eval.table import table
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans

Write = Callable[[str], None]
BETA = 1.0  # an aspect that is missed and one that is made up cost the same


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one split: questions whose route is labelled, and the share that are routed so. None where none is."""

    questions: int
    right: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """`asked` is over (question, aspect) of writers who named all they ask; `mistaken` counts (expected, actual)."""

    figures: dict[Split, Figures]
    asked: tuple[Point, ...]
    mistaken: dict[tuple[Intent, Intent], int]

    @property
    def asked_from(self) -> float:
        return best_point(self.asked, BETA).threshold

    def as_json(self) -> dict[str, object]:
        return {
            "dev": {str(split): {"questions": of.questions, "right": of.right} for split, of in self.figures.items()},
            "curves": {"asked": [point.as_json() for point in self.asked]},
        }


def run(write: Write, progress: Progress, served: Served | None = None) -> Outcome:
    """Measure the shipped router. Raises ModelUnavailable, NoCases, BadCase, DuplicateCase."""
    corpus = Corpus(load_shipped_plans().plans)
    stretches = Stretches(corpus)
    understanding = served or open_served(stretches, progress)
    outcome = measure(read_dev(understanding, read_labelled(corpus), stretches, progress=progress))
    write(told(outcome))
    return outcome


def measure(judged: dict[Split, list[Judged]]) -> Outcome:
    every = [one for of_split in judged.values() for one in of_split]
    mistaken = Counter(
        (one.labelled.row.route, one.reading.intent)
        for one in every
        if one.labelled.row.route and one.labelled.row.route is not one.reading.intent
    )
    return Outcome(
        figures={split: figures_of(of_split) for split, of_split in judged.items()},
        asked=curve(*_asked(every)),
        mistaken=dict(mistaken.most_common()),
    )


def figures_of(judged: Sequence[Judged]) -> Figures:
    rights = [one.labelled.row.route is one.reading.intent for one in judged if one.labelled.row.route]
    return Figures(len(rights), sum(rights) / len(rights) if rights else None)


def told(outcome: Outcome) -> str:
    rows = [
        [str(split), str(of.questions), "–" if of.right is None else f"{of.right:.3f}"]
        for split, of in outcome.figures.items()
    ]
    mistaken = [[str(wanted), str(said), str(times)] for (wanted, said), times in outcome.mistaken.items()]
    return "\n\n".join(
        [
            table(["split", "questions", "right"], rows),
            table(["expected", "actual", "questions"], mistaken[:12]),
            f"asked from {outcome.asked_from}",
        ]
    )


def _asked(judged: Sequence[Judged]) -> tuple[list[float], list[bool]]:
    """Of the aspects the bot knows; what only helps the router to learn is left out."""
    scores, truths = [], []
    for one in judged:
        if one.labelled.all_asks:
            for aspect in Aspect:
                scores.append(one.reading.asks[aspect])
                truths.append(aspect in one.labelled.row.asks)
    return scores, truths
