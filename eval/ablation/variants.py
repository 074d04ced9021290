"""The bot with parts left out, from the bare search up: each variant is composed of the bot's own parts."""

import time
import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from bot.answer.quote import quote_statement, whole
from bot.answer.together import together
from bot.ask import Chain, Turn, understood
from bot.judge.bears import SentenceJudge
from bot.judge.judge import Judge
from bot.local import LocalBot
from bot.model import Answer, Citation, Intent, Statement, Status
from bot.question.followup import remembered
from bot.question.read import Reader
from bot.question.route import Route, Router
from bot.question.sessions import Sessions
from bot.question.several import split_questions
from bot.records.shared import InMemory
from bot.retrieve.find import Candidate, Finder
from bot.service import Asked
from eval.answers.asker import Asks
from eval.retrieval.retrievers import AlteredIndex
from ingest.model import Kind
from vectorstore.index import Channel

Answering = Callable[[Turn], Turn]


class QuoteOnly(Router):
    """Every question wants a quotation, and nothing in particular of its topic."""

    def __init__(self) -> None:
        self.asked_from = 1.0

    def route(self, encoding: object) -> Route:  # noqa: ARG002
        return Route({Intent.QUOTE: 1.0}, {})


class ChainBot:
    """A bot that answers from its clauses as `answering` does, and remembers its sessions."""

    def __init__(self, answering: Answering, bot: LocalBot) -> None:
        self.answering, self.corpus_version = answering, bot.corpus_version
        self.sessions = Sessions(InMemory(), bot.corpus)

    def ask(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",  # noqa: ARG002  there is no model to write
    ) -> Asked:
        started, memory = time.perf_counter(), self.sessions.recall(session_id)
        turns = []
        for part in split_questions(text):
            turn = self.answering(Turn(part, plans or (), memory))
            turns.append(turn)
            memory = remembered(memory, understood(turn), _answer(turn))
        self.sessions.remember(session_id, memory)
        answer = together([_answer(turn) for turn in turns])
        return Asked(uuid.uuid4().hex, understood(turns[-1]), answer, (time.perf_counter() - started) * 1000)


@dataclass(frozen=True, slots=True)
class Searching:
    """The best sentence the search finds is quoted, of each plan when several are asked about; always an answer."""

    chain: Chain

    def __call__(self, turn: Turn) -> Turn:
        turn = self.chain.read(turn)
        found = self.chain.finder.find(understood(turn))
        best: dict[str, Candidate] = {}
        for candidate in found:
            best.setdefault(candidate.plan.id, candidate)
        several = len(understood(turn).plans) > 1
        kept = list(best.values()) if several else found[:1]
        return replace(turn, answer=Answer(Status.ANSWERED, tuple(map(_quoted, kept))))


def variants(bot: LocalBot) -> Mapping[str, Asks]:
    """From the bare search to the bot: each adds one part to the row before, or is another channel of the search."""
    plain = Reader(bot.corpus, bot.reader.encoder, QuoteOnly(), bot.reader.gazetteer)
    read = bot.judge.sentences
    apart = SentenceJudge(read.encoder, read.model, read.index)

    def searching(channel: Channel) -> Asks:
        finder = Finder(bot.corpus, AlteredIndex(bot.index, channel))
        return ChainBot(Searching(_chain(bot, plain, finder)), bot)

    return {
        "search, lexical": searching(Channel.LEXICAL),
        "search, encoder": searching(Channel.DENSE),
        "search, both": searching(Channel.HYBRID),
        "+ judge": ChainBot(_chain(bot, plain, bot.finder, apart).ask, bot),
        "+ cross-encoder": ChainBot(_chain(bot, plain, bot.finder).ask, bot),
        "+ router": ChainBot(_chain(bot, bot.reader, bot.finder).ask, bot),
    }


def _chain(bot: LocalBot, reader: Reader, finder: Finder, sentences: SentenceJudge | None = None) -> Chain:
    """The bot's own models, or other `sentences`, over this reader and this search."""
    today: Callable[[], date] = bot.chain.answerer.today
    return Chain(reader, finder, Judge(finder, sentences or bot.judge.sentences), today)


def _quoted(candidate: Candidate) -> Statement:
    """A table's row as a whole, as the bot quotes it."""
    plan, clause, passage = candidate.plan, candidate.clause, candidate.passage
    row = clause.kind is Kind.ROW
    cited = whole(plan, clause) if row else Citation(plan, clause, passage.start, passage.end)
    return quote_statement(plan, clause, [cited])


def _answer(turn: Turn) -> Answer:
    if turn.answer is None:
        raise ValueError("A variant answers every turn.")
    return turn.answer
