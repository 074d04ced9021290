"""A model's fluent answer, sentence by sentence: what passes the check is said, what fails the clause says itself.

Declines, numbers from indicators, units and fixed phrases are not the model's to write: only quotations are rewritten.
"""

import re
import time
from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, replace

from bot.check.draft import Excerpt, Sentence
from bot.model import Answer, Mode, Question, Statement, Status
from bot.write.chat import ChatModel, Pieces, Stop
from bot.write.layout import Layout
from bot.write.prompt import Exchange, writing_messages
from bot.write.split import SentenceSplitter
from bot.write.tally import Tally
from bot.write.vet import Vetter
from bot.write.wording import CUT_SHORT, FELL_BACK, REPLACED, TOO_SLOW
from ingest.errors import ModelError, ModelTimeout

RESERVED = 0.1  # seconds of the time kept for what follows the model's last word
LEAST = 0.2  # seconds that make a call worth beginning
HOPELESS = 4  # sentences that all failed: the rest is not waited for
SURVIVING = 0.5  # of the sentences written; with fewer the extractive answer is served
TAIL = 8  # characters that show whether a line ended in a handle
CITED_LINE = re.compile(r"[\]】〕］][ 。]*\n$")
DECLINED = (Status.NOT_FOUND, Status.OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True)
class Brief:
    """All that writing an answer needs. `fallback` is the extractive answer, already verified."""

    question: Question
    fallback: Answer
    excerpts: tuple[Excerpt, ...]
    conversation: tuple[Exchange, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """The answer, and what became of the model's sentences."""

    answer: Answer
    tally: Tally


class Writer:
    """Asks a model to write and lets nothing unverified through."""

    def __init__(self, model: ChatModel, name: str) -> None:
        self.model, self.name = model, name

    def write(self, brief: Brief, budget_s: float, stop: Stop | None = None) -> Generator[Statement, None, Written]:
        """Statements as they are verified, then (as the generator's value) the whole answer.

        Takes `budget_s` seconds at most, whatever the model does. When too little of what was said survives, the
        answer is the extractive one and supersedes the statements before it.
        """
        deadline = time.monotonic() + budget_s - RESERVED
        layout = Layout.of(brief.fallback)
        vetter = Vetter(brief.excerpts, layout.quotes, brief.question)
        yield from layout.before
        if layout.quotes and brief.fallback.status not in DECLINED:
            yield from self._told(brief, vetter, deadline, stop or Stop())
        answer = self._answer(brief, layout, vetter)
        said = len(layout.before) + len(vetter.statements)
        if answer.mode is Mode.LLM or not vetter.statements:
            yield from answer.statements[said:]
        return Written(answer, vetter.tally)

    def _told(self, brief: Brief, vetter: Vetter, deadline: float, stop: Stop) -> Iterator[Statement]:
        """What the vetter lets through. The model's failures end here: they are noted in the tally."""
        try:
            left = deadline - time.monotonic()
            if left < LEAST:
                raise ModelTimeout(self.name, max(left, 0.0))
            messages = writing_messages(brief.question, brief.excerpts, brief.conversation)
            with closing(self.model.stream(messages, left)) as pieces:
                stop.watch(pieces)
                for sentence in sentences(pieces):
                    yield from vetter.take(sentence)
                    if vetter.full or (vetter.tally.written >= HOPELESS and not vetter.tally.verified):
                        break
        except ModelError as error:
            vetter.tally.failure = type(error).__name__

    def _answer(self, brief: Brief, layout: Layout, vetter: Vetter) -> Answer:
        fallback, tally = brief.fallback, vetter.tally
        if tally.verified == 0 or tally.verified < SURVIVING * tally.written:
            return _with_note(fallback, _why_not(tally))
        said = [citation for statement in vetter.statements for citation in statement.citations]
        rest = layout.left_out(said, everything=bool(tally.failure))
        answer = Answer(
            status=fallback.status,
            statements=(*layout.before, *vetter.statements, *rest, *layout.after),
            related=tuple(one for one in fallback.related if one.clause.id not in vetter.clauses),
            notes=fallback.notes,
            table=fallback.table,
            mode=Mode.LLM,
            model=self.name,
        )
        failed = tally.replaced + tally.dropped
        answer = _with_note(answer, REPLACED.format(count=failed) if failed else "")
        return _with_note(answer, CUT_SHORT if tally.failure and rest else "")


def sentences(pieces: Pieces) -> Iterator[Sentence]:
    """Sentences as soon as they are whole. A line that ends in a handle is: the next word is not awaited."""
    splitter, line = SentenceSplitter(), ""
    for piece in pieces:
        for part in piece.splitlines(keepends=True):
            yield from splitter.feed(part)
            line = (line + part)[-TAIL:]
            if CITED_LINE.search(line):
                yield from splitter.finish()
    yield from splitter.finish()


def _why_not(tally: Tally) -> str:
    """The note of an answer the model had no part in; none when it was not asked or said it cannot answer."""
    if tally.written:
        return FELL_BACK
    return TOO_SLOW if tally.failure == ModelTimeout.__name__ else ""


def _with_note(answer: Answer, note: str) -> Answer:
    return replace(answer, notes=(*answer.notes, note)) if note else answer
