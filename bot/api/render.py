"""An answer as text: Markdown for pages, plain text for chat windows. Adds fixed words and numbers, never a fact."""

import re
from itertools import zip_longest
from urllib.parse import quote, urlencode

from bot.model import Answer, Citation, Mode, Statement, Status

MARKS = re.compile(r"([\\`*_\[\]<>|~])")
# a line that would open a heading, a list or a rule: "# 总则", "- 一", "---", "1. 一"; never "-5℃" or "1.5级"
OPENERS = re.compile(r"^(\s*\d{0,9})([#+=.)-])(?=[\s#=-]|$)", re.MULTILINE)


def label(answer: Answer) -> str:
    """Where the wording comes from, for the reader to see at once."""
    if not answer.citations:
        return "固定答复"
    if answer.mode is Mode.LLM:
        return "模型归纳，逐句核对原文"
    if any(statement.computed for statement in answer.statements):
        return "原文摘录与计算"
    return "原文摘录"


def clause_url(public_url: str, plan_id: str, path: str, span: tuple[int, int] | None = None) -> str:
    """Where a clause is read on the page, with the cited characters marked."""
    query = {"clause": path, **({"start": span[0], "end": span[1]} if span else {})}
    page = f"{public_url}/plans/{quote(plan_id, safe='')}"
    return f"{page}?{urlencode(query, quote_via=quote, safe='')}#{quote(path, safe='')}"


def markdown(answer: Answer) -> str:
    """Statements with [n] after each, the table when there is one, the notes."""
    parts = [
        _escaped(statement.text).replace("\n", "  \n") + _marks(answer, statement) for statement in answer.statements
    ]
    if answer.table:
        parts.append(_table(answer.table))
    if answer.notes:
        parts.append("**说明**\n\n" + "\n".join(f"- {_escaped(_one_line(note))}" for note in answer.notes))
    return "\n\n".join(parts)


def plain_text(answer: Answer) -> str:
    """The same without Markdown; the sources are listed at the end."""
    parts = [statement.text + _marks(answer, statement) for statement in answer.statements]
    parts += ["；".join(f"{head} {cell}".strip() for head, cell in cells) for cells in _cells(answer.table)]
    parts += [f"说明：{_one_line(note)}" for note in answer.notes]
    if answer.citations:
        sources = (f"[{number}] {source(citation)}" for number, citation in enumerate(answer.citations, start=1))
        parts.append("\n".join(["出处：", *sources]))
    if answer.related and answer.status is not Status.ANSWERED:
        near = dict.fromkeys(source(citation) for citation in answer.related)
        parts.append("\n".join(["相近条款（仅供参考）：", *near]))
    return "\n".join(parts)


def source(citation: Citation) -> str:
    """《题名》（文号）路径 标题"""
    title = citation.plan.title.replace("《", "〈").replace("》", "〉")
    number = citation.plan.metadata.number
    named = f"《{title}》（{number.value}）" if number else f"《{title}》"
    heading = "" if citation.clause.heading == citation.clause.path else f" {citation.clause.heading}"
    return f"{named}{citation.clause.path}{heading}".rstrip()


def _marks(answer: Answer, statement: Statement) -> str:
    return "".join(f"[{number}]" for number in sorted(answer.numbers(statement)))


def _escaped(text: str) -> str:
    return OPENERS.sub(r"\1\\\2", MARKS.sub(r"\\\1", text))


def _one_line(text: str) -> str:
    return " ".join(text.split("\n"))


def _table(table: tuple[tuple[str, ...], ...]) -> str:
    head, *rows = ([_escaped(_one_line(cell)) for cell in row] for row in table)
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cells(table: tuple[tuple[str, ...], ...]) -> list[list[tuple[str, str]]]:
    """Rows below the header, each cell with its column's name; empty cells are left out."""
    if not table:
        return []
    head, *rows = table
    return [[(name, _one_line(cell)) for name, cell in zip_longest(head, row, fillvalue="") if cell] for row in rows]
