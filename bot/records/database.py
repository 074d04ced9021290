"""The database: its engine, its transactions, its file. SQLite, or PostgreSQL by `DATABASE_URL`."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sql
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from bot.records.migrate import NewerTables, upgrade
from bot.records.receipts import RecordsUnavailable
from bot.records.tables import MARKS
from ingest.errors import BadSetting

LOCK_SECONDS = 1.0  # how long an answer may wait for another process that writes
TURN_SECONDS = 2.0  # and for the other threads of this one
CONNECT_SECONDS = 2
OWNER_ONLY = 0o600  # what people asked is theirs
GROUP_AND_OTHERS = 0o077
POSTGRES = "-c statement_timeout=10000 -c lock_timeout=5000"  # milliseconds


class Database:
    """Opens nothing until first used and tries again after a failure: a full disk at start does not stop serving."""

    def __init__(self, url: str) -> None:
        """Raises BadSetting for a URL no installed driver understands; a password in it is not repeated."""
        self._engine = _engine(url)
        self._made = False
        self._making = Lock()
        self._turn = Lock()  # threads queue here: SQLite's own waiting is by sleeping, and starves some of them

    @property
    def file(self) -> Path | None:
        """SQLite's file; None for a database in memory or elsewhere."""
        name = self._engine.url.database or ":memory:"
        plain = self._is_sqlite and name != ":memory:" and not name.startswith("file:")  # a URI says for itself how
        return Path(name) if plain else None

    @property
    def exists(self) -> bool:
        """False while it is a file that nobody has made yet, and so holds nothing."""
        return self.file is None or self.file.exists()

    @contextmanager
    def read(self) -> Iterator[sql.Connection]:
        """A transaction. Raises RecordsUnavailable for whatever the database refuses."""
        with self._translated():
            self._prepare()
            with self._engine.begin() as connection:
                yield connection

    @contextmanager
    def write(self) -> Iterator[sql.Connection]:
        """A transaction, in SQLite one thread at a time."""
        with self._translated():
            self._prepare()  # before the turn: nobody's turn comes while tables are made
        if self._is_sqlite and not self._turn.acquire(timeout=TURN_SECONDS):
            raise RecordsUnavailable(self._where, "too many answers wait for their receipts")
        try:
            with self.read() as connection:
                yield connection
        finally:
            if self._is_sqlite:
                self._turn.release()

    def pin(self, name: str, value: str) -> str:
        """Write `value` under a name that nothing is written under yet; what stands there."""
        wanted = sql.select(MARKS.c.value).where(MARKS.c.name == name)
        with self.read() as connection:
            if (found := connection.execute(wanted).scalar()) is not None:
                return str(found)
        with suppress(RecordsUnavailable), self.write() as connection:  # another process may be first
            connection.execute(sql.insert(MARKS).values(name=name, value=value))
        with self.read() as connection:
            return str(connection.execute(wanted).scalar())

    def check(self) -> None:
        """Nothing, when it takes writes now. SQLite writes: a full disk shows only then. Raises RecordsUnavailable."""
        with self.write() as connection:
            if self._is_sqlite:
                version = connection.exec_driver_sql("PRAGMA user_version").scalar_one()
                connection.exec_driver_sql(f"PRAGMA user_version = {int(version)}")
            elif connection.exec_driver_sql("SHOW transaction_read_only").scalar_one() == "on":
                raise RecordsUnavailable(self._where, "the database takes no writes")

    def close(self) -> None:
        self._engine.dispose()

    @property
    def _is_sqlite(self) -> bool:
        return self._engine.dialect.name == "sqlite"

    @property
    def _where(self) -> str:
        return self._engine.url.render_as_string()

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except NewerTables as error:
            raise RecordsUnavailable(self._where, str(error)) from error
        except (SQLAlchemyError, OSError) as error:
            reason = str(getattr(error, "orig", None) or type(error).__name__)
            raise RecordsUnavailable(self._where, reason) from error

    def _prepare(self) -> None:
        with self._making:
            if self._made:
                return
            if self.file:
                _owner_only(self.file)
            with self._engine.connect() as connection:
                try:
                    upgrade(connection)
                finally:
                    if self._is_sqlite:
                        connection.exec_driver_sql(f"PRAGMA busy_timeout = {int(LOCK_SECONDS * 1000)}")
            self._made = True


def _owner_only(file: Path) -> None:
    """A file that only its owner reads; SQLite gives those beside it (-wal, -shm) the same mode."""
    file.parent.mkdir(parents=True, exist_ok=True)
    os.close(os.open(file, os.O_CREAT | os.O_RDONLY, OWNER_ONLY))
    for each in (file, *(file.with_name(f"{file.name}{end}") for end in ("-wal", "-shm"))):
        with suppress(FileNotFoundError, PermissionError):  # another's file is for the other to close
            if each.stat().st_mode & GROUP_AND_OTHERS:
                each.chmod(OWNER_ONLY)


def _engine(url: str) -> sql.Engine:
    try:
        parsed = sql.make_url(url)
        if parsed.get_backend_name() == "sqlite":
            return _sqlite(parsed)
        if parsed.drivername in ("postgresql", "postgres"):
            parsed = parsed.set(drivername="postgresql+psycopg")
        ours = {"connect_timeout": CONNECT_SECONDS, "options": POSTGRES}
        arguments = ours if parsed.get_backend_name() == "postgresql" else {}
        return sql.create_engine(parsed, pool_pre_ping=True, pool_timeout=1, connect_args=arguments)
    except (ArgumentError, NoSuchModuleError, ModuleNotFoundError) as error:
        shown = url.split("://", maxsplit=1)[0]
        expected = "sqlite:///FILE, or postgresql://… with the extra `postgres` installed"
        raise BadSetting("DATABASE_URL", f"{shown}://…", expected) from error


def _sqlite(url: sql.URL) -> sql.Engine:
    memory = url.database in (None, "", ":memory:")
    arguments: dict[str, Any] = {"poolclass": StaticPool} if memory else {"pool_timeout": 1}
    threads = {"timeout": LOCK_SECONDS, "check_same_thread": False}
    engine = sql.create_engine(url, connect_args=threads, **arguments)
    sql.event.listen(engine, "connect", _prepare_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    """Readers do not wait for a writer, and a commit survives the process (not a power cut)."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.close()
