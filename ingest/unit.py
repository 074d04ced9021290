"""A numbered unit while it is being read."""

from dataclasses import dataclass, field

from ingest.model import Kind
from ingest.traced import Traced


@dataclass(slots=True)
class Unit:
    """`numbering` and `title` are its heading on the page."""

    kind: Kind
    path: str
    heading: str
    headings: tuple[str, ...] = ()
    numbering: list[Traced] = field(default_factory=list)
    title: Traced | None = None  # a heading on a line of its own
    paragraphs: list[Traced] = field(default_factory=list)
    cells: tuple[tuple[str, str], ...] = ()
    line: Traced | None = None  # a row's text, made with the table's head; owns no source
