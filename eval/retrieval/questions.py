"""`metrology eval questions`: how well clauses are found for our own labelled questions."""

import json
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from eval.figures import SEED, Figure, mean, quantile
from eval.jsonl import read_rows
from eval.retrieval.metrics import hit_at, reciprocal_rank
from eval.retrieval.retrievers import LIMIT, Retriever
from eval.table import table
from ingest.errors import DuplicateCase, NoCases

QUESTIONS = Path(__file__).parent.parent / "questions"
GROUPS = ("all", "named", "not named")

Write = Callable[[str], None]


class QuestionSplit(StrEnum):
    """DEV is for choosing, TEST for reporting."""

    DEV = "dev"
    TEST = "test"


class LabelledQuestion(BaseModel):
    """A question in users' words; any one of `gold` at rank 1 is a hit."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    question: Annotated[str, Field(min_length=1)]
    named: bool  # whether it names a place
    plans: tuple[str, ...]
    gold: Annotated[tuple[str, ...], Field(min_length=1)]
    also: tuple[str, ...]
    topic: str
    user: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """A question and what was found for it, best first."""

    question: LabelledQuestion
    ranking: tuple[str, ...]
    took_ms: float


@dataclass(frozen=True, slots=True)
class VariantResult:
    """One way of searching. `figures` is group → hit@1, hit@5, mrr@10; `against` the change to the first variant."""

    variant: str
    figures: Mapping[str, tuple[Figure, ...]]
    against: tuple[Figure, ...]
    took: Figure
    ranked: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """What `metrology eval questions` was asked to do."""

    split: QuestionSplit = QuestionSplit.DEV
    folder: Path = QUESTIONS
    json: Path | None = None
    seed: int = SEED


def read_questions(folder: Path, split: QuestionSplit) -> list[LabelledQuestion]:
    """Raises NoCases, BadCase, DuplicateCase."""
    path = folder / f"{split}.jsonl"
    questions = list(read_rows(path, LabelledQuestion))
    if not questions:
        raise NoCases(path)
    seen = set()
    for question in questions:
        if question.id in seen:
            raise DuplicateCase(question.id)
        seen.add(question.id)
    return questions


def run(variants: Mapping[str, Retriever], options: Options, write: Write) -> tuple[VariantResult, ...]:
    """Every variant on every question; the first is what the others are set against."""
    questions = read_questions(options.folder, options.split)
    first: tuple[Ranked, ...] = ()
    results = []
    for name, retriever in variants.items():
        ranked = rank(retriever, questions)
        first = first or ranked
        results.append(_measure(name, ranked, first, options.seed))
    if options.json:
        _write_json(results, options)
    _tell(results, options, write)
    return tuple(results)


def rank(retriever: Retriever, questions: Sequence[LabelledQuestion]) -> tuple[Ranked, ...]:
    """In the order of `questions`; one search goes before, unmeasured, for what is loaded on first use."""
    retriever.search(questions[0].question)
    ranked = []
    for question in questions:
        started = time.perf_counter()
        ranking = tuple(retriever.search(question.question))
        ranked.append(Ranked(question, ranking, (time.perf_counter() - started) * 1000))
    return tuple(ranked)


def _measure(name: str, ranked: Sequence[Ranked], first: Sequence[Ranked], seed: int) -> VariantResult:
    figures = {
        group: tuple(mean(metric, values, seed) for metric, values in _values(_members(ranked, group)).items())
        for group in GROUPS
    }
    before, after = _values(first), _values(ranked)
    against = tuple(
        mean(metric, [now - then for now, then in zip(after[metric], before[metric], strict=True)], seed)
        for metric in after
    )
    took = quantile("latency_p50_ms", [row.took_ms for row in ranked], 0.5, seed)
    return VariantResult(name, figures, against, took, tuple(ranked))


def _values(ranked: Sequence[Ranked]) -> dict[str, list[float]]:
    """Metric → one value a question; `also` never counts as a hit."""
    return {
        "hit@1": [hit_at(row.ranking, row.question.gold, 1) for row in ranked],
        "hit@5": [hit_at(row.ranking, row.question.gold, 5) for row in ranked],
        f"mrr@{LIMIT}": [reciprocal_rank(row.ranking, row.question.gold, LIMIT) for row in ranked],
    }


def _members(ranked: Sequence[Ranked], group: str) -> list[Ranked]:
    return [row for row in ranked if group == "all" or row.question.named is (group == "named")]


def _tell(results: Sequence[VariantResult], options: Options, write: Write) -> None:
    for group in GROUPS:
        count = results[0].figures[group][0].count
        names = [figure.name for figure in results[0].figures[group]]
        rows = [[result.variant, *(str(figure) for figure in result.figures[group])] for result in results]
        write(table([f"{options.split}, {group} ({count})", *names], rows) + "\n")
    if len(results) > 1:
        names = [figure.name for figure in results[0].against]
        rows = [
            [result.variant, *(str(figure) for figure in result.against), f"{result.took.value:.1f} ms"]
            for result in results
        ]
        write(table([f"change to '{results[0].variant}', all", *names, "p50"], rows))


def _write_json(results: Sequence[VariantResult], options: Options) -> None:
    if options.json is None:
        return
    content: dict[str, Any] = {
        "settings": {
            "split": str(options.split),
            "seed": options.seed,
            "at": datetime.now(UTC).isoformat(timespec="seconds"),
        },
        "variants": {
            result.variant: {
                "figures": {group: [asdict(figure) for figure in figures] for group, figures in result.figures.items()},
                "against_first": [asdict(figure) for figure in result.against],
                "latency_p50_ms": asdict(result.took),
                "rankings": {row.question.id: list(row.ranking) for row in result.ranked},
            }
            for result in results
        },
    }
    options.json.parent.mkdir(parents=True, exist_ok=True)
    options.json.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
