"""The answers to a message's several questions, put together."""

from collections.abc import Sequence

from bot.judge import status
from bot.model import Answer


def together(answers: Sequence[Answer]) -> Answer:
    """All statements in order, each once; what one answer cites is not offered as near by another."""
    if len(answers) == 1:
        return answers[0]
    cited = {citation.clause.id for answer in answers for citation in answer.citations}
    return Answer(
        status=status.of_all(answer.status for answer in answers),
        statements=tuple(dict.fromkeys(statement for answer in answers for statement in answer.statements)),
        related=tuple(dict.fromkeys(one for answer in answers for one in answer.related if one.clause.id not in cited)),
        notes=tuple(dict.fromkeys(note for answer in answers for note in answer.notes)),
        table=next((answer.table for answer in answers if answer.table), ()),
    )
