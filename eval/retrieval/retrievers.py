"""Whatever ranks clauses for a question: the bot, the bare index, and the index with a part switched off."""

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from bot.service import Bot
from vectorstore.index import Channel, ClauseIndex, Hit, Query

LIMIT = 10


class Retriever(Protocol):
    """What is measured."""

    def search(self, question: str) -> list[str]:
        """Clause ids, best first; empty when nothing is found."""


class BotRetriever:
    """Everything the bot does to find clauses: understanding, regions, vocabulary, both channels."""

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

    def __init__(
        self, index: ClauseIndex, channel: Channel | None = None, expansions: bool = True, plans: bool = True
    ) -> None:
        """`channel` searches only that one; without `expansions` plan words are dropped, without `plans` the filter."""
        self.index, self.channel, self.expansions, self.plans = index, channel, expansions, plans
        self.corpus_version = index.corpus_version

    def search(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Hit]:
        altered = replace(
            query,
            expansions=query.expansions if self.expansions else (),
            plans=query.plans if self.plans else None,
        )
        return self.index.search(altered, limit, self.channel or channel)

    def close(self) -> None:
        self.index.close()


def channels(index: ClauseIndex) -> dict[str, Retriever]:
    """The bare index by channel."""
    return {str(channel): IndexRetriever(index, channel) for channel in Channel}


def ablations(make: Callable[[ClauseIndex], Retriever], index: ClauseIndex) -> dict[str, Retriever]:
    """`make` over the whole index first, then over the index with each part removed in turn, then the bare index."""
    return {
        "full": make(index),
        "without lexical": make(AlteredIndex(index, channel=Channel.DENSE)),
        "without dense": make(AlteredIndex(index, channel=Channel.LEXICAL)),
        "without vocabulary": make(AlteredIndex(index, expansions=False)),
        "without plan filter": make(AlteredIndex(index, plans=False)),
        "bare index": IndexRetriever(index),
    }
