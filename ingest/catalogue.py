"""The catalogue beside the documents: ids, files, regions, levels, aliases."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import BadCatalogue

FILE_NAME = "catalogue.toml"
PLAN_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
LEVELS = ("national", "provincial", "municipal", "county", "other")


@dataclass(frozen=True, slots=True)
class Entry:
    """One plan of the catalogue."""

    id: str
    file: str
    name: str
    region: str
    level: str
    aliases: tuple[str, ...] = ()


def read_catalogue(folder: Path) -> tuple[Entry, ...]:
    """Entries of `folder`/catalogue.toml; empty when there is no such file. Raises BadCatalogue."""
    path = folder / FILE_NAME
    if not path.exists():
        return ()
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise BadCatalogue(path, f"{error}. See the shipped catalogue for an example.") from error
    entries = tuple(_entry(path, raw) for raw in table.get("plan", []))
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise BadCatalogue(path, f"two plans have the id '{entry.id}'. Rename one.")
        seen.add(entry.id)
    return entries


def _entry(path: Path, raw: dict[str, object]) -> Entry:
    missing = [key for key in ("id", "file", "name", "region", "level") if not isinstance(raw.get(key), str)]
    if missing:
        raise BadCatalogue(path, f"plan {raw.get('id', '?')!r} lacks {', '.join(missing)}.")
    plan_id, level = str(raw["id"]), str(raw["level"])
    if not PLAN_ID.fullmatch(plan_id):
        raise BadCatalogue(path, f"plan id {plan_id!r} is not lower-case letters, digits and hyphens.")
    if level not in LEVELS:
        raise BadCatalogue(path, f"plan '{plan_id}' has level {level!r}. Use one of {', '.join(LEVELS)}.")
    aliases = raw.get("aliases", [])
    names = tuple(str(alias) for alias in aliases) if isinstance(aliases, list) else ()
    return Entry(plan_id, str(raw["file"]), str(raw["name"]), str(raw["region"]), level, names)


def entry_for(path: Path) -> Entry:
    """A catalogue entry for a document nobody has catalogued, named after its file."""
    plan_id = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-") or f"doc-{abs(hash_name(path.stem)):08x}"
    return Entry(plan_id, path.name, path.stem, "", "other")


def hash_name(name: str) -> int:
    """A stable 32-bit number of a name that has no Latin letters."""
    value = 2166136261
    for byte in name.encode():
        value = (value ^ byte) * 16777619 & 0xFFFFFFFF
    return value
