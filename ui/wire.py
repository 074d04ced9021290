"""Joins the concrete parts: settings → plans, embedder, index, bot. Nothing is built on import."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.local import LocalBot
from bot.settings import Settings
from ingest.corpus import Corpus
from ingest.errors import BadSetting, IndexMissing
from ingest.load import Report, load, load_shipped_plans
from ingest.model import Passage
from vectorstore.embed import Embedder, open_embedder
from vectorstore.encoder import Encoder
from vectorstore.passages import cut_passages
from vectorstore.store import IndexStore, Progress

if TYPE_CHECKING:
    from bot.question.sessions import Notebook
    from bot.write.assistant import Chat


@dataclass(frozen=True, slots=True)
class Parts:
    """What a build or a bot is made of."""

    report: Report
    passages: list[Passage]
    embedder: Embedder
    encoder: Encoder
    store: IndexStore


def assemble(settings: Settings) -> Parts:
    """Understand the plans and open the embedder; touch no index yet."""
    report = load([settings.plans_dir]) if settings.plans_dir else load_shipped_plans()
    if not report.plans:
        raise BadSetting("METROLOGY_PLANS_DIR", settings.plans_dir, _no_plans(report))
    embedder = open_embedder(settings.embedder, key=settings.embedder_key)
    encoder = embedder if isinstance(embedder, Encoder) else Encoder()
    store = IndexStore(settings.data_dir / "index", settings.chroma_url, encoder)
    return Parts(report, cut_passages(report.plans), embedder, encoder, store)


def build(parts: Parts, progress: Progress | None = None, only_if_needed: bool = False) -> Path | None:
    """Build a new version; None when the live one is already current and only that was asked."""
    if only_if_needed and parts.store.is_current(parts.passages, parts.embedder):
        return None
    return parts.store.build(parts.passages, parts.embedder, progress)


def _no_plans(report: Report) -> str:
    reasons = "; ".join(skipped.reason for skipped in report.skipped)
    return f"a folder with at least one plan that can be read ({reasons or 'it holds none'})"


def _silent(text: str) -> None:
    pass


def open_bot(settings: Settings, progress: Progress | None = None, say: Callable[[str], None] = _silent) -> LocalBot:
    """The bot over the live index; a first use builds it. Raises IndexMismatch when it was built from other things."""
    parts = assemble(settings)
    for skipped in parts.report.skipped:
        say(f"Skipped: {skipped.reason}")
    try:
        index = parts.store.open(parts.passages, parts.embedder)
    except IndexMissing:
        say("Building the index, once …")
        build(parts, progress)
        index = parts.store.open(parts.passages, parts.embedder)
    corpus, chat = Corpus(parts.report.plans), open_chat(settings)
    return LocalBot(corpus, index, parts.encoder, chat=chat, notebook=_notebook(settings))


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
