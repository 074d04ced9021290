"""An outcome against its hand-written case: every reason why it is not right, and what it adds to the figures."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.model import Status
from eval.answers.asker import Cited
from eval.answers.case import DECLINING, Case
from eval.answers.judgement import ClauseText, Outcome, Part, cited_clauses, inexact_of, slices
from eval.answers.said import answer_texts, holds_any

NO_PLAN = "(none)"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A case judged. The tuples hold what is amiss and are empty when it is right."""

    outcome: Outcome[Case]
    status_right: bool
    missing_gold: tuple[tuple[str, ...], ...]
    missing_facts: tuple[tuple[str, ...], ...]
    found_forbidden: tuple[str, ...]
    inexact: tuple[Cited, ...]  # citations that are no slice of their clause
    gold_needed: bool

    @property
    def correct(self) -> bool:
        return not self.reasons

    @property
    def cited(self) -> tuple[str, ...]:
        return cited_clauses(self.outcome.reply)

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
        reply, case = self.outcome.reply, self.outcome.case
        if reply is None:
            return (f"no answer: {self.outcome.error}",)
        found = [] if self.status_right else [f"status: {reply.status}, allowed {' or '.join(case.status)}"]
        found += [f"not cited: {' or '.join(group)}" for group in self.missing_gold if self.gold_needed]
        found += [f"fact missing: {group[0]}" + ("" if len(group) == 1 else " …") for group in self.missing_facts]
        found += [f"forbidden: {text}" for text in self.found_forbidden]
        return tuple(found)

    @property
    def gold(self) -> tuple[str, ...]:
        return tuple(" or ".join(group) for group in self.outcome.case.gold_groups)

    @property
    def groups(self) -> Mapping[str, tuple[str, ...]]:
        case = self.outcome.case
        return {"intent": (case.intent,), "plan": case.plans or (NO_PLAN,), "user": (case.user,)}

    @property
    def parts(self) -> Mapping[str, Part]:
        case, reply = self.outcome.case, self.outcome.reply
        sliced = len(slices(reply))
        return {
            "correct": (float(self.correct), 1.0),
            # all gold groups cited, of the cases that have gold and are to be answered
            "right_citations": (float(not self.missing_gold), float(bool(case.gold) and case.expects_answer)),
            "citation_precision": self._citation_precision(),
            "citation_recall": self._citation_recall(),
            "exact_slices": (float(sliced - len(self.inexact)), float(sliced)),
            # of the declines to cases that say plainly what they want, those that were wanted
            "decline_precision": (
                float(case.expects_decline),
                float(self.declined and (case.expects_decline or case.expects_answer)),
            ),
            "decline_recall": (float(self.declined), float(case.expects_decline)),
            # answerable questions told not_found or out_of_scope
            "false_declines": (float(reply is not None and reply.status in DECLINING), float(case.expects_answer)),
        }

    def accepts(self, clause_id: str) -> bool:
        return clause_id in self.outcome.case.acceptable

    def _citation_precision(self) -> Part:
        """Share of cited clauses that are gold or acceptable; each case weighs the same."""
        acceptable = self.outcome.case.acceptable
        if not self.cited or not acceptable:
            return (0.0, 0.0)
        return (sum(clause_id in acceptable for clause_id in self.cited) / len(self.cited), 1.0)

    def _citation_recall(self) -> Part:
        """Share of gold groups cited; each case weighs the same."""
        case = self.outcome.case
        if not case.gold or not case.expects_answer:
            return (0.0, 0.0)
        return (1 - len(self.missing_gold) / len(case.gold), 1.0)


def judge(outcome: Outcome[Case], clause_text: ClauseText) -> Judgement:
    """A declined question needs no citation: it owes its facts and must not say what is forbidden."""
    case, reply = outcome.case, outcome.reply
    if reply is None:
        return Judgement(outcome, False, case.gold_groups, case.fact_groups, (), (), True)
    cited, said = set(cited_clauses(reply)), answer_texts(reply)
    return Judgement(
        outcome=outcome,
        status_right=reply.status in case.status,
        missing_gold=tuple(group for group in case.gold_groups if not set(group) & cited),
        missing_facts=tuple(group for group in case.fact_groups if not holds_any(said, group)),
        found_forbidden=tuple(text for text in case.forbidden if holds_any(said, (text,))),
        inexact=inexact_of(reply, clause_text),
        gold_needed=not case.expects_decline and reply.status not in DECLINING,
    )
