"""The catalogue beside the documents: ids, files, regions, levels, aliases."""

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

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
    plans = table.get("plan")
    if not isinstance(plans, list) or not all(isinstance(raw, dict) for raw in plans):
        raise BadCatalogue(path, "it has no list of plans. Write [[plan]] above each one.")
    entries = tuple(_entry(path, raw) for raw in plans)
    seen: set[str] = set()
    for entry in entries:
        if entry.id in seen:
            raise BadCatalogue(path, f"two plans have the id '{entry.id}'. Rename one.")
        seen.add(entry.id)
    return entries


def _entry(path: Path, raw: dict[str, object]) -> Entry:
    missing = [key for key in ("id", "file", "name", "region", "level") if not isinstance(raw.get(key), str)]
    missing += [key for key in ("file", "name") if raw.get(key) == ""]
    if missing:
        raise BadCatalogue(path, f"plan {raw.get('id', '?')!r} lacks {', '.join(missing)} (text). Add it.")
    plan_id, level = str(raw["id"]), str(raw["level"])
    if not PLAN_ID.fullmatch(plan_id):
        raise BadCatalogue(path, f"plan id {plan_id!r} is not lower-case letters, digits and hyphens.")
    if level not in LEVELS:
        raise BadCatalogue(path, f"plan '{plan_id}' has level {level!r}. Use one of {', '.join(LEVELS)}.")
    aliases = raw.get("aliases", [])
    if not isinstance(aliases, list) or not all(isinstance(alias, str) for alias in aliases):
        raise BadCatalogue(path, f"plan '{plan_id}' has aliases {aliases!r}. Use a list of names.")
    return Entry(plan_id, str(raw["file"]), str(raw["name"]), str(raw["region"]), level, tuple(aliases))


def entry_for(path: Path) -> Entry:
    """A catalogue entry for a document nobody has catalogued, named after its file."""
    words = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40].strip("-")
    if not path.stem.isascii():  # 厦门2023 and 泉州2023 are two plans
        words = f"{words or 'doc'}-{crc32(path.stem.encode(errors='surrogateescape')):08x}"
    return Entry(words or "doc", path.name, path.stem, "", "other")
