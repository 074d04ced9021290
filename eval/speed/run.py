"""`metrology eval speed`: how long answers take, how much of it the models take, and what limits it."""

import json
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any

from bot.local import LocalBot
from bot.model import Intent
from eval.answers.judgement import Conversation
from eval.answers.labelled import LabelledCase
from eval.answers.results import now
from eval.answers.sets import sample
from eval.figures import Figure, quantile, ratio_of_medians
from eval.speed.resources import build_seconds, resident_mb
from eval.speed.stages import Took, measure
from eval.table import table
from vectorstore.encoder import Encoder

LOOKED_UP = (Intent.METADATA, Intent.OUTLINE)  # routes that are sampled by themselves: they are few
LOOKED_UP_SHARE = 0.2
STAGES = ("read", "find", "bears", "answer")

Write = Callable[[str], None]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Speed:
    """All that was measured. `judged` are questions whose sentences were read, `looked_up` the others."""

    judged: tuple[Took, ...]
    looked_up: tuple[Took, ...]
    per_second: dict[int, float]  # threads → answers a second
    resident_mb: float
    build_s: float | None

    @property
    def ratio(self) -> Figure:
        """Whole asks over their forward passes, of the medians: how much is not the models'."""
        return ratio_of_medians("ratio", [(took.ask, took.models) for took in self.judged])

    @property
    def shares(self) -> dict[str, float]:
        """Of the time of all judged asks, by what took it, the largest first."""
        whole = sum(getattr(took, stage) for took in self.judged for stage in STAGES)
        parts = {
            "the encoder's pass": sum(took.encoder for took in self.judged),
            "the judge's pass": sum(took.judge for took in self.judged),
            "reading, beside the encoder": sum(took.read - took.encoder for took in self.judged),
            "searching": sum(took.find for took in self.judged),
            "judging, beside its pass": sum(took.bears - took.judge for took in self.judged),
            "answering": sum(took.answer for took in self.judged),
        }
        ordered = sorted(parts.items(), key=lambda pair: -pair[1])
        return {name: max(0.0, part) / whole for name, part in ordered} if whole else {}


def choose(cases: Sequence[LabelledCase], size: int, seed: int) -> tuple[LabelledCase, ...]:
    """The fixed list: a fifth of it asks for what is looked up."""
    few = [case for case in cases if case.row.route in LOOKED_UP]
    others = [case for case in cases if case.row.route not in LOOKED_UP]
    chosen = sample(few, round(size * LOOKED_UP_SHARE), seed)
    return (*sample(others, size - len(chosen), seed), *chosen)


def run(
    bot: LocalBot,
    cases: Sequence[Conversation],
    write: Write,
    build: bool = True,
    path: Path | None = None,
    progress: Progress | None = None,
) -> Speed:
    """One question is asked before, unmeasured, for what is loaded on first use."""
    encoder = bot.reader.encoder
    measure(bot, encoder, cases[0])
    took = []
    for number, case in enumerate(cases, start=1):
        took.append(measure(bot, encoder, case))
        if progress:
            progress("questions", number, len(cases))
    speed = Speed(
        judged=tuple(one for one in took if not one.looked_up),
        looked_up=tuple(one for one in took if one.looked_up),
        per_second={threads: _per_second(bot, encoder, cases, threads) for threads in (1, 2, 4)},
        resident_mb=resident_mb(),
        build_s=build_seconds(tuple(bot.corpus.plans), encoder) if build else None,
    )
    tell(speed, write)
    if path:
        _write_json(speed, path)
    return speed


def _per_second(bot: LocalBot, encoder: Encoder, cases: Sequence[Conversation], threads: int) -> float:
    """The last turns by themselves, with nothing remembered of the round before."""
    encoder.query.cache_clear()
    started = time.perf_counter()
    with ThreadPoolExecutor(max_workers=threads) as pool:
        list(pool.map(lambda case: bot.ask(case.turns[-1]), cases))
    return len(cases) / (time.perf_counter() - started)


def tell(speed: Speed, write: Write) -> None:
    rows = [
        _row("whole ask", [took.ask for took in speed.judged]),
        _row("  encoder's pass", [took.encoder for took in speed.judged]),
        _row("  judge's pass", [took.judge for took in speed.judged]),
        *(_row(f"  {stage}", [getattr(took, stage) for took in speed.judged]) for stage in STAGES),
        _row("look-up", [took.ask for took in speed.looked_up]),
    ]
    write(table(["milliseconds", "p50", "p95", "over"], rows))
    write(f"\nask ÷ (encoder + judge): {speed.ratio}")
    rates = ", ".join(f"{rate:.1f} on {threads}" for threads, rate in speed.per_second.items())
    write(f"answers a second, by threads: {rates}")
    write(f"memory of the process: {speed.resident_mb:.0f} MB")
    if speed.build_s is not None:
        write(f"index of the plans: built in {speed.build_s:.1f} s")
    shares = [f"{name} {share:.0%}" for name, share in speed.shares.items()]
    if shares:
        write(f"what limits it: {shares[0]}; then {', '.join(shares[1:])}")


def _row(name: str, took: Sequence[float]) -> list[str]:
    at = partial(quantile, "took_ms", took)
    return [name, str(at(0.5)), str(at(0.95)), str(len(took))]


def _write_json(speed: Speed, path: Path) -> None:
    content: dict[str, Any] = {"at": now(), "ratio": asdict(speed.ratio), "shares": speed.shares, **asdict(speed)}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
