"""The bot in this process: a corpus, an index and the chain behind the service its callers see."""

import time
import uuid
from collections.abc import Callable, Generator, Sequence
from copy import copy
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from bot import wording
from bot.answer.cite import verify_quote
from bot.answer.together import together
from bot.ask import Chain, Turn
from bot.glance import glance
from bot.judge.bears import SentenceJudge
from bot.judge.judge import Judge
from bot.judge.model import JudgeModel
from bot.model import Answer, Citation, Mode, Statement
from bot.question.followup import Memory, remembered
from bot.question.read import Reader, narrowed
from bot.question.sessions import MAX_SESSIONS, Notebook, Sessions
from bot.question.several import split_questions
from bot.records.masking import mask
from bot.records.shared import InMemory
from bot.retrieve.find import Finder
from bot.search import search
from bot.service import Asked, Telling, Verdict
from bot.stages import Watch
from bot.texts import ShippedTexts
from bot.write.chat import Stop
from ingest.corpus import Corpus
from vectorstore.encoder import Encoder
from vectorstore.index import ClauseIndex, Hit

REMEMBERED = 1_024  # first questions whose answers are kept

if TYPE_CHECKING:
    from bot.write.assistant import Assistant, Chat, Job


class LocalBot:
    """Implements `bot.service.Bot`. Safe to share between threads: nothing changes but the sessions, which lock."""

    def __init__(
        self,
        corpus: Corpus,
        index: ClauseIndex,
        encoder: Encoder,
        today: Callable[[], date] = date.today,
        chat: "Chat | None" = None,
        notebook: Notebook | None = None,
    ) -> None:
        """`notebook`: where conversations are remembered; in this process unless told."""
        self.watch, self.today, self.chat = Watch(), today, chat
        self.notebook: Notebook = notebook or InMemory(MAX_SESSIONS)
        self._stand_on(corpus, index, Reader(corpus, encoder), JudgeModel())

    def over(self, corpus: Corpus, index: ClauseIndex) -> "LocalBot":
        """The same models, conversations and watchers over other documents; this one goes on as it is."""
        other = copy(self)
        other._stand_on(
            corpus, index, Reader(corpus, self.reader.encoder, self.reader.router), self.judge.sentences.model
        )
        return other

    def _stand_on(self, corpus: Corpus, index: ClauseIndex, reader: Reader, model: JudgeModel) -> None:
        self.corpus, self.index, self.reader = corpus, index, reader
        self.corpus_version = index.corpus_version
        self.finder = Finder(corpus, index)
        self.judge = Judge(self.finder, SentenceJudge(reader.encoder, model, index))
        self.chain = Chain(self.reader, self.finder, self.judge, self.today, self.watch)
        self._fresh = lru_cache(maxsize=REMEMBERED)(self._first)
        self.sessions = Sessions(self.notebook, corpus)
        self.assistant = self._assistant(self.chat) if self.chat else None

    @property
    def texts(self) -> ShippedTexts:
        """The models by themselves, for texts of others."""
        sentences = self.judge.sentences
        return ShippedTexts(sentences.encoder, sentences.model, self.index)

    def _assistant(self, chat: "Chat") -> "Assistant":
        from bot.write.assistant import Assistant  # without a model nothing of it is needed
        from bot.write.threads import Threads

        return Assistant(chat, self.reader, self.chain.ask, Threads(self.notebook, corpus_version=self.corpus_version))

    def ask(
        self, text: str, session_id: str | None = None, plans: tuple[str, ...] | None = None, mode: str = "auto"
    ) -> Asked:
        for told in self.ask_stream(text, session_id, plans, mode):
            if isinstance(told, Asked):
                return told
        raise RuntimeError("An answer ends with the whole of it.")

    def ask_stream(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        budget_s: float | None = None,
    ) -> Telling:
        started, began = time.perf_counter(), time.monotonic()
        chosen = tuple(self.corpus.plan(plan_id).id for plan_id in plans or ())
        turns = self._turns(mask(text), chosen, self.sessions.recall(session_id))  # no model, no memory reads the rest
        self.sessions.remember(session_id, _after(turns))
        if self.assistant is None or mode == Mode.EXTRACTIVE:
            return Telling(self._quoted(turns, session_id, mode, started))
        stop = Stop()
        deadline = began + (self.assistant.budget if budget_s is None else budget_s)
        job = self.assistant.job(turns, session_id, deadline, mode == Mode.LLM, stop)
        return Telling(self._fluent(self.assistant, job, session_id, started), stop, live=True)

    def _first(self, text: str, plans: tuple[str, ...], day: date) -> Turn:  # noqa: ARG002  the day is part of the key
        """A conversation's first question: what was answered before, on this corpus and by these models, is known."""
        self.watch.count("computed")
        return self.chain.ask(Turn(text, plans))

    def _turns(self, text: str, plans: tuple[str, ...], memory: Memory | None) -> list[Turn]:
        """The message's parts, each answered from the clauses, each remembering the one before."""
        turns = []
        for part in split_questions(text):
            if memory is None:
                self.watch.count("asked")
            turn = (
                self._fresh(part, plans, self.today()) if memory is None else self.chain.ask(Turn(part, plans, memory))
            )
            if turn.answer is None or turn.question is None:
                raise RuntimeError("The chain gave no answer.")
            turns.append(turn)
            memory = remembered(memory, turn.question, turn.answer)
        return turns

    def _quoted(
        self, turns: Sequence[Turn], session_id: str | None, mode: str, started: float
    ) -> Generator[Statement | Asked, None, None]:
        answer = together([turn.answer for turn in turns if turn.answer])
        if mode == Mode.LLM:
            answer = replace(answer, notes=(*answer.notes, wording.NO_MODEL))
        yield from answer.statements
        yield self._asked(turns, answer, session_id, started)

    def _fluent(
        self, assistant: "Assistant", job: "Job", session_id: str | None, started: float
    ) -> Generator[Statement | Asked, None, None]:
        done = yield from assistant.tell(job)
        if done.turns != tuple(job.turns):
            self.sessions.remember(session_id, _after(done.turns))
        yield replace(self._asked(done.turns, done.answer, session_id, started), tally=done.tally)

    def _asked(self, turns: Sequence[Turn], answer: Answer, session_id: str | None, started: float) -> Asked:
        question = turns[-1].question
        if question is None:
            raise RuntimeError("A message has at least one part.")
        if self.assistant:
            said = "".join(statement.text for statement in answer.statements)
            self.assistant.threads.remember(session_id, " ".join(turn.text for turn in turns), said)
        asked = replace(question, text="\n".join(turn.text for turn in turns))
        took = (time.perf_counter() - started) * 1000
        return Asked(uuid.uuid4().hex, asked, answer, took, corpus_version=self.corpus_version)

    def glance(self, text: str, session_id: str | None = None, plans: tuple[str, ...] | None = None) -> Asked:
        started = time.perf_counter()
        chosen = tuple(self.corpus.plan(plan_id).id for plan_id in plans or ())
        turn = glance(self.chain, Turn(text, chosen, self.sessions.recall(session_id)))
        if turn.question is None or turn.answer is None:
            raise RuntimeError("A glance gave no answer.")
        took = (time.perf_counter() - started) * 1000
        return Asked(uuid.uuid4().hex, turn.question, turn.answer, took, corpus_version=self.corpus_version)

    def forget(self, session_id: str) -> None:
        self.sessions.forget(session_id)
        if self.assistant:
            self.assistant.threads.forget(session_id)

    def search(self, text: str, plans: tuple[str, ...] | None = None, limit: int = 10) -> list[tuple[Hit, Citation]]:
        question = self.reader.read(text)
        chosen = tuple(self.corpus.plan(plan_id).id for plan_id in plans or ())
        if chosen:
            question = narrowed(question, chosen)
            question = replace(question, plans=question.plans or chosen)  # what lies outside is not searched
        return search(self.chain, question, limit)

    def verify(self, clause_id: str, quote: str) -> Verdict:
        return verify_quote(self.corpus.clause(clause_id), quote)


def _after(turns: Sequence[Turn]) -> Memory | None:
    """What is remembered when all parts are answered."""
    last = turns[-1]
    return remembered(last.memory, last.question, last.answer) if last.question and last.answer else last.memory
