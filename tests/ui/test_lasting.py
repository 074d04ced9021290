"""Files that last: squeezed once, kept, told to browsers as such; all else passes as it is."""

import gzip
from pathlib import Path

import brotli
import pytest
from fastapi import FastAPI
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.testclient import TestClient
from starlette.types import Scope

from ui.lasting import LARGEST, MOST, Lasting, coding_of, squeezed
from ui.templates import asset_url
from ui.widget import mount_assets

TEXT = "计量" * 500


class Files:
    """Tells the same to everyone, and counts who asks."""

    def __init__(self, response: Response) -> None:
        self.response, self.asked = response, list[str]()

    async def __call__(self, scope: Scope, receive: object, send: object) -> None:
        self.asked.append(scope["path"])
        await self.response(scope, receive, send)  # type: ignore[arg-type]


def client_of(files: Files, most: int = MOST) -> TestClient:
    return TestClient(Lasting(files, lambda scope: scope["path"].startswith("/a"), most))


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("gzip, deflate, br", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP;q=0.5, BR ; q=0.9", "br"),
        ("br;q=0, gzip", "gzip"),
        ("identity", ""),
        ("", ""),
        ("brx", ""),
    ],
)
def test_the_best_that_is_read_is_chosen(accepted: str, expected: str) -> None:
    assert coding_of(accepted) == expected


def test_each_coding_holds_the_same() -> None:
    body = TEXT.encode()
    assert brotli.decompress(squeezed(body, "br")) == gzip.decompress(squeezed(body, "gzip")) == squeezed(body, "")


def test_a_file_is_read_once_for_each_coding_and_kept_by_browsers() -> None:
    files = Files(PlainTextResponse(TEXT, headers={"etag": "x"}))
    client = client_of(files)
    for coding in ("br", "gzip", "br", "br", "gzip"):
        page = client.get("/a.js", headers={"accept-encoding": coding, "if-none-match": "x", "range": "bytes=0-3"})
        assert (page.status_code, page.text) == (200, TEXT)
        assert page.headers["content-encoding"] == coding
        assert int(page.headers["content-length"]) < 100
        assert page.headers["cache-control"] == "public, max-age=31536000, immutable"
        assert page.headers["vary"] == "Accept-Encoding"
    assert files.asked == ["/a.js", "/a.js"]
    head = client.head("/a.js", headers={"accept-encoding": "br"})
    assert (head.status_code, head.content) == (200, b"")
    assert len(files.asked) == 2


def test_who_reads_nothing_squeezed_gets_it_plain() -> None:
    page = client_of(Files(PlainTextResponse(TEXT))).get("/a.js", headers={"accept-encoding": "identity"})
    assert page.text == TEXT
    assert "content-encoding" not in page.headers


@pytest.mark.parametrize(
    ("response", "path", "method"),
    [
        (PlainTextResponse("none", 404), "/a.js", "GET"),
        (Response(b"\x89PNG", media_type="image/png"), "/a.png", "GET"),
        (PlainTextResponse("x" * (LARGEST + 1)), "/a.js", "GET"),
        (JSONResponse({}), "/b.json", "GET"),
        (JSONResponse({}), "/a.json", "POST"),
    ],
    ids=["error", "picture", "too large", "does not last", "no reading"],
)
def test_everything_else_passes_as_it_is(response: Response, path: str, method: str) -> None:
    files = Files(response)
    client = client_of(files)
    for _ in range(2):
        page = client.request(method, path)
        assert (page.status_code, page.content) == (response.status_code, response.body)
        assert "cache-control" not in page.headers
    assert len(files.asked) == 2


def test_no_more_are_kept_than_there_is_room_for() -> None:
    files = Files(PlainTextResponse("x"))
    client = client_of(files, most=2)
    for _ in range(2):
        for name in "123":
            client.get(f"/a{name}.js")
    assert files.asked == ["/a1.js", "/a2.js", "/a3.js", "/a3.js"]


def test_files_of_the_page_last_under_their_versions_alone() -> None:
    app = FastAPI()
    mount_assets(app)
    client = TestClient(app)
    lasting, plain = client.get(asset_url("page.css")), client.get("/ui/page.css")
    assert lasting.text == plain.text == (Path("ui/assets/page.css")).read_text(encoding="utf-8")
    assert "immutable" in lasting.headers["cache-control"]
    assert "immutable" not in plain.headers.get("cache-control", "")
    assert int(lasting.headers["content-length"]) < len(plain.content) / 2
    assert client.get("/ui/none.css?v=1").status_code == 404
