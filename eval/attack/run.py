"""`metrology eval attack`: hostile requests, slow callers, the contract, kills; a report in words and in JSON."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path

from eval.attack.contract import Effort, contract, require_schemathesis
from eval.attack.dependency import DEPENDENCIES
from eval.attack.hostile import Progress, fuzz
from eval.attack.kill import Killing, kill
from eval.attack.outage import Outage, outage
from eval.attack.slow import slow
from eval.attack.trial import Trial, told, write_json
from eval.attack.update import Updating, update
from eval.figures import SEED
from eval.load.servers import Program, ended_in_order, playground

Write = Callable[[str], None]


class Part(StrEnum):
    FUZZ = "fuzz"
    SLOW = "slow"
    CONTRACT = "contract"
    KILL = "kill"
    OUTAGE = "outage"
    UPDATE = "update"


@dataclass(frozen=True, slots=True)
class Options:
    """`index` is copied for the servers; each part has a data folder of its own."""

    parts: tuple[Part, ...]
    index: Path
    seed: int = SEED
    damaged: int = 300
    effort: Effort = field(default_factory=Effort)
    killing: Killing = field(default_factory=Killing)
    outage: Outage = field(default_factory=Outage)
    updating: Updating = field(default_factory=Updating)
    json: Path | None = None


def run(
    service: Callable[[Path], Program], requests: Iterator[bytes], options: Options, write: Write, progress: Progress
) -> list[Trial]:
    """`service` is told which data folder to use. Raises NoSchemathesis before anything is started."""
    if Part.CONTRACT in options.parts:
        require_schemathesis()
    trials: list[Trial] = []
    with ended_in_order():
        for part in options.parts:
            with playground(options.index) as data:
                if part is Part.UPDATE:
                    found = update(service, data, options.updating)
                else:
                    found = _tried(part, service(data), data, requests, options, progress)
            write(told(found))
            trials += found
    if options.json:
        settings = {name: value for name, value in asdict(options).items() if name not in ("index", "json")}
        write_json(trials, settings, options.json)
    return trials


def _tried(
    part: Part, program: Program, data: Path, requests: Iterator[bytes], options: Options, progress: Progress
) -> list[Trial]:
    match part:
        case Part.FUZZ:
            return fuzz(program, data, options.seed, options.damaged, progress)
        case Part.SLOW:
            return slow(program, data)
        case Part.CONTRACT:
            return contract(program, data, options.effort)
        case Part.KILL:
            return kill(program, data, requests, options.killing)
        case Part.OUTAGE:
            return [
                trial for needed in DEPENDENCIES for trial in outage(program, needed, data, requests, options.outage)
            ]
        case Part.UPDATE:
            raise ValueError("It starts its service itself.")
