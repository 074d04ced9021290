"""The sets of questions answers are measured on, by name."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, Generic, TypeVar

from eval.answers.asker import Asker
from eval.answers.case import CASES, Split, read_cases
from eval.answers.judge import judge
from eval.answers.judgement import ClauseText, Conversation, Judgement, Outcome
from eval.answers.labelled import LabelledCase, judge_labelled
from eval.answers.runner import Progress, run_cases
from eval.figures import SEED
from eval.judge import splits
from eval.judge.rows import DATA, read_labelled
from ingest.corpus import Corpus
from ingest.errors import EvalError, NoCases

HELD = Path(__file__).parent / "held.jsonl"
TRAIN_SAMPLE = 300

C = TypeVar("C", bound=Conversation)


class SetName(StrEnum):
    WRITERS = "writers"  # two writers the models never saw: how a stranger's wording fares
    BORDERS = "borders"  # two more, who asked as much for what is not there
    DETAILS = "details"  # two more: the very thing asked, and several plans at once
    PLAN = "plan"  # a plan they never saw: how a new document fares
    TRAIN = "train"  # what they saw, a sample: how far they learnt it by heart
    HELD = "held"  # written by strangers, looked at in figures only
    CASES = "cases"  # hand-written, with the facts an answer must hold


class HeldMissing(EvalError):
    """The questions of strangers are still to be written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        super().__init__(
            f"No held questions at '{path}'. Have people who know neither the bot nor its training data write some, "
            "one a line in the format of eval/judge/data, and save them there; until then use --set writers."
        )


@dataclass(frozen=True, slots=True)
class QuestionSet(Generic[C]):
    """Questions, and the judge of their answers. `split` is only noted down."""

    name: str
    split: str
    questions: tuple[C, ...]
    judge: Callable[[Outcome[C], ClauseText], Judgement]

    def sampled(self, size: int | None, seed: int = SEED) -> "QuestionSet[C]":
        return self if size is None else replace(self, questions=sample(self.questions, size, seed))

    def judged(
        self, asker: Asker, clause_text: ClauseText, workers: int = 1, progress: Progress | None = None
    ) -> tuple[Judgement, ...]:
        """In the order of the questions. Raises AskFailed when nothing answers."""
        outcomes = run_cases(asker, self.questions, workers, progress)
        return tuple(self.judge(outcome, clause_text) for outcome in outcomes)


def sample(questions: Iterable[C], size: int, seed: int = SEED) -> tuple[C, ...]:
    """`size` of them, in their order. A question that comes or goes changes one member, not all."""
    questions = tuple(questions)
    drawn = set(sorted((one.id for one in questions), key=lambda id_: _lot(id_, seed))[:size])
    return tuple(one for one in questions if one.id in drawn)


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the questions lie."""

    corpus: Corpus
    labelled: Path = DATA
    held: Path = HELD
    cases: Path = CASES
    split: Split = Split.DEV  # of the cases


def read_sets(names: Iterable[SetName], sources: Sources) -> list[QuestionSet[Any]]:
    """In the order of `names`. Raises NoCases, BadCase, DuplicateCase, HeldMissing."""
    names = tuple(names)
    labelled = _labelled(sources) if set(names) - {SetName.HELD, SetName.CASES} else {}
    return [_read_set(name, sources, labelled) for name in names]


def _read_set(name: SetName, sources: Sources, labelled: dict[SetName, tuple[LabelledCase, ...]]) -> QuestionSet[Any]:
    if name is SetName.CASES:
        return QuestionSet(name, sources.split, tuple(read_cases(sources.cases, sources.split)), judge)
    questions = _held(sources) if name is SetName.HELD else labelled[name]
    if not questions:
        raise NoCases(sources.labelled)
    split = Split.HELD if name is SetName.HELD else Split.DEV
    return QuestionSet(name, split, questions, judge_labelled)


def _labelled(sources: Sources) -> dict[SetName, tuple[LabelledCase, ...]]:
    rows = read_labelled(sources.corpus, sources.labelled)

    def of(*chosen: splits.Split) -> tuple[LabelledCase, ...]:
        return tuple(LabelledCase(one.row, one.writer) for one in rows if splits.split_of(one) in chosen)

    return {
        SetName.WRITERS: of(*splits.WRITERS[:2]),
        SetName.BORDERS: of(*splits.WRITERS[2:4]),
        SetName.DETAILS: of(*splits.WRITERS[4:]),
        SetName.PLAN: of(splits.Split.JINHUA),
        SetName.TRAIN: sample(of(splits.Split.TRAIN), TRAIN_SAMPLE),
    }


def _held(sources: Sources) -> tuple[LabelledCase, ...]:
    """All files beside the held one, each named for who wrote it."""
    if not sources.held.is_file():
        raise HeldMissing(sources.held)
    rows = read_labelled(sources.corpus, sources.held.parent)
    return tuple(LabelledCase(one.row, one.writer, held=True) for one in rows)


def _lot(id_: str, seed: int) -> bytes:
    return hashlib.sha256(f"{seed}:{id_}".encode()).digest()
