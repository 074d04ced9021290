"""A document as Markdown that shows every word as it is: none opens a heading, a list, a link or a tag."""

import re
from collections.abc import Callable, Iterable, Iterator

from bot.export import wording
from bot.export.document import (
    Block,
    Document,
    Facts,
    Heading,
    Paragraph,
    Points,
    Quote,
    Remark,
    Table,
    lines_of,
)

MARKS = re.compile(r"([\\`*_\[\]<>|~&$@#])")
# a line that would open a list or a rule: "- 一", "---", "1. 一"; never "-5℃" or "1.5级"
OPENER = re.compile(r"^(\d{0,9})([+=.)-])(?=[\s=-]|$)")
ADDRESSES = (("://", r"\://"), ("www.", r"www\."))  # some readers make links of what looks like one


def as_markdown(document: Document) -> bytes:
    """UTF-8."""
    parts = [f"# {_line(document.title)}"]
    parts += [part for block in document.blocks for part in _written(block)]
    parts += ["---", f"*{_line(document.notice)}*"]
    return ("\n\n".join(parts) + "\n").encode()


def escaped(text: str) -> str:
    """One line so that Markdown shows it as it is."""
    return OPENER.sub(r"\1\\\2", _inside(text))


def _inside(text: str) -> str:
    """Of a line that something of ours begins."""
    plain = MARKS.sub(r"\\\1", text)
    for address, shown in ADDRESSES:
        plain = plain.replace(address, shown)
    return plain


def _written(block: Block) -> Iterator[str]:
    match block:
        case Heading(text, level):
            yield f"{'#' * level} {_inside(' '.join(lines_of(text)))}"
        case Facts(rows):
            yield "\n".join(f"- **{_line(name)}**：{_line(value)}" for name, value in rows)
        case Paragraph(text):
            yield _broken(lines_of(text))
        case Remark(text):
            yield f"*{_line(text)}*"
        case Points(items):
            yield "\n".join(f"- {_line(item)}" for item in items)
        case Quote():
            yield _quoted(block)
        case Table(columns, rows):
            yield "\n".join([_row(columns), _row(["---"] * len(columns), str), *map(_row, rows)])


def _quoted(quote: Quote) -> str:
    opened = f" · [{wording.OPEN}](<{quote.link}>)" if quote.link else ""
    source = f"{escaped(quote.mark)} {_line(quote.address)}{opened}".strip()
    parts = [_broken(lines_of(quote.text)), source, f"*{_line(quote.remark)}*" if quote.remark else ""]
    lines = "\n\n".join(part for part in parts if part).split("\n")
    return "\n".join(f"> {line}" if line else ">" for line in lines)


def _broken(lines: Iterable[str]) -> str:
    """Lines of one paragraph, each on a line of its own."""
    return "  \n".join(map(escaped, lines))


def _line(text: str) -> str:
    return escaped(" ".join(lines_of(text)))


def _row(cells: Iterable[str], shown: Callable[[str], str] = _line) -> str:
    return f"| {' | '.join(map(shown, cells))} |"
