"""HTML templates, always escaped: the one file that imports jinja2."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ui import wording
from ui.spoken import CHINESE, address_in, spoken

ASSETS = Path(__file__).parent / "assets"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(ASSETS / "templates"),
        autoescape=True,
        undefined=StrictUndefined,  # a misspelt name is an error, not an empty string
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        w=wording, asset=asset_url, root="", address_in=address_in, zh=_in_chinese, label=_in_label, quoting=_quoting
    )
    return environment


def _in_chinese() -> Markup:
    """The attribute of an element whose words are Chinese whatever the labels are."""
    return Markup() if spoken() == CHINESE else Markup(' lang="zh-CN"')


def _in_label() -> Markup:
    """The attribute of a label that stands within Chinese words."""
    return Markup() if spoken() == CHINESE else Markup(f' lang="{wording.LANG}"')


def _quoting(phrase: str, **words: object) -> Markup:
    """A phrase with Chinese words in it, which are marked as such where the phrase is not: `Contents of {title}`."""
    mark = Markup('<span lang="zh-CN">{}</span>')
    plain = spoken() == CHINESE
    told = {name: mark.format(word) if isinstance(word, str) and not plain else word for name, word in words.items()}
    return escape(phrase).format(**told)


def serve_under(root: str) -> None:
    """From now on links lead below `root`, e.g. `/bot` behind a proxy, or empty. A process has one address."""
    _environment().globals["root"] = root.rstrip("/")


def site_path(path: str) -> str:
    """`/export` → `/bot/export`, where the site is served below `/bot`."""
    return f"{_environment().globals['root']}{path}"


def render(template: str, **values: object) -> str:
    """Template in `assets/templates/` → HTML; every value is escaped."""
    return _environment().get_template(template).render(**values)


def asset_url(name: str) -> str:
    """`page.css` → `/ui/page.css?v=1a2b3c4d`: a new release is never shadowed by a browser's cache."""
    return f"{_environment().globals['root']}/ui/{name}?v={_digest(name)}"


@cache
def _digest(name: str) -> str:
    return sha256((ASSETS / name).read_bytes()).hexdigest()[:8]
