"""Joins who changes the documents: settings → index, folder, records."""

from collections.abc import Callable
from getpass import getuser

from bot.curator import Curator, quiet
from bot.desk import Desk
from bot.records.changes import SqlChanges
from bot.records.database import Database
from bot.records.drafts import SqlDrafts
from bot.settings import Settings
from ui.wire import Parts, assemble
from vectorstore.reuse import Progress
from vectorstore.versions import PATIENCE_SECONDS, Say


def desk_of(
    settings: Settings,
    database: Database,
    *,
    parts: Parts | None = None,
    switched: Callable[[], object] = quiet,
    patience: float = PATIENCE_SECONDS,
    heard: tuple[Say, Progress] = (quiet, quiet),
) -> Desk:
    """`heard`: who is told what is waited for, and how far it is."""
    found, changes = parts or assemble(settings), SqlChanges(database)
    say, progress = heard
    curator = Curator(found.store, found.embedder, found.folder, changes, say, progress, switched, patience)
    return Desk(curator, SqlDrafts(changes))


def curator_of(parts: Parts) -> Curator:
    """Who changes documents that nobody keeps records of."""
    return Curator(parts.store, parts.embedder, parts.folder)


def operator() -> str:
    """Who runs a command, as the log names him."""
    try:
        return f"cli:{getuser()}"
    except (KeyError, OSError):  # a container's user may have no name
        return "cli"
