"""`metrology eval`: ask all cases, judge the answers, say what came out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from eval.answers.asker import Asker
from eval.answers.case import CASES, Case, Split, read_cases
from eval.answers.check import Doubt, check_cases
from eval.answers.compare import Change, Shortfall, below_floor, compare, read_baseline, read_floor
from eval.answers.judge import ClauseText, Judgement, judge
from eval.answers.report import write_html
from eval.answers.results import Run, Settings, cases_hash, now, write_json
from eval.answers.runner import Outcome, Progress, run_cases
from eval.answers.score import score
from eval.figures import SEED
from eval.table import table
from ingest.corpus import Corpus

FLOOR = Path(__file__).parent.parent / "floor.json"
SHOWN = 40  # failures and doubts told one by one; the report has them all

Write = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Options:
    """What `metrology eval` was asked to do. `source` and `mode` are only noted down."""

    source: str = "in process"
    mode: str = "auto"
    cases: Path = CASES
    split: Split = Split.DEV
    json: Path | None = None
    html: Path | None = None
    baseline: Path | None = None
    floor: Path | None = None
    workers: int = 1
    seed: int = SEED


@dataclass(frozen=True, slots=True)
class Result:
    """`below` is empty unless a floor was given and missed; the command fails when it is not."""

    run: Run
    below: tuple[Shortfall, ...]
    change: Change | None
    doubts: tuple[Doubt, ...]


def run(asker: Asker, corpus: Corpus, options: Options, write: Write, progress: Progress | None = None) -> Result:
    """Raises NoCases, BadCase, DuplicateCase, BadSetting (floor, baseline), AskFailed when nothing answers."""
    cases = read_cases(options.cases, options.split)
    # Read before anything is asked or written: a slip should not cost a run, and the run may replace its own baseline.
    baseline = read_baseline(options.baseline) if options.baseline else None
    floor = read_floor(options.floor) if options.floor else {}
    clause_text = clause_texts(corpus)
    doubts = check_cases(cases, clause_text)
    started = now()
    outcomes = run_cases(asker, cases, options.workers, progress)
    judgements = tuple(judge(outcome, clause_text) for outcome in outcomes)
    done = Run(_settings(options, cases, outcomes, started), score(judgements, options.seed), judgements)
    change = compare(done, baseline) if baseline else None
    below = below_floor(done, floor)
    if options.json:
        write_json(done, options.json)
    if options.html:
        write_html(done, options.html, change, below)
    result = Result(done, below, change, doubts)
    _tell(result, write)
    return result


def clause_texts(corpus: Corpus) -> ClauseText:
    """Look-up of a clause's text by its id."""
    return lambda clause_id: corpus.clause(clause_id).text if corpus.has_clause(clause_id) else None


def _settings(options: Options, cases: Sequence[Case], outcomes: Sequence[Outcome], started: str) -> Settings:
    versions = {outcome.reply.corpus_version for outcome in outcomes if outcome.reply}
    return Settings(
        source=options.source,
        mode=options.mode,
        split=str(options.split),
        cases=options.cases.name,
        cases_hash=cases_hash(cases),
        corpus_version=", ".join(sorted(versions)),
        seed=options.seed,
        workers=options.workers,
        started_at=started,
    )


def _tell(result: Result, write: Write) -> None:
    """Figures, then what failed. Of held cases only numbers are told: whoever reads them could fit the bot to them."""
    scores = result.run.scores
    rows = [[figure.name, str(figure), str(figure.count)] for figure in scores.figures]
    write(table(["figure", "value [95 % interval]", "over"], rows))
    for kind, groups in scores.by.items():
        lines = [
            [key, *(str(figure) for figure in figures[:2]), str(figures[0].count)] for key, figures in groups.items()
        ]
        write("\n" + table([kind, "correct", "right_citations", "cases"], lines))
    _tell_failures(result.run.failures, write)
    if result.run.unanswered:
        write(f"\n{result.run.unanswered} cases got no usable answer and count as wrong.")
    _tell_doubts(result.doubts, write)
    if result.change:
        _tell_change(result.change, write)
    for shortfall in result.below:
        write(f"Below the floor: {shortfall}.")


def _tell_failures(failures: Sequence[Judgement], write: Write) -> None:
    shown = [judgement for judgement in failures if judgement.outcome.case.split != Split.HELD]
    write(f"\n{len(failures)} cases failed, {len(failures) - len(shown)} of them held.")
    for judgement in shown[:SHOWN]:
        write(f"  {judgement.outcome.case.id}: {'; '.join(judgement.reasons)}")
    if len(shown) > SHOWN:
        write(f"  … and {len(shown) - SHOWN} more; --html FILE shows all.")


def _tell_doubts(doubts: Sequence[Doubt], write: Write) -> None:
    unknown = [doubt for doubt in doubts if doubt.unknown_clause]
    if unknown:
        write(f"\n{len(unknown)} clause ids of cases are not in the corpus:")
        write("\n".join(f"  {doubt.case_id}: {doubt.unknown_clause}" for doubt in unknown if not doubt.held))
    facts = [doubt for doubt in doubts if doubt.unfounded_fact]
    if facts:
        shown = [f"{doubt.case_id} {doubt.unfounded_fact[0]}" for doubt in facts if not doubt.held]
        write(
            f"\n{len(facts)} expected facts stand in no gold clause as written: computed, of another clause, or slips."
        )
        write(f"  {', '.join(shown) or 'all of them held'}")


def _tell_change(change: Change, write: Write) -> None:
    write(
        "\nAgainst the baseline" + ("" if change.same_cases else " (which asked other cases: figures do not compare)")
    )
    rows = [
        [shift.name, *(_number(value) for value in (shift.before, shift.after, shift.by))] for shift in change.figures
    ]
    write(table(["figure", "before", "after", "change"], rows))
    for name, ids in (("fixed", change.fixed), ("broken", change.broken)):
        write(f"  {name} {len(ids)}: {', '.join(ids) or '–'}")
    write(f"  new {len(change.new)}, gone {len(change.gone)}")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
