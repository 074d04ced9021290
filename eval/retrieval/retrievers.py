"""Whatever ranks clauses for a question: the bot, the bare index, and the index with a part switched off."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Protocol

from bot.service import Bot
from vectorstore.encoder import Encoding
from vectorstore.index import Channel, ClauseIndex, Found, Hit, Query

LIMIT = 10


class Retriever(Protocol):
    """What is measured."""

    def search(self, question: str) -> list[str]:
        """Clause ids, best first; empty when nothing is found."""


class BotRetriever:
    """Everything the bot does to find clauses: reading, places, both channels, the judge."""

    def __init__(self, bot: Bot, limit: int = LIMIT) -> None:
        self.bot, self.limit = bot, limit

    def search(self, question: str) -> list[str]:
        return [citation.clause.id for _, citation in self.bot.search(question, limit=self.limit)]


class IndexRetriever:
    """The bare index on the question as it was typed."""

    def __init__(self, index: ClauseIndex, channel: Channel = Channel.HYBRID, limit: int = LIMIT) -> None:
        self.index, self.channel, self.limit = index, channel, limit

    def search(self, question: str) -> list[str]:
        return [hit.clause_id for hit in self.index.search(Query(question), self.limit, self.channel)]


class AlteredIndex:
    """An index in which something is switched off, whatever its caller asks for."""

    def __init__(self, index: ClauseIndex, channel: Channel | None = None, plans: bool = True) -> None:
        """`channel` searches only that one; without `plans` no plan is a filter."""
        self.index, self.channel, self.plans = index, channel, plans
        self.corpus_version = index.corpus_version

    def search(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Hit]:
        return self.index.search(self._altered(query), limit, self.channel or channel)

    def passages_for(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Found]:
        return self.index.passages_for(self._altered(query), limit, self.channel or channel)

    def states(self, rows: Sequence[int]) -> list[Encoding]:
        return self.index.states(rows)

    def close(self) -> None:
        self.index.close()

    def _altered(self, query: Query) -> Query:
        return query if self.plans else replace(query, plans=None)


def channels(index: ClauseIndex) -> dict[str, Retriever]:
    """The bare index by channel."""
    return {str(channel): IndexRetriever(index, channel) for channel in Channel}


def ablations(make: Callable[[ClauseIndex], Retriever], index: ClauseIndex) -> dict[str, Retriever]:
    """`make` over the whole index first, then over the index with each part removed in turn, then the bare index."""
    return {
        "full": make(index),
        "without lexical": make(AlteredIndex(index, channel=Channel.DENSE)),
        "without dense": make(AlteredIndex(index, channel=Channel.LEXICAL)),
        "without plan filter": make(AlteredIndex(index, plans=False)),
        "bare index": IndexRetriever(index),
    }
