"""Notes by what a reader does with them."""

import pytest

from tests.ui.canned import ASK
from ui.hints import hints, pieces
from ui.replies import Reply
from ui.talk_view import Turn, render_talk

MISSING = "所引条款与所问有关，但没有写明具体金额。"


def reply(status: str, *notes: str) -> Reply:
    return Reply.model_validate({"status": status, "notes": notes, "plain_text": "没有载明。"})


@pytest.mark.parametrize("status", ["partial", "not_found"])
def test_a_declined_answer_names_what_is_missing_and_whom_to_ask(status: str) -> None:
    found = hints(reply(status, MISSING, ASK))
    assert (found.missing, found.more) == ((MISSING,), ())
    assert [piece.text for piece in found.contacts[0] if piece.is_hotline] == ["12315", "12345"]
    html = render_talk((Turn("问", reply=reply(status, MISSING, ASK)),), ())
    assert 'href="tel:12315"' in html
    assert html.count(MISSING) == 1


def test_an_answered_question_s_notes_are_only_notes() -> None:
    found = hints(reply("answered", "2025年已经过去。"))
    assert (found.missing, found.contacts, found.more) == ((), (), ("2025年已经过去。",))


@pytest.mark.parametrize("text", ["共有12345678项", "编号12999999", "1234", "国发〔2021〕37号"])
def test_a_number_that_no_phone_dials_is_text(text: str) -> None:
    assert [piece.is_hotline for piece in pieces(text)] == [False]


def test_a_note_is_cut_without_loss() -> None:
    assert "".join(piece.text for piece in pieces(ASK)) == ASK
