"""Which files of the framework its page is made of, so that a browser asks for all of them at once.

The framework names one in another: its page a loader, that the blocks, those the components. A browser that learns of
them one after another waits for each. What cannot be found out here is merely asked for later.
"""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

_ENTRY = re.compile(r'src="\./assets/([\w.-]{1,80}\.js)"')
_KIND = re.compile(r'"type":\s?"(\w{1,40})"')
_WORDS = "zh-CN-*.js"  # the framework's own, which it loads for who reads Chinese
_LISTED = "m.f=["  # opens a file's list of what it names by number
_NAMED = re.compile(r'"\./([\w.-]{1,80})"')
# import(`./Index-1a2b.js`).then(e=>e.t),__vite__mapDeps([3,1,2])
_LOADED = re.compile(r"import\(`\./([\w.-]{1,80}\.js)`\)[^_]{0,60}__vite__mapDeps\(\[([\d,]{0,2000})\]\)")
_LOADER, _COMPONENTS = "Index-", "core-"  # how names begin
_BLOCKS = "Blocks-"  # beside it the loader names pages that are never shown


def chunks(assets: Path, html: str) -> tuple[str, ...]:
    """Names of scripts and style sheets in `assets` for the framework's page, as it comes from the framework."""
    entry = _ENTRY.search(html)
    return _chunks(assets, entry[1], tuple(dict.fromkeys(_KIND.findall(html)))) if entry else ()


@cache
def _chunks(assets: Path, entry: str, kinds: tuple[str, ...]) -> tuple[str, ...]:
    found = dict.fromkeys([entry, *_loaded(assets, entry)])
    for name in tuple(found):
        if name.startswith(_LOADER):
            found |= dict.fromkeys(_loaded(assets, name, _BLOCKS))
        if name.startswith(_COMPONENTS):
            found |= dict.fromkeys(each for kind in kinds for each in _of_kind(assets, name, kind))
    if len(found) > 1:
        found |= dict.fromkeys(path.name for path in assets.glob(_WORDS))
    return tuple(name for name in found if (assets / name).is_file())


def _loaded(assets: Path, name: str, wanted: str = "") -> Iterator[str]:
    """What a file loads later, and what that stands on; `wanted`: how the name of what it loads begins."""
    text = _text(assets, name)
    for loaded in _LOADED.finditer(text):
        if loaded[1].startswith(wanted):
            yield from _with_ground(text, loaded)


def _of_kind(assets: Path, name: str, kind: str) -> Iterator[str]:
    """What a component of this kind is made of: `row:{component:()=>load(()=>import(…))}`."""
    text = _text(assets, name)
    for mark in (f",{kind}:{{", f"{{{kind}:{{"):
        start = text.find(mark)
        end = text.find("}", start)
        begins = text.find("component:", start, end) if start >= 0 else -1
        loaded = _LOADED.search(text, begins, end) if begins >= 0 else None
        if loaded:
            yield from _with_ground(text, loaded)
            return


def _with_ground(text: str, loaded: re.Match[str]) -> Iterator[str]:
    start = text.find(_LISTED)
    names = _NAMED.findall(text[start : text.find("]", start)]) if start >= 0 else []
    yield loaded[1]
    yield from (names[int(place)] for place in loaded[2].split(",") if place and int(place) < len(names))


def _text(assets: Path, name: str) -> str:
    try:
        return (assets / name).read_text(encoding="utf-8")
    except OSError:
        return ""
