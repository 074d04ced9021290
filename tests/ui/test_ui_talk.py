"""The conversation: what is shown for each status, what is kept on failure, what is escaped."""

from typing import Any

import httpx
import pytest

from tests.ui.canned import HOSTILE
from tests.ui.fake_api import GENERATED, WITHDRAWN, FakeApi, client_of, fake_app
from ui import wording
from ui.ask_client import AskClient
from ui.replies import Reply
from ui.talk import KEPT_TURNS, Talk, begin, finish, known_plans, new_session, rate
from ui.talk_view import Turn, render_plain, render_scope, render_talk, table_of


def reply(**given: Any) -> Reply:
    return Reply.model_validate({"answer_id": "a1", "status": "answered", **given})


def citation(**given: Any) -> dict[str, Any]:
    return {
        "index": 1,
        "plan_id": "p",
        "plan_title": "某规划",
        "clause_path": "三1",
        "quote": "原文。",
        "url": "/plans/p",
        **given,
    }


def answered(client: AskClient, question: str, plan_id: str = "", session_id: str = "s1") -> Talk:
    """The talk once its only question has come to an end."""
    return list(finish(client, begin((), question), plan_id, session_id))[-1]


@pytest.fixture
def fake() -> FakeApi:
    return FakeApi()


@pytest.fixture
def client(fake: FakeApi) -> AskClient:
    return client_of(fake_app(fake))


def test_a_question_is_asked_in_its_session_and_plan(fake: FakeApi, client: AskClient) -> None:
    talk = answered(client, "  能一次性税前扣除吗？ ", "xiamen")
    assert talk[0].state == "answered"
    assert fake.asked[0].model_dump() == {"question": "能一次性税前扣除吗？", "session_id": "s1", "plans": ["xiamen"]}


def test_an_answer_shows_statements_citations_and_notes(client: AskClient) -> None:
    html = render_talk(answered(client, "税"), ())
    assert 'id="turn-1-source-2"' in html
    assert "泉政文〔2023〕14号" in html
    assert wording.NO_NUMBER in html  # 厦门's copy bears none
    assert '<span class="source-place">四24 加大政策支持</span>' in html
    assert 'href="/plans/xiamen?clause=' in html
    assert "青岛、金华的规划未载明" in html


@pytest.mark.parametrize(
    ("question", "expected"), [("电话", "规划未载明"), ("天气", "不在解答范围"), ("承诺", "部分载明")]
)
def test_a_status_other_than_answered_is_named(client: AskClient, question: str, expected: str) -> None:
    assert f">{expected}</p>" in render_talk(answered(client, question), ())


def test_a_declined_question_shows_related_clauses(client: AskClient) -> None:
    html = render_talk(answered(client, "电话"), ())
    assert wording.RELATED_TITLE in html
    assert "三(四)22" in html


def test_a_draft_is_shown_labelled_with_its_sources_before_the_answer(fake: FakeApi, client: AskClient) -> None:
    fake.written = True
    first, second, whole = finish(client, begin((), "税"), "", "s1")
    assert [talk[0].state for talk in (first, second, whole)] == ["telling", "telling", "answered"]
    shown = render_talk(first, ())
    assert shown.index(GENERATED) < shown.index('<p class="said">厦门：')
    assert 'id="turn-1-source-1"' in shown
    assert wording.TELLING in shown
    assert 'aria-busy="true"' in shown
    assert wording.COPY not in shown  # half an answer is not passed on
    assert "泉州：" in render_talk(second, ())
    assert wording.TELLING not in render_talk(whole, ())


def test_an_answer_told_at_once_has_no_draft(client: AskClient) -> None:
    assert [talk[0].state for talk in finish(client, begin((), "税"), "", "s1")] == ["answered"]


def test_a_withdrawn_draft_is_gone_and_said_to_be(fake: FakeApi, client: AskClient) -> None:
    fake.written = fake.withdrawn = True
    *_, draft, whole = finish(client, begin((), "税"), "", "s1")
    assert draft[0].state == "telling"
    shown = render_talk(whole, ())
    assert GENERATED not in shown
    assert '<p class="said">厦门：' not in shown
    assert "「厦门：" in shown
    assert WITHDRAWN in shown


def test_half_an_answer_is_taken_back(fake: FakeApi, client: AskClient) -> None:
    fake.written = fake.breaks = True
    *_, draft, broken = finish(client, begin((), "税"), "", "s1")
    assert draft[0].state == "telling"
    assert broken[0].state == "failed"
    shown = render_talk(broken, ())
    assert wording.GARBLED in shown
    assert "厦门：" not in shown


def test_failures_keep_the_question_and_hide_the_details() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("[Errno 111] refused")

    away = AskClient("http://api.test", transport=httpx.MockTransport(refuse))
    talk = answered(away, "能扣除吗")
    html = render_talk(talk, ())
    assert (talk[0].state, talk[0].question) == ("failed", "能扣除吗")
    assert wording.UNREACHABLE in html
    assert "Errno" not in html
    assert known_plans(away) == ()


def test_everything_is_escaped() -> None:
    hostile = reply(
        status="partial",
        statements=[{"text": HOSTILE, "citations": [1]}],
        citations=[
            citation(quote=HOSTILE, heading=HOSTILE, plan_title=HOSTILE, region=HOSTILE, url="javascript:alert(1)")
        ],
        notes=[HOSTILE],
        answer=f"| {HOSTILE} |\n| --- |\n| {HOSTILE} |",
        plain_text='"><img src=x onerror=alert(1)>',
        answer_id='"><b>',
    )
    html = render_talk((Turn(HOSTILE, reply=hostile),), ())
    assert "<script" not in html
    assert "<img" not in html
    assert "<b>" not in html
    assert "javascript:" not in html


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("没有表。", ()),
        ("| --- |", ()),
        ("前。\n\n| 甲 | 乙 |\n| --- | --- |\n| 1 | 2 |\n\n后。", (("甲", "乙"), ("1", "2"))),
        ("| 甲 |\n|:--|\n| a\\|b \\*c\\* |", (("甲",), ("a|b *c*",))),
        ("| 甲 | 乙 |\n| --- | --- |\n| 1 |  |", (("甲", "乙"), ("1", ""))),
        ("不是表头\n| --- |\n| 1 |", ()),
    ],
)
def test_a_table_is_read_from_the_answer(markdown: str, expected: tuple[tuple[str, ...], ...]) -> None:
    assert table_of(markdown) == expected


def test_a_comparison_shows_its_table(client: AskClient) -> None:
    html = render_talk(answered(client, "比较两市"), ())
    assert '<th scope="row">泉州</th><td>1254</td>' in html


def test_a_quotation_is_labelled_beside_its_receipt_and_a_model_s_words_before_them() -> None:
    quoted = render_talk((Turn("问", reply=reply(statements=[{"text": "甲。"}], label="原文摘录")),), ())
    assert quoted.index("甲。") < quoted.index('<span class="label">原文摘录</span>')
    assert 'class="generated"' not in quoted
    label = "人工智能生成合成内容"
    written = render_talk((Turn("问", reply=reply(statements=[{"text": "甲。"}], label=label, generated=True)),), ())
    assert written.index(f'<p class="generated">{label}</p>') < written.index("甲。")
    assert written.partition("data-copy")[0].count(label) == 1


@pytest.mark.parametrize(("status", "rating"), [(200, "taken"), (404, "closed"), (503, "closed"), (500, "failed")])
def test_feedback_is_sent_once_and_its_outcome_told(fake: FakeApi, client: AskClient, status: int, rating: str) -> None:
    fake.feedback_status = status
    talk = rate(client, answered(client, "税"), "a-0001", useful=False, comment="看不懂")
    assert talk[0].rating == rating
    expected = {"answer_id": "a-0001", "useful": False, "comment": "看不懂"}
    assert [given.model_dump() for given in fake.rated] == ([expected] if status == 200 else [])


@pytest.mark.parametrize("answer_id", ["", "a-0002"])
def test_feedback_on_no_answer_of_the_talk_changes_nothing(fake: FakeApi, client: AskClient, answer_id: str) -> None:
    talk = answered(client, "税")
    assert rate(client, talk, answer_id, useful=True) == talk
    assert fake.rated == []


def test_feedback_waits_while_an_answer_grows(fake: FakeApi, client: AskClient) -> None:
    talk = begin(answered(client, "税"), "又问")
    assert rate(client, talk, "a-0001", useful=True) == talk
    assert fake.rated == []


def test_a_long_talk_forgets_its_beginning() -> None:
    talk: tuple[Turn, ...] = ()
    for number in range(KEPT_TURNS + 5):
        talk = begin(talk, str(number))
    assert len(talk) == KEPT_TURNS
    assert talk[-1].question == str(KEPT_TURNS + 4)


def test_sessions_differ() -> None:
    assert len({new_session() for _ in range(50)}) == 50


def test_the_welcome_speaks_to_four_kinds_of_user(client: AskClient) -> None:
    html = render_talk((), known_plans(client))
    assert html.count('class="audience"') == 4
    assert html.count("data-ask=") >= 4
    assert 'href="/plans/state-council"' in html


def test_the_scope_offers_all_plans_and_each(client: AskClient) -> None:
    html = render_scope(known_plans(client))
    assert html.count('type="radio"') == 6
    assert wording.ALL_PLANS in html


def test_a_talk_is_known_by_its_session() -> None:
    assert ' data-session="0af"' in render_talk((), (), "0af")
    assert "data-session" not in render_talk((), ())
    assert "data-session" not in render_plain((), (), notice="", session="0af")
