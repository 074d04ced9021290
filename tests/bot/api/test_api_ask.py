"""POST /v1/ask and its stream: the contract's fields, exactly, and what is handed to the bot."""

import threading
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import pytest

from bot.api.present import Presenter
from bot.model import Answer, Mode, Statement, Status
from bot.service import Asked
from ingest.errors import IndexMissing, ModelTimeout, ModelUnavailable
from tests.bot.api.api_builders import client, events, problem
from tests.bot.fakes import FakeBot

ANSWER_FIELDS = [
    "answer_id",
    "status",
    "label",
    "generated",
    "answer",
    "plain_text",
    "statements",
    "citations",
    "related",
    "notes",
    "mode",
    "corpus_version",
    "took_ms",
    "receipt_kept",
]
CITATION_FIELDS = [
    "index",
    "plan_id",
    "plan_title",
    "plan_number",
    "region",
    "clause_id",
    "clause_path",
    "heading",
    "quote",
    "start",
    "end",
    "url",
]
QUESTION = {"question": "诚信计量自我承诺"}


def test_answer_has_the_contract_fields_and_no_others(bot: FakeBot) -> None:
    answer = client(bot).post("/v1/ask", json=QUESTION).json()
    assert list(answer) == ANSWER_FIELDS
    assert answer["status"] == "answered"
    assert answer["corpus_version"] == bot.corpus_version
    assert answer["mode"] == "extractive"
    assert answer["citations"]
    assert answer["related"]
    for citation in answer["citations"] + answer["related"]:
        assert list(citation) == CITATION_FIELDS
    assert all(list(statement) == ["text", "citations"] for statement in answer["statements"])


def test_every_quote_is_its_slice_and_every_number_has_its_citation(bot: FakeBot) -> None:
    answer = client(bot).post("/v1/ask", json=QUESTION).json()
    for citation in answer["citations"] + answer["related"]:
        clause = bot.corpus.clause(citation["clause_id"])
        assert clause.text[citation["start"] : citation["end"]] == citation["quote"]
    numbers = [citation["index"] for citation in answer["citations"]]
    assert numbers == list(range(1, len(numbers) + 1))
    assert answer["related"][0]["index"] == len(numbers) + 1
    for statement in answer["statements"]:
        assert set(statement["citations"]) <= set(numbers)
        assert statement["text"] + "".join(f"[{number}]" for number in statement["citations"]) in answer["answer"]


@pytest.mark.parametrize("public_url", ["", "https://plans.example", "https://plans.example/"])
def test_url_leads_to_the_cited_characters(bot: FakeBot, public_url: str) -> None:
    citation = bot.cite("xiamen:专栏1/9", 0, 17)
    bot.answers = [Answer(Status.ANSWERED, (Statement(citation.quote, (citation,)),))]
    sent = client(bot, present=Presenter(public_url)).post("/v1/ask", json=QUESTION).json()["citations"][0]
    assert sent["url"].isascii()
    assert sent["url"].startswith(
        f"{public_url.rstrip('/')}/plans/xiamen?clause=%E4%B8%93%E6%A0%8F1%2F9&start=0&end=17#"
    )
    parts = urlsplit(sent["url"])
    assert parse_qs(parts.query) == {"clause": ["专栏1/9"], "start": ["0"], "end": ["17"]}
    assert unquote(parts.fragment) == "专栏1/9"


def test_document_number_is_null_where_the_plan_has_none(bot: FakeBot) -> None:
    citations = (bot.cite("xiamen:三(四)21"), bot.cite("quanzhou:三(四)16"))
    bot.answers = [Answer(Status.ANSWERED, (Statement("甲", citations),))]
    sent = client(bot).post("/v1/ask", json=QUESTION).json()["citations"]
    assert [each["plan_number"] for each in sent] == [None, "泉政文〔2023〕14号"]


@pytest.mark.parametrize("status", [Status.NOT_FOUND, Status.OUT_OF_SCOPE, Status.PARTIAL])
def test_declining_is_an_answer_not_an_error(bot: FakeBot, status: Status) -> None:
    bot.answers = [Answer(status, (Statement("所收规划未载明。"),), notes=("该条款未载明金额。",))]
    response = client(bot).post("/v1/ask", json=QUESTION)
    assert response.status_code == 200
    assert response.json()["status"] == status
    assert response.json()["citations"] == []
    assert response.json()["label"] == "固定答复"


@pytest.mark.parametrize(
    ("sent", "handed"),
    [
        ({}, (None, None, "auto")),
        ({"session_id": "u-1", "mode": "llm"}, ("u-1", None, "llm")),
        ({"session_id": None, "plans": None, "mode": None, "timeout_ms": None}, (None, None, "auto")),
        ({"plans": []}, (None, None, "auto")),  # an empty selection narrows nothing
        ({"plans": ["jinhua", "xiamen", "jinhua"]}, (None, ("xiamen", "jinhua"), "auto")),  # the corpus's order
        ({"mode": "extractive", "timeout_ms": 5000}, (None, None, "extractive")),
    ],
)
def test_what_is_sent_is_handed_to_the_bot(bot: FakeBot, sent: dict[str, Any], handed: tuple[object, ...]) -> None:
    assert client(bot).post("/v1/ask", json={**QUESTION, **sent}).status_code == 200
    assert bot.asked == [(QUESTION["question"], *handed)]


def test_nul_and_half_surrogates_are_taken_out(bot: FakeBot) -> None:
    body = b'{"question": "\\u0000\\ud83d\\u8ba1\\u91cf\\n"}'
    assert client(bot).post("/v1/ask", content=body, headers={"content-type": "application/json"}).status_code == 200
    assert bot.asked[0][0] == "计量\n"


class SlowBot(FakeBot):
    """Its model never answers in time; its clauses do, unless `stuck`."""

    stuck = False

    def ask(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        as_of: str = "",
    ) -> Asked:
        if mode != "extractive" or self.stuck:
            self.released.wait(10)
        return super().ask(text, session_id, plans, mode, as_of)

    released: threading.Event


@pytest.fixture
def slow() -> Any:
    bot = SlowBot()
    bot.released = threading.Event()
    yield bot
    bot.released.set()


def test_a_late_model_gives_way_to_the_clauses(slow: SlowBot) -> None:
    answer = client(slow).post("/v1/ask", json={**QUESTION, "timeout_ms": 100}).json()
    assert answer["mode"] == "extractive"
    assert answer["statements"]
    assert answer["notes"] == ["大模型未在限时内作答，以上为原文摘录。"]
    assert 100 <= answer["took_ms"] < 5000


def test_late_clauses_are_a_timeout(slow: SlowBot) -> None:
    slow.stuck = True
    sent = {**QUESTION, "timeout_ms": 100, "mode": "extractive"}
    assert problem(client(slow).post("/v1/ask", json=sent))["limit"] == 100


def test_stream_sends_each_statement_then_the_answer(bot: FakeBot) -> None:
    whole = client(FakeBot()).post("/v1/ask", json=QUESTION).json()
    response = client(bot).post("/v1/ask/stream", json=QUESTION)
    assert response.headers["content-type"].startswith("text/event-stream")
    *statements, done = events(response.text)
    assert statements == [("statement", statement) for statement in whole["statements"]]
    assert done == ("done", whole)


def test_stream_survives_line_breaks_in_a_statement(bot: FakeBot) -> None:
    bot.answers = [Answer(Status.ANSWERED, (Statement("一\n\n二\r三\u2028四"),))]
    sent = events(client(bot).post("/v1/ask/stream", json=QUESTION).text)
    assert sent[0] == ("statement", {"text": "一\n\n二\r三\u2028四", "citations": []})


def test_declined_stream_still_ends_with_done(bot: FakeBot) -> None:
    bot.answers = [Answer(Status.NOT_FOUND, ())]
    assert [name for name, _ in events(client(bot).post("/v1/ask/stream", json=QUESTION).text)] == ["done"]


@pytest.mark.parametrize("path", ["/v1/ask", "/v1/ask/stream"])
@pytest.mark.parametrize(
    ("error", "status", "slug"),
    [
        (IndexMissing("/var/secret/index"), 503, "not-ready"),
        (ModelUnavailable("http://secret.internal"), 503, "model-unavailable"),
        (ModelTimeout("http://secret.internal", 3), 504, "timeout"),
        (RuntimeError("secret"), 500, "internal"),
    ],
)
def test_errors_come_before_a_stream_and_keep_secrets(
    bot: FakeBot, path: str, error: Exception, status: int, slug: str
) -> None:
    bot.answers = [error]
    response = client(bot).post(path, json=QUESTION)
    assert response.status_code == status
    assert "secret" not in response.text
    if slug == "internal":
        assert response.json()["type"] == "/docs#internal"
    else:
        assert problem(response)["type"] == f"/docs#{slug}"


def test_model_answers_are_labelled_so(bot: FakeBot) -> None:
    citation = bot.cite("xiamen:三(四)21")
    answer = Answer(Status.ANSWERED, (Statement("厦门推行自我承诺。", (citation,)),), mode=Mode.LLM, model="m")
    bot.answers = [answer, replace(answer, mode=Mode.EXTRACTIVE)]
    api = client(bot)
    labels = [api.post("/v1/ask", json=QUESTION).json()["label"] for _ in range(2)]
    assert labels == ["人工智能生成合成内容，逐句核对原文", "原文摘录"]
