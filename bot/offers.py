"""Documents that are offered: understood, and known by the names that are told of them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from ingest.catalogue import LEVELS, PLAN_ID, Entry
from ingest.errors import BadSetting, IngestError
from ingest.load import load, load_file
from ingest.model import Plan
from vectorstore.holdings import Added, Holdings


class NothingToAdd(IngestError):
    def __init__(self, reasons: Sequence[str]) -> None:
        self.reasons = tuple(reasons)
        super().__init__(f"No document could be read: {'; '.join(reasons) or 'none was given'}. Nothing was changed.")


@dataclass(frozen=True, slots=True)
class Described:
    """What is said of a document beside it; empty where it is to tell for itself."""

    id: str = ""
    name: str = ""
    region: str = ""
    level: str = ""

    @property
    def told(self) -> dict[str, str]:
        return {one.name: value for one in fields(self) if (value := getattr(self, one.name))}


@dataclass(frozen=True, slots=True)
class Offer:
    """A document that was understood, and where it lies."""

    plan: Plan
    path: Path

    @classmethod
    def of(cls, plan: Plan) -> "Offer":
        """A plan that is only looked at."""
        return cls(plan, Path(plan.file))

    @property
    def added(self) -> Added:
        return Added(entry_of(self.plan, self.path.name), self.path)


def offers(paths: Iterable[Path], described: Described | None = None) -> tuple[list[Offer], list[str]]:
    """Documents and folders of such, understood; and why others were not. Raises NothingToAdd."""
    found, skipped = list[Offer](), list[str]()
    for path in paths:
        report = load([path])
        skipped += [one.reason for one in report.skipped]
        found += [Offer(plan, path / plan.file if path.is_dir() else path) for plan in report.plans]
    if not found:
        raise NothingToAdd(skipped)
    if described and described.told:
        if len(found) > 1:
            raise BadSetting("documents", len(found), "one, when it is said what it is called")
        found = [described_as(found[0], **described.told)]
    return found, skipped


def described_as(offer: Offer, **told: str) -> Offer:
    """`offer` understood anew under what is told of it."""
    return Offer(load_file(offer.path, _told(entry_of(offer.plan, offer.path.name), told)), offer.path)


def in_place_of(known: Plan, path: Path, described: Described | None = None) -> Offer:
    """The document at `path` under the id and the names of `known`. Raises IngestError."""
    told = {**(described.told if described else {}), "id": known.id}
    return Offer(load_file(path, _told(entry_of(known, path.name), told)), path)


def placed(holdings: Holdings, offer: Offer) -> Holdings:
    """A plan in the place of the one with its id, else the last."""
    added = {one.entry.id: one for one in holdings.added} | {offer.plan.id: offer.added}
    removed = tuple(each for each in holdings.removed if each != offer.plan.id)
    plans = holdings.shelf.with_plan(offer.plan)
    return replace(holdings, plans=plans, added=tuple(added.values()), removed=removed)


def _told(entry: Entry, told: Mapping[str, str]) -> Entry:
    """Raises BadSetting for what a catalogue would not take."""
    if not PLAN_ID.fullmatch(told.get("id", entry.id)):
        raise BadSetting("id", told["id"], "lower-case letters, digits and hyphens, e.g. zhangzhou-2024")
    if told.get("level", entry.level) not in LEVELS:
        raise BadSetting("level", told["level"], f"one of {', '.join(LEVELS)}")
    known: dict[str, Any] = {one.name: getattr(entry, one.name) for one in fields(entry)}
    return Entry(**{**known, **told})


def entry_of(plan: Plan, file: str) -> Entry:
    """What a catalogue would say of a plan."""
    known = {one.name: getattr(plan, one.name) for one in fields(Entry) if hasattr(plan, one.name)}
    return Entry(**{**known, "file": file})
