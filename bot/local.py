"""The bot in this process: a corpus, an index and the chain behind the service its callers see."""

import time
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot import wording
from bot.chain import Chain, Turn
from bot.cite import verify_quote
from bot.conversation import Sessions, remembered
from bot.evidence import TopicReader
from bot.model import Answer, Citation, Mode, Question
from bot.question import Reader, narrowed
from bot.retrieve import Retriever
from bot.search import search
from bot.service import Asked, Verdict
from bot.several import split_questions, together
from ingest.corpus import Corpus
from vectorstore.index import ClauseIndex, Hit
from vectorstore.rerank import Reranker
from vectorstore.vocabulary import Vocabulary


class LocalBot:
    """Implements `bot.service.Bot`. Safe to share between threads: nothing changes but the sessions, which lock."""

    def __init__(
        self,
        corpus: Corpus,
        index: ClauseIndex,
        vocabulary: Vocabulary,
        today: Callable[[], date] = date.today,
        reranker: Reranker | None = None,
    ) -> None:
        self.corpus, self.index, self.vocabulary = corpus, index, vocabulary
        self.corpus_version = index.corpus_version
        self.retriever = Retriever(corpus, index, TopicReader(corpus, vocabulary), reranker)
        self.reader = Reader(corpus)
        self.chain = Chain(self.reader, self.retriever, today)
        self.sessions = Sessions()

    def ask(
        self, text: str, session_id: str | None = None, plans: tuple[str, ...] | None = None, mode: str = "auto"
    ) -> Asked:
        started = time.perf_counter()
        chosen = tuple(self.corpus.plan(plan_id).id for plan_id in plans or ())
        memory = self.sessions.recall(session_id)
        answers: list[Answer] = []
        question: Question | None = None
        for part in split_questions(text):
            turn = self.chain.runnable.invoke(Turn(part, chosen, memory))
            if turn.answer is None or turn.question is None:
                raise RuntimeError("The chain gave no answer.")
            question = turn.question
            answers.append(turn.answer)
            memory = remembered(memory, question, turn.answer)
        if question is None:
            raise RuntimeError("A message has at least one part.")
        self.sessions.remember(session_id, memory)
        answer = together(answers)
        if mode == Mode.LLM:
            answer = replace(answer, notes=(*answer.notes, wording.NO_MODEL))
        took = (time.perf_counter() - started) * 1000
        return Asked(uuid.uuid4().hex, question, answer, took)

    def search(self, text: str, plans: tuple[str, ...] | None = None, limit: int = 10) -> list[tuple[Hit, Citation]]:
        question = self.reader.read(text)
        chosen = tuple(self.corpus.plan(plan_id).id for plan_id in plans or ())
        if chosen:
            question = narrowed(question, chosen)
        return search(self.chain, question, self.retriever.topic(question), limit)

    def verify(self, clause_id: str, quote: str) -> Verdict:
        return verify_quote(self.corpus.clause(clause_id), quote)
