"""A conversation as the reader's browser keeps it, so that a reload does not lose it. The server keeps none.

What comes back may have been changed on the way: it is read as strictly as what the API says, and escaped as all is.
"""

from typing import Literal

from pydantic import Field, ValidationError

from ui.replies import Reading, Reply
from ui.talk import KEPT_TURNS, SESSION, Talk, new_session
from ui.talk_view import Turn, table_lines
from ui.visit import Visit

LONGEST = 65_536  # characters of a kept conversation that are read


class KeptTurn(Reading):
    question: str = Field(min_length=1, max_length=2000)
    reply: Reply | None = None
    failure: str = Field("", max_length=500)
    rating: Literal["", "taken", "closed", "failed"] = ""


class KeptTalk(Reading):
    """A whole conversation. `session`: the id under which the bot understands follow-up questions."""

    session: str = Field(pattern=f"^{SESSION}$")
    turns: tuple[KeptTurn, ...] = Field((), max_length=KEPT_TURNS)


def to_keep(visit: Visit) -> str:
    """JSON for the browser: turns that came to an end, without what can be had from the rest."""
    turns = tuple(_kept(turn) for turn in visit.talk if not turn.is_open)
    json = KeptTalk(session=visit.session, turns=turns).model_dump_json(exclude_defaults=True)
    return json.replace("<", "\\u003c")  # it travels as the value of an HTML component, where it must open nothing


def read_kept(json: str) -> tuple[str, Talk]:
    """(session, talk); a new session and no talk for what is none, or nothing."""
    if not json or len(json) > LONGEST:
        return new_session(), ()
    try:
        kept = KeptTalk.model_validate_json(json)
    except ValidationError:
        return new_session(), ()
    turns = tuple(turn for turn in kept.turns if turn.reply or turn.failure)
    return kept.session, tuple(Turn(one.question, None, one.reply, one.failure, one.rating) for one in turns)


def _kept(turn: Turn) -> KeptTurn:
    reply = turn.reply and turn.reply.model_copy(update={"answer": "\n".join(table_lines(turn.reply.answer))})
    return KeptTurn(question=turn.question, reply=reply, failure=turn.failure, rating=turn.rating)
