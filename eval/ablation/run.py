"""`metrology eval ablation`: what each part adds to the answers, on the same questions."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from eval.answers.asker import Asks, InProcessAsker
from eval.answers.judgement import ClauseText
from eval.answers.results import cases_hash, now
from eval.answers.score import figure, figures_of
from eval.answers.sets import QuestionSet
from eval.figures import Figure
from eval.table import table

Write = Callable[[str], None]
Progress = Callable[[str, int, int], None]  # (variant, questions done, questions in all)

TOLD = {  # figure → its column
    "correct": "answers right",
    "first_clause": "first clause right",
    "false_declines": "false declines",
    "false_answers": "false answers",
    "latency_p50_ms": "p50 ms",
}


@dataclass(frozen=True, slots=True)
class VariantResult:
    """One variant on all questions of a set."""

    variant: str
    figures: tuple[Figure, ...]
    right: tuple[str, ...]  # ids of the questions it answers right


def run(
    variants: Mapping[str, Asks],
    asked: QuestionSet[Any],
    clause_text: ClauseText,
    write: Write,
    path: Path | None = None,
    progress: Progress | None = None,
) -> tuple[VariantResult, ...]:
    """Raises AskFailed."""
    results = tuple(_result(name, bot, asked, clause_text, progress) for name, bot in variants.items())
    _tell(results, asked, write)
    if path:
        _write_json(results, asked, path)
    return results


def _result(
    name: str, bot: Asks, asked: QuestionSet[Any], clause_text: ClauseText, progress: Progress | None
) -> VariantResult:
    def told(done: int, total: int) -> None:
        if progress:
            progress(name, done, total)

    judgements = asked.judged(InProcessAsker(bot), clause_text, progress=told)
    right = tuple(judgement.outcome.case.id for judgement in judgements if not judgement.reasons)
    return VariantResult(name, figures_of(judgements), right)


def _tell(results: Sequence[VariantResult], asked: QuestionSet[Any], write: Write) -> None:
    """Each with how many of the row before's it loses and how many it wins."""
    rows: list[list[str]] = []
    before: set[str] = set()
    for result in results:
        right = set(result.right)
        change = f"+{len(right - before)} −{len(before - right)}" if rows else "–"
        rows.append([result.variant, *(str(figure(result.figures, name)) for name in TOLD), change])
        before = right
    write(f"{asked.name} ({asked.split}), {len(asked.questions)} questions")
    write(table(["variant", *TOLD.values(), "against the row before"], rows))


def _write_json(results: Sequence[VariantResult], asked: QuestionSet[Any], path: Path) -> None:
    content = {
        "settings": {"set": asked.name, "split": asked.split, "cases_hash": cases_hash(asked.questions), "at": now()},
        "variants": {
            result.variant: {"figures": [asdict(one) for one in result.figures], "right": list(result.right)}
            for result in results
        },
    }
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
