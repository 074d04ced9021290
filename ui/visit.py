"""What the page knows of who reads it, and what becomes of it with each thing he does. No widget library in it."""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass, field, replace
from time import monotonic, sleep

from ui import wording
from ui.ask_client import AskClient
from ui.replies import PlanEntry
from ui.talk import Talk, begin, finish, new_session, rate

LONGEST_COMMENT = 500  # characters of a reason why an answer was no use
LONGEST_WAY = 5.0  # seconds from a step told to the step shown


@dataclass(frozen=True, slots=True)
class Shown:
    """What to show next. `box`: what the question box holds from now on, None for what it holds. `placeholder`: what
    it says while it is empty, if not the usual."""

    visit: "Visit"
    box: str | None = None
    placeholder: str = ""


@dataclass(slots=True)
class Presence:
    """Of a reader at a conversation whose answer grows. `left`: he turned to another; `on_its_way`: a step of the
    answer was told and is not yet shown."""

    left: bool = False
    on_its_way: bool = False

    def leave(self, longest: float = LONGEST_WAY) -> None:
        """Waits for what is on its way, so that it is shown before what follows, not after; `longest` in seconds."""
        self.left = True
        until = monotonic() + longest
        while self.on_its_way and monotonic() < until:
            sleep(0.01)

    def told(self, steps: Generator[Shown, None, None]) -> Iterator[Shown]:
        """Until he leaves: the framework calls an answer off beside what he does, not before it, and a draft that comes
        late would bring the old conversation back."""
        with closing(steps):
            for step in steps:
                self.on_its_way = True  # before it is asked whether he left: one of the two sees the other
                try:
                    if self.left:
                        return
                    yield step
                finally:
                    self.on_its_way = False


@dataclass(frozen=True, slots=True)
class Visit:
    """A conversation under way. `editing`: the next question takes the last one's place."""

    talk: Talk = ()
    session: str = ""
    plans: tuple[PlanEntry, ...] = ()
    editing: bool = False
    presence: Presence = field(default_factory=Presence, compare=False)

    @property
    def is_waiting(self) -> bool:
        return bool(self.talk) and self.talk[-1].is_open

    def asking(self, question: str) -> "Visit":
        before = self.talk[:-1] if self.editing else self.talk
        return replace(self, talk=begin(before, question), editing=False)


def asked(client: AskClient, visit: Visit, question: str, plan_id: str, *, typed: bool = True) -> Iterator[Shown]:
    """The question on the page, then each draft, then the answer, or the failure with the question back in its box.

    `typed`: it stood in the box, which is emptied; another that is being written there stays.
    """
    return visit.presence.told(_answered(client, visit, question, plan_id, typed))


def _answered(
    client: AskClient, visit: Visit, question: str, plan_id: str, typed: bool
) -> Generator[Shown, None, None]:
    if not question.strip():
        yield Shown(visit, "", wording.EMPTY_QUESTION)
        return
    visit = visit.asking(question)
    yield Shown(visit, "" if typed else None)
    with closing(finish(client, visit.talk, plan_id, visit.session)) as tellings:
        for talk in tellings:
            yield Shown(replace(visit, talk=talk), talk[-1].question if talk[-1].failure else None)


def asked_again(client: AskClient, visit: Visit, plan_id: str) -> Iterator[Shown]:
    """The last question once more, in its place."""
    if not visit.talk or visit.is_waiting:
        yield Shown(visit)
        return
    yield from asked(client, replace(visit, editing=True), visit.talk[-1].question, plan_id)


def revised(visit: Visit, *, on: bool) -> Shown:
    """Brings the last question back into the box, or lets go of it: its answer stays until another is asked."""
    if not visit.talk or visit.is_waiting:
        return Shown(visit)
    return Shown(replace(visit, editing=on), visit.talk[-1].question if on else "")


def voted(client: AskClient, visit: Visit, answer_id: str, *, useful: bool, comment: str) -> Shown:
    """With feedback for an answer."""
    talk = rate(client, visit.talk, answer_id, useful=useful, comment=comment[:LONGEST_COMMENT])
    return Shown(replace(visit, talk=talk))


def begun_anew(visit: Visit) -> Shown:
    """Nothing of the conversation is taken over, not even for understanding what comes."""
    return reopened(visit, (), new_session())


def reopened(visit: Visit, talk: Talk, session: str) -> Shown:
    """Another conversation in this one's place."""
    visit.presence.leave()
    return Shown(Visit(talk, session, visit.plans), "")
