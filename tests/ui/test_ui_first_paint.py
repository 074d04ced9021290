"""The page's first picture: in the HTML itself, drawn before any script, of use without one."""

import re

import pytest
from fastapi import FastAPI
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.testclient import TestClient

from tests.ui.canned import ASK, HOSTILE
from tests.ui.fake_api import FakeApi, client_of, fake_app
from ui import wording
from ui.first_paint import FirstPaint, with_first_picture
from ui.plain_page import plain_routes

FRAME = (
    '<!doctype html>\n<html\n\tlang="en"><head>\n<meta property="og:title" content="Gradio" />'
    '<meta\n name="twitter:site" content="@x" /><link rel="manifest" href="/manifest.json" />'
    '<script type="module" src="./assets/a.js"></script><link rel="stylesheet" crossorigin href="./assets/a.css">'
    '</head><body style="margin: 0"><gradio-app></gradio-app></body></html>'
)


@pytest.fixture(scope="module")
def html() -> str:
    return with_first_picture(FRAME)


def test_nothing_holds_up_the_first_picture(html: str) -> None:
    head, _, body = html.partition("<body")
    assert 'rel="stylesheet"' not in head
    assert body.index(wording.WELCOME) < body.index('rel="stylesheet"') < body.index("<gradio-app>")
    assert all("defer" in tag or "module" in tag or "json" in tag for tag in re.findall("<script[^>]*>", html))
    assert "--ground" in head


def test_the_framework_s_description_of_itself_is_gone(html: str) -> None:
    assert "og:title" not in html
    assert "twitter" not in html
    assert "manifest" not in html
    assert 'lang="zh-CN"' in html
    assert f"<title>{wording.TITLE}</title>" in html


def test_it_asks_without_scripts(html: str) -> None:
    assert '<form id="asking" class="first-ask" method="post" action="/ask">' in html
    assert html.count('class="example" name="question"') == sum(len(each.questions) for each in wording.AUDIENCES)
    assert wording.NO_SCRIPT in html


@pytest.mark.parametrize(
    ("path", "response"),
    [
        ("/", PlainTextResponse("a<body>b")),
        ("/", HTMLResponse("a<body>b", 500)),
        ("/other", HTMLResponse("a<body>b")),
    ],
    ids=["no html", "error", "elsewhere"],
)
def test_everything_else_passes_as_it_is(path: str, response: Response) -> None:
    app = FastAPI()
    app.add_route(path, lambda _: response)
    app.add_middleware(FirstPaint)
    assert TestClient(app).get(path).text == "a<body>b"


@pytest.mark.parametrize("coding", ["identity", "gzip, br"])
def test_the_length_is_that_of_what_is_sent(coding: str) -> None:
    app = FastAPI()
    app.add_route("/", lambda _: HTMLResponse(FRAME))
    app.add_middleware(FirstPaint)
    found = TestClient(app).get("/", headers={"Accept-Encoding": coding})
    assert wording.WELCOME in found.text
    assert found.headers["vary"] == "Accept-Encoding"
    sent, whole = int(found.headers["content-length"]), len(found.content)
    assert sent < whole / 2 if "gzip" in coding else sent == whole


@pytest.fixture
def fake() -> FakeApi:
    return FakeApi()


@pytest.fixture
def form(fake: FakeApi) -> TestClient:
    app = FastAPI()
    app.include_router(plain_routes(client_of(fake_app(fake))))
    return TestClient(app, follow_redirects=False)


def test_a_form_gets_a_whole_answer(form: TestClient, fake: FakeApi) -> None:
    page = form.post("/ask", data={"question": "  投诉电话  "})
    assert page.status_code == 200
    assert "default-src 'none'" in page.headers["content-security-policy"]
    assert "三(四)22" in page.text
    assert '<a class="hotline" href="tel:12315">' in page.text
    assert ASK[:4] in page.text
    assert "<script" not in page.text
    assert "data-copy" not in page.text  # a button that would do nothing
    assert fake.asked[0].question == "投诉电话"


def test_the_next_question_goes_on_with_the_last(form: TestClient, fake: FakeApi) -> None:
    first = form.post("/ask", data={"question": "税"}).text
    session = re.search('name="session" value="([0-9a-f]{32})"', first)
    assert session
    form.post("/ask", data={"question": "泉州呢", "session": session[1]})
    form.post("/ask", data={"question": "泉州呢", "session": "<made up>"})
    assert fake.asked[0].session_id == fake.asked[1].session_id == session[1]
    assert fake.asked[2].session_id not in (session[1], "<made up>")


def test_of_several_fields_the_last_that_is_filled_counts(form: TestClient, fake: FakeApi) -> None:
    form.post("/ask", data={"question": ["示例", " "]})
    assert fake.asked[0].question == "示例"


def test_a_blank_question_is_not_asked(form: TestClient, fake: FakeApi) -> None:
    assert wording.EMPTY_QUESTION in form.post("/ask", content=b"\xff=%zz&question=%20").text
    assert fake.asked == []


def test_a_failure_is_told_in_chinese(form: TestClient, fake: FakeApi) -> None:
    fake.problem = 500
    page = form.post("/ask", data={"question": "税"})
    assert page.status_code == 200
    assert wording.BROKEN in page.text
    assert wording.ERROR_KEPT not in page.text


def test_hostile_words_are_only_words(form: TestClient) -> None:
    page = form.post("/ask", data={"question": f"{HOSTILE}<img src=x>"}).text
    assert "<script" not in page
    assert "<img src=x" not in page


def test_the_form_s_address_leads_back_to_the_page(form: TestClient) -> None:
    found = form.get("/ask")
    assert (found.status_code, found.headers["location"]) == (303, "./")
