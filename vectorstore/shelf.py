"""Plans in their order. Those that lie in a version are read when somebody looks at them, else only linked."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import overload

from pydantic import TypeAdapter, ValidationError

from ingest.errors import IndexDamaged
from ingest.model import Plan
from vectorstore.seal import reason

PLAN = TypeAdapter(Plan)


@dataclass(frozen=True, slots=True)
class Lying:
    """A plan in a version: its file and, where it is sealed, the file's size and SHA-256."""

    path: Path
    size: int = 0
    digest: str = ""

    def read(self) -> Plan:
        """Raises IndexDamaged when it is not what was written."""
        try:
            return read_plan(self.path, self.digest)
        except (OSError, ValueError) as error:
            raise IndexDamaged(self.path.parents[1], reason(self.path.parents[1], error)) from error


class Shelf(Sequence[Plan]):
    """By id; equal to any sequence of the same plans."""

    def __init__(self, plans: Mapping[str, Plan | Lying]) -> None:
        self._plans = dict(plans)
        self._read: dict[str, Plan] = {}

    @classmethod
    def of(cls, plans: Iterable[Plan]) -> "Shelf":
        return plans if isinstance(plans, cls) else cls({plan.id: plan for plan in plans})

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(self._plans)

    def lying(self, plan_id: str) -> Lying | None:
        """None for one that is in memory."""
        found = self._plans[plan_id]
        return found if isinstance(found, Lying) else None

    def plan(self, plan_id: str) -> Plan | None:
        """Raises IndexDamaged."""
        found = self._plans.get(plan_id)
        if not isinstance(found, Lying):
            return found
        if plan_id not in self._read:
            self._read[plan_id] = found.read()
        return self._read[plan_id]

    def with_plan(self, plan: Plan) -> "Shelf":
        """In the place of the one with its id, else the last."""
        return Shelf({**self._plans, plan.id: plan})

    def without(self, plan_ids: Iterable[str]) -> "Shelf":
        gone = set(plan_ids)
        return Shelf({plan_id: one for plan_id, one in self._plans.items() if plan_id not in gone})

    def __iter__(self) -> Iterator[Plan]:
        return (plan for plan_id in self._plans if (plan := self.plan(plan_id)))

    def __len__(self) -> int:
        return len(self._plans)

    @overload
    def __getitem__(self, at: int) -> Plan: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Plan, ...]: ...
    def __getitem__(self, at: int | slice) -> Plan | tuple[Plan, ...]:
        chosen = self.ids[at]
        found = tuple(plan for each in ([chosen] if isinstance(chosen, str) else chosen) if (plan := self.plan(each)))
        return found[0] if isinstance(chosen, str) else found

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sequence) and len(self) == len(other) and tuple(self) == tuple(other)

    __hash__ = None  # type: ignore[assignment]


def read_plan(path: Path, digest: str = "", known: Mapping[str, Plan] | None = None) -> Plan:
    """`known`: plans by the digest of their file, which are not understood again. Raises OSError or ValueError."""
    content = path.read_bytes()
    found = sha256(content).hexdigest()
    if digest and found != digest:
        raise ValueError(f"'{path.parent.name}/{path.name}' does not hold what was written")
    if known and found in known:
        return known[found]
    try:
        return PLAN.validate_json(content)
    except ValidationError as error:
        raise ValueError(f"'{path.parent.name}/{path.name}' is of another version of this program") from error
