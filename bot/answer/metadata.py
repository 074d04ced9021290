"""What a document says of itself; what it does not say is said to be lacking in this copy."""

import re
from collections.abc import Callable, Iterable
from datetime import date

from bot import wording
from bot.answer.quote import place_name
from bot.answer.silence import plans_of
from bot.answer.terms import TERM_FIELDS, TermAnswerer
from bot.judge import status
from bot.model import Answer, Citation, Question, Statement
from bot.question.patterns import METADATA_FIELDS
from ingest.corpus import Corpus
from ingest.metadata import NUMBER
from ingest.model import Fact, Plan, Reference

# 闽政〔2022〕20号 · 闽政20号文
NUMBER_ASKED = re.compile(NUMBER)
SHORT_NUMBER = re.compile(
    r"(?P<agency>[\u4e00-\u9fff]{1,4}?(?:政办?发?|府办?|发|文))(?:〔?(?P<year>\d{4})〕?)?(?P<number>\d{1,4})号"
)
ABOUT_CITING = re.compile(r"引用|依据|落实|贯彻|根据|提到|哪|谁|几个|被")
Wanted = Callable[[str], bool]
DATE_FIELDS = ("issued_on", "printed_on", "passed_on", "published_on", "revised_on")


class MetadataAnswerer:
    """Title, number, issuer, dates, addressee, openness, references."""

    def __init__(self, corpus: Corpus, today: Callable[[], date] = date.today) -> None:
        self.corpus, self.terms = corpus, TermAnswerer(corpus, today)

    def answer(self, question: Question) -> Answer:
        if cited := self._who_cites(question):
            return cited
        plans = plans_of(question, self.corpus)
        fields = _asked_fields(question.fields)
        statements: list[Statement] = []
        for plan in plans:
            for name in fields:
                statements += self._field(plan, name)
        statements += [Statement(wording.NOT_IN_CORPUS.format(name=name)) for name in question.foreign]
        told = any(statement.citations for statement in statements)
        return Answer(status.looked_up(told), tuple(dict.fromkeys(statements)))  # 印发日期 asks for a day by two names

    def _field(self, plan: Plan, name: str) -> list[Statement]:
        if name == "references":
            return self._references(plan)
        if name in TERM_FIELDS:
            return self.terms.tell(plan, name)
        fact: Fact | None = getattr(plan.metadata, name)
        if fact is None and name == "printed_on":
            return self._field(plan, "issued_on")
        label = wording.FIELD_NAMES[name]
        if fact is None:
            return [Statement(wording.ABSENT_FIELD.format(name=place_name(plan), field=label))]
        value = Citation(plan, self.corpus.clause(fact.clause_id), fact.start, fact.end)
        shown = (
            value.quote.replace("\n", "").strip("（）：。")
            if name not in DATE_FIELDS
            else value.quote.removesuffix("印发")
        )
        return [Statement(f"{place_name(plan)}：{label}为{shown}。", (value,))]

    def _references(self, plan: Plan) -> list[Statement]:
        if not plan.metadata.references:
            label = wording.FIELD_NAMES["references"]
            return [Statement(wording.ABSENT_FIELD.format(name=place_name(plan), field=label))]
        citations = [self._reference(plan, one) for one in plan.metadata.references]
        listed = "；".join(citation.quote.replace("\n", "") for citation in citations)
        return [Statement(f"{place_name(plan)}：文中依据或引用的文件有{listed}。", tuple(citations))]

    def _reference(self, plan: Plan, reference: Reference) -> Citation:
        return Citation(plan, self.corpus.clause(reference.clause_id), reference.start, reference.end)

    def _who_cites(self, question: Question) -> Answer | None:
        """A document number in the question: whose number it is, and which plans cite it."""
        wanted = _number_in(question.folded)
        if wanted is None:
            return None
        own = [plan for plan in self.corpus.plans if plan.metadata.number and wanted(plan.metadata.number.value)]
        asked = question.fields or tuple(name for name, pattern in METADATA_FIELDS[1:] if pattern.search(question.bare))
        fields = _asked_fields(asked) if asked else ("number", "title")
        told = [plan for plan in own if not question.plans or plan.id in question.plans]  # 四个城市里谁引用了37号文
        statements = [statement for plan in told for name in fields for statement in self._field(plan, name)]
        named = [plan for plan in map(self.corpus.plan, question.plans) if all(plan.id != one.id for one in own)]
        citing = self._citing(wanted, named or self.corpus.plans)
        statements += [*citing, *(_silent(plan) for plan in named if own and not _told_of(plan, citing))]
        if not statements:
            unknown = Answer(status.looked_up(False), (Statement(wording.UNKNOWN_NUMBER),))
            return unknown if NUMBER_ASKED.search(question.folded) else None
        if not own and not ABOUT_CITING.search(question.folded):
            return Answer(status.looked_up(False), (*statements, Statement(wording.CITED_ONLY)))
        cites = any(statement.citations for statement in statements)
        return Answer(status.looked_up(cites), tuple(dict.fromkeys(statements)))

    def _citing(self, wanted: Wanted, plans: Iterable[Plan]) -> list[Statement]:
        """Those of `plans` that cite a document of that number."""
        found = [
            (plan, self._reference(plan, reference))
            for plan in plans
            for reference in plan.metadata.references
            if reference.number and wanted(reference.number)
        ]
        return [Statement(f"{place_name(plan)}：文中引用了{citation.quote}。", (citation,)) for plan, citation in found]


def _told_of(plan: Plan, statements: Iterable[Statement]) -> bool:
    return any(citation.plan.id == plan.id for statement in statements for citation in statement.citations)


def _silent(plan: Plan) -> Statement:
    return Statement(wording.NOT_IN_PLAN.format(name=place_name(plan)))


def names_number(question: Question) -> bool:
    """Whether the question names a document by its number."""
    return _number_in(question.folded) is not None


def _number_in(text: str) -> Wanted | None:
    if match := NUMBER_ASKED.search(text):
        named = match.group()
        return lambda number: number in named or named in number
    if match := SHORT_NUMBER.search(text):
        agency, year, serial = match["agency"], match["year"], match["number"]
        return lambda number: (
            agency[-2:] in number.partition("〔")[0][-3:] + number.partition("〔")[0]
            and number.endswith(f"〕{serial}号")
            and (year is None or year in number)
        )
    return None


def _asked_fields(fields: tuple[str, ...]) -> tuple[str, ...]:
    """The date of signing comes with the date of printing: readers mix the two up."""
    asked = list(fields)
    if "printed_on" in asked and "issued_on" in asked:
        asked.remove("issued_on")
        asked.insert(asked.index("printed_on"), "issued_on")
    return tuple(dict.fromkeys(asked)) or ("title", "number", "issuer", "issued_on")
