"""`metrology eval model`: what becomes of a real model's sentences, asked through its OpenAI-compatible server."""

import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path
from typing import Protocol

from bot.model import Mode, Statement
from bot.service import Asked, Telling
from bot.write.tally import Tally
from eval.figures import Figure, quantile, wilson
from eval.table import table
from ingest.errors import ModelTimeout

SLOW = "A slow endpoint needs more time: METROLOGY_LLM_BUDGET (seconds a message) and LLM_TIMEOUT (between two chunks)."

Write = Callable[[str], None]
Progress = Callable[[str, int, int], None]


class Asks(Protocol):
    """A question with what was asked before it."""

    @property
    def turns(self) -> tuple[str, ...]: ...


class Tells(Protocol):
    """A bot that may have a model."""

    def ask_stream(self, text: str, session_id: str | None = None, *, mode: str = "auto") -> Telling: ...


@dataclass(frozen=True, slots=True)
class Sentence:
    """One that the model wrote and that was said, with all that it cites: for whoever reads them one by one."""

    text: str
    clauses: tuple[str, ...]
    cited: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a question. `first_ms`: until the first sentence of the model's was said; None when none was."""

    question: str
    mode: Mode
    tally: Tally
    sentences: tuple[Sentence, ...]
    first_ms: float | None


def run(
    bot: Tells,
    questions: Sequence[str],
    write: Write,
    path: Path | None = None,
    progress: Progress | None = None,
) -> dict[str, Figure]:
    """Asks each question of a fresh session; figures by name."""
    told = list(_told(bot, questions, progress))
    figures = measure(told)
    write(table(["figure", "value [95 % interval]", "over"], [[one.name, str(one), str(one.count)] for one in figures]))
    tally = sum((one.tally for one in told), Tally())
    fates = {name: getattr(tally, name) for name in ("written", "verified", "attributed", "replaced", "dropped")}
    write("\n" + table(["sentences", "count"], [[name, str(count)] for name, count in fates.items()]))
    write("\n" + table(["held back for", "count"], [[kind, str(count)] for kind, count in tally.faults.most_common()]))
    failures = Counter(one.tally.failure for one in told if one.tally.failure)
    if failures:
        write("\n" + table(["replies that failed", "count"], [[kind, str(count)] for kind, count in failures.items()]))
        if failures[ModelTimeout.__name__]:
            write(SLOW)
    if path:
        rows = [_row(one) for one in told]
        path.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return {one.name: one for one in figures}


def measure(told: Sequence[Told]) -> list[Figure]:
    """Over the questions that the model was asked and wrote something on."""
    written = [one for one in told if one.tally.written]
    sentences = sum(one.tally.written for one in written)
    first = [one.first_ms for one in told if one.first_ms is not None]
    return [
        wilson("asked_of_the_model", sum(bool(one.tally.written or one.tally.declined) for one in told), len(told)),
        wilson("answers_that_stand", sum(one.mode is Mode.LLM for one in written), len(written)),
        wilson("sentences_said", sum(one.tally.verified for one in written), sentences),
        wilson("sentences_attributed", sum(one.tally.attributed for one in written), sentences),
        quantile("first_sentence_p50_ms", first, 0.5),
        quantile("first_sentence_p95_ms", first, 0.95),
    ]


def choose(asked: Sequence[Asks], count: int) -> list[str]:
    """Of questions that stand by themselves so many, spread over all."""
    alone = [one.turns[0] for one in asked if len(one.turns) == 1]
    return alone[:: max(1, len(alone) // count)][:count]


def _told(bot: Tells, questions: Sequence[str], progress: Progress | None) -> Iterator[Told]:
    for done, question in enumerate(questions, start=1):
        yield _ask(bot, question)
        if progress:
            progress("questions", done, len(questions))


def _ask(bot: Tells, question: str) -> Told:
    began, first = time.perf_counter(), None
    for said in bot.ask_stream(question, mode=Mode.LLM):
        if isinstance(said, Asked):
            own = tuple(map(_sentence, said.answer.statements)) if said.answer.mode is Mode.LLM else ()
            sentences = tuple(one for one in own if one)
            return Told(question, said.answer.mode, said.tally or Tally(), sentences, first)
        if said.generated and first is None:
            first = (time.perf_counter() - began) * 1e3
    raise RuntimeError("An answer ends with the whole of it.")


def _row(one: Told) -> dict[str, object]:
    """As JSON has it. A tally field by field: `asdict` would count the pairs of the counter in it."""
    own = {each.name: getattr(one, each.name) for each in fields(one)}
    tally = {each.name: getattr(one.tally, each.name) for each in fields(one.tally)}
    return own | {"tally": tally, "sentences": [asdict(each) for each in one.sentences]}


def _sentence(statement: Statement) -> Sentence | None:
    if not statement.generated:
        return None
    clauses = tuple(one.clause.id for one in statement.citations)
    return Sentence(statement.text, clauses, tuple(one.quote for one in statement.citations))
