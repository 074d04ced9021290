"""What boxes and tables are made of."""

from dataclasses import dataclass

from ingest.model import Kind
from ingest.traced import Traced


@dataclass(frozen=True, slots=True)
class BoxPart:
    """An item or row of a box. `paragraphs` are what it has of the source: an item's text, a row's cells."""

    kind: Kind
    paragraphs: tuple[Traced, ...]
    number: str = ""
    name: str = ""
    numbering: tuple[Traced, ...] = ()
    line: Traced | None = None  # a row as one readable line
    cells: tuple[tuple[str, str], ...] = ()
    group: str = ""  # the title across a table that the row stands under
