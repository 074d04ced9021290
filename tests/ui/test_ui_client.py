"""The API's client: what it sends, and that every way of failing has one error and one Chinese sentence."""

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest

from tests.ui.fake_api import event
from ui import wording
from ui.api_errors import ApiError, ApiGarbled, ApiProblem, ApiTimeout, ApiUnreachable
from ui.ask_client import AskClient
from ui.failures import explain
from ui.replies import Draft, Reply

ANSWER = {"answer_id": "a1", "status": "answered", "answer": "是。[1]", "plain_text": "是。", "took_ms": 1.5}


def client(answer: Callable[[httpx.Request], httpx.Response]) -> AskClient:
    return AskClient("http://api.test/", transport=httpx.MockTransport(answer))


def always(status: int, **response: Any) -> AskClient:
    return client(lambda _: httpx.Response(status, **response))


def wire(*told: tuple[str, object]) -> str:
    """A stream of events, as the API sends it."""
    return "".join(event(name, data) for name, data in told)


def streams(text: str, kind: str = "text/event-stream") -> AskClient:
    return always(200, text=text, headers={"content-type": kind})


def last(client: AskClient, question: str = "问") -> Any:
    return list(client.tell(question))[-1]


def raises(error: Exception) -> AskClient:
    def answer(request: httpx.Request) -> httpx.Response:
        raise error

    return client(answer)


def test_who_asks_is_told_only_with_the_pages_token() -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        if request.url.path == "/v1/feedback":
            return httpx.Response(201, json={})
        return httpx.Response(200, text=wire(("done", ANSWER)), headers={"content-type": "text/event-stream"})

    transport = httpx.MockTransport(answer)
    page = AskClient("http://api.test/", transport=transport, token="t")
    for asker in (page.speaking_for("198.51.100.1"), page, page.speaking_for(""), client(answer).speaking_for("x")):
        list(asker.tell("问"))
    names = ("x-metrology-page", "x-metrology-visitor")
    assert [tuple(each.headers.get(name) for name in names) for each in sent] == [
        ("t", "198.51.100.1"),
        ("t", None),
        ("t", None),
        (None, None),
    ]
    page.speaking_for("198.51.100.2").rate("a1", useful=True)
    assert [sent[-1].headers[name] for name in names] == ["t", "198.51.100.2"]


def test_ask_sends_question_session_and_plan() -> None:
    sent: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(request)
        return httpx.Response(200, text=wire(("done", ANSWER)), headers={"content-type": "text/event-stream"})

    (reply,) = client(answer).tell("能扣除吗", session_id="s1", plan_id="xiamen")
    assert isinstance(reply, Reply)
    assert reply.status == "answered"
    assert str(sent[0].url) == "http://api.test/v1/ask/stream"
    assert json.loads(sent[0].content) == {"question": "能扣除吗", "session_id": "s1", "plans": ["xiamen"]}


def test_ask_leaves_out_what_is_not_chosen() -> None:
    sent: list[Any] = []

    def answer(request: httpx.Request) -> httpx.Response:
        sent.append(json.loads(request.content))
        return httpx.Response(200, text=wire(("done", ANSWER)), headers={"content-type": "text/event-stream"})

    last(client(answer))
    assert sent == [{"question": "问"}]


CITED = {"index": 1, "plan_id": "p", "plan_title": "某规划", "clause_path": "三1", "quote": "甲。"}
FIRST = {"text": "甲。", "citations": [1]}
SECOND = {"text": "乙。", "citations": [1]}


def test_drafts_grow_by_a_sentence_and_carry_their_label() -> None:
    label = {"label": "人工智能生成合成内容", "generated": True}
    told = [("citation", CITED), ("label", label), ("statement", FIRST), ("weather", 1), ("statement", SECOND)]
    first, second, whole = streams(wire(*told, ("done", ANSWER))).tell("问")
    assert isinstance(first, Draft)
    assert isinstance(second, Draft)
    assert [one.text for one in first.statements] == ["甲。"]
    assert [one.text for one in second.statements] == ["甲。", "乙。"]
    assert (second.label, second.generated, second.citations[0].quote) == ("人工智能生成合成内容", True, "甲。")
    assert isinstance(whole, Reply)


def test_sentences_whose_sources_come_last_make_no_draft() -> None:
    (only,) = streams(wire(("statement", FIRST), ("statement", SECOND), ("done", ANSWER))).tell("问")
    assert isinstance(only, Reply)


def test_what_comes_after_the_answer_is_not_read() -> None:
    told = list(streams(wire(("done", ANSWER), ("statement", {"nothing": "of it"}))).tell("问"))
    assert len(told) == 1


def test_a_comment_that_keeps_the_connection_open_is_no_event() -> None:
    assert isinstance(last(streams(": ping\n\n" + wire(("done", ANSWER)))), Reply)


@pytest.mark.parametrize("wrap", [lambda rows: rows, lambda rows: {"plans": rows}], ids=["list", "object"])
def test_plans_may_come_bare_or_in_an_object(wrap: Callable[[Any], Any]) -> None:
    rows = [{"plan_id": "xiamen", "title": "厦门实施方案", "number": None, "clauses": 76}]
    (plan,) = always(200, json=wrap(rows)).plans()
    assert (plan.plan_id, plan.title, plan.number) == ("xiamen", "厦门实施方案", None)


def test_plan_ids_are_escaped_in_the_address() -> None:
    seen: list[str] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.url.raw_path.decode())
        return httpx.Response(404)

    with pytest.raises(ApiProblem):
        client(answer).plan("../v1/ask?x")
    assert seen == ["/v1/plans/..%2Fv1%2Fask%3Fx"]


@pytest.mark.parametrize(
    ("broken", "error"),
    [
        (raises(httpx.ConnectError("refused")), ApiUnreachable),
        (raises(httpx.ConnectTimeout("slow")), ApiUnreachable),
        (raises(httpx.RemoteProtocolError("cut off")), ApiUnreachable),
        (raises(httpx.ReadTimeout("slow")), ApiTimeout),
        (always(500, text="<html>bad gateway</html>"), ApiProblem),
        (always(200, text="<html>login</html>"), ApiGarbled),
        (always(200, json=ANSWER), ApiGarbled),
        (streams(wire(("done", {"answer_id": "a1"}))), ApiGarbled),
        (streams(wire(("done", [1, 2]))), ApiGarbled),
        (streams(wire(("done", {**ANSWER, "status": "perhaps"}))), ApiGarbled),
        (streams(wire(("statement", {"text": "甲。", "citations": []}))), ApiGarbled),
        (streams("event: done\ndata: {half\n\n"), ApiGarbled),
        (streams("event: done\ndata: {}"), ApiGarbled),
        (streams(""), ApiGarbled),
        (always(302, headers={"Location": "http://elsewhere.test/"}), ApiGarbled),
    ],
)
def test_every_failure_is_an_api_error(broken: AskClient, error: type[ApiError]) -> None:
    with pytest.raises(error) as caught:
        last(broken)
    assert explain(caught.value).endswith("。")


def test_problem_documents_are_read() -> None:
    document = {
        "type": "/docs#not-ready",
        "title": "Not ready",
        "status": 503,
        "detail": "索引尚未就绪。",
        "request_id": "r7",
    }
    broken = always(503, json=document, headers={"Retry-After": "12"})
    with pytest.raises(ApiProblem) as caught:
        last(broken)
    problem = caught.value
    assert (problem.status, problem.title, problem.detail) == (503, "Not ready", "索引尚未就绪。")
    assert (problem.retry_after, problem.request_id) == (12, "r7")


def problem(status: int, detail: str = "", **more: Any) -> ApiProblem:
    return ApiProblem(status, "Problem", detail, **more)


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ApiUnreachable("http://api.test", "refused"), wording.UNREACHABLE),
        (ApiTimeout("http://api.test", 60), wording.TIMEOUT),
        (ApiGarbled("http://api.test", "not JSON"), wording.GARBLED),
        (problem(422, "内容过长。"), "问题没有被接受：内容过长。"),
        (problem(422, "Field required"), wording.REJECTED_UNSAID),
        (problem(400), wording.REJECTED_UNSAID),
        (problem(403, "Forbidden"), wording.NOT_ALLOWED),
        (problem(413, "请求体过大。"), wording.TOO_LONG),
        (problem(429, retry_after=7), "提问过于频繁。请约 7 秒后再试。"),
        (problem(429), "提问过于频繁。请稍后再试。"),
        (problem(503, "索引尚未就绪。"), wording.NOT_READY),
        (problem(500, "服务内部错误。", request_id="r9"), wording.BROKEN + "联系管理人员时请提供编号 r9。"),
        (problem(502, "Bad gateway"), wording.BROKEN),
        (ApiError("anything else"), wording.BROKEN),
    ],
)
def test_errors_become_chinese(error: ApiError, expected: str) -> None:
    assert explain(error) == expected


@pytest.mark.parametrize(("status", "taken"), [(200, True), (201, True), (204, True), (404, False), (503, False)])
def test_an_api_without_feedback_is_no_error(status: int, taken: bool) -> None:
    assert always(status).rate("a1", useful=True) is taken


def test_broken_feedback_is_an_error() -> None:
    with pytest.raises(ApiProblem):
        always(500).rate("a1", useful=False)


def test_messages_name_the_address_and_the_next_step() -> None:
    with pytest.raises(ApiUnreachable, match=r"http://api\.test.*metrology serve"):
        raises(httpx.ConnectError("refused")).plans()
