"""A labelled question against the answer it got: right, or wrong for one reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.model import Status
from eval.answers.asker import Cited, Reply
from eval.answers.case import DECLINING
from eval.answers.judgement import ClauseText, Outcome, Part, cited_clauses, inexact_of, slices
from eval.answers.stands import is_row, says, stands_in
from eval.judge.rows import Answerable, Row, plan_of

PLANS_SHARE = 0.6  # of the plans gold names that must be cited
NO_ROUTE = "(none)"  # the writer named none


class Reason(StrEnum):
    """Why an answer is wrong; the first that holds."""

    NO_ANSWER = "no answer"  # nothing came back
    DECLINED = "declined"
    WRONG_CLAUSE = "wrong clause"  # no citation stands in a gold clause
    WRONG_FIRST = "wrong first"  # one does, but not the first
    PLANS_MISSING = "plans missing"
    SENTENCE_MISSING = "sentence missing"  # the clause is cited, not what it says
    SAID_PARTIAL = "said partial"  # all of it stands there, and is said to be a part
    FALSE_ANSWER = "answered the unanswerable"


@dataclass(frozen=True, slots=True)
class LabelledCase:
    """A labelled question as a conversation: what was asked before it, then it."""

    row: Row
    writer: str
    held: bool = False

    @property
    def id(self) -> str:
        return self.row.id

    @property
    def turns(self) -> tuple[str, ...]:
        return (*self.row.history, self.row.question)

    @property
    def gold(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(support.clause for support in self.row.support))

    @property
    def answerable(self) -> bool:
        return self.row.answerable is Answerable.YES

    def accepts(self, clause_id: str) -> bool:
        """Whether citing this clause is right."""
        return any(stands_in(clause_id, gold) for gold in self.gold)

    def as_json(self) -> dict[str, Any]:
        return {
            "writer": self.writer,
            **self.row.model_dump(mode="json", exclude={"id"}, exclude_defaults=True, by_alias=True),
        }


def reason(case: LabelledCase, reply: Reply) -> Reason | None:
    """Why `reply` is wrong; None when it is right. What cannot be answered is right with any other status."""
    if not case.answerable:
        return Reason.FALSE_ANSWER if reply.status is Status.ANSWERED else None
    if reply.status in DECLINING:
        return Reason.DECLINED
    right = [cited for cited in reply.citations if case.accepts(cited.clause_id)]
    if not right:
        return Reason.WRONG_CLAUSE
    if not first_stands(case, reply):
        return Reason.WRONG_FIRST
    if not _enough_plans(case, right):
        return Reason.PLANS_MISSING
    if not _says_gold(case, reply):
        return Reason.SENTENCE_MISSING
    return None if reply.status is Status.ANSWERED else Reason.SAID_PARTIAL


def first_stands(case: LabelledCase, reply: Reply) -> bool:
    """Whether the first citation, which the first statement is about, stands in a gold clause."""
    return bool(reply.citations) and case.accepts(reply.citations[0].clause_id)


def _enough_plans(case: LabelledCase, right: list[Cited]) -> bool:
    wanted = {plan_of(gold) for gold in case.gold}
    return len({plan_of(cited.clause_id) for cited in right}) >= len(wanted) * PLANS_SHARE


def _says_gold(case: LabelledCase, reply: Reply) -> bool:
    """Whether a quote says a gold sentence; a row of a table that is a gold clause says it by its cells."""
    return any(
        says(cited.quote, support.sentence) or (is_row(cited.quote) and stands_in(cited.clause_id, support.clause))
        for cited in reply.citations
        for support in case.row.support
    )


@dataclass(frozen=True, slots=True)
class LabelledJudgement:
    """Implements `eval.answers.judgement.Judgement`."""

    outcome: Outcome[LabelledCase]
    wrong: Reason | None
    inexact: tuple[Cited, ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        if self.wrong is None:
            return ()
        return (f"{self.wrong}: {self.outcome.error}" if self.wrong is Reason.NO_ANSWER else str(self.wrong),)

    @property
    def cited(self) -> tuple[str, ...]:
        return cited_clauses(self.outcome.reply)

    @property
    def gold(self) -> tuple[str, ...]:
        return self.outcome.case.gold

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        row = self.outcome.case.row
        return {
            "answerable": (str(row.answerable),),
            "route": (str(row.route or NO_ROUTE),),
            "turns": ("follow-up" if row.history else "single",),
            "register": (row.manner,),
            "writer": (self.outcome.case.writer,),
        }

    @property
    def parts(self) -> Mapping[str, Part]:
        case, reply = self.outcome.case, self.outcome.reply
        yes, sliced = case.answerable, len(slices(reply))
        return {
            "correct": (float(self.wrong is None), 1.0),
            "first_clause": (float(reply is not None and first_stands(case, reply)), float(yes)),
            "exact_slices": (float(sliced - len(self.inexact)), float(sliced)),
            "false_declines": (float(self.wrong is Reason.DECLINED), float(yes)),
            "false_answers": (float(self.wrong is Reason.FALSE_ANSWER), float(not yes)),
        }

    def accepts(self, clause_id: str) -> bool:
        return self.outcome.case.accepts(clause_id)


def judge_labelled(outcome: Outcome[LabelledCase], clause_text: ClauseText) -> LabelledJudgement:
    reply = outcome.reply
    wrong = reason(outcome.case, reply) if reply else Reason.NO_ANSWER
    return LabelledJudgement(outcome, wrong, inexact_of(reply, clause_text))
