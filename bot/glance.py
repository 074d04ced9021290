"""What can be said at once, without reading a sentence: what is looked up, else which clauses are near."""

from dataclasses import replace

from bot.answer.cite import verified
from bot.answer.decline import unread
from bot.ask import Chain, Turn, understood
from bot.retrieve.find import Finder
from vectorstore.index import Channel


def glance(chain: Chain, turn: Turn) -> Turn:
    """`turn` answered without any model: by look-up where that is exact, else with the nearest clauses by words."""
    turn = chain.resumed(turn, chain.reader.look_up)
    question = understood(turn)
    if chain.answerer.is_exact(question):
        answer = chain.answerer.answer(question, chain.judging.judge(question, ()))
    else:
        finder = Finder(chain.finder.corpus, chain.finder.index, Channel.LEXICAL)
        answer = unread(sorted(finder.find(question), key=lambda one: -one.score))
    return replace(turn, answer=verified(answer))
