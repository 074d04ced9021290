"""What is taken away as a file: headed blocks. They say what stands in it; how that looks is each writer's own.

The same blocks serve an answer, a conversation and a plan's clauses.
"""

import re
from dataclasses import dataclass, fields, is_dataclass
from typing import Any

BREAK = re.compile("\r\n?|[\x85\u2028\u2029]")
# controls and non-characters, which XML refuses; halves of surrogate pairs; marks that turn the direction of writing,
# with which a question could make the words beneath it read otherwise
UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Heading:
    """`level`: 2 to 4; the document's title is the first."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values: 提问时间, 2026年3月15日."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    text: str


@dataclass(frozen=True, slots=True)
class Remark:
    """Said beside the matter, in smaller letters."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Quote:
    """A document's own words and where they stand. `text` is empty where they stand right above already.

    `mark` is how the text above names it: [1]. `link` opens the reader, empty where nothing could be opened.
    """

    text: str
    address: str
    link: str = ""
    mark: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Every row has as many cells as there are columns."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


Block = Heading | Facts | Paragraph | Remark | Points | Quote | Table


@dataclass(frozen=True, slots=True)
class Document:
    """All text in it can stand in any file, whoever wrote it: that is seen to when it is made.

    `notice`: what its reader must know, at the end and at the foot of pages. `label`: where its wording comes from, for
    the file's own properties.
    """

    title: str
    blocks: tuple[Block, ...]
    notice: str
    label: str = ""

    def __post_init__(self) -> None:
        for each in fields(self):
            object.__setattr__(self, each.name, _fit(getattr(self, each.name)))


def fit(text: str) -> str:
    """`text` without what a file cannot hold or a reader cannot see; line breaks are plain ones."""
    return UNFIT.sub("", BREAK.sub("\n", text))


def lines_of(text: str) -> list[str]:
    """Lines with something on them."""
    return [line for line in (line.strip() for line in text.split("\n")) if line]


def _fit(value: Any) -> Any:
    """Of a block, a row, a cell."""
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, tuple):
        return tuple(_fit(each) for each in value)
    if is_dataclass(value) and not isinstance(value, type):
        return type(value)(*(_fit(getattr(value, each.name)) for each in fields(value)))
    return value
