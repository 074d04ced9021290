"""What an answer is: answered, partial, not found or out of scope. No other part of the bot says so."""

from collections.abc import Iterable

from bot.judge.judge import Verdict
from bot.model import Status

SAYING = (Status.ANSWERED, Status.PARTIAL)


def outside() -> Status:
    """No question for a bot on these plans."""
    return Status.OUT_OF_SCOPE


def looked_up(told: bool) -> Status:
    """By address, number, heading or a document's own words: it stands there, or it does not."""
    return Status.ANSWERED if told else Status.NOT_FOUND


def quoted(verdict: Verdict, literally: bool) -> Status:
    """As the sentences were judged, unless the very words that were looked for stand in a plan."""
    return Status.ANSWERED if literally or verdict.status is Status.ANSWERED else Status.PARTIAL


def unread() -> Status:
    """There was no time to read: nothing is said to stand in a plan, and nothing to be missing from it."""
    return Status.PARTIAL


def told(complete: bool) -> Status:
    """What bears on the question is told; `complete` when it is all that was asked."""
    return Status.ANSWERED if complete else Status.PARTIAL


def in_part(status: Status) -> Status:
    """A part at most: what was asked of one of the places, of the year, or by the document named is not said."""
    return Status.PARTIAL if status is Status.ANSWERED else status


def of_all(statuses: Iterable[Status]) -> Status:
    """Of several questions in one message: in part as soon as one of them says anything and they differ."""
    found = set(statuses)
    if len(found) == 1:
        return found.pop()
    return Status.PARTIAL if found.intersection(SAYING) else Status.NOT_FOUND
