"""A run on the terminal: figures, groups, what failed and why."""

from collections.abc import Callable, Iterable, Sequence

from eval.answers.check import Doubt
from eval.answers.compare import Change
from eval.answers.floor import Shortfall
from eval.answers.judgement import Judgement, cited_clauses
from eval.answers.results import Run
from eval.answers.score import figure
from eval.figures import Figure
from eval.table import table

Write = Callable[[str], None]

BESIDE = ("false_declines", "latency_p50_ms", "latency_p95_ms")  # told of each group without an interval


def tell(
    run: Run,
    doubts: Sequence[Doubt],
    change: Change | None,
    below: Sequence[Shortfall],
    worst: int,
    write: Write,
) -> None:
    """Of held questions only numbers are told: whoever reads them could fit the bot to them."""
    settings = run.settings
    write(f"\n{settings.set} ({settings.split}), {len(run.judgements)} questions")
    rows = [[one.name, str(one), str(one.count)] for one in run.scores.figures]
    write(table(["figure", "value [95 % interval]", "over"], rows))
    for kind, groups in run.scores.by.items():
        lines = [_group(key, figures) for key, figures in groups.items()]
        write("\n" + table([kind, "n", "correct", "false declines", "p50 ms", "p95 ms"], lines))
    _tell_failures(run.failures, worst, write)
    if run.unanswered:
        write(f"\n{run.unanswered} questions got no usable answer and count as wrong.")
    _tell_doubts(doubts, write)
    if change:
        _tell_change(change, write)
    for shortfall in below:
        write(f"Below the floor: {shortfall}.")


def _group(key: str, figures: Sequence[Figure]) -> list[str]:
    correct = figure(figures, "correct")
    return [key, str(correct.count), str(correct), *(_short(figure(figures, name)) for name in BESIDE)]


def _short(one: Figure) -> str:
    if one.value is None:
        return "–"
    return f"{one.value:.0f}" if one.name.endswith("_ms") else f"{one.value:.3f}"


def _tell_failures(failures: Sequence[Judgement], worst: int, write: Write) -> None:
    """The most frequent reason first; a failure with several is told under its first."""
    held = sum(judgement.outcome.case.held for judgement in failures)
    write(f"\n{len(failures)} wrong, {held} of them held.")
    by: dict[str, list[Judgement]] = {}
    for judgement in failures:
        by.setdefault(judgement.reasons[0].partition(":")[0], []).append(judgement)
    for reason, members in sorted(by.items(), key=lambda pair: (-len(pair[1]), pair[0])):
        write(f"  {reason}: {len(members)}")
        shown = [judgement for judgement in members if not judgement.outcome.case.held]
        for judgement in shown[:worst]:
            write("\n".join(f"    {line}" for line in _failure(judgement)))


def _failure(judgement: Judgement) -> Iterable[str]:
    case, reply = judgement.outcome.case, judgement.outcome.reply
    yield f"{case.id}  {' → '.join(case.turns)}"
    details = [text for text in judgement.reasons if ":" in text]
    if details:
        yield f"  {'; '.join(details)}"
    status = reply.status if reply else "no answer"
    yield f"  gold {', '.join(judgement.gold) or '–'} · {status}, cited {', '.join(cited_clauses(reply)) or '–'}"


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
    other = "" if change.same_cases else " (which asked other questions: figures do not compare)"
    write(f"\nAgainst the baseline{other}")
    rows = [
        [shift.name, *(_number(value) for value in (shift.before, shift.after, shift.by))] for shift in change.figures
    ]
    write(table(["figure", "before", "after", "change"], rows))
    for name, ids in (("fixed", change.fixed), ("broken", change.broken)):
        write(f"  {name} {len(ids)}: {', '.join(ids) or '–'}")
    write(f"  new {len(change.new)}, gone {len(change.gone)}")


def _number(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"
