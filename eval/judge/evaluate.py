"""How well the judge judges, on the writers and the plan that training never saw. Needs no torch."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass

import numpy as np

from eval.judge.curve import Point, auroc, best_point, curve
from eval.judge.reading import Floats, Reading, Understanding
from eval.judge.rows import Answerable, Labelled, read_labelled
from eval.judge.served import Progress, Served, open_served
from eval.judge.splits import DEV, Split, dev_rows
from eval.judge.stretches import Stretches
from eval.table import table
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans
from vectorstore.index import Query

Write = Callable[[str], None]
BETA = 0.5  # precision counts twice as much as recall: a sentence that does not bear, quoted as an answer, costs trust


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """A dev question, what was made of it, and the truth."""

    labelled: Labelled
    reading: Reading
    positives: frozenset[int]
    clauses: frozenset[str]  # of the positives
    first: str  # clause of the candidate judged best

    @property
    def answerable(self) -> Answerable:
        return self.labelled.row.answerable


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one split. None where no question bears on it.

    `found`: a right passage is among the candidates; `clause_first`, `passage_first`: the best judged is of a right
    clause, is a right passage; all three over the questions with support. `bears_auroc` tells `yes` and `part` from
    `no`, `states_auroc` tells `yes` from the rest, by the best candidate; 0.5 is chance.
    """

    questions: int
    found: float | None
    clause_first: float | None
    passage_first: float | None
    bears_auroc: float | None
    states_auroc: float | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that is measured of the judge. Curves are over all dev questions together."""

    figures: dict[Split, Figures]
    bears: tuple[Point, ...]
    states: tuple[Point, ...]

    @property
    def bears_from(self) -> float:
        return best_point(self.bears, BETA).threshold

    @property
    def states_from(self) -> float:
        return best_point(self.states, BETA).threshold

    def as_json(self) -> dict[str, object]:
        return {
            "dev": {str(split): asdict(figures) for split, figures in self.figures.items()},
            "curves": {
                "bears": [point.as_json() for point in self.bears],
                "states": [point.as_json() for point in self.states],
            },
        }


def run(write: Write, progress: Progress, served: Served | None = None) -> Outcome:
    """Measure the shipped models. Raises ModelUnavailable, NoCases, BadCase, DuplicateCase."""
    corpus = Corpus(load_shipped_plans().plans)
    stretches, labelled = Stretches(corpus), read_labelled(corpus)
    outcome = measure(read_dev(served or open_served(stretches, progress), labelled, stretches, progress=progress))
    write(told(outcome))
    return outcome


def read_dev(
    understanding: Understanding,
    labelled: Iterable[Labelled],
    stretches: Stretches,
    most: int | None = None,
    progress: Progress | None = None,
) -> dict[Split, list[Judged]]:
    """`most` takes so many of each split, evenly spread."""
    found: dict[Split, list[Judged]] = {}
    rows = tuple(labelled)
    for split in DEV:
        chosen = _spread(dev_rows(rows, split), most)
        found[split] = []
        for one in chosen:
            found[split].append(_judged(one, understanding, stretches))
            if progress:
                progress(str(split), len(found[split]), len(chosen))
    return found


def measure(judged: dict[Split, list[Judged]]) -> Outcome:
    every = [one for of_split in judged.values() for one in of_split]
    return Outcome(
        figures={split: figures_of(of_split) for split, of_split in judged.items()},
        bears=curve(*_bearing(every)),
        states=curve(*_stating(every)),
    )


def figures_of(judged: Sequence[Judged]) -> Figures:
    supported = [one for one in judged if one.answerable is not Answerable.NO]
    return Figures(
        questions=len(judged),
        found=_share([bool(one.positives & set(one.reading.rows)) for one in supported]),
        clause_first=_share([one.first in one.clauses for one in supported]),
        passage_first=_share([one.reading.best in one.positives for one in supported]),
        bears_auroc=auroc(*_bearing(judged)),
        states_auroc=auroc(*_stating(judged)),
    )


def told(outcome: Outcome) -> str:
    names = list(Figures.__slots__)
    rows = [
        [str(split), *("–" if (value := getattr(of, name)) is None else f"{value:.3g}" for name in names)]
        for split, of in outcome.figures.items()
    ]
    thresholds = f"bears from {outcome.bears_from}, states from {outcome.states_from}"
    return f"{table(['split', *names], rows)}\n{thresholds}"


def query_of(labelled: Labelled) -> Query:
    """The question put to the plan it names, or to all."""
    plans = frozenset(labelled.row.plans) or None
    return Query(labelled.query.text, labelled.query.before, plans)


def _judged(one: Labelled, understanding: Understanding, stretches: Stretches) -> Judged:
    positives = frozenset(stretches.supporting(one.row))
    clauses = frozenset(stretches.passages[row].clause_id for row in positives)
    reading = understanding.read(query_of(one))
    best = reading.best
    first = stretches.passages[best].clause_id if best is not None else ""
    return Judged(one, reading, positives, clauses, first)


def _spread(rows: Sequence[Labelled], most: int | None) -> Sequence[Labelled]:
    if most is None or len(rows) <= most:
        return rows
    return [rows[at * len(rows) // most] for at in range(most)]


def _bearing(judged: Sequence[Judged]) -> tuple[list[float], list[bool]]:
    """The best candidate's probability, and whether anything bears."""
    return [_most(one.reading.bears) for one in judged], [one.answerable is not Answerable.NO for one in judged]


def _stating(judged: Sequence[Judged]) -> tuple[list[float], list[bool]]:
    return [_most(one.reading.states) for one in judged], [one.answerable is Answerable.YES for one in judged]


def _most(probabilities: Floats) -> float:
    return float(probabilities.max()) if len(probabilities) else 0.0


def _share(rights: Sequence[bool]) -> float | None:
    return float(np.mean(rights)) if rights else None
