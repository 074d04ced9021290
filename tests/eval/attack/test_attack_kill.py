"""Kills: what was acknowledged is counted against what is there afterwards, and the count can come out wrong."""

import json
import sqlite3
from collections import Counter
from pathlib import Path

import pytest

from eval.attack import writing
from eval.attack.kill import Killing, judged, kill, ratings_in
from eval.attack.trial import Trial
from eval.attack.writing import Ledger, says_unkept
from eval.load.connection import Reply
from eval.load.questions import Kind
from tests.eval.fakes_served import fake_service, supply

SHORT = Killing(kills=2, seconds=0.5, clients=3)


def killed(folder: Path, flaw: str = "") -> dict[str, Trial]:
    return {trial.name: trial for trial in kill(fake_service(folder, flaw), folder, supply().of(Kind.LOOK_UP), SHORT)}


def test_a_service_that_writes_first_loses_nothing(tmp_path: Path) -> None:
    trials = killed(tmp_path)
    assert all(trial.held for trial in trials.values()), trials
    assert trials["receipts"].said.startswith("0 of ")
    assert not trials["receipts"].said.startswith("0 of 0")
    assert trials["receipts"].said.endswith("in 2 kills")


def test_one_that_writes_later_is_found_out(tmp_path: Path) -> None:
    trials = killed(tmp_path, "writes later")
    assert not trials["receipts"].held
    assert not trials["ratings"].held
    assert trials["replies meanwhile"].held


def test_nothing_acknowledged_proves_nothing() -> None:
    trials = {trial.name: trial.held for trial in judged(Ledger(), [], [], SHORT)}
    assert trials == {"receipts": False, "ratings": False, "replies meanwhile": True}


def test_what_no_server_may_say_is_noted() -> None:
    ledger = Ledger()
    document = {"type": "/docs#x", "title": "X", "status": 503, "detail": "不行"}
    kind = {"content-type": "application/problem+json"}
    ledger.note("ask", Reply(200, {}, b"{}"), 0.1)
    ledger.note("ask", Reply(0, {}, b""), 0.2)  # as it was killed
    ledger.note("ask", Reply(503, kind, json.dumps(document).encode()), 3.0)
    assert ledger.wrong == Counter()
    ledger.note("rate", Reply(500, kind, json.dumps({**document, "status": 500}).encode()), 0.1)
    ledger.note("rate", Reply(502, {"content-type": "text/html"}, b""), 0.1)
    assert ledger.wrong == {"rate: status 500": 1, "rate: status 502 as 'text/html'": 1}
    assert ledger.longest == 3.0
    assert ledger.statuses["ask 200"] == 1


def test_an_answer_that_was_not_kept_may_be_unknown_when_it_is_rated() -> None:
    document = {"type": "/docs#unknown-answer", "title": "Unknown answer", "status": 404, "detail": "没有这个编号。"}
    reply = Reply(404, {"content-type": "application/problem+json"}, json.dumps(document).encode())
    ledger = Ledger()
    ledger.note("rate", reply, 0.1, also=(404,))
    assert ledger.wrong == Counter()
    ledger.note("rate", reply, 0.1)
    assert ledger.wrong == {"rate: status 404": 1}


def test_an_answer_may_say_that_it_has_no_receipt() -> None:
    assert says_unkept({"notes": ["本次回答的回执未能保存，不能凭编号查回。"]})
    assert not says_unkept({"notes": ["另见国务院规划。"]})
    assert not says_unkept({})
    assert writing.REFUSED == (429, 503)


def test_ratings_are_read_from_the_database(tmp_path: Path) -> None:
    with pytest.raises(sqlite3.OperationalError):
        ratings_in(tmp_path / "none")
    database = sqlite3.connect(tmp_path / "records")
    database.execute("CREATE TABLE feedback (answer_id TEXT)")
    database.execute("INSERT INTO feedback VALUES ('a')")
    database.commit()
    database.close()
    assert ratings_in(tmp_path / "records") == ["a"]
