"""What the framework's page is made of is known before its scripts run."""

import json
import re
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.ui.test_ui_first_paint import FRAME
from ui.chunks import chunks
from ui.first_paint import with_first_picture
from ui.templates import serve_under

PAGE = '<script type="module" crossorigin src="./assets/{entry}.js"></script>{"type": "row"}{"type":"html"}'
LOADED = "l(()=>import(`./{}.js`).then(e=>e.t),__vite__mapDeps([{}]),import.meta.url)"
LISTED = "const __vite__mapDeps=(i,m=__vite__mapDeps,d=(m.f||(m.f=[{}])))=>i.map(i=>d[i]);"


def file(folder: Path, name: str, listed: list[str], rest: str = "") -> None:
    (folder / name).write_text(LISTED.format(",".join(f'"./{one}"' for one in listed)) + rest, encoding="utf-8")


@pytest.fixture
def assets(tmp_path: Path) -> Path:
    core = ",".join(
        f"{kind}:{{example:()=>{LOADED.format('Example-0', '0')},component:()=>{LOADED.format(name, deps)}}}"
        for kind, name, deps in (("audio", "Audio-1", "0"), ("row", "Row-1", "0,1"), ("html", "Html-1", "2"))
    )
    file(tmp_path, "page-1.js", ["Index-1.js", "core-1.js", "index-1.css"], LOADED.format("Index-1", "0,1,2"))
    blocks = LOADED.format("Blocks-1", "0,1") + LOADED.format("Login-1", "0")
    file(tmp_path, "Index-1.js", ["Blocks-1.js", "Blocks-1.css"], blocks)
    file(tmp_path, "core-1.js", ["shared-1.js", "row-1.css", "html-1.css", "gone-1.js"], f"x={{{core}}}")
    others = "shared-1.js Row-1.js Html-1.js Audio-1.js Example-0.js Login-1.js Blocks-1.js row-1.css html-1.css"
    for name in (*others.split(), "Blocks-1.css", "index-1.css", "zh-CN-1.js", "zh-TW-1.js"):
        (tmp_path / name).write_text("", encoding="utf-8")
    return tmp_path


def test_files_are_found_that_others_name(assets: Path) -> None:
    found = chunks(assets, PAGE.replace("{entry}", "page-1"))
    assert set(found) == {
        "page-1.js", "Index-1.js", "core-1.js", "index-1.css", "Blocks-1.js", "Blocks-1.css", "Row-1.js", "Html-1.js",
        "shared-1.js", "row-1.css", "html-1.css", "zh-CN-1.js",
    }  # fmt: skip
    assert len(found) == len(set(found))


@pytest.mark.parametrize("html", ["", PAGE.replace("{entry}", "gone-9"), "<script src='./assets/page-1.js'>"])
def test_what_cannot_be_found_out_is_left_to_the_framework(assets: Path, html: str) -> None:
    assert chunks(assets, html) == ()


def test_the_framework_that_is_installed_is_understood() -> None:
    (place,) = find_spec("gradio").submodule_search_locations  # type: ignore[union-attr, misc]
    frontend = Path(place) / "templates" / "frontend"
    html = (frontend / "index.html").read_text(encoding="utf-8")
    bare = chunks(frontend / "assets", html)
    whole = chunks(frontend / "assets", html + '"type":"html""type":"textbox""type":"button""type":"row"')
    assert any(name.startswith("Blocks-") for name in bare)
    assert set(bare) < set(whole)
    assert any(name.startswith("HTML-") for name in whole)
    assert sum((frontend / "assets" / name).stat().st_size for name in whole) < 1_000_000


def test_they_are_asked_for_below_the_site_s_own_path(assets: Path) -> None:
    html = FRAME.replace("./assets/a.js", "./assets/page-1.js").replace(
        "<gradio-app>", '<gradio-app>{"type": "row", "theme_hash": "abc1"}'
    )
    html = html.replace('type="module" src', 'type="module" crossorigin src')
    serve_under("/bot")
    try:
        page = with_first_picture(html, assets)
    finally:
        serve_under("")
    words = re.search(r'id="words">(.*?)</script>', page)
    assert words
    ahead = json.loads(words[1])["ahead"]
    assert {"/bot/assets/Row-1.js", "/bot/assets/row-1.css", "/bot/theme.css?v=abc1"} < set(ahead)
