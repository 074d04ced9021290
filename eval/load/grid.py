"""Every kind of question at every number of clients, on one process and on several."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from eval.figures import SEED
from eval.load.generate import Load, Sample, closed, open_loop
from eval.load.questions import Kind, Questions
from eval.load.rows import Row, not_good, per_second, times
from eval.load.servers import Program, Server, empty_program, serving
from eval.load.usage import Clock

SHARE = 0.7  # of the throughput when closed: the rate at which the same is asked open
WARM_SECONDS = 1.0

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is measured. `seconds` each, twice: closed, then open."""

    clients: tuple[int, ...] = (1, 16, 64, 256)
    processes: tuple[int, ...] = (1, 2)
    kinds: tuple[Kind, ...] = tuple(Kind)
    seconds: float = 5.0
    share: float = SHARE
    seed: int = SEED

    @property
    def steps(self) -> int:
        return len(self.clients) * len(self.processes) * len(self.kinds)


def measure(service: Program, supply: Questions, plan: Plan, folder: Path, progress: Progress) -> list[Row]:
    """Starts its servers, one or several beside each other, and stops them. Raises ServerFailed."""
    rows: list[Row] = []
    for processes in plan.processes:
        with ExitStack() as stack:
            empty, ours = (
                [stack.enter_context(serving(program, folder)) for _ in range(processes)]
                for program in (empty_program(), service)
            )
            for clients in plan.clients:
                for kind in plan.kinds:  # beside each other in time, so that a busy neighbour slows all alike
                    rows.append(step(empty if kind is Kind.EMPTY else ours, supply, kind, clients, plan))
                    progress("load", len(rows), plan.steps)
    return rows


def step(servers: Sequence[Server], supply: Questions, kind: Kind, clients: int, plan: Plan) -> Row:
    """One row: warmed, then closed, then open at a share of what was reached."""
    load = Load([server.address for server in servers], clients, plan.seconds)
    warming = Load(load.addresses, min(clients, 2), min(WARM_SECONDS, plan.seconds))
    asyncio.run(closed(warming, supply.of(kind)))
    pids = tuple(server.process.pid for server in servers)
    before = Clock.now(pids)
    samples, took = asyncio.run(_timed(load, supply, kind))
    busy = Clock.now(pids).since(before, took)
    reached = per_second(samples, plan.seconds)
    rate = reached * plan.share
    opened = asyncio.run(open_loop(load, supply.of(kind), rate, plan.seed)) if rate else []
    return Row(
        processes=len(servers),
        kind=kind,
        clients=clients,
        per_second=reached,
        closed=times(samples),
        rate=rate,
        open=times(opened),
        others=not_good([*samples, *opened]),
        busy=busy,
    )


async def _timed(load: Load, supply: Questions, kind: Kind) -> tuple[list[Sample], float]:
    """With the seconds it took, those of waiting included."""
    clock = asyncio.get_running_loop().time
    began = clock()
    samples = await closed(load, supply.of(kind))
    return samples, clock() - began
