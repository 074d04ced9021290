"""The notes of an answer, by what a reader does with them: what is missing, whom to ask, what else to know."""

import re
from dataclasses import dataclass

from ui.replies import Reply

DECLINED = ("partial", "not_found")
_HOTLINE = re.compile(r"(?<!\d)(12\d{3})(?!\d)")  # 12345, 12315, 12366: numbers of services that answer a citizen


@dataclass(frozen=True, slots=True)
class Piece:
    """Text, or a number that a phone dials."""

    text: str
    is_hotline: bool


@dataclass(frozen=True, slots=True)
class Hints:
    missing: tuple[str, ...]
    contacts: tuple[tuple[Piece, ...], ...]
    more: tuple[str, ...]


def hints(reply: Reply) -> Hints:
    """Each note once."""
    contacts = tuple(note for note in reply.notes if _HOTLINE.search(note))
    others = tuple(note for note in reply.notes if note not in contacts)
    declined = reply.status in DECLINED
    return Hints(others if declined else (), tuple(map(pieces, contacts)), () if declined else others)


def pieces(note: str) -> tuple[Piece, ...]:
    """A note cut where it names a hotline."""
    return tuple(Piece(text, at % 2 == 1) for at, text in enumerate(_HOTLINE.split(note)) if text)
