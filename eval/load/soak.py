"""Whether a process grows while it serves: memory and file descriptors over minutes of even load."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any

import numpy as np

from eval.load.connection import Connection, asking, written
from eval.load.questions import Questions
from eval.load.servers import Server
from eval.load.usage import Usage, usage

WARM_SHARE = 0.25  # of the time, left out: caches fill and libraries open
FLAT_SHARE = 0.02  # of the memory; what it may grow by in all and still be called flat
FLAT_FILES = 3.0
PATIENCE = 30.0


@dataclass(frozen=True, slots=True)
class Soaking:
    minutes: float = 5.0
    clients: int = 4
    every: float = 1.0  # seconds between two looks at the process


@dataclass(frozen=True, slots=True)
class Look:
    at: float  # seconds
    usage: Usage


@dataclass(frozen=True, slots=True)
class Slope:
    """A line through what was seen: units an hour, its 95 % half-width, and what the line rises by in all."""

    an_hour: float
    half_width: float | None
    rise: float

    def __str__(self) -> str:
        return f"{self.an_hour:+.1f} ± {'?' if self.half_width is None else f'{self.half_width:.1f}'}"


@dataclass(frozen=True, slots=True)
class Soaked:
    looks: tuple[Look, ...]
    requests: int
    not_good: int

    @property
    def kept(self) -> tuple[Look, ...]:
        """Those after the warming up."""
        after = WARM_SHARE * (self.looks[-1].at if self.looks else 0.0)
        return tuple(look for look in self.looks if look.at >= after)

    @property
    def memory(self) -> Slope:
        return slope([(look.at, look.usage.resident_mb) for look in self.kept])

    @property
    def files(self) -> Slope:
        return slope([(look.at, float(look.usage.files)) for look in self.kept])

    @property
    def flat(self) -> bool:
        """Memory rises by less than FLAT_SHARE of itself, and files by less than FLAT_FILES, over the time kept."""
        usual = float(np.median([look.usage.resident_mb for look in self.kept]))
        return self.memory.rise <= FLAT_SHARE * usual and self.files.rise <= FLAT_FILES

    def told(self) -> str:
        first, last = self.kept[0].usage, self.kept[-1].usage
        memory, files = self.memory, self.files
        return "\n".join((
            f"{self.requests} requests ({self.not_good} not good) in {self.looks[-1].at / 60:.1f} minutes, "
            f"of which the first {WARM_SHARE:.0%} is left out",
            f"memory {first.resident_mb:.0f} → {last.resident_mb:.0f} MB, {memory} MB an hour",
            f"file descriptors {first.files} → {last.files}, {files} an hour; threads {first.threads} → {last.threads}",
            "flat" if self.flat else "NOT flat",
        ))  # fmt: skip

    def as_json(self) -> dict[str, Any]:
        slopes = {"memory_mb": asdict(self.memory), "files": asdict(self.files)}
        return {**slopes, "flat": self.flat, **asdict(self)}


def slope(points: Sequence[tuple[float, float]]) -> Slope:
    """Least squares over (seconds, value). Two looks tell nothing of their own error."""
    x, y = np.array(points, dtype=np.float64).reshape(-1, 2).T
    if len(x) < 3 or np.ptp(x) == 0:
        return Slope(0.0, None, 0.0)
    steep, start = np.polyfit(x, y, 1)
    left = y - (steep * x + start)
    error = float(np.sqrt((left @ left) / (len(x) - 2) / ((x - x.mean()) @ (x - x.mean()))))
    return Slope(float(steep) * 3600, 1.96 * error * 3600, float(steep) * float(np.ptp(x)))


def soak(server: Server, supply: Questions, how: Soaking) -> Soaked:
    return asyncio.run(_soak(server, supply, how))


async def _soak(server: Server, supply: Questions, how: Soaking) -> Soaked:
    """Questions of all kinds, receipts, ratings, and what is refused."""
    begin = perf_counter()
    end = begin + how.minutes * 60
    statuses: list[int] = []
    looks: list[Look] = []
    requests = supply.mixed()

    async def watch() -> None:
        while (now := perf_counter()) < end:
            looks.append(Look(now - begin, usage(server.process.pid)))
            await asyncio.sleep(min(how.every, max(0.0, end - perf_counter())))

    async def client() -> None:
        connection = Connection(server.address)
        while perf_counter() < end:
            statuses.extend(await _visit(connection, requests))
        await connection.close()

    await asyncio.gather(watch(), *(client() for _ in range(how.clients)))
    return Soaked(tuple(looks), len(statuses), sum(not 200 <= status < 300 for status in statuses))


async def _visit(connection: Connection, requests: Iterator[bytes]) -> list[int]:
    """One question, its receipt, a rating. The refusals after it must be refused, and then count as good."""
    asked = await connection.ask(next(requests), PATIENCE)
    content = asked.json() if asked.good else None
    if not isinstance(content, dict) or "answer_id" not in content:
        return [asked.status]
    said = content["answer_id"]
    receipt = await connection.ask(written("GET", f"/v1/answers/{said}"), PATIENCE)
    rated = await connection.ask(asking("/v1/feedback", {"answer_id": said, "useful": True}), PATIENCE)
    blank = await connection.ask(asking("/v1/ask", {"question": " "}), PATIENCE)
    unknown = await connection.ask(written("GET", "/v1/answers/none"), PATIENCE)
    refused = [200 if reply.status == right else reply.status for reply, right in ((blank, 422), (unknown, 404))]
    return [asked.status, receipt.status, rated.status, *refused]
