"""Several questions in one message: each is answered, and the answers are put together."""

import re
from collections.abc import Sequence

from bot.model import Answer, Status
from bot.question.fold import fold
from bot.question.patterns import ORDERS
from bot.question.read import cut_orders

END = re.compile(r"(?<=[?？])|[,，。;；]\s*(?=(?:另外|还有|顺便|再问|再就是))")
MORE = re.compile(r"另外|还有|顺便|再问|再就是")
MOST = 4
SHORTEST = 4  # characters of a question worth splitting off
ORDER = (Status.ANSWERED, Status.PARTIAL, Status.NOT_FOUND, Status.OUT_OF_SCOPE)


def split_questions(text: str) -> list[str]:
    """The message's questions, when each asks something; else the message as it is, an order to the bot included."""
    parts = [part.strip() for part in END.split(text) if len(fold(part)) >= SHORTEST]
    asked = [part for part in parts if part.endswith(("?", "？")) or MORE.match(part)]
    whole = len(asked) == len(parts) or (len(asked) == len(parts) - 1 and MORE.match(parts[-1]))
    splits = 2 <= len(parts) <= MOST and whole and not any(map(_is_mere_order, parts))
    return parts if splits else [text]


def _is_mere_order(part: str) -> bool:
    folded = fold(part)
    return ORDERS.search(folded) is not None and not cut_orders(folded)[1]


def together(answers: Sequence[Answer]) -> Answer:
    """One answer out of several: all statements in order; answered in part when only some were."""
    if len(answers) == 1:
        return answers[0]
    statuses = {answer.status for answer in answers}
    status = statuses.pop() if len(statuses) == 1 else Status.PARTIAL
    if status is Status.PARTIAL and not any(one.status in ORDER[:2] for one in answers):
        status = Status.NOT_FOUND
    cited = {citation.clause.id for answer in answers for citation in answer.citations}
    return Answer(
        status=status,
        statements=tuple(dict.fromkeys(statement for answer in answers for statement in answer.statements)),
        related=tuple(dict.fromkeys(one for answer in answers for one in answer.related if one.clause.id not in cited)),
        notes=tuple(dict.fromkeys(note for answer in answers for note in answer.notes)),
        table=next((answer.table for answer in answers if answer.table), ()),
    )
