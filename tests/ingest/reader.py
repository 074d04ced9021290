"""What a careful human reader found in the five plans, from tests/reference/*.tsv.

The reader wrote paths in a notation of their own; `our_path` says how it maps to ours:
引言 is the front's preamble; ¶k numbers the unnumbered paragraphs of one unit; boxes stand under the item they follow.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

from ingest.catalogue import Entry
from ingest.load import understand
from ingest.model import Clause, Plan

REFERENCE = Path(__file__).parent.parent / "reference"
PLAN_IDS = ("state-council", "xiamen", "quanzhou", "qingdao", "jinhua")
BOOK = Entry("book", "book.txt", "手写样例", "", "other")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A smallest unit as the reader saw it; `chars` counts its number and heading too, lines count from 1."""

    plan_id: str
    path: str
    kind: str
    starts: str
    chars: int
    lines: tuple[int, ...]
    responsible: str


def rows(name: str) -> list[dict[str, str]]:
    with (REFERENCE / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def our_path(path: str) -> str:
    path = re.sub(r"¶\d+$", "", path)
    return "题头" if path == "引言" else re.sub(r"^.*/(?=专栏)", "", path)


def leaves() -> list[Leaf]:
    return [
        Leaf(
            row["plan"],
            our_path(row["path"]),
            row["kind"],
            row["starts"],
            int(row["chars"]),
            tuple(int(number) for number in row["lines"].split("-")),
            row["responsible"],
        )
        for row in rows("clauses.tsv")
    ]


def clause(plan: Plan, path: str) -> Clause:
    """The one clause at `path`; a KeyError names the paths there are."""
    found = {one.path: one for one in plan.clauses}
    if path not in found:
        raise KeyError(f"{path} is not among {list(found)}")
    return found[path]


def read(source: str) -> Plan:
    """A hand-written document, understood."""
    return understand(source, BOOK, "book.txt")


def texts(plan: Plan) -> dict[str, str]:
    """Text by path; fails on a path that occurs twice."""
    paths = [one.path for one in plan.clauses]
    assert len(paths) == len(set(paths)), f"a path occurs twice: {paths}"
    return {one.path: one.text for one in plan.clauses}
