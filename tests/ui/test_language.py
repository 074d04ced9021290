"""Labels in two languages: the same phrases in both, the right one for each visitor, quotations marked as Chinese."""

import ast
import re
import string
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from starlette.responses import HTMLResponse, JSONResponse
from starlette.testclient import TestClient

import ui
import ui.compare.wording
import ui.compare.wording_en
import ui.guides.wording
import ui.guides.wording_en
from tests.ui.canned import canned_answer
from tests.ui.test_ui_first_paint import FRAME
from ui import reader_wording, reader_wording_en, wording, wording_en
from ui.first_paint import with_first_picture
from ui.language import Speaks, remembered
from ui.replies import Reply
from ui.spoken import address_in, asked_language, speaking, spoken
from ui.talk_view import Turn, render_talk

FOLDER = Path(ui.__file__).parent
BOOKS = [
    (wording, wording_en),
    (ui.guides.wording, ui.guides.wording_en),
    (reader_wording, reader_wording_en),
    (ui.compare.wording, ui.compare.wording_en),
]
NAMES = ["page", "guides", "reader", "compare"]
CALLED = ("wording", "reader_wording", "everywhere")  # by those who show phrases
HAN = re.compile("[\u4e00-\u9fff]")
CHINESE_ON_PURPOSE = {"SWITCH", "DEMO_ATTRIBUTES"}  # the other language's name, a city in an example


def phrases(book: Any) -> dict[str, Any]:
    return {name: value for name, value in vars(book).items() if name.isupper() and not name.startswith("_")}


def leaves(value: Any, where: str) -> Iterator[tuple[str, str]]:
    """Every text in a phrase, with the keys that lead to it."""
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, dict):
        for key, each in value.items():
            yield from leaves(each, f"{where}[{key}]")
    elif isinstance(value, wording.Audience):
        yield f"{where}.name", value.name
    else:
        for at, each in enumerate(value):
            yield from leaves(each, f"{where}[{at}]")


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize(("chinese", "english"), BOOKS, ids=NAMES)
def test_both_languages_have_the_same_phrases(chinese: Any, english: Any) -> None:
    ours, theirs = phrases(chinese), phrases(english)
    assert set(ours) == set(theirs), "a phrase of one language is missing in the other"
    for name in ours:
        one, other = dict(leaves(ours[name], name)), dict(leaves(theirs[name], name))
        assert set(one) == set(other), name
        assert {at: fields(text) for at, text in one.items()} == {at: fields(text) for at, text in other.items()}


@pytest.mark.parametrize(("chinese", "english"), BOOKS, ids=NAMES)
def test_english_phrases_are_english(chinese: Any, english: Any) -> None:
    found = [at for name, value in phrases(english).items() for at, text in leaves(value, name) if HAN.search(text)]
    assert {at.split("[")[0] for at in found} <= CHINESE_ON_PURPOSE


def test_examples_are_asked_in_chinese_and_explained_in_english() -> None:
    for ours, theirs in zip(wording.AUDIENCES, wording_en.AUDIENCES, strict=True):
        assert theirs.questions == ours.questions
        assert len(theirs.meanings) == len(theirs.questions)


def test_phrases_are_said_in_the_language_of_now_and_chinese_afterwards() -> None:
    assert wording.SEND == "提问"
    with speaking("en"):
        assert (wording.SEND, spoken()) == ("Ask", "en")
        assert wording.Audience.__name__ == "Audience"  # what is no phrase stays
        with speaking("zh"):
            assert wording.SEND == "提问"
        with ThreadPoolExecutor(1) as pool:
            assert pool.submit(lambda: wording.SEND).result() == "提问"  # another visitor's thread
            assert pool.submit(copy_context().run, lambda: wording.SEND).result() == "Ask"
    assert wording.SEND == "提问"


def own_constants(path: Path) -> set[str]:
    """Phrases that a file reads when it is imported: they would be Chinese for ever."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    functions = [
        node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
    ]
    later = {inner for function in functions for node in _bodies(function) for inner in ast.walk(node)}
    return {
        node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node not in later and getattr(node.value, "id", "") in CALLED
    }


def _bodies(function: Any) -> list[ast.AST]:
    return function.body if isinstance(function.body, list) else [function.body]


@pytest.mark.parametrize(
    "path",
    [path for part in (".", "guides", "compare") for path in sorted((FOLDER / part).glob("*.py"))],
    ids=lambda path: f"{path.parent.name}-{path.stem}",
)
def test_phrases_are_read_when_they_are_shown(path: Path) -> None:
    assert {name for name in own_constants(path) if name.isupper()} == set()


@pytest.mark.parametrize(
    ("asked", "kept", "expected"),
    [
        (None, None, "zh"),
        ("en", None, "en"),
        (None, "en", "en"),
        ("zh", "en", "zh"),
        ("fr", "en", "en"),
        ("", "<x>", "zh"),
    ],
)
def test_the_address_goes_before_what_is_remembered(asked: str | None, kept: str | None, expected: str) -> None:
    assert asked_language(asked, kept) == expected


@pytest.mark.parametrize(
    ("header", "expected"),
    [("lang=en", "en"), ("a=b; lang=zh; c=d", "zh"), ("", ""), ("lang", ""), ("\x00;lang=en", ""), ("x" * 9000, "")],
)
def test_a_cookie_header_is_read_with_care(header: str, expected: str) -> None:
    assert remembered(header) in (expected, "en" if "\x00" in header else expected)


def test_a_switch_keeps_the_address_and_asks_nothing_again() -> None:
    with speaking("en", "region=%E5%8E%A6%E9%97%A8&lang=en&q=x"):
        assert address_in("zh") == "?region=%E5%8E%A6%E9%97%A8&lang=zh"
        assert address_in("zh", again=True) == "?region=%E5%8E%A6%E9%97%A8&q=x&lang=zh"  # words that are looked for


@pytest.fixture(scope="module")
def pages() -> TestClient:
    app = FastAPI()
    for path in ("/", "/staff"):
        app.add_route(path, lambda _: HTMLResponse(f"<p>{wording.SEND}</p>"))
    app.add_route("/data", lambda _: JSONResponse({"said": wording.SEND}))
    app.add_middleware(Speaks, root="/bot")
    return TestClient(app)


def test_a_choice_is_shown_and_remembered(pages: TestClient) -> None:
    page = pages.get("/?lang=en")
    assert "Ask" in page.text
    assert page.headers["content-language"] == "en"
    assert "Cookie" in page.headers["vary"]
    assert page.headers["set-cookie"].startswith("lang=en; Path=/bot/; Max-Age=31536000; SameSite=Lax; HttpOnly")
    assert "Secure" not in page.headers["set-cookie"]
    assert "Secure" in TestClient(pages.app, base_url="https://b.cn").get("/?lang=en").headers["set-cookie"]


def test_what_is_remembered_holds_until_another_is_chosen(pages: TestClient) -> None:
    page = pages.get("/", headers={"Cookie": "lang=en"})
    assert "Ask" in page.text
    assert "set-cookie" not in page.headers
    assert "提问" in pages.get("/?lang=zh", headers={"Cookie": "lang=en"}).text


@pytest.mark.parametrize("path", ["/?lang=xx", "/", "/staff?lang=en"])
def test_everything_else_is_chinese(pages: TestClient, path: str) -> None:
    page = pages.get(path)
    assert "提问" in page.text
    assert "set-cookie" not in page.headers


def test_data_is_in_no_language(pages: TestClient) -> None:
    answer = pages.get("/data?lang=en")
    assert "set-cookie" not in answer.headers
    assert "content-language" not in answer.headers


def test_the_first_picture_is_english_for_who_wants_it() -> None:
    with speaking("en"):
        html = with_first_picture(FRAME)
    assert '<html\n\tlang="en">' in html
    assert f"<title>{wording_en.TITLE}</title>" in html
    assert wording_en.HISTORY_CLEARED in html, "the scripts' words too"
    assert f'lang="zh-CN">{wording.AUDIENCES[0].questions[0]}' in html
    assert wording_en.AUDIENCES[0].meanings[0] in html
    assert '<a class="switch" href="?lang=zh" lang="zh"' in html


def test_in_chinese_nothing_is_marked_as_chinese_within() -> None:
    assert 'lang="zh-CN"' not in with_first_picture(FRAME).partition("<body")[2]


@pytest.mark.parametrize("question", ["税", "覆盖率", "承诺", "比较", "没有的"])
def test_of_an_answer_the_labels_alone_are_english(plans: Any, question: str) -> None:
    reply = Reply.model_validate(canned_answer(plans, question, 1))
    with speaking("en"):
        html = render_talk((Turn(question, reply=reply),), ())
    assert 'data-language="en"' in html
    assert wording_en.ANSWERED in html
    assert unmarked(html) == []


class Unmarked(HTMLParser):
    """Finds Chinese words that stand in no element which is said to be Chinese."""

    EMPTY = ("br", "img", "input", "path", "meta", "link")

    def __init__(self) -> None:
        super().__init__()
        self.languages, self.found = ["en"], list[str]()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in self.EMPTY:
            self.languages.append(dict(attrs).get("lang") or self.languages[-1])

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.EMPTY:
            self.languages.pop()

    def handle_data(self, data: str) -> None:
        if HAN.search(data) and not self.languages[-1].startswith("zh"):
            self.found.append(data)


def unmarked(html: str) -> list[str]:
    parser = Unmarked()
    parser.feed(html)
    assert parser.languages == ["en"], "every element is closed"
    return parser.found
