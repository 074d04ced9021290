"""What can be said at once, without reading a sentence: what is looked up, else which clauses are near."""

from dataclasses import replace

from bot.answer.cite import verified
from bot.answer.decline import unread
from bot.ask import Chain, Turn
from bot.model import Question
from bot.question.followup import resume
from bot.question.read import narrowed
from bot.retrieve.find import Finder
from vectorstore.index import Channel


def glance(chain: Chain, turn: Turn) -> Turn:
    """`turn` answered without any model: by look-up where that is exact, else with the nearest clauses by words."""
    question = _read(chain, turn)
    if chain.answerer.is_exact(question):
        answer = chain.answerer.answer(question, chain.judging.judge(question, ()))
    else:
        finder = Finder(chain.finder.corpus, chain.finder.index, Channel.LEXICAL)
        answer = unread(sorted(finder.find(question), key=lambda one: -one.score))
    return replace(turn, question=question, answer=verified(answer))


def _read(chain: Chain, turn: Turn) -> Question:
    question = chain.reader.look_up(turn.text, turn.memory.asked if turn.memory else ())
    question, _ = resume(question, turn.memory)
    return narrowed(question, turn.plans) if turn.plans else question
