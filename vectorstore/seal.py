"""Whether the files of an index are still those that were written: their sizes always, their contents where cheap.

Not Chroma's own, which it changes whenever it opens them; the vectors it gives are compared with a file that is sealed.
"""

import hashlib
from collections.abc import Mapping
from pathlib import Path

from ingest.errors import StoreError

CHEAP = 32 * 1024 * 1024  # bytes; some 60 ms to read through
BLOCK = 1024 * 1024
UNSEALED = ("manifest.json", "chroma")

Seals = Mapping[str, tuple[int, str]]  # by the path within the folder: size in bytes, SHA-256


class BrokenSeal(StoreError, ValueError):
    """A file is not what was written."""


def seal(folder: Path, known: Seals | None = None) -> dict[str, tuple[int, str]]:
    """Of every file in `folder` that only a build writes. What is `known` of linked ones is not read again."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    named = ((path.relative_to(folder).as_posix(), path) for path in files)
    return {
        name: (known or {}).get(name) or (path.stat().st_size, _digest(path))
        for name, path in named
        if name.split("/")[0] not in UNSEALED
    }


def require_sealed(folder: Path, seals: Seals, thorough: bool = False) -> None:
    """Raises BrokenSeal naming the first file that differs, OSError for one that cannot be read."""
    for name, (size, digest) in seals.items():
        _require_size(folder, name, size)
        if (thorough or size <= CHEAP) and _digest(folder / name) != digest:
            raise BrokenSeal(f"'{name}' does not hold what was written")


def require_sizes(folder: Path, seals: Seals) -> None:
    """Raises BrokenSeal or OSError."""
    for name, (size, _) in seals.items():
        _require_size(folder, name, size)


def _require_size(folder: Path, name: str, size: int) -> None:
    found = (folder / name).stat().st_size
    if found != size:
        raise BrokenSeal(f"'{name}' has {found} bytes, {size} were written")


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            digest.update(block)
    return digest.hexdigest()


def reason(folder: Path, error: Exception) -> str:
    """What is wrong with a file, without the folder, which is named anyway."""
    if isinstance(error, FileNotFoundError) and error.filename:
        return f"'{Path(error.filename).relative_to(folder)}' is missing"
    return str(error).rstrip(".") or type(error).__name__
