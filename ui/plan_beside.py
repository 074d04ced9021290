"""What the API tells of a plan beside its text: where words stand, whom it cites, the same topic elsewhere."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import quote

from ui.api_errors import ApiError, ApiProblem
from ui.ask_client import AskClient
from ui.plan_links import clause_link
from ui.plan_marks import Mark, Marks, Sort
from ui.plan_time import TimedPlan
from ui.replies import ClauseText, Reading

MOST_HITS = 100  # that are marked: each has its way to the next
LONGEST_WORDS = 100  # characters that are looked for

Told = TypeVar("Told")


class Place(Reading):
    """`start` and `end` count code points of a clause's text."""

    clause_path: str
    start: int
    end: int


class Words(Reading):
    total: int
    places: tuple[Place, ...] = ()


class Cited(Place):
    cited_plan_id: str
    cited_plan_title: str
    cited_level: str = ""


class CitedPlans(Reading):
    cited: tuple[Cited, ...] = ()


class Neighbour(Reading):
    plan_id: str
    plan_title: str
    region: str = ""
    level: str = ""
    clause_path: str
    heading: str = ""
    quote: str
    similarity: float


class Neighbours(Reading):
    neighbours: tuple[Neighbour, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked for, and where it stands; None of `found` where that could not be told."""

    words: str
    found: Words | None

    @property
    def places(self) -> tuple[Place, ...]:
        return self.found.places[:MOST_HITS] if self.found else ()

    @property
    def is_too_long(self) -> bool:
        return len(self.words) > LONGEST_WORDS


@dataclass(frozen=True, slots=True)
class Beside:
    """Of a plan. `near` is None where nobody asked for it or it could not be told."""

    finding: Finding | None = None
    cited: tuple[Cited, ...] = ()
    near: tuple[Neighbour, ...] | None = None

    @property
    def cited_plans(self) -> tuple[Cited, ...]:
        """The first place of each."""
        return tuple({one.cited_plan_id: one for one in reversed(self.cited)}.values())[::-1]


def look_beside(client: AskClient, plan: TimedPlan, clause: ClauseText | None, words: str, day: str) -> Beside:
    """The text can be read without any of it: what the API does not tell is left out."""
    plan_id = quote(plan.plan_id, safe="")
    cited = _told(lambda: client.get(CitedPlans, f"/v1/plans/{plan_id}/cited"))
    near = _neighbours(client, clause.clause_id, day) if clause else None
    return Beside(_find(client, plan_id, words), cited.cited if cited else (), near)


def marks_beside(beside: Beside) -> dict[str, Marks]:
    """By the path of the clause they stand in."""
    found: dict[str, list[Mark]] = {}
    for number, place in enumerate(beside.finding.places if beside.finding else (), start=1):
        found.setdefault(place.clause_path, []).append(Mark(place.start, place.end, Sort.HIT, str(number)))
    for cite in beside.cited:
        link = clause_link(cite.cited_plan_id)
        found.setdefault(cite.clause_path, []).append(Mark(cite.start, cite.end, Sort.CITE, link))
    return {path: tuple(marks) for path, marks in found.items()}


def joined(*each: Mapping[str, Marks]) -> dict[str, Marks]:
    found: dict[str, Marks] = {}
    for marks in each:
        for path, own in marks.items():
            found[path] = (*found.get(path, ()), *own)
    return found


def _find(client: AskClient, plan_id: str, words: str) -> Finding | None:
    if not words:
        return None
    if len(words) > LONGEST_WORDS:
        return Finding(words, None)
    return Finding(words, _told(lambda: client.get(Words, f"/v1/plans/{plan_id}/words", {"q": words})))


def _neighbours(client: AskClient, clause_id: str, day: str) -> tuple[Neighbour, ...] | None:
    asked = {"as_of": day} if day else {}
    found = _told(lambda: client.get(Neighbours, f"/v1/neighbours/{quote(clause_id, safe='')}", asked))
    return found.neighbours if found else None


def _told(ask: Callable[[], Told]) -> Told | None:
    try:
        return ask()
    except ApiError as error:
        if isinstance(error, ApiProblem) and error.status == 429:
            raise  # the reader is told to wait
        return None
