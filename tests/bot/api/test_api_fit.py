"""Answers in so many bytes: what is kept keeps its sources."""

import re
from typing import Any

import pytest

from bot.api.cut import size
from bot.api.fit import LEAST, fitted
from bot.api.render import plain_text
from bot.model import Answer, Statement, Status
from bot.wording import CUT_SHORT
from tests.bot.api.api_builders import client, problem
from tests.bot.fakes import FakeBot

QUESTION = {"question": "诚信计量自我承诺"}
LABEL = "【原文摘录】"
MARK = re.compile(r"\[(\d+)\]")


@pytest.fixture
def long(bot: FakeBot) -> Answer:
    cited = [bot.cite(each) for each in ("xiamen:三(四)21", "quanzhou:三(四)16", "jinhua:二(十)")]
    said = tuple(Statement(f"某市（{one.clause.path}）：「{one.quote}」", (one,)) for one in cited)
    return Answer(Status.PARTIAL, said, (bot.cite("xiamen:四24"),), ("没有写明具体金额。", "可咨询12345。"))


def body_and_sources(text: str) -> tuple[str, str]:
    body, _, sources = text.partition("\n出处：\n")
    return body, sources


def test_without_a_limit_or_when_it_fits_nothing_is_left_out(long: Answer) -> None:
    whole = plain_text(long, LABEL)
    assert fitted(long, LABEL, None) == whole
    assert fitted(long, LABEL, size(whole)) == whole


@pytest.mark.parametrize("limit", range(LEAST, 1300, 7))
def test_every_limit_is_kept_and_every_mark_has_its_source(long: Answer, limit: int) -> None:
    text = fitted(long, LABEL, limit)
    assert size(text) <= limit
    assert text.startswith(LABEL)
    assert (CUT_SHORT in text) == (text != plain_text(long, LABEL))
    body, sources = body_and_sources(text)
    if sources:
        assert set(MARK.findall(body)) == set(MARK.findall(sources))


def test_what_is_missing_is_still_said_when_near_clauses_are_not(long: Answer) -> None:
    text = fitted(long, LABEL, size(plain_text(long, LABEL)) - 1)
    assert "没有写明具体金额" in text
    assert "相近条款" not in text
    assert len(MARK.findall(body_and_sources(text)[0])) == 3


def test_sentences_go_from_the_end_with_their_sources(long: Answer) -> None:
    texts = [fitted(long, LABEL, limit) for limit in range(500, 1300, 20)]
    counts = [len(MARK.findall(body_and_sources(text)[0])) for text in texts]
    assert counts == sorted(counts)
    assert {1, 2} <= set(counts)


def test_quotes_of_one_clause_share_a_line_of_sources(bot: FakeBot) -> None:
    one = bot.cite("xiamen:三(四)21")
    other = bot.cite("xiamen:三(四)21", 0, 5)
    text = plain_text(Answer(Status.ANSWERED, (Statement("甲。", (one,)), Statement("乙。", (other,)))))
    assert text.splitlines()[3:] == [
        "[1][2] 《厦门市贯彻落实国务院〈计量发展规划（2021-2035年）〉实施方案》三(四)21 建立诚信计量长效机制"
    ]


def test_the_api_bounds_plain_text_alone(bot: FakeBot) -> None:
    api = client(bot)
    whole = api.post("/v1/ask", json=QUESTION).json()
    short = api.post("/v1/ask", json={**QUESTION, "max_bytes": 120}).json()
    assert size(whole["plain_text"]) > 120
    assert size(short["plain_text"]) <= 120
    assert short["plain_text"].endswith(CUT_SHORT)
    assert [short[name] for name in ("answer", "citations")] == [whole[name] for name in ("answer", "citations")]


def test_plain_text_holds_no_markup_of_its_own(bot: FakeBot) -> None:
    for question in ("诚信计量自我承诺", "计量器具", "目标"):
        text = client(bot).post("/v1/ask", json={"question": question}).json()["plain_text"]
        assert not re.search(r"\*\*|^#|^[-*] |\\|\]\(|^\||`", text, re.MULTILINE)


@pytest.mark.parametrize("wrong", [0, 119, 65_537, "200", 120.5])
def test_a_limit_nothing_fits_in_is_refused(bot: FakeBot, wrong: Any) -> None:
    response = client(bot).post("/v1/ask", json={**QUESTION, "max_bytes": wrong})
    assert response.status_code == 422
    assert problem(response)["errors"][0]["field"] == "max_bytes"
