"""A conversation as the browser keeps it: nothing lost, nothing believed."""

import json
from typing import Any

import pytest

from tests.ui.canned import HOSTILE
from tests.ui.fake_api import FakeApi, client_of, fake_app
from ui.kept import LONGEST, read_kept, to_keep
from ui.talk import KEPT_TURNS, Talk, begin, finish, new_session
from ui.talk_view import Turn, render_talk
from ui.visit import Visit


@pytest.fixture(scope="module")
def talk() -> Talk:
    client = client_of(fake_app(FakeApi()))
    talk: Talk = ()
    for question in ("比较两市", "税", "电话"):
        *_, talk = finish(client, begin(talk, question), "", "s")
    return talk


def test_a_conversation_comes_back_as_it_looked(talk: Talk) -> None:
    session = new_session()
    visit = Visit((*talk, Turn("断了", failure="连不上。")), session)
    kept_session, kept = read_kept(to_keep(visit))
    assert kept_session == session
    assert render_talk(kept, ()) == render_talk(visit.talk, ())


def test_what_is_kept_opens_no_element() -> None:
    visit = Visit((Turn(HOSTILE, failure=HOSTILE),), new_session())
    assert "<" not in to_keep(visit)
    assert read_kept(to_keep(visit))[1] == visit.talk


def test_what_is_still_being_answered_is_not_kept(talk: Talk) -> None:
    kept = json.loads(to_keep(Visit(begin(talk, "再问"), new_session())))
    assert [turn["question"] for turn in kept["turns"]] == ["比较两市", "税", "电话"]


@pytest.mark.parametrize(
    "given",
    [
        "",
        "{",
        "[]",
        '{"session": "../../etc"}',
        json.dumps({"session": "0" * 32, "turns": [{"question": ""}]}),
        json.dumps({"session": "0" * 32, "turns": [{"question": "问", "rating": "<b>"}]}),
        json.dumps({"session": "0" * 32, "turns": [{"question": "问", "reply": {"status": "won"}}]}),
        json.dumps({"session": "0" * 32, "turns": [{"question": "问"}] * (KEPT_TURNS + 1)}),
        json.dumps({"session": "0" * 32, "more": "x" * LONGEST}),
    ],
    ids=["nothing", "no json", "list", "session", "blank", "rating", "status", "many", "long"],
)
def test_what_is_no_conversation_begins_a_new_one(given: str) -> None:
    session, talk = read_kept(given)
    assert talk == ()
    assert len(session) == 32
    assert session != "0" * 32


def test_a_turn_without_an_end_is_left_out() -> None:
    assert read_kept(json.dumps({"session": "0" * 32, "turns": [{"question": "问"}]})) == ("0" * 32, ())


def test_what_was_changed_in_the_browser_is_only_words() -> None:
    reply: dict[str, Any] = {"status": "answered", "plain_text": HOSTILE, "answer_id": '"><img src=x>'}
    cited = {"index": 1, "plan_id": "p", "plan_title": HOSTILE, "clause_path": HOSTILE, "quote": HOSTILE}
    reply["citations"] = [{**cited, "url": "javascript:alert(1)"}]
    reply["statements"] = [{"text": HOSTILE, "citations": [1]}]
    _, talk = read_kept(json.dumps({"session": "0" * 32, "turns": [{"question": HOSTILE, "reply": reply}]}))
    html = render_talk(talk, ())
    assert len(talk) == 1
    assert "<script" not in html
    assert "<img" not in html
    assert "javascript:" not in html
