"""An outcome against its case: what is right, and every reason why it is not."""

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from bot.model import Status
from eval.answers.asker import Cited, Reply
from eval.answers.case import DECLINING
from eval.answers.runner import Outcome

ClauseText = Callable[[str], str | None]  # clause id → its text, None when there is no such clause

LINE_MARK = re.compile(r"^[ \t]*(?:>+|#{1,6}[ \t]|[-*+][ \t])[ \t]*", re.MULTILINE)
CITATION_MARK = re.compile(
    r"""
    \[\[?\^?\d+(?:[,，、][ ]?\d+)*\]?\]   # [1]  [1,2]  [^1]  [[1]]
    (?:\([^)\s]*\))?                       # (link)
    """,
    re.VERBOSE,
)
# The lists under a plain-text answer name titles and document numbers that the answer itself need not say.
SOURCES = re.compile(r"^(?:出处|相近条款)[^\n]*$.*", re.MULTILINE | re.DOTALL)
EMPHASIS = re.compile(r"[*`~\\]|\s+")


@dataclass(frozen=True, slots=True)
class Judgement:
    """A case judged. The tuples hold what is amiss and are empty when it is right."""

    outcome: Outcome
    status_right: bool
    missing_gold: tuple[tuple[str, ...], ...]
    missing_facts: tuple[tuple[str, ...], ...]
    found_forbidden: tuple[str, ...]
    cited: tuple[str, ...]  # distinct clause ids of the citations, in their order
    inexact: tuple[Cited, ...]  # citations that are no slice of their clause
    sliced: int  # citations checked, those of `related` with them
    gold_needed: bool

    @property
    def correct(self) -> bool:
        return not self.reasons

    @property
    def declined(self) -> bool:
        """Whether the bot held back: a declining status, or less than the case allows an answer to be."""
        if self.outcome.reply is None:
            return False
        status, case = self.outcome.reply.status, self.outcome.case
        if status in DECLINING:
            return True
        return status is Status.PARTIAL and (case.expects_decline or status not in case.status)

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why it is not correct, one phrase each."""
        reply, case = self.outcome.reply, self.outcome.case
        if reply is None:
            return (f"no answer: {self.outcome.error}",)
        found = [] if self.status_right else [f"status {reply.status}, allowed {' or '.join(case.status)}"]
        found += [f"not cited: {' or '.join(group)}" for group in self.missing_gold if self.gold_needed]
        found += [f"fact missing: {group[0]}" + ("" if len(group) == 1 else " …") for group in self.missing_facts]
        found += [f"forbidden: {text}" for text in self.found_forbidden]
        return tuple(found)


def judge(outcome: Outcome, clause_text: ClauseText) -> Judgement:
    """A declined question needs no citation: it owes its facts and must not say what is forbidden."""
    case, reply = outcome.case, outcome.reply
    if reply is None:
        return Judgement(outcome, False, case.gold_groups, case.fact_groups, (), (), (), 0, True)
    cited = tuple(dict.fromkeys(citation.clause_id for citation in reply.citations))
    said = answer_texts(reply)
    slices = (*reply.citations, *reply.related)
    return Judgement(
        outcome=outcome,
        status_right=reply.status in case.status,
        missing_gold=tuple(group for group in case.gold_groups if not set(group) & set(cited)),
        missing_facts=tuple(group for group in case.fact_groups if not holds_any(said, group)),
        found_forbidden=tuple(text for text in case.forbidden if holds_any(said, (text,))),
        cited=cited,
        inexact=tuple(citation for citation in slices if not is_slice(citation, clause_text)),
        sliced=len(slices),
        gold_needed=not case.expects_decline and reply.status not in DECLINING,
    )


def answer_texts(reply: Reply) -> tuple[str, str]:
    """What the answer says, in its two forms, folded for comparing; its list of sources is left out."""
    return fold(reply.answer), fold(SOURCES.sub("", reply.plain_text))


def holds_any(said: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether any of `wanted` stands in any of the folded texts."""
    needles = [fold(text) for text in wanted]
    return any(needle and needle in text for text in said for needle in needles)


def fold(text: str) -> str:
    """Blanks, width, emphasis, list and citation marks taken out; the bars of tables stay, they part cells.

    >>> fold("- **850 家**[1]")
    '850家'
    """
    text = LINE_MARK.sub("", CITATION_MARK.sub("", text))
    return EMPHASIS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def is_slice(citation: Cited, clause_text: ClauseText) -> bool:
    """Whether the quote is exactly what stands at its place in its clause."""
    text = clause_text(citation.clause_id)
    if text is None or not 0 <= citation.start < citation.end <= len(text):
        return False
    return text[citation.start : citation.end] == citation.quote
