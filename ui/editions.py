"""Versions of the index on disk, as a bot that goes on takes them over."""

from bot.live import Edition
from bot.local import LocalBot
from ingest.corpus import Corpus
from vectorstore.embed import Embedder
from vectorstore.store import IndexStore, Known, Opened


class StoreEditions:
    """Implements `bot.live.Editions`. `known`: what is not read again."""

    def __init__(self, store: IndexStore, embedder: Embedder, known: Known) -> None:
        self._store, self._embedder, self._known = store, embedder, known

    def latest(self) -> str:
        live = self._store.live
        return live.name if live else ""

    def open(self, before: LocalBot) -> Edition:
        opened = self._store.open_live(self._embedder, self._known)
        self._known = opened.known
        bot = before.over(Corpus(opened.holdings.plans), opened.index)
        return Edition(opened.folder.name, bot, lambda: close_edition(self._store, opened))


def close_edition(store: IndexStore, opened: Opened) -> None:
    """Nobody answers from it any more: it goes from the disk too, unless another process does."""
    opened.close()
    store.versions.retire_if_free()
