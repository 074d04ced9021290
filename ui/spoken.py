"""In which language a page's own words are said. Answers, plans and questions stay Chinese: they are quotations.

A module of phrases becomes `Phrases`: while English is spoken, `wording.SEND` is that of `wording_en` beside it, so
that who shows a phrase need not know the language. Read it when it is shown, never on import.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from importlib import import_module
from types import ModuleType
from urllib.parse import parse_qsl, urlencode

CHINESE, ENGLISH = "zh", "en"
LANGUAGES = (CHINESE, ENGLISH)
PARAMETER = "lang"  # of an address, and the cookie's name

_LANGUAGE: ContextVar[str] = ContextVar("language", default=CHINESE)
_QUERY: ContextVar[str] = ContextVar("query", default="")


class Phrases(ModuleType):
    """Its constants are phrases; what is not written in capitals is the module's own."""

    def __getattribute__(self, name: str) -> object:
        own = super().__getattribute__
        if name.isupper() and (language := _LANGUAGE.get()) != CHINESE:
            return getattr(import_module(f"{own('__name__')}_{language}"), name)
        return own(name)


@contextmanager
def speaking(language: str, query: str = "") -> Iterator[None]:
    """Meanwhile phrases are said in `language`; `query` is that of the page's address."""
    before = _LANGUAGE.set(language), _QUERY.set(query)
    try:
        yield
    finally:
        _LANGUAGE.reset(before[0])
        _QUERY.reset(before[1])


def spoken() -> str:
    """The language of now."""
    return _LANGUAGE.get()


def asked_language(asked: str | None, kept: str | None) -> str:
    """What the address asks for, else what the browser remembers, else Chinese."""
    return next((one for one in (asked, kept) if one in LANGUAGES), CHINESE)


def address_in(language: str, *, again: bool = False) -> str:
    """This page in another language, e.g. `?region=…&lang=en`; a question is not asked `again` for it."""
    left = (PARAMETER,) if again else (PARAMETER, "q")
    given = [(name, value) for name, value in parse_qsl(_QUERY.get()) if name not in left]
    return "?" + urlencode([*given, (PARAMETER, language)])
