"""A folder or files → plans, and a report of what was skipped and why. One bad file never stops the others."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from ingest.catalogue import FILE_NAME, Entry, entry_for, read_catalogue
from ingest.clauses import account, build_clauses
from ingest.clean import clean
from ingest.errors import IngestError, NoOutline, UnreadableDocument
from ingest.indicators import find_conflicts, read_indicators
from ingest.metadata import read_metadata
from ingest.model import Kind, Plan
from ingest.outline import read_outline
from ingest.read import read
from ingest.standing import in_force_by
from ingest.titles import identity_of
from ingest.validity import read_validity
from ingest.webpage import set_aside_frame

SHIPPED = Path(__file__).parent / "plans"
TEXTS = {".txt", ".md", ".markdown", ".text"}
OFFICE = {".docx", ".doc", ".wps", ".rtf", ".odt"}
PICTURES = {".png", ".jpg", ".jpeg", ".bmp", ".tif", ".tiff", ".webp"}
SUFFIXES = {*TEXTS, *OFFICE, *PICTURES, ".pdf", ".html", ".htm"}  # what a file is its content says
NOT_TEXT = f"its suffix is not one of {', '.join(sorted(SUFFIXES))}. Save it as text; name a folder inside by itself."

Progress = Callable[[int, int, Path], None]  # (files done, files in all, the file at hand)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file that did not become a plan."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Report:
    """What loading gave."""

    plans: tuple[Plan, ...]
    skipped: tuple[Skipped, ...] = ()


def understand(source: str, entry: Entry, path: Path | str) -> Plan:
    """Decoded text → plan. Raises NoOutline when there is nothing below its title."""
    lines, discards = clean(source)
    lines, frame = set_aside_frame(lines)
    discards += frame
    units = read_outline(lines)
    if not any(unit.kind not in (Kind.FRONT, Kind.BACK) for unit in units):
        raise NoOutline(path)
    clauses = build_clauses(entry.id, units)
    headings, everything = account(source, units, discards)
    indicators = read_indicators(clauses)
    metadata = read_metadata(clauses)
    identity = identity_of(entry, metadata)
    return Plan(
        id=entry.id,
        name=entry.name,
        region=identity.region,
        level=identity.level,
        file=entry.file,
        source=source,
        clauses=clauses,
        indicators=indicators,
        conflicts=find_conflicts(entry.id, indicators),
        metadata=metadata,
        discards=tuple(everything),
        headings=tuple(headings),
        aliases=identity.place_names,
        kind=identity.kind,
        issuer=entry.issuer or (metadata.issuer.value if metadata.issuer else ""),
        names=identity.names,
        validity=in_force_by(entry, read_validity(clauses, metadata), identity.version),
    )


def load_file(path: Path, entry: Entry | None = None) -> Plan:
    """One document. Raises UnreadableDocument or NoOutline."""
    reading = read(path)
    return replace(understand(reading.text, entry or entry_for(path), path), record=reading.record)


def load(paths: Iterable[Path], progress: Progress | None = None) -> Report:
    """Files and folders → plans. A folder's catalogue decides ids and order; other text files in it follow."""
    jobs, skipped = _jobs(list(paths))
    plans: dict[str, Plan] = {}
    for done, (path, entry) in enumerate(jobs, start=1):
        if progress:
            progress(done, len(jobs), path)
        try:
            plan = load_file(path, entry)
        except IngestError as error:
            skipped.append(Skipped(path, str(error)))
            continue
        if plan.id in plans:
            skipped.append(Skipped(path, f"its id '{plan.id}' is taken by '{plans[plan.id].file}'. Rename the file."))
            continue
        plans[plan.id] = plan
    return Report(tuple(plans.values()), tuple(skipped))


def _jobs(paths: list[Path]) -> tuple[list[tuple[Path, Entry | None]], list[Skipped]]:
    jobs: list[tuple[Path, Entry | None]] = []
    skipped: list[Skipped] = []
    for path in paths:
        if not os.path.isdir(path):  # unlike Path.is_dir, False for a name no file can have
            jobs.append((path, None))
            continue
        try:
            entries = read_catalogue(path)
        except IngestError as error:
            skipped.append(Skipped(path, str(error)))
            entries = ()
        jobs.extend((path / entry.file, entry) for entry in entries)
        known = {entry.file for entry in entries} | {FILE_NAME}
        for file in _files_in(path, skipped):
            if file.name in known:
                continue
            if file.suffix.lower() in SUFFIXES:
                jobs.append((file, None))
            else:
                skipped.append(Skipped(file, str(UnreadableDocument(file, NOT_TEXT))))
    return jobs, skipped


def _files_in(folder: Path, skipped: list[Skipped]) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError as error:
        skipped.append(Skipped(folder, str(UnreadableDocument(folder, f"{error.strerror}. Check its permissions."))))
        return []


@cache
def load_shipped_plans() -> Report:
    """The five plans this project ships, understood once per process."""
    return load([SHIPPED])
