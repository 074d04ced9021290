"""Why a question was not answered, read off the fixed phrases it was declined with."""

from collections.abc import Iterable
from enum import StrEnum

from bot import wording
from bot.model import Status


class Reason(StrEnum):
    NO_CLAUSE = "no_clause"  # nothing in the plans bears on it
    DETAIL = "detail_missing"  # a clause bears on it, the very thing asked is not stated
    PLACE = "place_not_held"
    DOCUMENT = "document_not_held"
    ADDRESS = "no_such_address"
    FIELD = "metadata_absent"
    UNITS = "units_not_named"
    INDICATOR = "no_indicator"
    OUTCOME = "outcome_unknown"
    NUMBER = "number_not_there"
    NARROWED = "outside_the_plans_chosen"
    EMPTY = "empty_question"
    OFF_TOPIC = "off_topic"
    OTHER = "other"


# the first that was said; {…} of a phrase stands for anything
PHRASES: tuple[tuple[Reason, tuple[str, ...]], ...] = (
    (Reason.EMPTY, (wording.EMPTY_QUESTION,)),
    (Reason.NARROWED, (wording.OUTSIDE,)),
    (Reason.PLACE, (wording.NOT_IN_CORPUS,)),
    (Reason.DOCUMENT, (wording.NOT_HELD, wording.UNKNOWN_NUMBER, wording.CITED_ONLY)),
    (Reason.ADDRESS, (wording.NO_SUCH_ADDRESS,)),
    (Reason.FIELD, (wording.ABSENT_FIELD,)),
    (Reason.UNITS, (wording.NO_UNITS, wording.NOT_RESPONSIBLE, wording.NO_UNITS_AT_ALL)),
    (Reason.OUTCOME, (wording.OUTCOME_UNKNOWN, wording.PAST_TARGET)),
    (Reason.INDICATOR, (wording.NO_INDICATOR, wording.NO_GROWTH)),
    (Reason.NUMBER, (wording.NUMBER_NOT_THERE,)),
    (Reason.DETAIL, (wording.MISSING_ASPECT, wording.MISSING_DETAIL)),
    (Reason.NO_CLAUSE, (wording.NOT_IN_PLAN, wording.NOT_FOUND, wording.WHO_LACKS)),
)


def reason_of(status: Status, told: Iterable[str]) -> Reason | None:
    """None for what was answered; `told` is what was said without a citation, and the notes."""
    if status is Status.ANSWERED:
        return None
    said = "\n".join(told)
    found = (reason for reason, phrases in PHRASES if any(_says(said, phrase) for phrase in phrases))
    return next(found, Reason.OFF_TOPIC if status is Status.OUT_OF_SCOPE else Reason.OTHER)


def _says(said: str, phrase: str) -> bool:
    """Whether the fixed parts of a phrase stand in what was said, in their order."""
    at = 0
    for fixed in _fixed(phrase):
        at = said.find(fixed, at)
        if at < 0:
            return False
        at += len(fixed)
    return True


def _fixed(phrase: str) -> list[str]:
    parts = (part.rpartition("}")[2] for part in phrase.split("{"))
    return [part for part in parts if part]
