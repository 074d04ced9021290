"""`metrology eval`: ask sets of questions, judge the answers, say what came out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from eval.answers.asker import Asker
from eval.answers.case import Case
from eval.answers.check import Doubt, check_cases
from eval.answers.compare import Baseline, Change, compare, read_baseline
from eval.answers.floor import Floor, Shortfall, shortfalls
from eval.answers.judgement import ClauseText, Judgement
from eval.answers.report import write_html
from eval.answers.results import Run, Settings, cases_hash, now, write_json
from eval.answers.score import score
from eval.answers.sets import QuestionSet, SetName
from eval.answers.tell import tell
from eval.figures import SEED

WORST = 3

Write = Callable[[str], None]
Progress = Callable[[str, int, int], None]  # (set, questions done, questions in all)


@dataclass(frozen=True, slots=True)
class Options:
    """How it is asked, and what is told of it. `source` and `mode` are only noted down."""

    source: str = "in process"
    mode: str = "auto"
    sample: int | None = None  # of each set
    seed: int = SEED
    workers: int = 1
    worst: int = WORST  # failures told of each reason
    json: Path | None = None
    html: Path | None = None
    baseline: Path | None = None
    floor: Floor = field(default_factory=dict)  # decides the sample of the sets it names


@dataclass(frozen=True, slots=True)
class Result:
    """One set. `below` is empty unless a floor was given and missed; the command fails when it is not."""

    run: Run
    below: tuple[Shortfall, ...]
    change: Change | None
    doubts: tuple[Doubt, ...]


def run(
    asker: Asker,
    sets: Sequence[QuestionSet[Any]],
    clause_text: ClauseText,
    options: Options,
    write: Write,
    progress: Progress | None = None,
) -> tuple[Result, ...]:
    """Raises BadSetting (baseline, floor), AskFailed when nothing answers."""
    # Read before anything is asked or written: a slip should not cost a run, and the run may replace its own baseline.
    baseline = read_baseline(options.baseline) if options.baseline else {}
    results = []
    for one in sets:
        results.append(_result(asker, _drawn(one, options), clause_text, options, baseline, progress))
        tell(results[-1].run, results[-1].doubts, results[-1].change, results[-1].below, options.worst, write)
    if options.json:
        write_json((result.run for result in results), options.json)
    if options.html:
        write_html([(result.run, result.change, result.below) for result in results], options.html)
    return tuple(results)


def _drawn(one: QuestionSet[Any], options: Options) -> QuestionSet[Any]:
    """The part of a set that is asked: the floor's own sample, whatever else was asked for."""
    bounds = options.floor.get(SetName(one.name))
    return one.sampled(bounds.sample) if bounds else one.sampled(options.sample, options.seed)


def _result(
    asker: Asker,
    one: QuestionSet[Any],
    clause_text: ClauseText,
    options: Options,
    baseline: Mapping[str, Baseline],
    progress: Progress | None,
) -> Result:
    started = now()

    def told(done: int, total: int) -> None:
        if progress:
            progress(one.name, done, total)

    judgements = one.judged(asker, clause_text, options.workers, told)
    done = Run(_settings(options, one, judgements, started), score(judgements), judgements)
    bounds = options.floor.get(SetName(one.name))
    return Result(
        run=done,
        below=shortfalls(done, bounds) if bounds else (),
        change=compare(done, baseline[one.name]) if one.name in baseline else None,
        doubts=check_cases([case for case in one.questions if isinstance(case, Case)], clause_text),
    )


def _settings(options: Options, one: QuestionSet[Any], judgements: Sequence[Judgement], started: str) -> Settings:
    replies = [judgement.outcome.reply for judgement in judgements]
    return Settings(
        source=options.source,
        mode=options.mode,
        set=one.name,
        split=one.split,
        sample=options.sample,
        cases_hash=cases_hash(one.questions),
        corpus_version=", ".join(sorted({reply.corpus_version for reply in replies if reply})),
        seed=options.seed,
        workers=options.workers,
        started_at=started,
    )
