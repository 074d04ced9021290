"""The one place that says answered, partial or not found: what each plan's sentences say to a question."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.judge.bears import Judged, SentenceJudge, weighed
from bot.judge.model import Thresholds
from bot.model import Aspect, Intent, Question, Status
from bot.retrieve.find import MOST_PLANS, Candidate, Finder, asked_of
from ingest.model import Clause, Plan
from vectorstore.encoder import on_cores

MOST_SENTENCES = 4  # of one clause
MOST_CLAUSES = 3  # of one plan
MOST_TOGETHER = 5  # plans whose best clause is read together with the question
OF_MANY = 3  # where a question may be asked of more plans than are gone through one by one
# Of the dev questions that ask one of these, a tenth is answered by the plans; of the others two thirds.
DETAILS = frozenset(Aspect) - {Aspect.NUMBER, Aspect.LIST, Aspect.WHO}


@dataclass(frozen=True, slots=True)
class Finding:
    """A clause that bears on the question, with its sentences that do, in the order of the text."""

    plan: Plan
    clause: Clause
    sentences: tuple[Judged, ...]
    score: float
    states: float


@dataclass(frozen=True, slots=True)
class PlanVerdict:
    """What one plan says: its findings, best first; `near` are its candidates that bear too little."""

    plan: Plan
    findings: tuple[Finding, ...]
    near: tuple[Judged, ...]

    @property
    def states(self) -> float:
        """The best finding's."""
        return self.findings[0].states if self.findings else 0.0

    @property
    def bears(self) -> bool:
        return bool(self.findings)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Of every plan that was read: those the question names, then those it took over, each in the corpus's order."""

    plans: tuple[PlanVerdict, ...]
    judged: tuple[Judged, ...]  # every candidate, best first
    thresholds: Thresholds
    states_from: float  # the probability from which a sentence is taken to say what is asked

    @property
    def bearing(self) -> tuple[PlanVerdict, ...]:
        return tuple(one for one in self.plans if one.bears)

    @property
    def surest(self) -> float:
        """The probability that some sentence states what is asked, as the best one has it."""
        return max((one.states for one in self.plans), default=0.0)

    def stated(self, verdict: PlanVerdict) -> bool:
        return verdict.states >= self.states_from

    @property
    def status(self) -> Status:
        """By what was read alone."""
        if any(self.stated(one) for one in self.plans):
            return Status.ANSWERED
        return Status.PARTIAL if self.bearing else Status.NOT_FOUND


class Judge:
    """Finds candidates, reads them, and sorts what bears from what does not."""

    def __init__(self, finder: Finder, sentences: SentenceJudge, thresholds: Thresholds | None = None) -> None:
        """By default the model's own thresholds."""
        self.finder, self.sentences = finder, sentences
        self.thresholds = thresholds or sentences.model.thresholds

    def verdict(self, question: Question, plans: tuple[str, ...] | None = None) -> Verdict:
        """On the plans asked about; `plans` asks other ones."""
        return self.judge(question, self.finder.find(question, plans))

    def judge(self, question: Question, candidates: Sequence[Candidate]) -> Verdict:
        who = question.intent is Intent.UNITS or Aspect.WHO in question.aspects
        judged = self.sentences.read(question, [one for one in candidates if who or not _lists_units(one)])
        places = {plan.id: place for place, plan in enumerate(self.finder.corpus.plans)}
        # those the question itself names come before those it took over from an earlier one
        ordered = sorted(judged, key=lambda one: (one.plan.id in question.inherited, places[one.plan.id]))
        each = [self._of_plan(list(group)) for _, group in groupby(ordered, key=lambda one: one.plan.id)]
        plans = self._read_together(question, each)
        return Verdict(tuple(plans), tuple(judged), self.thresholds, self._states_from(question))

    def _states_from(self, question: Question) -> float:
        chosen = self.thresholds
        threshold = chosen.detail if DETAILS.intersection(question.aspects) else chosen.states
        return threshold if question.plans else max(threshold, chosen.anywhere)

    def _read_together(self, question: Question, plans: list[PlanVerdict]) -> list[PlanVerdict]:
        """The best clause of the plans that bear most, read once more with the question."""
        bearing = sorted((one for one in plans if one.bears), key=lambda one: -one.findings[0].score)
        many = len(asked_of(question, self.finder.corpus)) > MOST_PLANS
        chosen = bearing[: OF_MANY if many else MOST_TOGETHER]
        read = on_cores(lambda one: self._together(question, one), chosen)
        anew = {one.plan.id: one for one in read}
        return [anew.get(one.plan.id, one) for one in plans]

    def _together(self, question: Question, plan: PlanVerdict) -> PlanVerdict:
        first, *others = plan.findings
        read = self.sentences.together(question, first.sentences)
        if read is None:
            return plan
        weight = self.thresholds.together
        if weighed(max(one.bears for one in first.sentences), read.bears, weight) < self.thresholds.bears:
            return replace(
                plan, findings=(), near=tuple(one for each in plan.findings for one in each.sentences) + plan.near
            )
        return replace(plan, findings=(replace(first, states=weighed(first.states, read.states, weight)), *others))

    def _of_plan(self, judged: list[Judged]) -> PlanVerdict:
        """`judged` best first, so that the clauses come best first too."""
        bearing = [one for one in judged if one.bears >= self.thresholds.bears]
        by_clause: dict[str, list[Judged]] = {}
        for one in bearing:
            by_clause.setdefault(one.clause.id, []).append(one)
        findings = [self._finding(sentences) for sentences in by_clause.values()]
        kept = [one for one in findings if one.score >= self.thresholds.beside * findings[0].score][:MOST_CLAUSES]
        clauses = {one.clause.id for one in kept}
        near = tuple(one for one in judged if one.clause.id not in clauses)
        return PlanVerdict(judged[0].plan, tuple(kept), near)

    def _finding(self, sentences: list[Judged]) -> Finding:
        """`sentences` best first."""
        best = sentences[0]
        kept = [one for one in sentences if one.score >= self.thresholds.quoted * best.score][:MOST_SENTENCES]
        in_order = tuple(sorted(kept, key=lambda one: one.passage.start))
        return Finding(best.plan, best.clause, in_order, best.score, max(one.states for one in kept))


def _lists_units(candidate: Candidate) -> bool:
    """（责任单位：…） at a clause's end says who acts, and nothing else."""
    return (
        bool(candidate.clause.responsible_units) and candidate.passage.start > 0 and candidate.passage.text[0] == "（"
    )
