"""Brings a database to the present tables. Alone runs alembic; the steps ship inside the package."""

from functools import cache
from pathlib import Path
from threading import Lock

import sqlalchemy as sql
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from alembic.util import CommandError

from ingest.errors import StoreError

STEPS = Path(__file__).with_name("migrations")
TURN = 0x6D657472  # the number of PostgreSQL's lock for it
_one_at_a_time = Lock()  # alembic knows one database of a process at a time


class NewerTables(StoreError):
    """The database was brought further than this version knows."""

    def __init__(self, steps: tuple[str, ...]) -> None:
        self.steps = steps
        super().__init__(f"The database is at step '{', '.join(steps)}', made by a newer version. Run that version.")


def upgrade(connection: sql.Connection) -> None:
    """Nothing when the tables are the present ones. Of several processes at once, one works and the others wait.

    All steps or none: a process that is killed leaves the database as it was. Raises NewerTables.
    """
    with _one_at_a_time:
        if _is_current(connection):
            return
        connection.rollback()
        _take_turn(connection)
        context = MigrationContext.configure(connection, opts={"fn": lambda at, _: _steps()._upgrade_revs("head", at)})
        try:
            with Operations.context(context):
                context.run_migrations()
        except CommandError as error:
            raise NewerTables(context.get_current_heads()) from error
        connection.commit()


@cache
def _steps() -> ScriptDirectory:
    return ScriptDirectory(str(STEPS))


def _is_current(connection: sql.Connection) -> bool:
    return MigrationContext.configure(connection).get_current_heads() == tuple(_steps().get_heads())


def _take_turn(connection: sql.Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA busy_timeout = 30000")
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    else:
        for limit in ("statement_timeout", "lock_timeout"):  # a large table may take longer than an answer may
            connection.exec_driver_sql(f"SET LOCAL {limit} = 0")
        connection.execute(sql.select(sql.func.pg_advisory_xact_lock(TURN)))
