"""The databases that the same tests run on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.records.database import Database
from bot.records.store import SqlRecords


@pytest.fixture(params=["memory", "file", "postgres"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """Each kind of database there is, empty."""
    urls = {"memory": "sqlite://", "file": f"sqlite:///{tmp_path}/deep/er/records.db"}
    database = Database(urls.get(request.param) or request.getfixturevalue("postgres_url"))
    yield database
    database.close()


@pytest.fixture
def records(database: Database) -> SqlRecords:
    return SqlRecords(database)
