"""One question through the bot, timed whole and part by part."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from bot.ask import Turn, understood
from bot.judge.bears import SentenceJudge
from bot.local import LocalBot
from bot.question.read import query_of
from eval.answers.judgement import Conversation
from vectorstore.encoder import Encoder

Got = TypeVar("Got")


@dataclass(frozen=True, slots=True)
class Took:
    """Milliseconds. `encoder` and `judge` are forward passes by themselves: of the question, of its candidates."""

    ask: float  # as a caller sees it
    read: float
    find: float
    bears: float  # the judge with all it does around its passes
    answer: float
    encoder: float
    judge: float
    looked_up: bool  # an address or metadata: no candidate is found, nothing is judged

    @property
    def models(self) -> float:
        return self.encoder + self.judge


def measure(bot: LocalBot, encoder: Encoder, asked: Conversation) -> Took:
    """The last turn of a conversation; the earlier ones are asked unmeasured. Nothing remembered is used twice."""
    session = f"speed-{asked.id}"
    bot.forget(session)
    for earlier in asked.turns[:-1]:
        bot.ask(earlier, session)
    memory = bot.sessions.recall(session)
    encoder.query.cache_clear()
    ask, _ = timed(lambda: bot.ask(asked.turns[-1], session))
    bot.forget(session)
    encoder.query.cache_clear()
    chain = bot.chain
    read, turn = timed(lambda: chain.read(Turn(asked.turns[-1], memory=memory)))
    find, turn = timed(lambda: chain.find(turn))
    bears, turn = timed(lambda: chain.judge(turn))
    answer, turn = timed(lambda: chain.answer(turn))
    encoding, judging = _passes(chain.judging.sentences, encoder, turn)
    looked_up = chain.answerer.is_exact(understood(turn))
    return Took(ask, read, find, bears, answer, encoding, judging, looked_up)


def timed(work: Callable[[], Got]) -> tuple[float, Got]:
    """Milliseconds `work` took, and what it gave."""
    started = time.perf_counter()
    got = work()
    return (time.perf_counter() - started) * 1000, got


def _passes(sentences: SentenceJudge, encoder: Encoder, turn: Turn) -> tuple[float, float]:
    """The encoder's pass over the question as it is read, and the judge's over the candidates."""
    reading = query_of(understood(turn)).reading
    if not reading.strip():
        return 0.0, 0.0
    encoder.query.cache_clear()
    encoding, asked = timed(lambda: encoder.query(reading))
    if not turn.candidates:
        return encoding, 0.0
    states = sentences.index.states([candidate.row for candidate in turn.candidates])
    judging, _ = timed(lambda: sentences.model.read(asked, states))
    return encoding, judging
