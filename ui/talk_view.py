"""The conversation as HTML: questions, answers, citations, and the welcome before the first question."""

import re
from dataclasses import dataclass
from itertools import takewhile
from urllib.parse import urlsplit

from ui import wording
from ui.replies import Draft, PlanEntry, Reply
from ui.templates import render

_RULE = re.compile(r"\|(\s*:?-+:?\s*\|)+")  # | --- | --- |
_BAR = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~#+.=)-])")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what became of it; without reply and failure it is still being answered, perhaps with a draft."""

    question: str
    draft: Draft | None = None
    reply: Reply | None = None
    failure: str = ""
    rating: str = ""  # taken | closed | failed; empty: not rated

    @property
    def state(self) -> str:
        if self.reply is not None:
            return self.reply.status
        if self.failure:
            return "failed"
        return "telling" if self.draft else "waiting"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A statement and the citations it may link to."""

    lines: tuple[str, ...]
    references: tuple[int, ...]


def render_talk(turns: tuple[Turn, ...], plans: tuple[PlanEntry, ...]) -> str:
    """The whole log. Before the first question it welcomes and offers examples."""
    return render(
        "talk.html",
        turns=turns,
        plans=plans,
        audiences=wording.AUDIENCES,
        paragraphs=paragraphs,
        table_of=table_of,
        copy_text=copy_text,
        safe_link=safe_link,
    )


def render_scope(plans: tuple[PlanEntry, ...]) -> str:
    """The choice of plan: all, or one."""
    return render("scope.html", plans=plans)


def paragraphs(told: Reply | Draft) -> tuple[Paragraph, ...]:
    """Statements as paragraphs; a reply without statements (a declined question) falls back to its plain text."""
    known = {citation.index for citation in told.citations}
    if told.statements or isinstance(told, Draft):
        return tuple(
            Paragraph(_lines(statement.text), tuple(index for index in statement.citations if index in known))
            for statement in told.statements
        )
    return tuple(Paragraph((line,), ()) for line in _lines(told.plain_text or told.answer))


def table_of(markdown: str) -> tuple[tuple[str, ...], ...]:
    r"""The first table of a Markdown answer, header first; empty when it has none.

    >>> table_of("如下。\n\n| 城市 | 目标 |\n| --- | --- |\n| 泉州 | 2020 |")
    (('城市', '目标'), ('泉州', '2020'))
    """
    lines = [line.strip() for line in markdown.splitlines()]
    rule = next((number for number, line in enumerate(lines) if number and _RULE.fullmatch(line)), 0)
    if not rule or not lines[rule - 1].startswith("|"):
        return ()
    rows = [lines[rule - 1], *takewhile(lambda line: line.startswith("|"), lines[rule + 1 :])]
    return tuple(tuple(_ESCAPED.sub(r"\1", cell.strip()) for cell in _BAR.split(row)[1:-1]) for row in rows)


def copy_text(reply: Reply) -> str:
    """Plain text for the clipboard, sources included: the API's own, made to be passed on."""
    return reply.plain_text or "\n".join(statement.text for statement in reply.statements) or reply.answer


def safe_link(url: str) -> str:
    """A path of this site or an http(s) address as it is; anything else (`javascript:`, `//host`) → empty."""
    try:
        parts = urlsplit(url)
    except ValueError:  # e.g. an unclosed bracket of an IPv6 address
        return ""
    if parts.scheme in ("http", "https") and parts.netloc:
        return url
    local = not parts.scheme and not parts.netloc and url.startswith("/") and "\\" not in url
    return url if local else ""


def _lines(text: str) -> tuple[str, ...]:
    return tuple(line for line in (line.strip() for line in text.splitlines()) if line)
