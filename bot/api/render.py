"""An answer as text: Markdown for pages, plain text for chat windows. Adds fixed words and numbers, never a fact."""

import re
from collections.abc import Iterable
from itertools import zip_longest
from urllib.parse import quote, urlencode

from bot.answer.quote import titled
from bot.model import Answer, Citation, Status

MARKS = re.compile(r"([\\`*_\[\]<>|~])")
# a line that would open a heading, a list or a rule: "# 总则", "- 一", "---", "1. 一"; never "-5℃" or "1.5级"
OPENERS = re.compile(r"^([^\S\n]*\d{0,9})([#+=.)-])(?=[\s#=-]|$)", re.MULTILINE)


def clause_url(public_url: str, plan_id: str, path: str, span: tuple[int, int] | None = None) -> str:
    """Where a clause is read on the page, with the cited characters marked."""
    query = {"clause": path, **({"start": span[0], "end": span[1]} if span else {})}
    named = urlencode(query, quote_via=quote, safe="")
    return f"{plan_url(public_url, plan_id)}?{named}#{quote(path, safe='')}"


def plan_url(public_url: str, plan_id: str) -> str:
    """Where a plan is read on the page."""
    return f"{public_url.rstrip('/')}/plans/{quote(plan_id, safe='')}"


def markdown(answer: Answer) -> str:
    """Statements with [n] after each, the table when there is one, the notes."""
    parts = [paragraph(statement.text, sorted(answer.numbers(statement))) for statement in answer.statements]
    if answer.table:
        parts.append(_table(answer.table))
    if answer.notes:
        parts.append("**说明**\n\n" + "\n".join(f"- {escaped(_one_line(note))}" for note in answer.notes))
    return "\n\n".join(parts)


def paragraph(text: str, numbers: Iterable[int] = ()) -> str:
    """A statement in Markdown and its numbers. Holds no blank line, which would make it two paragraphs."""
    return escaped(text).replace("\n", "  \n") + marks(numbers)


def plain_text(answer: Answer, first_line: str = "") -> str:
    """The same without Markdown, after a line that says where the wording comes from; the sources at the end."""
    parts = [first_line] if first_line else []
    parts += [statement.text + marks(sorted(answer.numbers(statement))) for statement in answer.statements]
    parts += ["；".join(f"{head} {cell}".strip() for head, cell in cells) for cells in _cells(answer.table)]
    parts += [f"说明：{_one_line(note)}" for note in answer.notes]
    if answer.citations:
        parts.append("\n".join(["出处：", *_sources(answer)]))
    if answer.related and answer.status is not Status.ANSWERED:
        near = dict.fromkeys(source(citation) for citation in answer.related)
        parts.append("\n".join(["相近条款（仅供参考）：", *near]))
    return "\n".join(parts)


def _sources(answer: Answer) -> list[str]:
    """A line a clause, with the numbers of all its quotes: [1][3] 《题名》…"""
    numbers: dict[str, list[int]] = {}
    for number, citation in enumerate(answer.citations, start=1):
        numbers.setdefault(source(citation), []).append(number)
    return [f"{marks(found)} {line}" for line, found in numbers.items()]


def source(citation: Citation) -> str:
    """《题名》（文号）路径 标题"""
    number = citation.plan.metadata.number
    clause = citation.clause
    return source_line(citation.plan.title, number.value if number else None, clause.path, clause.heading)


def source_line(title: str, number: str | None, path: str, heading: str) -> str:
    return f"{titled(title, number)}{path}{'' if heading == path else f' {heading}'}".rstrip()


def marks(numbers: Iterable[int]) -> str:
    """The numbers of citations as they stand in a text: [1][2]."""
    return "".join(f"[{number}]" for number in numbers)


def escaped(text: str) -> str:
    """`text` so that Markdown shows it as it is."""
    return OPENERS.sub(r"\1\\\2", MARKS.sub(r"\\\1", text))


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _table(table: tuple[tuple[str, ...], ...]) -> str:
    head, *rows = ([escaped(_one_line(cell)) for cell in row] for row in table)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(table: tuple[tuple[str, ...], ...]) -> list[list[tuple[str, str]]]:
    """Rows below the header, each cell with its column's name; empty cells are left out."""
    if not table:
        return []
    head, *rows = table
    return [[(name, _one_line(cell)) for name, cell in zip_longest(head, row, fillvalue="") if cell] for row in rows]
