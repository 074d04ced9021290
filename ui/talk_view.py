"""The conversation as HTML: questions, answers, and the welcome before the first question."""

import re
from dataclasses import dataclass
from itertools import takewhile

from ui import wording
from ui.answer_view import cards, lines_of, place_of, safe_link, sources, tables_of
from ui.copying import copy_text
from ui.hints import hints
from ui.replies import Draft, PlanEntry, Reply
from ui.templates import render

_RULE = re.compile(r"\|(\s*:?-+:?\s*\|)+")  # | --- | --- |
_BAR = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\([\\`*_\[\]<>|~#+.=)-])")


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and what became of it; without reply and failure it is still being answered, perhaps with a draft."""

    question: str
    draft: Draft | None = None
    reply: Reply | None = None
    failure: str = ""
    rating: str = ""  # taken | closed | failed; empty: not rated

    @property
    def state(self) -> str:
        if self.reply is not None:
            return self.reply.status
        if self.failure:
            return "failed"
        return "telling" if self.draft else "waiting"

    @property
    def is_open(self) -> bool:
        """Whether its answer is still to come."""
        return self.state in ("waiting", "telling")


def render_talk(turns: tuple[Turn, ...], plans: tuple[PlanEntry, ...], session: str = "") -> str:
    """The whole log. Before the first question it welcomes and offers examples. `session`: by which a script knows
    a conversation that was left."""
    return render("talk.html", session=session, **values_of(turns, plans, scripted=True))


def render_plain(turns: tuple[Turn, ...], plans: tuple[PlanEntry, ...], *, notice: str, session: str) -> str:
    """A page of its own, without buttons that would need a script. `session`: goes with the next question."""
    values = values_of(turns, plans, scripted=False)
    return render("plain.html", notice=notice, session=session, **values)


def values_of(turns: tuple[Turn, ...], plans: tuple[PlanEntry, ...], *, scripted: bool) -> dict[str, object]:
    """What the templates of a talk work with."""
    return {
        "turns": turns,
        "plans": plans,
        "scripted": scripted,
        "names": {plan.plan_id: plan.name for plan in plans},
        "audiences": wording.AUDIENCES,
        "cards": cards,
        "sources": sources,
        "tables_of": tables_of,
        "hints": hints,
        "lines_of": lines_of,
        "place_of": place_of,
        "table_of": table_of,
        "copy_text": copy_text,
        "file_of": file_of,
        "safe_link": safe_link,
    }


def render_scope(plans: tuple[PlanEntry, ...]) -> str:
    """The choice of plan: all, or one."""
    return render("scope.html", plans=plans)


def file_of(reply: Reply) -> str:
    """The id under which an answer can be taken away as a file; empty when it is not kept."""
    return reply.answer_id if reply.receipt_kept else ""


def table_of(markdown: str) -> tuple[tuple[str, ...], ...]:
    r"""The first table of a Markdown answer, header first; empty when it has none.

    >>> table_of("如下。\n\n| 城市 | 目标 |\n| --- | --- |\n| 泉州 | 2020 |")
    (('城市', '目标'), ('泉州', '2020'))
    """
    return tuple(
        tuple(_ESCAPED.sub(r"\1", cell.strip()) for cell in _BAR.split(row)[1:-1])
        for at, row in enumerate(table_lines(markdown))
        if at != 1
    )


def table_lines(markdown: str) -> tuple[str, ...]:
    """Its lines: the header, the rule, the rows."""
    lines = [line.strip() for line in markdown.splitlines()]
    rule = next((number for number, line in enumerate(lines) if number and _RULE.fullmatch(line)), 0)
    if not rule or not lines[rule - 1].startswith("|"):
        return ()
    return (*lines[rule - 1 : rule + 1], *takewhile(lambda line: line.startswith("|"), lines[rule + 1 :]))
