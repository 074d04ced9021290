"""The HTML report: one file, no script, nothing fetched; every failure can be read in it."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from html import escape
from pathlib import Path
from typing import Any

from eval.answers.asker import Cited
from eval.answers.compare import Change
from eval.answers.floor import Shortfall
from eval.answers.judgement import Judgement
from eval.answers.results import Run
from eval.answers.score import figure
from eval.charts import bars, histogram

STYLE = """
body{font:15px/1.6 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1d2733;background:#fff}
table{border-collapse:collapse}
td,th{border-bottom:1px solid #d7dde3;padding:.2rem .8rem .2rem 0;text-align:left;vertical-align:top}
td.n{text-align:right;font-variant-numeric:tabular-nums}svg{max-width:100%;height:auto;font-size:13px}
.bar{fill:#2f6f9f}.track{fill:#e8edf1}.whisker{stroke:#14202b;stroke-width:2}
details{border:1px solid #d7dde3;border-radius:6px;margin:.5rem 0;padding:.4rem .8rem}summary{cursor:pointer}
pre{white-space:pre-wrap;overflow-wrap:anywhere;background:#f4f6f8;padding:.6rem;margin:.3rem 0}
.why{color:#a4262c}dt{font-weight:600}dd{margin:0 0 .4rem 1rem}
"""
CONTENT_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


Told = tuple[Run, Change | None, Sequence[Shortfall]]  # a set, what it changed, where it is below the floor


def write_html(told: Sequence[Told], path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(html(told), encoding="utf-8")


def html(told: Sequence[Told]) -> str:
    """The whole page, a section a set."""
    title = f"Answer evaluation: {', '.join(run.settings.set for run, _, _ in told)}"
    sections = "".join(_section(*one) for one in told)
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{CONTENT_POLICY}">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head><body>{sections}</body></html>\n"
    )


def _section(run: Run, change: Change | None, below: Sequence[Shortfall]) -> str:
    parts = (
        f"<h1>{escape(run.settings.set)}, {escape(run.settings.split)}</h1>",
        _summary(run, below),
        _figures(run),
        _charts(run),
        _change(change) if change else "",
        f"<h2>Failures ({len(run.failures)})</h2>",
        *(_failure(judgement) for judgement in run.failures),
        _settings(run),
    )
    return "".join(parts)


def _summary(run: Run, below: Sequence[Shortfall]) -> str:
    right = len(run.judgements) - len(run.failures)
    text = (
        f"<p>{right} of {len(run.judgements)} questions right; {run.unanswered} got no answer and count as wrong.</p>"
    )
    return text + "".join(f'<p class="why">Below the floor: {escape(str(shortfall))}.</p>' for shortfall in below)


def _figures(run: Run) -> str:
    rows = "".join(
        f'<tr><td>{escape(one.name)}</td><td class="n">{escape(str(one))}</td><td class="n">{one.count}</td></tr>'
        for one in run.scores.figures
    )
    return f"<h2>Figures</h2><table><tr><th>figure</th><th>value [95 % interval]</th><th>over</th></tr>{rows}</table>"


def _charts(run: Run) -> str:
    parts = []
    for kind, groups in run.scores.by.items():
        rows = [(key, figure(figures, "correct")) for key, figures in groups.items()]
        parts.append(f"<h2>Correct by {escape(kind)}</h2>{bars(rows, f'Correct by {kind}')}")
    took = [turn for judgement in run.judgements for turn in judgement.outcome.took_ms]
    return "".join(parts) + f"<h2>Milliseconds an answer took</h2>{histogram(took, 'Milliseconds an answer took')}"


def _change(change: Change) -> str:
    warning = "" if change.same_cases else "<p>The baseline asked other questions; the figures do not compare.</p>"
    shifts = "".join(
        f'<tr><td>{escape(shift.name)}</td><td class="n">{_number(shift.before)}</td>'
        f'<td class="n">{_number(shift.after)}</td><td class="n">{_number(shift.by, sign=True)}</td></tr>'
        for shift in change.figures
    )
    lists = "".join(
        f"<dt>{name} ({len(ids)})</dt><dd>{escape(', '.join(ids)) or '–'}</dd>"
        for name, ids in (
            ("Fixed", change.fixed),
            ("Broken", change.broken),
            ("New", change.new),
            ("Gone", change.gone),
        )
    )
    head = "<tr><th>figure</th><th>before</th><th>after</th><th>change</th></tr>"
    return f"<h2>Against the baseline</h2>{warning}<dl>{lists}</dl><table>{head}{shifts}</table>"


def _number(value: float | None, sign: bool = False) -> str:
    return "–" if value is None else f"{value:+.4f}" if sign else f"{value:.4f}"


def _failure(judgement: Judgement) -> str:
    case, reply = judgement.outcome.case, judgement.outcome.reply
    rows = [
        ("Asked", _lines(case.turns)),
        ("Why it fails", f'<span class="why">{_lines(judgement.reasons)}</span>'),
        *((f"Expected {name}", _lines(_texts(value))) for name, value in case.as_json().items()),
    ]
    if reply is not None:
        rows += [
            ("Actual status", escape(reply.status)),
            ("Actual answer", f'<pre lang="zh">{escape(reply.answer)}</pre>'),
            ("Notes", _lines(reply.notes)),
            ("Actual citations", _citations(reply.citations, judgement)),
            ("Related", _citations(reply.related, judgement)),
        ]
    body = "".join(f"<dt>{name}</dt><dd>{text}</dd>" for name, text in rows if text)
    head = f"{escape(case.id)} · {escape(case.turns[-1])}"
    return f'<details><summary lang="zh">{head}</summary><dl>{body}</dl></details>'


def _texts(value: Any) -> Iterable[str]:
    """A plain value as lines; a list inside a list is one of them, by its members."""
    members = value if isinstance(value, list | tuple) else [value]
    for member in members:
        if isinstance(member, dict):
            yield " ".join(str(inner) for inner in member.values())
        elif isinstance(member, list | tuple):
            yield " | ".join(str(inner) for inner in member)
        elif member not in ("", None):
            yield str(member)


def _citations(citations: Iterable[Cited], judgement: Judgement) -> str:
    return _lines(
        f"{'✓' if judgement.accepts(citation.clause_id) else '✗'} {citation.clause_id} "
        f"[{citation.start}:{citation.end}]{' NOT A SLICE' if citation in judgement.inexact else ''} {citation.quote}"
        for citation in citations
    )


def _lines(texts: Iterable[str]) -> str:
    return "<br>".join(escape(text) for text in texts)


def _settings(run: Run) -> str:
    rows = "".join(
        f"<tr><td>{escape(name)}</td><td>{escape(str(value))}</td></tr>" for name, value in asdict(run.settings).items()
    )
    return f"<h2>Settings</h2><table>{rows}</table>"
