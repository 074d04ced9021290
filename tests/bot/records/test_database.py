"""The database's file, its steps from one version to the next, and several processes at once."""

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread

import pytest
import sqlalchemy as sql
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from bot.model import Mode, Status
from bot.records.database import Database
from bot.records.receipts import Feedback, Receipt, ReceiptCitation, ReceiptStatement, RecordsUnavailable, moment
from bot.records.store import SqlRecords
from bot.records.tables import TABLES
from tests.test_house import homes_of

NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)
# as version 0.1.0 made them, told by SQLite itself
FIRST_TABLES = """
CREATE TABLE receipts (
	answer_id VARCHAR(64) NOT NULL, question TEXT NOT NULL, status VARCHAR(16) NOT NULL, statements JSON NOT NULL,
	citations JSON NOT NULL, notes JSON NOT NULL, mode VARCHAR(16) NOT NULL, model TEXT NOT NULL,
	corpus_version VARCHAR(64) NOT NULL, asked_at VARCHAR(32) NOT NULL, PRIMARY KEY (answer_id)
);
CREATE INDEX ix_receipts_asked_at ON receipts (asked_at);
CREATE TABLE feedback (
	id INTEGER NOT NULL, answer_id VARCHAR(64) NOT NULL, useful BOOLEAN NOT NULL, comment TEXT NOT NULL,
	given_at VARCHAR(32) NOT NULL, PRIMARY KEY (id),
	FOREIGN KEY(answer_id) REFERENCES receipts (answer_id) ON DELETE CASCADE
);
CREATE INDEX ix_feedback_answer_id ON feedback (answer_id);
"""
OLD = Receipt(
    "old",
    "我是13812345678，能扣除吗",
    Status.ANSWERED,
    (ReceiptStatement("能。", (1,)),),
    (ReceiptCitation(1, "xiamen:四24", 0, 2, "健全", "0" * 64),),
    ("注",),
    Mode.EXTRACTIVE,
    "",
    "v0",
    moment(NOON),
)


@pytest.fixture
def first_version(tmp_path: Path) -> Path:
    """A database as version 0.1.0 left it: one answer, three ratings of it."""
    file = tmp_path / "records.sqlite3"
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.executescript(FIRST_TABLES)
    connection.execute(
        "INSERT INTO receipts VALUES (?, ?, 'answered', ?, ?, ?, 'extractive', '', 'v0', ?)",
        (
            OLD.answer_id,
            OLD.question,
            '[{"text": "能。", "citations": [1]}]',
            '[{"index": 1, "clause_id": "xiamen:四24", "start": 0, "end": 2, "quote": "健全", '
            f'"text_sha256": "{"0" * 64}"}}]',
            '["注"]',
            OLD.asked_at,
        ),
    )
    for number in range(3):
        row = ("old", number % 2, f"第{number}次，电话0592-1234567", OLD.asked_at)
        connection.execute("INSERT INTO feedback (answer_id, useful, comment, given_at) VALUES (?, ?, ?, ?)", row)
    connection.commit()
    connection.close()
    file.chmod(0o644)
    return file


def mode(file: Path) -> int:
    return stat.S_IMODE(file.stat().st_mode)


def test_a_database_of_the_first_version_is_brought_up_without_loss(first_version: Path) -> None:
    records = SqlRecords.at(f"sqlite:///{first_version}")
    found = records.receipt("old")
    assert found is not None
    assert (found.statements, found.citations, found.notes) == (OLD.statements, OLD.citations, OLD.notes)
    assert found.question == "我是***，能扣除吗", "masked as it is read"
    assert [(each.useful, each.comment) for each in records.feedback("old")] == [
        (False, "第0次，电话***"),
        (True, "第1次，电话***"),
        (False, "第2次，电话***"),
    ]
    assert records.rate(Feedback("old", True, "", moment(NOON), caller="k"))
    assert len(records.feedback("old")) == 4
    records.close()
    raw = sqlite3.connect(first_version).execute("SELECT question FROM receipts").fetchone()
    assert raw == (OLD.question,), "what stood there is not rewritten"


def test_brought_up_and_made_new_are_the_same(first_version: Path, tmp_path: Path) -> None:
    shapes = []
    for file in (first_version, tmp_path / "new.sqlite3"):
        SqlRecords.at(f"sqlite:///{file}").receipt("x")
        connection = sqlite3.connect(file)
        tables = ("receipts", "feedback", "api_keys", "marks")
        columns = {table: connection.execute(f"PRAGMA table_info({table})").fetchall() for table in tables}
        indexes = {
            row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index' AND sql NOT NULL")
        }
        shapes.append((columns, indexes))
    assert shapes[0] == shapes[1]


def test_the_steps_lead_to_the_tables_the_code_knows(database: Database) -> None:
    with database.read() as connection:
        found = compare_metadata(MigrationContext.configure(connection), TABLES)
    assert found == []


@pytest.mark.parametrize("product", ["sqlalchemy", "alembic"])
def test_the_database_is_known_in_one_folder(product: str) -> None:
    """Its tables, its steps, its stores: no one file, but none beyond."""
    homes = homes_of({product})
    assert homes
    assert {str(Path(home).parent).split("/migrations")[0] for home in homes} == {"bot/records"}


def test_steps_are_taken_once_and_in_the_package() -> None:
    folder = Path(sys.modules["bot.records.migrate"].__file__ or "").parent / "migrations" / "versions"
    steps = [path.name for path in folder.glob("r*.py")]
    assert len(steps) >= 2
    assert folder.is_relative_to(Path(__file__).parents[3] / "bot"), "what hatch packs"


def test_a_step_that_fails_leaves_nothing_behind(first_version: Path) -> None:
    raw = sqlite3.connect(first_version)
    raw.execute("CREATE TABLE api_keys (x)")  # what a step wants to make is in its way
    raw.commit()
    raw.close()
    with pytest.raises(RecordsUnavailable, match="api_keys"):
        SqlRecords.at(f"sqlite:///{first_version}").receipt("old")
    columns = sqlite3.connect(first_version).execute("PRAGMA table_info(receipts)").fetchall()
    assert len(columns) == 10, "the step before it is undone too"


def test_a_database_of_a_newer_version_is_named(first_version: Path) -> None:
    SqlRecords.at(f"sqlite:///{first_version}").receipt("x")
    raw = sqlite3.connect(first_version)
    raw.execute("UPDATE alembic_version SET version_num = '99'")
    raw.commit()
    raw.close()
    with pytest.raises(RecordsUnavailable, match="step '99', made by a newer version"):
        SqlRecords.at(f"sqlite:///{first_version}").receipt("x")


PROCESS = """
import sys
from bot.records.store import SqlRecords
from bot.records.receipts import Feedback
records = SqlRecords.at(sys.argv[1])
sys.stdin.read(1)
print(records.receipt("old") is not None, records.rate(Feedback("old", True, "", "", caller=sys.argv[2])))
"""


def test_processes_that_start_at_once_bring_it_up_once(first_version: Path) -> None:
    url, root = f"sqlite:///{first_version}", Path(__file__).parents[3]
    commands = [[sys.executable, "-c", PROCESS, url, f"k{number}"] for number in range(3)]
    pipe = subprocess.PIPE
    processes = [subprocess.Popen(each, cwd=root, stdin=pipe, stdout=pipe, stderr=pipe, text=True) for each in commands]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("x")
        process.stdin.flush()
    told = [process.communicate(timeout=240) for process in processes]
    assert [out.strip() for out, _ in told] == ["True True"] * 3, told
    assert len(SqlRecords.at(url).feedback("old")) == 6


def test_threads_of_one_process_too(postgres_url: str) -> None:
    openings = [SqlRecords.at(postgres_url) for _ in range(4)]
    failures: list[Exception] = []

    def use(records: SqlRecords) -> None:
        try:
            records.receipt("x")
        except RecordsUnavailable as error:
            failures.append(error)

    threads = [Thread(target=use, args=(each,)) for each in openings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    for each in openings:
        each.close()
    assert failures == []


def test_only_its_owner_reads_the_file(tmp_path: Path) -> None:
    file = tmp_path / "deep" / "records.sqlite3"
    records = SqlRecords.at(f"sqlite:///{file}")
    assert records.receipt("x") is None
    assert {each.name: mode(each) for each in file.parent.iterdir()} == {
        "records.sqlite3": 0o600,
        "records.sqlite3-wal": 0o600,
        "records.sqlite3-shm": 0o600,
    }
    records.close()


def test_a_file_that_others_could_read_is_closed_to_them(first_version: Path) -> None:
    assert mode(first_version) == 0o644
    records = SqlRecords.at(f"sqlite:///{first_version}")
    records.receipt("x")
    assert mode(first_version) == 0o600
    records.close()


def test_a_mark_is_written_once(database: Database) -> None:
    assert database.pin("secret", "a") == "a"
    assert database.pin("secret", "b") == "a"
    assert database.pin("other", "b") == "b"


@pytest.fixture
def stopped(tmp_path: Path) -> Iterator[Database]:
    database = Database(f"postgresql://metrology:geheim@/x?host={tmp_path}")
    yield database
    database.close()


def test_a_postgresql_that_is_gone_is_named_without_its_password(stopped: Database) -> None:
    with pytest.raises(RecordsUnavailable, match="postgresql") as caught, stopped.read():
        pass
    assert "geheim" not in str(caught.value)


def test_plain_urls_take_the_driver_that_is_installed(postgres_url: str) -> None:
    database = Database(postgres_url)
    with database.read() as connection:
        assert connection.dialect.driver == "psycopg"
        assert connection.execute(sql.text("SHOW statement_timeout")).scalar() == "10s"
    database.close()
