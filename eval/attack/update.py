"""kill -9 of who changes the documents, at random moments, while a service answers: one whole version each time."""

import asyncio
import json
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from eval.attack.trial import Trial
from eval.load.connection import Address, Connection, asking, written
from eval.load.servers import Program, serving

PART = "update"
REQUESTS = (
    written("GET", "/v1/plans"),
    written("GET", "/v1/clauses/first:%E4%BA%8C(%E4%B8%80)"),
    asking("/v1/ask", {"question": "检定计量器具的任务是什么？"}),
)
PATIENCE = 30.0  # seconds for an answer
PREPARED_WITHIN, EACH_WITHIN = 120.0, 30.0


@dataclass(frozen=True, slots=True)
class Updating:
    kills: int = 200
    seed: int = 20230314


def update(service: Callable[[Path], Program], folder: Path, how: Updating) -> list[Trial]:
    """A service of its own over documents of its own, in `folder`. Raises ServerFailed."""
    place = folder / "update"
    drive(place, how.seed, 0)
    asked = service(place / "data")
    settings = {"METROLOGY_PLANS_DIR": str(place / "plans"), "METROLOGY_EMBEDDER": "hash"}
    program = replace(asked, environment={**asked.environment, **settings})
    with serving(program, place / "data") as server:
        told, statuses = asyncio.run(_while_asked(server.address, place, how))
        return judged(told, statuses, server.running)


def drive(place: Path, seed: int, kills: int) -> list[dict[str, object]]:
    """What became of each change. Raises CalledProcessError when the driver itself fails."""
    command = [sys.executable, "-m", "eval.attack.updating", str(place), str(seed), str(kills)]
    seconds = PREPARED_WITHIN + EACH_WITHIN * kills
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=seconds)
    return [json.loads(line) for line in done.stdout.splitlines()]


async def _while_asked(address: Address, place: Path, how: Updating) -> tuple[list[dict[str, object]], Counter[str]]:
    """One caller asks without pause meanwhile."""
    statuses, over = Counter[str](), asyncio.Event()

    async def ask() -> None:
        connection = Connection(address)
        while not over.is_set():
            for request in REQUESTS:
                reply = await connection.ask(request, PATIENCE)
                statuses[str(reply.status or "none")] += 1
        await connection.close()

    asking_on = asyncio.create_task(ask())
    try:
        return await asyncio.to_thread(drive, place, how.seed, how.kills), statuses
    finally:
        over.set()
        await asking_on


def judged(told: list[dict[str, object]], statuses: Counter[str], running: bool) -> list[Trial]:
    """No kill proves nothing, nor does a service that nobody asked."""
    killed = [one for one in told if one["killed"]]
    broken = [one for one in told if one["error"]]
    moved = sum(bool(one["moved"]) for one in killed)
    counts = f"{len(killed) - sum(bool(one['killed']) for one in broken)} of {len(killed)} kills survived"
    wrong = "; ".join(f"{one['change']}: {one['error']}" for one in broken[:3])
    failed = {status: count for status, count in statuses.items() if status != "200"}
    left = told[-1]["versions"] if told else 0
    return [
        Trial(PART, "kills", bool(killed) and not broken, wrong or f"{counts}, {moved} after the switch"),
        Trial(PART, "requests meanwhile", bool(statuses) and running and not failed, _counted(statuses, failed)),
        Trial(PART, "left on disk", left == 1, f"{left} versions after the last build"),
    ]


def _counted(statuses: Counter[str], failed: dict[str, int]) -> str:
    return f"{failed}" if failed else f"{statuses.total()} requests, none failed"
