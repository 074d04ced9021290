"""How the words of a sentence lie in the text it cites: on in its order, over a comma, back, or nowhere.

Who exchanges the objects of two phrases keeps every word and breaks their ties: a network need not find that out.
"""

from collections.abc import Iterator
from dataclasses import dataclass

NOWHERE, ON = 0, 1
NEAREST = ("", "、", "，,：:", "。；;\n")  # what lies between two runs of one phrase, list, sentence; or of several
APART = "，,；;。：:"  # parts the sentence itself
MARKS = ("", *APART, "、", "\n")  # no run goes over one
PASSED, HELD = 14, 15  # of the text: between two runs of one phrase but not said; said
LINKS = 16
SHORTEST, MOST = 2, 24  # characters of a run; places where it may stand that are looked at
BACK_COSTS = 2  # a run is looked for behind the one before it rather than ahead of it


@dataclass(frozen=True, slots=True)
class Run:
    """`sentence[said : said + length]` stands at `held` in the text."""

    said: int
    held: int
    length: int


def linked(sentence: str, cited: str) -> tuple[list[int], list[int]]:
    """A kind of link for each character of both."""
    ours, theirs = [NOWHERE] * len(sentence), [NOWHERE] * len(cited)
    before: Run | None = None
    for run in runs(sentence, cited):
        kind = ON if before is None else _kind(before, run, sentence, cited)
        ours[run.said : run.said + run.length] = [kind] + [ON] * (run.length - 1)
        theirs[run.held : run.held + run.length] = [HELD] * run.length
        if before and kind in (2, 3):
            gap = range(before.held + before.length, run.held)
            for at in gap:
                theirs[at] = theirs[at] or PASSED
        before = run
    return ours, theirs


def runs(sentence: str, cited: str) -> Iterator[Run]:
    """From the left the longest that stand in the text, each where it is nearest to the end of the one before."""
    at, end = 0, 0
    while at < len(sentence):
        length = _longest(sentence, at, cited)
        if length < SHORTEST:
            at += 1
            continue
        places = _places(sentence[at : at + length], cited)
        held = min(places, key=lambda place: place - end if place >= end else BACK_COSTS * (end - place))
        yield Run(at, held, length)
        at, end = at + length, held + length


def _longest(sentence: str, at: int, cited: str) -> int:
    length = 0
    while sentence[at + length : at + length + 1] not in MARKS and sentence[at : at + length + 1] in cited:
        length += 1
    return length


def _places(run: str, cited: str) -> list[int]:
    found: list[int] = []
    at = cited.find(run)
    while at >= 0 and len(found) < MOST:
        found.append(at)
        at = cited.find(run, at + 1)
    return found


def _kind(before: Run, run: Run, sentence: str, cited: str) -> int:
    """2–7 where the sentence goes on, 8–13 where it parts the two: how far the text parts them, forth or back."""
    back = run.held < before.held + before.length
    between = cited[run.held + run.length : before.held] if back else cited[before.held + before.length : run.held]
    far = max((rank for rank, marks in enumerate(NEAREST) if any(one in marks for one in between)), default=0)
    kind = 4 + far // 2 if back else far
    parted = any(one in APART for one in sentence[before.said + before.length : run.said])
    return 2 + kind + 6 * parted
