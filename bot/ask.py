"""Question → read → find → judge → answer: four calls, no branches."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from bot.answer.answer import Answerer
from bot.answer.cite import verified
from bot.judge.judge import Judge, Verdict
from bot.model import Answer, Question
from bot.question.followup import Memory, resume
from bot.question.read import Reader, narrowed, several
from bot.question.timing import timed
from bot.retrieve.find import Candidate, Finder
from bot.stages import Watch
from ingest.model import Clause


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn on its way through the chain."""

    text: str
    plans: tuple[str, ...] = ()  # set by the caller, not by the question
    memory: Memory | None = None
    as_of: str = ""  # set by the caller: the ISO day it is asked of
    question: Question | None = None
    focus: tuple[Clause, ...] = ()
    candidates: tuple[Candidate, ...] = ()
    verdict: Verdict | None = None
    answer: Answer | None = None


class Chain:
    """Holds the concrete parts. Safe to share between threads."""

    def __init__(
        self,
        reader: Reader,
        finder: Finder,
        judge: Judge,
        today: Callable[[], date] = date.today,
        watch: Watch | None = None,
    ) -> None:
        self.reader, self.finder, self.judging = reader, finder, judge
        self.watch = watch or Watch()
        self.today = today
        self.answerer = Answerer(reader.corpus, judge, today)

    def ask(self, turn: Turn) -> Turn:
        for name, step in (("read", self.read), ("find", self.find), ("judge", self.judge), ("answer", self.answer)):
            with self.watch.stage(name):
                turn = step(turn)
        return turn

    def looked_up(self, turn: Turn) -> Turn | None:
        """`turn` answered, where that needs no model; None where one must read."""
        if (question := self.reader.looked_up(turn.text)) is None:
            return None
        known = self.resumed(turn, lambda *_: question)
        return self.ask(turn) if self.answerer.is_exact(understood(known)) else None

    def read(self, turn: Turn) -> Turn:
        """Read the question, with what was asked before it, and let it take over what it left out."""
        return self.resumed(turn, self.reader.read)

    def resumed(self, turn: Turn, read: Callable[[str, tuple[str, ...]], Question]) -> Turn:
        """As `read`, by another way of reading."""
        question = read(turn.text, turn.memory.asked if turn.memory else ())
        question, focus = resume(question, turn.memory)
        if turn.memory and question.compares:
            question = replace(question, compares=several(question.intent, question, self.reader.corpus))
        return replace(turn, question=self.kept(question, turn.plans, turn.as_of), focus=focus)

    def kept(self, question: Question, plans: tuple[str, ...], as_of: str = "") -> Question:
        """Within what the caller set, and what was in force on the day it is asked of."""
        if plans:
            question = narrowed(question, plans)
        return timed(question, self.reader.corpus, self.today(), as_of, plans)

    def find(self, turn: Turn) -> Turn:
        question = understood(turn)
        if self.answerer.is_exact(question):
            return turn
        return replace(turn, candidates=tuple(self.finder.find(question)))

    def judge(self, turn: Turn) -> Turn:
        return replace(turn, verdict=self.judging.judge(understood(turn), turn.candidates))

    def answer(self, turn: Turn) -> Turn:
        """Said only as far as it stands in what is cited."""
        if turn.verdict is None:
            raise ValueError("A turn must be judged before it is answered.")
        return replace(turn, answer=verified(self.answerer.answer(understood(turn), turn.verdict, turn.focus)))


def understood(turn: Turn) -> Question:
    if turn.question is None:
        raise ValueError("A turn must be read before anything is found for it.")
    return turn.question
