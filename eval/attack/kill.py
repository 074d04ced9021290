"""kill -9 of the server while people write to it: what it acknowledged is there when it is back."""

import asyncio
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

from eval.attack.trial import Trial
from eval.attack.writing import Ledger, missing, write_until
from eval.load.servers import Program, Server, free_port, serving

PART = "kill"
RECORDS = "records.sqlite3"


@dataclass(frozen=True, slots=True)
class Killing:
    kills: int = 3
    seconds: float = 6.0  # of writing before each
    clients: int = 8


def kill(program: Program, folder: Path, requests: Iterator[bytes], how: Killing) -> list[Trial]:
    """One server after another on the same records. Raises ServerFailed."""
    ledger, port = Ledger(), free_port()
    for _ in range(how.kills):
        with serving(program, folder, port) as server:
            asyncio.run(_write_and_kill(server, requests, ledger, how))
    with serving(program, folder, port) as server:
        lost = asyncio.run(missing(server.address, ledger.answers))
    rated = set(ratings_in(folder / RECORDS))
    return judged(ledger, lost, [said for said in ledger.ratings if said not in rated], how)


async def _write_and_kill(server: Server, requests: Iterator[bytes], ledger: Ledger, how: Killing) -> None:
    end = monotonic() + how.seconds
    writing = asyncio.create_task(
        write_until(server.address, requests, ledger, lambda: not server.running, how.clients)
    )
    while monotonic() < end and server.running:
        await asyncio.sleep(0.05)
    server.kill()
    await writing


def judged(ledger: Ledger, lost: Sequence[str], unrated: Sequence[str], how: Killing) -> list[Trial]:
    """Nothing acknowledged proves nothing."""
    counts = f"{len(lost)} of {len(ledger.answers)} acknowledged answers lost in {how.kills} kills"
    ratings = f"{len(unrated)} of {len(ledger.ratings)} acknowledged ratings lost"
    wrong = "; ".join(f"{count} × {what}" for what, count in ledger.wrong.items())
    return [
        Trial(PART, "receipts", bool(ledger.answers) and not lost, counts),
        Trial(PART, "ratings", bool(ledger.ratings) and not unrated, ratings),
        Trial(PART, "replies meanwhile", not wrong, wrong or f"{ledger.statuses.total()} sent"),
    ]


def ratings_in(records: Path) -> list[str]:
    """Answers that were rated, as the database has them: the service tells them nobody."""
    with closing(sqlite3.connect(f"file:{records}?mode=ro", uri=True)) as database:
        return [str(row[0]) for row in database.execute("SELECT answer_id FROM feedback")]
