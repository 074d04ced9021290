"""A comparison in its public shape."""

from dataclasses import dataclass

from bot import wording
from bot.answer.aligned import passed
from bot.answer.axes import Axis, cell_of, in_conflict
from bot.answer.described import value_text
from bot.answer.quote import place_name
from bot.answer.told import Told, number
from bot.api import compare_schema as schema
from bot.api import render, standings
from bot.api.present import Presenter
from bot.compared import Comparison, Part, Said
from bot.model import Citation
from ingest.corpus import Corpus
from ingest.model import Plan


@dataclass(frozen=True, slots=True)
class ComparisonPresenter:
    """`day`: the ISO one that the plans are asked of."""

    present: Presenter
    corpus: Corpus
    day: str

    def comparison(self, found: Comparison) -> schema.Comparison:
        counted = {one.plan.id for axis in found.axes for one in axis.told}
        return schema.Comparison(
            topic=found.topic,
            plans=[self._plan(plan, found) for plan in found.plans],
            clauses=[self._clause(one) for one in found.said],
            charts=[self._chart(axis, found.axes[0]) for axis in found.axes],
            uncounted=[plan.id for plan in found.plans if plan.id not in counted],
            notes=list(dict.fromkeys((*found.notes, *self._passed(found)))),
            corpus_version=found.corpus_version,
        )

    def _passed(self, found: Comparison) -> list[str]:
        told = [one for axis in found.axes for one in axis.told]
        return passed(told, int(self.day[:4]), self.corpus)

    def _plan(self, plan: Plan, found: Comparison) -> schema.ComparedPlan:
        silence = found.silent.get(plan.id)
        return schema.ComparedPlan(
            plan_id=plan.id,
            title=plan.title,
            name=place_name(plan),
            region=plan.region,
            says=silence is None,
            silence=None if silence is None else silence or wording.NOTHING_QUOTED.format(name=place_name(plan)),
            **standings.stands(plan, self.day, self.corpus),
        )

    def _clause(self, said: Said) -> schema.ComparedClause:
        clause = said.clause
        return schema.ComparedClause(
            row=said.row,
            plan_id=said.plan.id,
            clause_id=clause.id,
            clause_path=clause.path,
            heading=clause.heading,
            url=self._url(said.parts[0].citation),
            against=said.base.id if said.base else None,
            quotes=[self._quoted(index, part) for index, part in enumerate(said.parts, start=1)],
        )

    def _quoted(self, index: int, part: Part) -> schema.Quoted:
        words = [schema.Word(text=one.text, differs=one.kind == "come") for one in part.words]
        return schema.Quoted(**self.present.citation(index, part.citation).model_dump(), words=words)

    def _chart(self, axis: Axis, first: Axis) -> schema.Chart:
        lead = axis.told[0].indicator
        return schema.Chart(
            name=lead.name,
            unit=lead.unit,
            shared=axis.is_shared,
            apart=axis.apart,
            reason=_reason(axis, first),
            bars=[self._bar(one) for one in axis.told],
        )

    def _bar(self, one: Told) -> schema.Bar:
        own = one.indicator
        given = not own.achieved and (own.base_year is not None or own.base_value is not None)
        return schema.Bar(
            plan_id=one.plan.id,
            name=own.name,
            unit=own.unit,
            base=self._base(one) if given else None,
            target=self._target(one),
            attribute=own.attribute,
            achieved=own.achieved,
            conflicts=[self._target(Told(one.plan, other, 0.0)) for other in in_conflict(one)],
        )

    def _base(self, one: Told) -> schema.Point:
        own = one.indicator
        written = None if own.base_value is None else f"{own.base_value}{own.unit}"
        return self._point(own.base_year, own.base_value, written, cell_of(one, self.corpus, base=True))

    def _target(self, one: Told) -> schema.Point:
        """Of what is reached already, the state, of the year that the document names for it."""
        own = one.indicator
        year = own.base_year if own.achieved else own.target_year
        written = None if own.target is None else value_text(own)
        return self._point(year, own.target, written, cell_of(one, self.corpus))

    def _point(self, year: int | None, value: str | None, written: str | None, cell: Citation) -> schema.Point:
        plain = number(value)
        return schema.Point(
            year=year,
            value=value,
            written=written,
            number=None if plain is None else float(plain),
            clause_id=cell.clause.id,
            clause_path=cell.clause.path,
            quote=cell.quote,
            start=cell.start,
            end=cell.end,
            url=self._url(cell),
        )

    def _url(self, citation: Citation) -> str:
        span = (citation.start, citation.end)
        return render.clause_url(self.present.public_url, citation.plan.id, citation.clause.path, span)


def _reason(axis: Axis, first: Axis) -> str | None:
    if axis.apart is None:
        return None
    one, other = axis.told[0].indicator, first.told[0].indicator
    return wording.APART[axis.apart].format(name=one.name, unit=one.unit, first=other.name, first_unit=other.unit)
