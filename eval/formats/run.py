"""`metrology eval formats`: each plan as a Word document, a web page, a printed page and a scan, read back."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from pathlib import Path
from time import perf_counter

from eval.formats.blocks import blocks_of
from eval.formats.compare import Likeness, likeness
from eval.formats.fuzz import Fuzzed, fuzz, originals
from eval.formats.render import as_docx, as_html, printed
from eval.table import table
from ingest.catalogue import Entry
from ingest.formats.pdf import as_scan
from ingest.load import load_shipped_plans, understand
from ingest.model import Plan
from ingest.read import read_bytes

DPI = 150
REACH = {"docx": 1.0, "html": 1.0, "pdf": 0.995, "scan": 0.98}  # of characters; the first three with the same clauses

Write = Callable[[str], None]


class Rendered(StrEnum):
    DOCX = "docx"
    HTML = "html"
    PDF = "pdf"
    SCAN = "scan"


@dataclass(frozen=True, slots=True)
class Trip:
    """One plan there and back."""

    plan_id: str
    rendered: Rendered
    likeness: Likeness
    seconds: float
    told: str

    @property
    def reached(self) -> bool:
        found = self.likeness
        same = self.rendered is Rendered.SCAN or (found.same == found.clauses and not found.strange)
        return same and found.share >= REACH[self.rendered]


def rendered_as(plan: Plan, kind: Rendered) -> bytes:
    """The plan as a file of that kind."""
    blocks = blocks_of(plan)
    if kind is Rendered.DOCX:
        return as_docx(blocks)
    if kind is Rendered.HTML:
        return as_html(blocks, "gb18030")
    page = printed(blocks)
    return as_scan(page, DPI) if kind is Rendered.SCAN else page


def trip(plan: Plan, kind: Rendered) -> Trip:
    raw = rendered_as(plan, kind)
    started = perf_counter()
    reading = read_bytes(raw, f"{plan.id}.{kind}")
    seconds = perf_counter() - started
    entry = Entry(plan.id, plan.file, plan.name, plan.region, plan.level, plan.aliases)
    return Trip(plan.id, kind, likeness(plan, understand(reading.text, entry, plan.file)), seconds, reading.record.told)


def run(kinds: Sequence[Rendered], plan_ids: Sequence[str], many: int, write: Write, to: Path | None) -> bool:
    """Whether all was reached. `many` files damaged at random are read too."""
    plans = [plan for plan in load_shipped_plans().plans if not plan_ids or plan.id in plan_ids]
    trips = [trip(plan, kind) for kind in kinds for plan in plans]
    if trips:
        write(_told(trips))
    fuzzed = fuzz(originals(plans[0]), many) if many else []
    if fuzzed:
        write(_fuzz_told(fuzzed))
    if to:
        rows = {"trips": [asdict(one) for one in trips], "fuzzed": [asdict(one) for one in fuzzed]}
        to.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")
    return all(one.reached for one in trips) and all(one.held for one in fuzzed)


def _told(trips: Sequence[Trip]) -> str:
    header = ["plan, as", "characters", "to reach", "same clauses", "s", "reached"]
    return table(
        header,
        [
            [
                f"{one.plan_id} {one.rendered}",
                f"{one.likeness.share:.4f}",
                f"{REACH[one.rendered]:g}",
                f"{one.likeness.same}/{one.likeness.clauses}",
                f"{one.seconds:.1f}",
                "yes" if one.reached else "NO",
            ]
            for one in trips
        ],
    )


def _fuzz_told(fuzzed: Sequence[Fuzzed]) -> str:
    outcomes: dict[str, int] = {}
    for one in fuzzed:
        outcomes[one.outcome] = outcomes.get(one.outcome, 0) + 1
    bad = [f"NOT HELD {one.name}: {one.outcome}" for one in fuzzed if not one.held]
    counts = ", ".join(f"{outcome} {count}" for outcome, count in sorted(outcomes.items()))
    return "\n".join([f"{len(fuzzed)} damaged files: {counts}", *bad])
