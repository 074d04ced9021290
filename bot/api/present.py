"""Domain objects in the public shapes of `schema`."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from bot.api import render, schema
from bot.api.fit import fitted
from bot.model import Citation
from bot.records.labels import DEFAULT, Labels, is_generated
from bot.records.receipts import Belongings, Receipt
from bot.service import Asked, Verdict
from ingest.dates import DATE
from ingest.model import Clause, Fact, Metadata, Plan
from vectorstore.index import Hit

DAY = re.compile(DATE)
FACTS = ("title", "number", "issuer", "issued_on", "printed_on", "openness", "addressee")


@dataclass(frozen=True, slots=True)
class Presenter:
    """`public_url` is where the page is served, empty for the same host; `pdf_font` a file that PDFs carry along."""

    public_url: str = ""
    labels: Labels = DEFAULT
    pdf_font: str = ""

    def citation(self, index: int, citation: Citation) -> schema.Citation:
        plan, clause = citation.plan, citation.clause
        return schema.Citation(
            index=index,
            plan_id=plan.id,
            plan_title=plan.title,
            plan_number=_value(plan.metadata.number),
            region=plan.region,
            clause_id=clause.id,
            clause_path=clause.path,
            heading=clause.heading,
            quote=citation.quote,
            start=citation.start,
            end=citation.end,
            url=render.clause_url(self.public_url, plan.id, clause.path, (citation.start, citation.end)),
        )

    def label(self) -> schema.Label:
        """What is told before the first sentence a model wrote."""
        return schema.Label(label=self.labels.generated, generated=True)

    def answer(self, asked: Asked, corpus_version: str, max_bytes: int | None = None) -> schema.Answer:
        """`max_bytes` bounds the plain text alone."""
        answer = asked.answer
        cited = [self.citation(index, each) for index, each in enumerate(answer.citations, start=1)]
        near = [self.citation(index, each) for index, each in enumerate(answer.related, start=len(cited) + 1)]
        return schema.Answer(
            answer_id=asked.answer_id,
            status=answer.status,
            label=self.labels.of(answer),
            generated=is_generated(answer),
            answer=render.markdown(answer),
            plain_text=fitted(answer, self.labels.first_line(answer), max_bytes),
            statements=[
                schema.Statement(text=each.text, citations=sorted(answer.numbers(each))) for each in answer.statements
            ],
            citations=cited,
            related=near,
            notes=list(answer.notes),
            mode=answer.mode,
            corpus_version=corpus_version,
            took_ms=round(asked.took_ms, 1),
        )

    def hit(self, index: int, hit: Hit, citation: Citation) -> schema.Hit:
        return schema.Hit(score=round(hit.score, 4), **self.citation(index, citation).model_dump())

    def verdict(self, clause: Clause, verdict: Verdict, asked_quote: str) -> schema.Verdict:
        found = verdict.start is not None and verdict.end is not None and verdict.verified
        span = (verdict.start or 0, verdict.end or 0) if found else None
        return schema.Verdict(
            verified=verdict.verified,
            exact=verdict.exact,
            start=span[0] if span else None,
            end=span[1] if span else None,
            clause_id=clause.id,
            quote=clause.text[span[0] : span[1]] if span else asked_quote,
            url=render.clause_url(self.public_url, clause.plan_id, clause.path, span),
        )


SAME_HOST = Presenter()


def plan_summary(plan: Plan) -> schema.PlanSummary:
    return schema.PlanSummary(
        plan_id=plan.id,
        title=plan.title,
        name=plan.name,
        number=_value(plan.metadata.number),
        issuer=_value(plan.metadata.issuer),
        issued_on=_value(plan.metadata.issued_on),
        region=plan.region,
        level=plan.level,
        clauses=len(plan.clauses),
        indicators=len(plan.indicators),
        absent=_absent(plan.metadata),
        kind=plan.kind,
        names=list(plan.names),
        effective_on=plan.validity.since or None,
        expires_on=plan.validity.until or None,
        superseded_by=plan.validity.superseded_by or None,
        superseded_on=plan.validity.superseded_on or None,
        version=plan.validity.version or None,
    )


def plan_detail(plan: Plan) -> schema.Plan:
    summary = plan_summary(plan).model_dump(exclude={"clauses", "indicators"})
    breaks = [match.start() for match in re.finditer("\n", plan.source)]
    return schema.Plan(
        **summary,
        metadata=_metadata(plan),
        clauses=[clause_detail(plan, each, breaks) for each in plan.clauses],
        indicators=[schema.Indicator.model_validate(each, from_attributes=True) for each in plan.indicators],
    )


def clause_detail(plan: Plan, clause: Clause, breaks: list[int] | None = None) -> schema.Clause:
    """`breaks`: offsets of the line breaks in the plan's source, when many clauses are shown at once."""
    found = breaks if breaks is not None else [match.start() for match in re.finditer("\n", plan.source)]
    return schema.Clause(
        clause_id=clause.id,
        plan_id=clause.plan_id,
        clause_path=clause.path,
        heading=clause.heading,
        headings=list(clause.headings),
        text=clause.text,
        kind=clause.kind,
        responsible_units=[schema.ResponsibleUnit(name=unit.name, role=unit.role) for unit in clause.responsible_units],
        cells=[schema.Cell(column=column, value=value) for column, value in clause.cells],
        source_lines=_lines(clause, found),
    )


def receipt(kept: Receipt) -> schema.Receipt:
    return schema.Receipt.model_validate(kept, from_attributes=True)


def belongings(user_id: str, kept: Belongings) -> schema.Belongings:
    ratings = [schema.Rating.model_validate(each, from_attributes=True) for each in kept.feedback]
    return schema.Belongings(user_id=user_id, answers=[receipt(each) for each in kept.receipts], feedback=ratings)


def _lines(clause: Clause, breaks: list[int]) -> tuple[int, int]:
    """First and last line of the source, from 1. A row starts at its own first cell, not at its table's header."""
    first, last = clause.origins[0], max(clause.origins)
    return bisect_left(breaks, first) + 1, bisect_left(breaks, last) + 1


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None


def _absent(metadata: Metadata) -> list[str]:
    return [name for name in FACTS if getattr(metadata, name) is None]


def _metadata(plan: Plan) -> schema.Metadata:
    told = schema.Metadata.model_validate(plan.metadata, from_attributes=True)
    return told.model_copy(update={"effective_on": _day_of_effect(plan)})


def _day_of_effect(plan: Plan) -> schema.Fact | None:
    """The day alone of 自2023年7月1日起施行; the whole of 自公布之日起施行, whose day is reckoned."""
    fact = plan.validity.effective
    if fact is None:
        return None
    text = next(clause.text for clause in plan.clauses if clause.id == fact.clause_id)
    day = DAY.search(text, fact.start, fact.end)
    start, end = day.span() if day else (fact.start, fact.end)
    return schema.Fact(value=fact.value, clause_id=fact.clause_id, start=start, end=end)
