"""What one client who floods does to another who asks once a second."""

import asyncio
from dataclasses import asdict, dataclass
from typing import Any

from eval.load.connection import Address
from eval.load.generate import PATIENCE, Load, closed, paced
from eval.load.questions import Kind, Questions
from eval.load.rows import Reach, Times, divided, not_good, times
from eval.load.servers import Server

BOUND = 1.5
# both of this machine, yet two to the server; that of the flood is one no server takes for a proxy of its own
QUIET_FROM, FLOOD_FROM = "127.0.0.1", "127.0.0.2"


@dataclass(frozen=True, slots=True)
class Flooding:
    """`clients` connections of the one who floods, each asking again as soon as it was answered."""

    seconds: float = 30.0
    clients: int = 32
    every: float = 1.0  # seconds between two questions of the other
    patience: float = PATIENCE
    sources: tuple[str, str] = (QUIET_FROM, FLOOD_FROM)


@dataclass(frozen=True, slots=True)
class Flooded:
    """The other's times without the flood and with it, and what came of the flood's own requests."""

    alone: Times
    beside: Times
    failed: dict[str, int]  # of the other's, by status
    flood: int
    refused: dict[str, int]  # of the flood's, by status

    @property
    def reach(self) -> Reach:
        return Reach("p95 beside a flood ÷ without", divided(self.beside.p95, self.alone.p95), BOUND, False)

    def told(self) -> str:
        alone, beside = (f"{took.p95:.1f}" if took.p95 else "–" for took in (self.alone, self.beside))
        whose = f"{self.beside.count} questions, {sum(self.failed.values())} not answered {self.failed or ''}".strip()
        flood = f"the flood asked {self.flood} times, {sum(self.refused.values())} not answered {self.refused or ''}"
        return f"p95 of the other client: {alone} ms alone, {beside} ms beside the flood ({whose}; {flood.strip()})"

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "ratio": self.reach.value}


def flood(server: Server, supply: Questions, how: Flooding) -> Flooded:
    return asyncio.run(_flood(server.address, supply, how))


async def _flood(address: Address, supply: Questions, how: Flooding) -> Flooded:
    """Both ask questions that must be judged. The flood begins a little before and ends after the other."""
    quiet = Load([Address(address.host, address.port, how.sources[0])], 1, how.seconds, how.patience)
    source = Address(address.host, address.port, how.sources[1])
    noisy = Load([source], how.clients, how.seconds + 2 * how.every, how.patience)
    alone = await paced(quiet, supply.of(Kind.JUDGED), how.every)
    flooding = asyncio.create_task(closed(noisy, supply.of(Kind.JUDGED)))
    try:
        await asyncio.sleep(how.every)
        beside = await paced(quiet, supply.of(Kind.JUDGED), how.every)
        flooded = await flooding
    finally:
        flooding.cancel()
    return Flooded(times(alone), times(beside), not_good([*alone, *beside]), len(flooded), not_good(flooded))
