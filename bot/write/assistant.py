"""A bot's model at work on one message: follow-ups made whole, extractive answers put in fluent words."""

import time
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace

from bot.answer.together import together
from bot.ask import Turn
from bot.model import Answer, Mode, Statement
from bot.question.read import Reader
from bot.write.chat import ChatModel, Stop
from bot.write.excerpts import choose_excerpts
from bot.write.layout import Layout
from bot.write.prompt import Exchange
from bot.write.rewrite import Rewriter
from bot.write.tally import Tally
from bot.write.threads import Threads
from bot.write.wording import UNAVAILABLE, UNDERSTOOD
from bot.write.write import DECLINED, Brief, Writer, Written
from ingest.errors import ModelTimeout, ModelUnavailable

BUDGET = 8.0  # seconds for a message, when the caller names none
REWRITING = 0.25  # of the time left that a rewrite may take


@dataclass(frozen=True, slots=True)
class Chat:
    """A language model, its name, and the seconds a message may take."""

    model: ChatModel
    name: str
    budget: float = BUDGET


@dataclass(frozen=True, slots=True)
class Job:
    """A message whose parts have their extractive answers. `demanded`: the caller asked for the model by name."""

    turns: Sequence[Turn]
    conversation: tuple[Exchange, ...]
    deadline: float  # as time.monotonic() tells it
    demanded: bool
    stop: Stop


@dataclass(frozen=True, slots=True)
class Done:
    """The parts as understood in the end, the answer to all of them, and what became of the model's sentences."""

    turns: tuple[Turn, ...]
    answer: Answer
    tally: Tally


class Assistant:
    """Safe to share between threads. `invoke` answers a turn without a model."""

    def __init__(self, chat: Chat, reader: Reader, invoke: Callable[[Turn], Turn], threads: Threads) -> None:
        self.budget, self._invoke = chat.budget, invoke
        self.writer = Writer(chat.model, chat.name)
        self.rewriter = Rewriter(chat.model, reader)
        self.threads = threads

    def job(self, turns: Sequence[Turn], session_id: str | None, deadline: float, demanded: bool, stop: Stop) -> Job:
        """A job with what its session said before."""
        return Job(turns, self.threads.recall(session_id), deadline, demanded, stop)

    def tell(self, job: Job) -> Generator[Statement, None, Done]:
        """Statements as they are verified, then (as the generator's value) all of it."""
        turns: list[Turn] = []
        written: list[Written] = []
        for turn in job.turns:
            turns.append(self._understood(turn, job))
            written.append((yield from self._written(turns[-1], job)))
        tally = sum((one.tally for one in written), Tally())
        answer = together([one.answer for one in written])
        fluent = [one.answer for one in written if one.answer.mode is Mode.LLM]
        if fluent:
            answer = replace(answer, mode=Mode.LLM, model=fluent[0].model)
        elif job.demanded and tally.failure not in ("", ModelTimeout.__name__):
            answer = replace(answer, notes=(*answer.notes, UNAVAILABLE))
        return Done(tuple(turns), answer, tally)

    def _understood(self, turn: Turn, job: Job) -> Turn:
        """`turn` answered anew for what the model says it means; as it was when that does not hold or finds nothing."""
        question = turn.question
        if question is None or turn.memory is None or not self.rewriter.wanted(question):
            return turn
        seconds = REWRITING * (job.deadline - time.monotonic())
        whole = self.rewriter.rewrite(question, job.conversation, seconds, job.stop)
        if whole is None or not self.rewriter.holds(whole, question, job.conversation, turn.plans):
            return turn
        anew = self._invoke(Turn(whole, turn.plans, turn.memory, turn.as_of))
        if anew.question is None or anew.answer is None or anew.answer.status in DECLINED:
            return turn
        notes = (*anew.answer.notes, UNDERSTOOD.format(what=whole))
        answer = replace(anew.answer, notes=notes)
        return replace(anew, question=replace(anew.question, text=turn.text), answer=answer)

    def _written(self, turn: Turn, job: Job) -> Generator[Statement, None, Written]:
        """The turn's answer in the model's words where they hold."""
        question, verdict, answer = turn.question, turn.verdict, turn.answer
        if question is None or verdict is None or answer is None:
            raise ValueError("A turn must be answered before it is put in other words.")
        quotes = Layout.of(answer).quotes
        if not quotes or answer.status in DECLINED or job.stop.stopped:
            yield from answer.statements
            return Written(answer, Tally())
        if not self.writer.model.ready():
            yield from answer.statements
            return Written(answer, Tally(failure=ModelUnavailable.__name__))
        brief = Brief(question, answer, choose_excerpts(quotes, verdict), job.conversation)
        return (yield from self.writer.write(brief, job.deadline - time.monotonic(), job.stop))
