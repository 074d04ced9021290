"""Bounded answers of the OpenAI-compatible route end after a whole sentence, and never within a citation."""

from itertools import pairwise
from typing import Any

import pytest

from bot.api import create_app
from bot.api.face_text import CORRECTED, Room, Writing
from bot.api.present import SAME_HOST
from bot.model import Answer, Mode, Question, Statement, Status
from bot.service import Asked
from tests.bot.api.api_builders import client
from tests.bot.api.test_face_stream import LiveBot, chunks, contents
from tests.bot.fakes import FakeBot
from tests.bot.talk import talking_bot

CHAT = "/v1/chat/completions"
ASKED: dict[str, Any] = {"model": "metrology-extractive", "messages": [{"role": "user", "content": "诚信计量自我承诺"}]}


def asked(bot: FakeBot, **more: Any) -> dict[str, Any]:
    response = client(bot).post(CHAT, json={**ASKED, **more})
    assert response.status_code == 200
    completion: dict[str, Any] = response.json()
    return completion


def content_of(completion: dict[str, Any]) -> str:
    content: str = completion["choices"][0]["message"]["content"]
    return content


def test_an_answer_that_fits_is_whole(bot: FakeBot) -> None:
    whole = asked(bot)
    said = content_of(whole)
    for most in (len(said), len(said) + 1):
        fitting = asked(bot, max_tokens=most)
        assert (content_of(fitting), fitting["choices"][0]["finish_reason"]) == (said, "stop")
    short = asked(bot, max_tokens=len(said) - 1)
    assert short["choices"][0]["finish_reason"] == "length"


def test_every_bound_ends_with_a_piece(bot: FakeBot) -> None:
    one, two = bot.cite("xiamen:三(四)21"), bot.cite("quanzhou:三(四)16")
    answer = SAME_HOST.answer(
        given(
            Answer(
                Status.PARTIAL,
                (Statement("甲。乙。", (one, two)), Statement("丙。", (two,))),
                notes=("注。",),
                related=(bot.cite("jinhua:二(十)"), bot.cite("qingdao:四(三)")),
            )
        ),
        "v",
    )
    pieces = [*Writing("").pieces(answer)]
    whole = "".join(pieces)
    ends = {len("".join(pieces[:count])) for count in range(len(pieces) + 1)}
    lines = {at for at in range(len(whole)) if whole.startswith("  \n", at) and not whole[:at].endswith("：")}
    for most in range(1, len(whole)):
        writing = Writing("", Room(most))
        said = "".join(writing.pieces(answer))
        assert said == writing.text
        assert whole.startswith(said)
        assert len(said) in ends | lines, said[-20:]
        assert len(said) <= most
        assert writing.finish == "length"
        marks = [each.url_citation for each in writing.annotations(answer.citations)]
        assert [said[mark.start_index : mark.end_index] for mark in marks] == [f"[{mark.index}]" for mark in marks]
        assert len(marks) == ("甲。乙。[1][2]" in said) * 2 + ("丙。[2]" in said)


@pytest.mark.parametrize("name", ["max_tokens", "max_completion_tokens"])
def test_usage_keeps_to_the_bound(bot: FakeBot, name: str) -> None:
    whole = content_of(asked(bot))
    short = asked(bot, **{name: len(whole) // 2})
    assert 0 < short["usage"]["completion_tokens"] == len(content_of(short)) <= len(whole) // 2
    assert short["choices"][0]["finish_reason"] == "length"


def given(answer: Answer) -> Asked:
    return Asked("a", Question("q", "q"), answer, 1.0)


def test_the_smaller_of_two_bounds_holds(bot: FakeBot) -> None:
    assert content_of(asked(bot, max_tokens=5, max_completion_tokens=5000)) == ""
    assert content_of(asked(bot, max_tokens=5000, max_completion_tokens=6)) == "【原文摘录】"


def test_nothing_fits_after_what_did_not(bot: FakeBot) -> None:
    """A later short piece must not stand where a longer one before it is missing."""
    bot.answers = [Answer(Status.ANSWERED, (Statement("很长很长很长的一句。"), Statement("短。")))]
    assert content_of(asked(bot, max_tokens=4)) == ""


def test_a_stream_is_cut_at_the_same_place(bot: FakeBot) -> None:
    for most in (1, 90, 10_000):
        whole = asked(bot, max_tokens=most)
        *sent, last, counted, _ = chunks(bot, max_tokens=most, stream_options={"include_usage": True})
        assert "".join(contents(sent)) == content_of(whole)
        assert last["choices"][0]["finish_reason"] == whole["choices"][0]["finish_reason"]
        assert last["choices"][0]["delta"]["annotations"] == whole["choices"][0]["message"]["annotations"]
        assert counted["usage"] == whole["usage"]


@pytest.mark.parametrize("most", [1, 9, 19, 40, 58])
def test_a_stream_that_is_taken_back_ends_with_a_piece_too(most: int) -> None:
    bot = LiveBot()
    one, two = bot.cite("xiamen:三(四)21"), bot.cite("quanzhou:三(四)16")
    bot.told = (Statement("泉州有。", (two,), generated=True), Statement("两市都有。", (one, two), generated=True))
    bot.answers = [Answer(Status.ANSWERED, (Statement("引文。", (one,)),), mode=Mode.EXTRACTIVE)]
    *sent, last, _ = chunks(bot, max_tokens=most)
    said = "".join(contents(sent))
    whole = f"泉州有。[1]\n\n两市都有。[1][2]\n\n{CORRECTED}\n\n引文。[1]\n\n【原文摘录】"
    ends = [0, *(at for at in range(len(whole)) if whole.startswith("\n\n", at)), len(whole)]
    assert len(said) == max(end for end in ends if end <= most)
    assert whole.startswith(said)
    assert last["choices"][0]["finish_reason"] == "length"
    marks = [each["url_citation"] for each in last["choices"][0]["delta"]["annotations"]]
    assert [said[mark["start_index"] : mark["end_index"]] for mark in marks] == ["[1]"] * ("引文。[1]" in said)


def test_without_a_tokenizer_a_bound_is_refused_and_usage_unsaid(bot: FakeBot) -> None:
    del bot.texts
    assert asked(bot)["usage"] is None
    response = client(bot).post(CHAT, json={**ASKED, "max_tokens": 100})
    assert (response.status_code, response.json()["error"]["param"]) == (503, "max_tokens")


def test_real_answers_shrink_with_their_bound() -> None:
    app = client(talking_bot())
    question = {"role": "user", "content": "四市的自我承诺目标比较"}
    lengths = []
    for most in (1, 40, 200, 400, 4_000):
        reply = app.post(CHAT, json={**ASKED, "messages": [question], "max_tokens": most}).json()
        lengths.append(len(content_of(reply)))
        assert reply["usage"]["completion_tokens"] <= most
    assert all(a <= b for a, b in pairwise(lengths))
    assert lengths[0] == 0
    assert lengths[-1] > lengths[1]


def test_room_counts_the_whole_text() -> None:
    """Tokens of a text are fewer than those of its pieces, so only the whole is counted."""
    counted: list[str] = []

    def count(text: str) -> int:
        counted.append(text)
        return len(text)

    answer = SAME_HOST.answer(given(Answer(Status.ANSWERED, (Statement("一。"), Statement("二。")))), "v")
    assert [*Writing("", Room(6, count)).pieces(answer)] == ["一。", "\n\n二。"]
    assert counted == ["一。", "一。\n\n二。"]


def test_the_app_says_what_a_bound_does(bot: FakeBot) -> None:
    schema = create_app(bot).openapi()["components"]["schemas"]["ChatRequest"]["properties"]
    assert "整句" in schema["max_tokens"]["description"]
