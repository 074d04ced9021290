"""`metrology keys` and `metrology records`: who may ask, and what is kept of what people asked."""

import json
import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.records.keys import ApiKey, Scope, SqlKeys
from bot.records.receipts import Feedback, write_receipt
from bot.records.store import SqlRecords
from bot.settings import Settings
from tests.bot.fakes import FakeBot
from tests.ui.cli_runner import Run, runner
from ui.state import database_of, secret_of

KEY = re.compile(r"mk_[0-9a-f]{12}_[0-9a-f]{64}")


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path)


def kept(settings: Settings) -> tuple[ApiKey, ...]:
    database = database_of(settings)
    found = SqlKeys(database).all()
    database.close()
    return found


def test_a_key_is_shown_once_alone_on_standard_output(run: Run, settings: Settings, tmp_path: Path) -> None:
    result = run("keys", "create", "mini-program", "--scope", "staff", "--per-minute", 5, "--per-day", 0)
    told = result.stdout.strip()
    assert KEY.fullmatch(told)
    assert "not shown again" in result.stderr
    (key,) = kept(settings)
    assert key.is_opened_by(told)
    assert (key.name, key.scope, key.per_minute, key.per_day, key.signed) == ("mini-program", Scope.STAFF, 5, 0, False)
    listed = run("keys", "list").stdout
    assert listed.split("\t") == [key.id, "staff", "bearer", "5/min", "no bound/day", "active", "mini-program\n"]
    for file in tmp_path.iterdir():
        assert told.encode() not in file.read_bytes(), file.name


def test_a_signing_secret_is_told_with_its_id(run: Run, settings: Settings) -> None:
    result = run("keys", "create", "office", "--signed")
    (key,) = kept(settings)
    assert f"X-Key-Id: {key.id}" in result.stderr
    assert result.stdout.strip() == secret_of(settings, database_of(settings)).signing(key.id)
    assert "signed" in run("keys", "list").stdout


def test_a_scope_nobody_knows_is_named(run: Run, settings: Settings) -> None:
    result = run("keys", "create", "x", "--scope", "root")
    assert result.exit_code == 1
    assert "'root'. Expected one of ask, page, staff, admin" in result.stderr
    assert kept(settings) == ()


def test_a_key_is_revoked(run: Run, settings: Settings) -> None:
    run("keys", "create", "一")
    (key,) = kept(settings)
    assert run("keys", "revoke", key.id).exit_code == 0
    assert not kept(settings)[0].stands(datetime.now(UTC))
    assert "ended" in run("keys", "list").stdout
    unknown = run("keys", "revoke", "x")
    assert unknown.exit_code == 1
    assert "No API key 'x'" in unknown.stderr


def test_a_key_is_rotated_with_an_overlap(run: Run, settings: Settings) -> None:
    first = run("keys", "create", "一", "--scope", "admin").stdout.strip()
    (old,) = kept(settings)
    told = run("keys", "rotate", old.id, "--overlap-hours", 24).stdout.strip()
    keys, now = kept(settings), datetime.now(UTC)
    assert [key.name for key in keys] == ["一", "一"]
    assert [key.stands(now) for key in keys] == [True, True]
    assert [key.stands(now + timedelta(hours=25)) for key in sorted(keys, key=lambda each: each.id != old.id)] == [
        False,
        True,
    ]
    assert told != first
    assert any(key.is_opened_by(told) and key.scope is Scope.ADMIN for key in keys)
    assert "until" in run("keys", "list").stdout


@pytest.fixture
def answers(settings: Settings) -> None:
    """One of today's and one of long ago, both of the user u; the first rated."""
    database = database_of(settings)
    records, user = SqlRecords(database), secret_of(settings, database).of_user("u")
    bot, now = FakeBot(), datetime.now(UTC)
    for age in (0, 200):
        receipt = write_receipt(bot.ask("诚信计量自我承诺"), "v1", now - timedelta(days=age), user)
        records.keep(receipt)
    records.rate(Feedback("answer-1", True, "清楚", "", user, f"user-{user}"))
    records.close()


@pytest.mark.usefixtures("answers")
class TestRecords:
    def test_old_ones_are_pruned(self, run: Run) -> None:
        assert "1 answers deleted" in run("records", "prune").stderr
        assert "0 answers deleted" in run("records", "prune").stderr

    @pytest.mark.parametrize(("days", "count"), [("0", 0), ("365", 0), ("1", 1)])
    def test_as_the_setting_or_the_option_says(self, run: Run, days: str, count: int) -> None:
        by_option = run("records", "prune", "--days", days).stderr
        assert f"{count} answers deleted" in by_option

    def test_the_setting(self, run: Run) -> None:
        assert "0 answers deleted" in run("records", "prune", METROLOGY_RETENTION_DAYS="0").stderr

    def test_a_user_is_exported(self, run: Run) -> None:
        found = json.loads(run("records", "export", "--user", "u").stdout)
        assert found["user_id"] == "u"
        assert [each["answer_id"] for each in found["answers"]] == ["answer-2", "answer-1"]
        assert found["feedback"][0]["comment"] == "清楚"

    def test_a_user_is_deleted(self, run: Run) -> None:
        assert "0 answers and 0 ratings deleted" in run("records", "delete", "--user", "other").stderr
        assert "2 answers and 1 ratings deleted" in run("records", "delete", "--user", "u").stderr
        assert json.loads(run("records", "export", "--user", "u").stdout)["answers"] == []

    def test_with_another_secret_nothing_is_found_and_that_is_said(self, run: Run) -> None:
        result = run("records", "delete", "--user", "u", METROLOGY_SECRET="x" * 32)
        assert result.exit_code == 1
        assert "METROLOGY_SECRET" in result.stderr
        assert "x" * 32 not in result.stderr
