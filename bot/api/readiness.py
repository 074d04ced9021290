"""What the service is made of, each part looked at by itself: can questions be answered, and what else is amiss?"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from threading import Lock
from time import monotonic

from bot.api.log import log
from bot.stages import Watch
from ingest.errors import MetrologyError

AGE_SECONDS = 2.0  # balancers ask often, and a look may write to a disk or ask another machine
AT_ONCE = 32
INDEX = "index"

Probe = Callable[[], object]  # raises MetrologyError when its part does not do


@dataclass(frozen=True, slots=True)
class Part:
    """`reason` is the kind of error, never its words: they name hosts and paths."""

    ok: bool
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """How the service is run: questions worked on `at_once`, `probes` of what stands behind it by name, who watches."""

    at_once: int = AT_ONCE
    probes: Mapping[str, Probe] = field(default_factory=dict)
    watch: Watch = field(default_factory=Watch)
    traces_url: str = ""


ALONE = Operation()  # nothing stands behind the index


class Readiness:
    """Looks anew when the last look is old. Safe to share between threads: one looks, the others wait for it."""

    def __init__(self, probes: Mapping[str, Probe], clock: Callable[[], float] = monotonic) -> None:
        self._probes, self._clock = probes, clock
        self._seen: dict[str, Part] = {}
        self._until = float("-inf")
        self._turn = Lock()

    def look(self) -> dict[str, Part]:
        with self._turn:
            if self._clock() >= self._until:
                self._seen = {name: _seen(name, probe) for name, probe in self._probes.items()}
                self._until = self._clock() + AGE_SECONDS
            return self._seen


def can_answer(parts: Mapping[str, Part]) -> bool:
    """Without records an answer has no receipt, without shared values no second process knows of it; it is given."""
    return all(part.ok for name, part in parts.items() if name == INDEX)


def _seen(name: str, probe: Probe) -> Part:
    try:
        probe()
    except (MetrologyError, OSError) as error:
        log.warning("part_unavailable", part=name, error=type(error).__name__, message=str(error))
        return Part(False, type(error).__name__)
    return Part(True)
