"""An answer as plain text in so many bytes: what is kept keeps its sources, and the end says that more was left out."""

from collections.abc import Sequence
from dataclasses import replace

from bot.api import render
from bot.api.cut import cut, shortened, size
from bot.model import Answer, Statement, Status
from bot.wording import CUT_SHORT

LEAST = 120  # bytes asked for: room for a label, some words and the ending
SOME = 60  # bytes of a sentence worth beginning it


def fitted(answer: Answer, first_line: str, limit: int | None) -> str:
    """`answer` as `render.plain_text` has it, in at most `limit` bytes (at least LEAST) where one is given.

    Near clauses go first, then notes but for the one that says what is missing, then sentences from the end with
    their sources; the first sentence that does not fit is begun.
    """
    whole = render.plain_text(answer, first_line)
    if limit is None or size(whole) <= limit:
        return whole
    essential = answer.notes[:1] if answer.status is Status.PARTIAL else ()
    short = replace(answer, related=(), notes=essential, table=())
    for kept in _fewer(short):
        text = render.plain_text(kept, first_line)
        if size(text) <= limit - size(CUT_SHORT):
            return text + CUT_SHORT
        if begun := _begun(kept, first_line, limit):
            return begun
    return shortened(whole, limit)


def _fewer(answer: Answer) -> Sequence[Answer]:
    """`answer` with all its statements, then with ever fewer, down to one."""
    counts = range(len(answer.statements), 0, -1)
    return [replace(answer, statements=answer.statements[:count]) for count in counts]


def _begun(answer: Answer, first_line: str, limit: int) -> str:
    """With its last statement cut so that all fits; empty when too little of it would be left."""
    *before, last = answer.statements
    framed = replace(answer, statements=(*before, replace(last, text="")))
    room = limit - size(CUT_SHORT) - size(render.plain_text(framed, first_line))
    if room < SOME or size(last.text) <= room:
        return ""
    return render.plain_text(replace(answer, statements=(*before, _cut(last, room))), first_line) + CUT_SHORT


def _cut(statement: Statement, room: int) -> Statement:
    return replace(statement, text=cut(statement.text, room)[0].rstrip())
