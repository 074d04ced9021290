"""`metrology audit`: what was done by commands, told by who runs them."""

import json
from pathlib import Path

import pytest

from bot.records.audit import By
from bot.records.store import SqlRecords
from bot.settings import Settings
from tests.ui.cli_runner import Run, runner
from ui.desk import operator
from ui.state import database_of, secret_of


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(tmp_path)


def test_keys_and_users_are_in_it(run: Run, tmp_path: Path) -> None:
    told = run("keys", "create", "mini-program", "--scope", "staff").stdout.strip()
    key_id = run("keys", "list").stdout.split("\t")[0]
    run("keys", "rotate", key_id)
    run("keys", "revoke", key_id)
    run("records", "export", "--user", "openid-1")
    run("records", "delete", "--user", "openid-1")
    rows = json.loads(run("audit", "--json").stdout)
    user = secret_of(Settings(data_dir=tmp_path), database_of(Settings(data_dir=tmp_path))).of_user("openid-1")
    assert [(row["action"], row["subject"]) for row in reversed(rows)] == [
        ("key.created", key_id),
        ("key.rotated", key_id),
        ("key.revoked", key_id),
        ("user.exported", user),
        ("user.deleted", user),
    ]
    assert {(row["who"], row["request_id"]) for row in rows} == {(operator(), "")}
    assert told not in str(rows)
    assert len(run("audit", "--user", "openid-1").stdout.splitlines()) == 2
    assert len(run("audit", "--action", "key", "--limit", 2).stdout.splitlines()) == 2
    assert run("audit", "--who", "nobody").stdout == ""


def test_a_line_an_entry(run: Run, tmp_path: Path) -> None:
    records = SqlRecords.at(f"sqlite:///{tmp_path}/records.sqlite3")
    records.forget_user("9d3e", By("3f2a9c51d0e4", "request-1"))
    records.close()
    (line,) = run("audit", "--subject", "9d3e").stdout.splitlines()
    assert line[19:].split() == ["3f2a9c51d0e4", "user.deleted", "9d3e", "request-1", "0", "answers,", "0", "ratings"]


def test_what_is_pruned_by_hand_is_in_it_and_what_is_too_old_leaves_it(run: Run, tmp_path: Path) -> None:
    run("records", "prune")
    assert run("audit").stdout == "", "nothing was there to prune"
    run("records", "delete", "--user", "u")
    run("records", "prune", METROLOGY_AUDIT_DAYS="0")
    assert "user.deleted" in run("audit").stdout
