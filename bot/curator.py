"""Who changes what documents are held: add, replace, remove, build. One change is one version, live as a whole or not.

What was done is written into the version itself, and from there into the records: a process that is killed between the
two leaves a version that still tells.
"""

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Protocol

from bot.offers import Offer, placed
from bot.records.ids import id_in_order
from bot.records.receipts import moment
from ingest.errors import BadSetting, IndexMissing, IngestError, StoreError, UnknownEntry
from ingest.load import Report, load, load_file
from ingest.model import Plan
from vectorstore.building import publish
from vectorstore.embed import Embedder
from vectorstore.holdings import Change, Holdings, fingerprint, journal, salvaged, whole
from vectorstore.reuse import Progress
from vectorstore.store import IndexStore
from vectorstore.versions import PATIENCE_SECONDS, Say

SWITCH_SECONDS = 2.0  # in which every running process answers from a new version
WAIT_SECONDS = 5.0  # for who answers from an older one to let go of it
POLL_SECONDS = 0.05


def quiet(*_: object) -> None:
    """For who wants to hear nothing."""


class DraftDecided(StoreError):
    def __init__(self, draft_id: str, status: str) -> None:
        self.draft_id, self.status = draft_id, status
        super().__init__(f"Draft '{draft_id}' is {status} already. Nothing was changed.")


class PlanHeld(StoreError):
    def __init__(self, plan_id: str, title: str) -> None:
        self.plan_id, self.title = plan_id, title
        super().__init__(f"A plan '{plan_id}' is held already: {title}. Replace it, or give the new one another id.")


class LastPlan(StoreError):
    def __init__(self, plan_ids: Sequence[str]) -> None:
        self.plan_ids = tuple(plan_ids)
        super().__init__(f"Without {', '.join(plan_ids)} nothing is left to answer from. Add another plan first.")


@dataclass(frozen=True, slots=True)
class Outcome:
    """`waiting`: older versions that are still answered from, though not asked any more."""

    change: Change
    folder: Path
    seconds: float
    plans: tuple[str, ...] = ()
    skipped: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


class Ledger(Protocol):
    """Where changes are recorded."""

    def settle(self, changes: Iterable[Change]) -> None:
        """Record those that are not yet; each once. Raises RecordsUnavailable."""


@dataclass(frozen=True, slots=True)
class Curator:
    """`folder` is where the documents come from that nobody added by himself. `switched` is called once one is live."""

    store: IndexStore
    embedder: Embedder
    folder: Path
    ledger: Ledger | None = None
    say: Say = quiet
    progress: Progress = quiet
    switched: Callable[[], object] = quiet
    patience: float = PATIENCE_SECONDS

    def held(self) -> Holdings:
        """What is live. Raises IndexMissing."""
        if (live := self.store.live) is None:
            raise IndexMissing(self.store.directory)
        return whole(live)

    def build(self, who: str, only_if_needed: bool = False) -> Outcome | None:
        """The folder anew, with what was added and without what was removed; None when that is what is live."""
        began = time.monotonic()

        def built(before: Holdings | None) -> Holdings | None:
            after = self._from_folder(before or Holdings(()))
            needed = not only_if_needed or before is None or not self._opens()
            return after if needed or before is None or replace(after, journal=before.journal) != before else None

        return self._change(built, _step(who, "built"), began)

    def add(
        self, offers: Sequence[Offer], who: str, draft_id: str = "", note: str = "", request_id: str = ""
    ) -> Outcome:
        """Raises PlanHeld, StoreError."""
        began = time.monotonic()

        def with_them(before: Holdings | None) -> Holdings:
            found = before or self._from_folder(Holdings(()))
            for offer in offers:
                if offer.plan.id in found.shelf.ids and (known := found.plan(offer.plan.id)):
                    raise PlanHeld(known.id, known.title)
                found = placed(found, offer)
            return found

        ids = ",".join(offer.plan.id for offer in offers)
        return self._done(with_them, _step(who, "added", ids, draft_id, note, request_id), began)

    def replace(self, offer: Offer, who: str, draft_id: str = "", note: str = "", request_id: str = "") -> Outcome:
        """In the place of the plan that has its id. Raises UnknownEntry, StoreError."""
        began = time.monotonic()

        def with_it(before: Holdings | None) -> Holdings:
            found = before or self._from_folder(Holdings(()))
            require_held(found, offer.plan.id)
            return placed(found, offer)

        return self._done(with_it, _step(who, "replaced", offer.plan.id, draft_id, note, request_id), began)

    def remove(self, plan_ids: Sequence[str], who: str, note: str = "", request_id: str = "") -> Outcome:
        """Raises UnknownEntry, StoreError."""
        began = time.monotonic()

        def without(before: Holdings | None) -> Holdings:
            found = before or self._from_folder(Holdings(()))
            for plan_id in plan_ids:
                require_held(found, plan_id)
            left = found.shelf.without(plan_ids)
            if not left.ids:
                raise LastPlan(plan_ids)
            added = tuple(one for one in found.added if one.entry.id not in plan_ids)
            return replace(found, plans=left, added=added, removed=tuple(sorted({*found.removed, *plan_ids})))

        return self._done(without, _step(who, "removed", ",".join(plan_ids), "", note, request_id), began)

    def settle(self) -> None:
        """Tell the records of what the live version knows and they may not. Raises RecordsUnavailable."""
        if self.ledger and (live := self.store.live):
            self.ledger.settle(journal(live))

    def _done(self, work: Callable[[Holdings | None], Holdings], change: Change, began: float) -> Outcome:
        outcome = self._change(work, change, began)
        if outcome is None:
            raise RuntimeError("Only a build may find nothing to do.")
        return outcome

    def _change(
        self, work: Callable[[Holdings | None], Holdings | None], change: Change, began: float
    ) -> "Outcome | None":
        store = self.store
        with store.written(), store.versions.alone(self.say, self.patience):
            before = self._before(change.action == "built")
            if before and change.draft_id and any(one.draft_id == change.draft_id for one in before.journal):
                raise DraftDecided(change.draft_id, "accepted")
            after = work(before)
            if after is None:
                return None
            content = store.content(after, self.embedder)
            noted = replace(change, at=moment(datetime.now(UTC)), before=store.corpus, after=content.corpus)
            job = store.job(self.embedder, self.progress, healing=change.action == "built")
            folder = publish(job, content, after.noted(noted))
        seconds = time.monotonic() - began
        self.switched()
        self._settle_quietly()
        return Outcome(noted, folder, seconds, after.shelf.ids, after.skipped, self._waiting())

    def _before(self, building: bool) -> Holdings | None:
        """None when there is nothing yet. Of a damaged version a build takes what can be read of its documents."""
        if (live := self.store.live) is None:
            return None
        try:
            return whole(live, documents=building)
        except IndexMissing:
            if not building:
                raise
            return salvaged(live)

    def _from_folder(self, before: Holdings) -> Holdings:
        """Documents of the folder and added ones, all read anew. Raises BadSetting when there is none."""
        report = load([self.folder])
        own = {one.entry.id: one for one in before.added}
        plans = {plan.id: plan for plan in report.plans if plan.id not in before.removed}
        skipped = [one.reason for one in report.skipped]
        for plan_id, one in own.items():
            try:
                plans[plan_id] = load_file(one.file, one.entry)
            except IngestError as error:
                if (known := before.plan(plan_id)) is None:
                    raise
                plans[plan_id] = known
                skipped.append(f"{error} It stays as it was understood before.")
        if not plans:
            raise BadSetting("METROLOGY_PLANS_DIR", self.folder, no_plans(report))
        return replace(before, plans=tuple(plans.values()), folder=fingerprint([self.folder]), skipped=tuple(skipped))

    def _opens(self) -> bool:
        try:
            self.store.open_live(self.embedder).close()
        except StoreError:
            return False
        return True

    def _settle_quietly(self) -> None:
        """The change is live; what the records did not take they are told the next time."""
        try:
            self.settle()
        except StoreError as error:
            self.say(f"Not yet recorded: {error}")

    def _waiting(self) -> tuple[str, ...]:
        """Older versions that somebody still reads after WAIT_SECONDS. The others are deleted."""
        until = time.monotonic() + WAIT_SECONDS
        while (kept := self.store.versions.others()) and time.monotonic() < until:
            self.store.versions.retire_if_free()
            time.sleep(POLL_SECONDS)
        return tuple(kept)


def require_held(holdings: Holdings, plan_id: str) -> Plan:
    """Raises UnknownEntry."""
    if (found := holdings.plan(plan_id)) is None:
        raise UnknownEntry("plan", plan_id, holdings.shelf.ids)
    return found


def no_plans(report: Report) -> str:
    reasons = "; ".join(skipped.reason for skipped in report.skipped)
    return f"a folder with at least one plan that can be read ({reasons or 'it holds none'})"


def _step(who: str, action: str, plans: str = "", draft_id: str = "", note: str = "", request_id: str = "") -> Change:
    """Not done yet."""
    return Change(id_in_order(), "", who, action, plans, draft_id, note=note, request_id=request_id)
