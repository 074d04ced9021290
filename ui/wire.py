"""Joins the concrete parts: settings → plans, embedder, index, bot. Nothing is built on import."""

import weakref
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.curator import Curator
from bot.live import Edition, LiveBot
from bot.local import LocalBot
from bot.settings import Settings
from ingest.corpus import Corpus
from ingest.errors import BadSetting, IndexMismatch, IndexMissing
from ingest.load import SHIPPED, load
from ingest.model import Plan
from ui.editions import StoreEditions, close_edition
from vectorstore.embed import Embedder, open_embedder
from vectorstore.encoder import Encoder
from vectorstore.holdings import fingerprint, whole
from vectorstore.store import IndexStore, Opened, Progress

if TYPE_CHECKING:
    from bot.question.sessions import Notebook
    from bot.write.assistant import Chat


@dataclass(frozen=True)
class Parts:
    """What a build or a bot is made of. `folder` is where the documents come from."""

    folder: Path
    embedder: Embedder
    encoder: Encoder
    store: IndexStore


def assemble(settings: Settings) -> Parts:
    """Open the embedder; touch no index yet."""
    if settings.plans_dir and not settings.plans_dir.is_dir():
        raise BadSetting("METROLOGY_PLANS_DIR", settings.plans_dir, "a folder of documents")
    embedder = open_embedder(settings.embedder, key=settings.embedder_key)
    encoder = embedder if isinstance(embedder, Encoder) else Encoder()
    return Parts(settings.plans_dir or SHIPPED, embedder, encoder, store_of(settings, encoder))


def store_of(settings: Settings, encoder: Encoder | None = None) -> IndexStore:
    return IndexStore(settings.data_dir / "index", settings.chroma_url, encoder)


def build(parts: Parts, progress: Progress | None = None, only_if_needed: bool = False) -> Path | None:
    """Build a new version; None when the live one is already current and only that was asked."""
    curator = Curator(parts.store, parts.embedder, parts.folder, progress=progress or _nothing)
    outcome = curator.build("start", only_if_needed)
    return outcome.folder if outcome else None


def held_plans(settings: Settings) -> tuple[Plan, ...]:
    """What is live; before anything is, the documents of the folder. Raises IndexDamaged."""
    live = store_of(settings).live
    return tuple(whole(live).plans) if live else load([settings.plans_dir or SHIPPED]).plans


def live_plans(settings: Settings) -> tuple[Plan, ...]:
    """What is live; nothing before anything is, or while it cannot be read."""
    live = store_of(settings).live
    try:
        return tuple(whole(live).plans) if live else ()
    except IndexMissing:
        return ()


def _nothing(*_: object) -> None:
    pass


def open_bot(settings: Settings, progress: Progress | None = None, say: Callable[[str], None] = _nothing) -> LocalBot:
    """The bot over what is live now; a first use builds it. Raises IndexMismatch when it was built otherwise."""
    parts = assemble(settings)
    opened = _opened(parts, progress, say)
    bot = _bot(settings, parts, opened)
    weakref.finalize(bot, opened.lease.release)
    return bot


def open_live(settings: Settings, progress: Progress | None = None, say: Callable[[str], None] = _nothing) -> LiveBot:
    """As `open_bot`, for a process that goes on while documents change."""
    parts = assemble(settings)
    opened = _opened(parts, progress, say)
    first = Edition(opened.folder.name, _bot(settings, parts, opened), lambda: close_edition(parts.store, opened))
    return LiveBot(StoreEditions(parts.store, parts.embedder, opened.known), first)


def _bot(settings: Settings, parts: Parts, opened: Opened) -> LocalBot:
    corpus, chat = Corpus(opened.holdings.plans), open_chat(settings)
    return LocalBot(corpus, opened.index, parts.encoder, chat=chat, notebook=_notebook(settings))


def _opened(parts: Parts, progress: Progress | None, say: Callable[[str], None]) -> Opened:
    try:
        opened = parts.store.open_live(parts.embedder)
    except IndexMissing:
        say("Building the index, once …")
        build(parts, progress)
        opened = parts.store.open_live(parts.embedder)
    for skipped in opened.holdings.skipped:
        say(f"Skipped: {skipped}")
    asked = fingerprint([parts.folder])
    if opened.holdings.folder != asked:  # a service must not change what it answers because a file was touched
        opened.close()
        raise IndexMismatch("corpus", opened.holdings.folder, asked)
    return opened


def _notebook(settings: Settings) -> "Notebook | None":
    """Where conversations are remembered among processes; None for in this one."""
    if not settings.redis_url:
        return None
    from ui.state import notebook_of  # which opens what answering alone does not need

    return notebook_of(settings)


def open_chat(settings: Settings) -> "Chat | None":
    """The language model, behind its breaker; None when none is set. Raises BadSetting when it is set by half."""
    if not settings.llm_base_url and not settings.llm_model:
        return None
    if not settings.llm_model:
        raise BadSetting("LLM_MODEL", "", "the name of a model at LLM_BASE_URL")
    if not settings.llm_base_url.startswith(("http://", "https://")):
        raise BadSetting("LLM_BASE_URL", settings.llm_base_url, "the http(s) address of an OpenAI-compatible endpoint")
    from bot.write.assistant import Chat
    from bot.write.breaker import GuardedModel
    from bot.write.client import OpenAIChat, Patience  # its SDK takes seconds to import

    patience = Patience(connect=settings.llm_connect_timeout, read=settings.llm_timeout)
    model = OpenAIChat(settings.llm_base_url, settings.llm_model, settings.llm_api_key, patience)
    return Chat(GuardedModel(model, model.url), settings.llm_model, settings.llm_budget)
