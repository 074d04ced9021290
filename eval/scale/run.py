"""`metrology eval scale`: the same service over more and more documents, in one table."""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path

from bot.curator import Curator
from eval.answers.results import now
from eval.figures import quantile
from eval.load.servers import Program, ended_in_order
from eval.scale.fill import Batch, batches, fill
from eval.scale.measure import Commands, Served, measure
from eval.scale.statutes import Statute, statutes
from eval.table import table
from ingest.model import Plan

MB = 1024 * 1024
SPARE = 200  # articles beyond the largest size, among which the one document is found that is added to each

Write = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """`articles`: sizes, ascending; 0 is the plans alone. `place` keeps the index between runs."""

    source: Path
    place: Path
    articles: tuple[int, ...]
    questions: tuple[str, ...]
    json: Path | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured at a size. `taken`: the batches since the size before."""

    articles: int
    documents: int
    clauses: int
    passages: int
    index_mb: float
    taken: tuple[Batch, ...]
    served: Served


def run(
    curator: Curator, program: Program, commands: Commands, options: Options, write: Write, tell: Write
) -> list[Row]:
    """`curator` and `program` are over `options.place`. What an earlier run did is not done again."""
    if curator.store.live is None:
        curator.build("scale")
    sizes = sorted(set(options.articles))
    one = _beyond(options.source, sizes[-1])
    rows: list[Row] = []
    with ended_in_order():
        for size in sizes:
            before = len(batches(options.place))
            fill(curator, statutes(options.source, size), size, options.place, tell)
            taken = tuple(batches(options.place)[before:])
            tell(f"measuring at {size} articles")
            served = measure(program, commands, options.place / "data", options.questions, one)
            rows.append(_row(curator, options.place, size, taken, served))
            write(told(rows))
            if options.json:
                _write_json(rows, options, options.json)
    return rows


def _beyond(source: Path, articles: int) -> Statute:
    """A document that no size holds; where the sizes hold the whole file, its first under another id."""
    held = sum(1 for _ in statutes(source, articles)) if articles else 0
    found = next(islice(statutes(source, articles + SPARE), held, None), None)
    return found or replace(next(iter(statutes(source, 1))), id="once-more")


def _row(curator: Curator, place: Path, size: int, taken: tuple[Batch, ...], served: Served) -> Row:
    held, every = curator.held().shelf, batches(place)
    own = [plan for plan_id in held.ids if not plan_id.startswith("statute-") and (plan := held.plan(plan_id))]
    clauses = _clauses(own) + sum(one.clauses for one in every)
    index = curator.store.directory
    used = sum(path.stat().st_size for path in index.rglob("*") if path.is_file()) / MB
    return Row(size, len(held), clauses, curator.store.manifest().passages, used, taken, served)


def _clauses(plans: Sequence[Plan]) -> int:
    return sum(len(plan.clauses) for plan in plans)


HEADER = (
    "articles", "documents", "clauses", "passages", "read clauses/s", "indexed clauses/s", "index MB", "start s",
    "server MB", "ask p50 ms", "ask p95 ms", "search p50 ms", "search p95 ms", "add s", "answered after s", "remove s",
)  # fmt: skip


def told(rows: Sequence[Row]) -> str:
    """`read`: files to clauses; `indexed`: clauses to an index that is live, by the embedder in use."""
    return table(HEADER, [_cells(row) for row in rows])


def _cells(row: Row) -> list[str]:
    served = row.served
    return [
        *(str(count) for count in (row.articles, row.documents, row.clauses, row.passages)),
        _rate(row.taken, [one.read_s for one in row.taken]),
        _rate(row.taken, [one.index_s for one in row.taken]),
        f"{row.index_mb:.0f}",
        f"{served.start_s:.1f}",
        f"{served.resident_mb:.0f}",
        *(_at(took, share) for took in (served.asks, served.searches) for share in (0.5, 0.95)),
        *(f"{took:.2f}" for took in (served.add_s, served.switched_s, served.remove_s)),
    ]


def _rate(taken: Sequence[Batch], seconds: Sequence[float]) -> str:
    return f"{sum(one.clauses for one in taken) / sum(seconds):.0f}" if sum(seconds) else "–"


def _at(took: Sequence[float], share: float) -> str:
    found = quantile("took_ms", took, share).value
    return "–" if found is None else f"{found:.0f}"


def _write_json(rows: Sequence[Row], options: Options, path: Path) -> None:
    """After each size: a later one may be stopped."""
    settings = {"source": str(options.source), "articles": options.articles, "questions": len(options.questions)}
    content = {"at": now(), "settings": settings, "rows": [asdict(row) for row in rows]}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
