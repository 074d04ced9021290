"""A zip with parts, opened with bounds: of a bomb no more is unpacked than is allowed, and no name becomes a path."""

import zipfile
import zlib
from io import BytesIO

from ingest.errors import TooLarge, UnreadableDocument

PART_MAX = 64 * 1024 * 1024  # bytes of one part, unpacked; a plan's main part has less than 1 MB
PARTS_MAX = 10_000
MAIN = "word/document.xml"
DAMAGED = "its zip is damaged: {}. Open it in a word processor and save it again."


def names_in(raw: bytes, name: str) -> frozenset[str]:
    """Names of the parts. Raises UnreadableDocument when the zip has no readable directory."""
    return frozenset(_open(raw, name).namelist())


def is_word(names: frozenset[str]) -> bool:
    return MAIN in names


class Package:
    """Parts by name; a name is only looked up, never used on the disk."""

    def __init__(self, raw: bytes, name: str) -> None:
        self.name = name
        self._zip = _open(raw, name)
        self.names = frozenset(self._zip.namelist())

    def part(self, part: str) -> bytes | None:
        """The unpacked bytes; None when there is no such part. Raises TooLarge, UnreadableDocument."""
        if part not in self.names:
            return None
        try:
            with self._zip.open(part) as file:
                unpacked = file.read(PART_MAX + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError) as error:
            raise UnreadableDocument(self.name, DAMAGED.format(error)) from error
        except RuntimeError as error:  # how zipfile says that a password is wanted
            raise UnreadableDocument(self.name, "it is encrypted. Remove its password and give it again.") from error
        if len(unpacked) > PART_MAX:
            raise TooLarge(self.name, f"part {part} has more than {PART_MAX:,} bytes when unpacked. Split it.")
        return unpacked


def _open(raw: bytes, name: str) -> zipfile.ZipFile:
    try:
        opened = zipfile.ZipFile(BytesIO(raw))
    except (zipfile.BadZipFile, ValueError, OSError, EOFError, UnicodeDecodeError, NotImplementedError) as error:
        raise UnreadableDocument(name, DAMAGED.format(error)) from error
    if len(opened.filelist) > PARTS_MAX:
        raise TooLarge(name, f"it has {len(opened.filelist):,} parts, more than the {PARTS_MAX:,} allowed. Split it.")
    return opened
