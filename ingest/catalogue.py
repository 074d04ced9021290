"""The catalogue beside the documents: ids, files, regions, levels, aliases, and what it may say beyond the texts.

Kind, issuer, names and validity are read from title and text where the catalogue does not say them.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from zlib import crc32

from ingest.errors import BadCatalogue
from ingest.model import DocumentKind

FILE_NAME = "catalogue.toml"
PLAN_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
LEVELS = ("national", "provincial", "municipal", "county", "other")


# what a document may be said to be beside what it must be: the form of each, and how it is told
CHECKS: dict[str, tuple[re.Pattern[str], str]] = {
    "kind": (re.compile("|".join(DocumentKind)), f"one of {', '.join(DocumentKind)}"),
    "issuer": (re.compile(r".{1,80}"), "a name"),
    "version": (re.compile(r".{1,40}"), "text such as 2018年修正"),
    "effective": (DAY, "a day such as 2024-01-31"),
    "expires": (DAY, "a day such as 2024-01-31"),
    "superseded_by": (PLAN_ID, "the id of another plan"),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One document of the catalogue. Empty where it leaves to the document what the document says."""

    id: str
    file: str
    name: str
    region: str
    level: str
    aliases: tuple[str, ...] = ()
    kind: str = ""
    issuer: str = ""
    names: tuple[str, ...] = ()  # by which the document itself is asked for, beside those its title gives
    version: str = ""
    effective: str = ""  # ISO: the first day in force
    expires: str = ""  # ISO: the last
    superseded_by: str = ""  # the id of the document that took its place


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
    return Entry(
        plan_id,
        str(raw["file"]),
        str(raw["name"]),
        str(raw["region"]),
        level,
        aliases=_list(path, raw, "aliases"),
        names=_list(path, raw, "names"),
        kind=_said(path, raw, "kind"),
        issuer=_said(path, raw, "issuer"),
        version=_said(path, raw, "version"),
        effective=_said(path, raw, "effective"),
        expires=_said(path, raw, "expires"),
        superseded_by=_said(path, raw, "superseded_by"),
    )


def _list(path: Path, raw: dict[str, object], key: str) -> tuple[str, ...]:
    names = raw.get(key, [])
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise BadCatalogue(path, f"plan '{raw['id']}' has {key} {names!r}. Use a list of names.")
    return tuple(names)


def _said(path: Path, raw: dict[str, object], key: str) -> str:
    told = raw.get(key, "")
    said = told.isoformat() if isinstance(told, date) else told
    allowed, form = CHECKS[key]
    if not isinstance(said, str) or (key in raw and not allowed.fullmatch(said)):
        raise BadCatalogue(path, f"plan '{raw['id']}' has {key} {said!r}. Use {form}.")
    return said


def entry_for(path: Path) -> Entry:
    """A catalogue entry for a document nobody has catalogued, named after its file."""
    words = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:40].strip("-")
    if not path.stem.isascii():  # 厦门2023 and 泉州2023 are two plans
        words = f"{words or 'doc'}-{crc32(path.stem.encode(errors='surrogateescape')):08x}"
    return Entry(words or "doc", path.name, path.stem, "", "other")
