"""What processes take of the machine, as Linux tells it in /proc."""

import os
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import EvalError

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")


class NotTold(EvalError):
    """The system says nothing of its processes."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"No '{path}': load is measured on Linux, which tells there what a process takes.")


@dataclass(frozen=True, slots=True)
class Usage:
    """Of one process."""

    cpu_s: float
    resident_mb: float
    files: int
    threads: int


def usage(pid: int, proc: Path = PROC) -> Usage:
    """Raises NotTold where there is no such process, or no /proc."""
    folder = proc / str(pid)
    try:
        numbers = (folder / "stat").read_text().rpartition(")")[2].split()
        status = dict(line.split(":", 1) for line in (folder / "status").read_text().splitlines() if ":" in line)
        files = len(os.listdir(folder / "fd"))
        resident = int(status["VmRSS"].split()[0]) / 1024
    except (OSError, KeyError) as error:
        raise NotTold(folder) from error
    return Usage((int(numbers[11]) + int(numbers[12])) / TICKS, resident, files, int(status["Threads"]))


@dataclass(frozen=True, slots=True)
class Clock:
    """CPU seconds so far: of servers, of this process, of the whole machine."""

    servers: float
    ours: float
    machine: float

    @classmethod
    def now(cls, pids: tuple[int, ...]) -> "Clock":
        times = os.times()
        servers = sum(usage(pid).cpu_s for pid in pids)
        return cls(servers, times.user + times.system, _machine())

    def since(self, before: "Clock", seconds: float) -> "Busy":
        """Cores kept busy in the `seconds` between."""
        servers, ours = self.servers - before.servers, self.ours - before.ours
        others = max(0.0, self.machine - before.machine - servers - ours)
        return Busy(servers / seconds, ours / seconds, others / seconds, os.cpu_count() or 1)


@dataclass(frozen=True, slots=True)
class Busy:
    """Cores in use on average, of `cores`: 1.0 is one of them all the time."""

    servers: float
    ours: float
    others: float
    cores: int

    @property
    def limit(self) -> str:
        """What kept the throughput from being higher, in words."""
        if self.servers + self.ours + self.others > 0.9 * self.cores:
            parts = {"server": self.servers, "load generator": self.ours, "other processes": self.others}
            shares = ", ".join(f"{name} {part:.2f}" for name, part in sorted(parts.items(), key=lambda one: -one[1]))
            return f"the machine: all of its {self.cores} cores are busy ({shares})"
        if self.ours > 0.9:
            return f"the load generator: {self.ours:.2f} of one core"
        if self.servers > 0.85:
            return f"the server: {self.servers:.2f} cores of {self.cores}"
        return f"waiting: server {self.servers:.2f} cores, load generator {self.ours:.2f}, of {self.cores}"


def _machine() -> float:
    """Seconds all cores together have not been idle."""
    try:
        numbers = [int(part) for part in (PROC / "stat").read_text().splitlines()[0].split()[1:9]]
    except OSError as error:
        raise NotTold(PROC / "stat") from error
    return (sum(numbers) - numbers[3] - numbers[4]) / TICKS  # but for idle and waiting for disks
