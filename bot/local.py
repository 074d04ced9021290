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
from bot.firsts import REMEMBERED, Firsts
from bot.glance import glance
from bot.judge.bears import SentenceJudge
from bot.judge.cross import CrossEncoder
from bot.judge.judge import Judge
from bot.judge.model import JudgeModel
from bot.model import Answer, Citation, Mode, Statement
from bot.neighbours import Neighbour, neighbours
from bot.question.followup import Memory, remembered
from bot.question.read import Reader, narrowed
from bot.question.sessions import MAX_SESSIONS, Notebook, Sessions
from bot.question.several import split_questions
from bot.question.timing import timed
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

INLINE_MAX = 200  # characters of a question that is looked up while others wait

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
        self._parts: Callable[[str], tuple[str, ...]] = lru_cache(maxsize=REMEMBERED)(_parts)
        self.notebook: Notebook = notebook or InMemory(MAX_SESSIONS)
        self._stand_on(corpus, index, Reader(corpus, encoder), JudgeModel(), CrossEncoder(encoder))

    def over(self, corpus: Corpus, index: ClauseIndex) -> "LocalBot":
        """The same models, conversations and watchers over other documents; this one goes on as it is."""
        other = copy(self)
        sentences = self.judge.sentences
        other._stand_on(corpus, index, self.reader.over(corpus), sentences.model, sentences.cross)
        return other

    def _stand_on(
        self, corpus: Corpus, index: ClauseIndex, reader: Reader, model: JudgeModel, cross: CrossEncoder | None
    ) -> None:
        self.corpus, self.index, self.reader = corpus, index, reader
        self.corpus_version = index.corpus_version
        self.finder = Finder(corpus, index)
        self.judge = Judge(self.finder, SentenceJudge(reader.encoder, model, index, cross))
        self.chain = Chain(self.reader, self.finder, self.judge, self.today, self.watch)
        self.firsts = Firsts(self.chain, self.watch, self.today)
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
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        as_of: str = "",
    ) -> Asked:
        for told in self.ask_stream(text, session_id, plans, mode, as_of=as_of):
            if isinstance(told, Asked):
                return told
        raise RuntimeError("An answer ends with the whole of it.")

    def at_hand(
        self, text: str, plans: tuple[str, ...] | None = None, mode: str = "auto", as_of: str = ""
    ) -> Asked | None:
        """Implements `bot.service.AtHand`."""
        if len(text) > INLINE_MAX or (self.assistant is not None and mode != Mode.EXTRACTIVE):
            return None
        started = time.perf_counter()
        parts = self._parts(mask(text))
        if len(parts) > 1:  # the second is a follow-up to the first
            return None
        chosen = tuple(self.corpus.plan(plan_id).id for plan_id in plans or ())
        turn = self.firsts.at_hand(parts[0], chosen, as_of)
        if turn is None:
            return None
        *_, asked = self._quoted([turn], None, mode, started)
        return asked if isinstance(asked, Asked) else None

    def ask_stream(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        budget_s: float | None = None,
        as_of: str = "",
    ) -> Telling:
        started, began = time.perf_counter(), time.monotonic()
        chosen = tuple(self.corpus.plan(plan_id).id for plan_id in plans or ())
        # no model and no memory reads what is masked
        turns = self._turns(mask(text), chosen, self.sessions.recall(session_id), as_of)
        self.sessions.remember(session_id, _after(turns))
        if self.assistant is None or mode == Mode.EXTRACTIVE:
            return Telling(self._quoted(turns, session_id, mode, started))
        stop = Stop()
        deadline = began + (self.assistant.budget if budget_s is None else budget_s)
        job = self.assistant.job(turns, session_id, deadline, mode == Mode.LLM, stop)
        return Telling(self._fluent(self.assistant, job, session_id, started), stop, live=True)

    def _turns(self, text: str, plans: tuple[str, ...], memory: Memory | None, as_of: str = "") -> list[Turn]:
        """The message's parts, each answered from the clauses, each remembering the one before."""
        turns = []
        for part in self._parts(text):
            if memory is None:
                turn = self.firsts.ask(part, plans, as_of)
            else:
                turn = self.chain.ask(Turn(part, plans, memory, as_of))
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

    def glance(
        self, text: str, session_id: str | None = None, plans: tuple[str, ...] | None = None, as_of: str = ""
    ) -> Asked:
        started = time.perf_counter()
        chosen = tuple(self.corpus.plan(plan_id).id for plan_id in plans or ())
        turn = glance(self.chain, Turn(text, chosen, self.sessions.recall(session_id), as_of))
        if turn.question is None or turn.answer is None:
            raise RuntimeError("A glance gave no answer.")
        took = (time.perf_counter() - started) * 1000
        return Asked(uuid.uuid4().hex, turn.question, turn.answer, took, corpus_version=self.corpus_version)

    def forget(self, session_id: str) -> None:
        self.sessions.forget(session_id)
        if self.assistant:
            self.assistant.threads.forget(session_id)

    def search(
        self, text: str, plans: tuple[str, ...] | None = None, limit: int = 10, as_of: str = ""
    ) -> list[tuple[Hit, Citation]]:
        question = self.reader.read(text)
        chosen = tuple(self.corpus.plan(plan_id).id for plan_id in plans or ())
        if chosen:
            question = narrowed(question, chosen)
            question = replace(question, plans=question.plans or chosen)  # what lies outside is not searched
        question = timed(question, self.corpus, self.today(), as_of, chosen)
        return search(self.chain, question, limit)

    def neighbours(self, clause_id: str, as_of: str = "") -> list[Neighbour]:
        """Implements `bot.neighbours.WithNeighbours`."""
        return neighbours(self.corpus, self.index, clause_id, as_of or self.today().isoformat())

    def verify(self, clause_id: str, quote: str) -> Verdict:
        return verify_quote(self.corpus.clause(clause_id), quote)


def _parts(text: str) -> tuple[str, ...]:
    return tuple(split_questions(text))


def _after(turns: Sequence[Turn]) -> Memory | None:
    """What is remembered when all parts are answered."""
    last = turns[-1]
    return remembered(last.memory, last.question, last.answer) if last.question and last.answer else last.memory
