"""Answers from a plan's structure: a clause read out, what stands under a heading, how many there are, corrections."""

import re
from collections.abc import Sequence

from bot import wording
from bot.answer.below import chapters, holds, under
from bot.answer.quote import place_name, whole
from bot.answer.silence import plans_of, silent
from bot.judge import status
from bot.model import Address, Answer, Citation, Question, Statement
from bot.question.resolve import items, items_run_on, resolve, sections, sections_run_on
from ingest.corpus import Corpus
from ingest.inside import find_inside, paragraphs
from ingest.model import Clause, Kind, Plan

COUNT_BOXES = re.compile(r"专栏")
COUNT_CHAPTERS = re.compile(r"章|部分|大块|板块|大项|框架|结构|目录|大纲|提纲")
COUNT_SECTIONS = re.compile(r"小?节|小项")
COUNT_ITEMS = re.compile(r"条|任务|举措|措施|几[项点款]|多少[项点款]")
# one place is asked for, not how many there are: 写在哪一章, 排第几, 哪条讲人才
LOCATES = re.compile(r"(?:哪|第几)[一个]?(?:章|条|节|部分|专栏|栏|款|点)|在(?:哪|第几)|[排列][在到]?第几")
LAST = re.compile(r"最[后末]面?[那这]?一?个?(?P<what>章|节|条|项|大?部分|大块)")  # 最后一章, 最后那条
MEANT = re.compile(r"[那这]一?个?(?:章|节|大?部分|板?块|大块)")  # 监管那一章
COUNTED = (COUNT_BOXES, COUNT_CHAPTERS, COUNT_SECTIONS, COUNT_ITEMS)
LISTED = 12
READ_ITEMS = 20


class OutlineAnswerer:
    """Knows where things stand in a plan, not what they mean."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def answer(self, question: Question, bearing: Sequence[Clause] = ()) -> Answer | None:
        """None when the question names no address and counts nothing. `bearing`: what it is about, best first."""
        plans = plans_of(question, self.corpus)
        if question.address:
            return self._at(question, question.address, plans)
        return self._counts(question, plans, bearing)

    def locates(self, question: Question) -> bool:
        """Whether it is asked where something stands: the clause that bears on it has the address."""
        return bool(LOCATES.search(question.folded))

    def chapters(self, question: Question) -> Answer:
        """What the named plans are made of."""
        plans = [self.corpus.plan(plan_id) for plan_id in question.plans]
        statements = tuple(_counted(plan, place_name(plan), "个部分（章）", chapters(plan)) for plan in plans)
        return Answer(status.looked_up(True), statements)

    def clauses_at(self, address: Address, plans: tuple[str, ...]) -> tuple[Clause, ...]:
        """The clauses an address means, in the named plans or in all."""
        everywhere = [self.corpus.plan(plan_id) for plan_id in plans] or list(self.corpus.plans)
        found = [(plan, resolve(address, plan)) for plan in everywhere]
        return tuple(self.corpus.clause(f"{plan.id}:{path}") for plan, path in found if path)

    def missing(self, address: Address, plan: Plan) -> Answer:
        """A false premise corrected from the structure."""
        lines = [wording.NO_SUCH_ADDRESS.format(name=place_name(plan), wording=address.wording)]
        boxes = [clause for clause in plan.clauses if clause.kind is Kind.BOX]
        items = _running(plan)
        if address.kind == "box":
            if not boxes:
                return _declined([*lines, wording.HAS_NO_BOXES])
            first, last = boxes[0], boxes[-1]
            text = wording.HAS_BOXES.format(first=first.path, last=last.path)
            return _declined(lines, Statement(text, _heads(plan, [first, last]), computed=True))
        if address.kind == "table":
            return _without_table(plan, lines)
        if address.annex:
            return _declined(lines)
        if address.kind == "item" and items:
            text = wording.HAS_ITEMS.format(first=_label(items[0]), last=_label(items[-1]))
            return _declined(lines, Statement(text, _heads(plan, [items[0], items[-1]]), computed=True))
        return _declined(lines + ([wording.HAS_NO_RUNNING] if address.kind == "item" else []))

    def _at(self, question: Question, address: Address, plans: list[Plan]) -> Answer:
        found = [(plan, path) for plan in plans if (path := resolve(address, plan))]
        if not found and len(plans) > 1 and not question.plans:
            return _declined([wording.NOT_FOUND])
        if not found:
            return self._nowhere(question, address, plans)
        statements = []
        told = False
        for plan, path in found:
            clause = self.corpus.clause(f"{plan.id}:{path}")
            read = _read_inside(plan, clause, address) if any(address.within) else self._read_out(plan, clause)
            told = told or not any(address.within) or bool(find_inside(clause.text, address.within))
            statements.extend(read)
        for plan in silent(question, [plan.id for plan, _ in found], self.corpus):
            statements.extend(self.missing(address, plan).statements)
        return Answer(status.looked_up(told), tuple(statements))

    def _nowhere(self, question: Question, address: Address, plans: list[Plan]) -> Answer:
        """Of the first that was named; of each document of a place that has several."""
        missing = plans if len(self.corpus.places_of(question.plans)) == 1 else plans[:1]
        statements = [statement for plan in missing for statement in self.missing(address, plan).statements]
        return Answer(status.looked_up(False), tuple(statements))

    def _read_out(self, plan: Plan, clause: Clause) -> list[Statement]:
        units = under(plan, clause)
        statements = []
        rows = clause.kind is Kind.ANNEX and all(one.kind is Kind.ROW for one in units)  # 附表2
        if (rows or clause.kind in (Kind.BOX, Kind.TABLE)) and 0 < len(units) <= READ_ITEMS:
            head = Statement(f"{place_name(plan)}（{clause.path}）：「{clause.text}」", (whole(plan, clause),))
            return [head, *(Statement(f"（{one.path}）「{one.text}」", (whole(plan, one),)) for one in units)]
        if clause.searchable or clause.kind is Kind.BOX:
            text = clause.text.replace("\n", "\n　　")
            statements.append(Statement(f"{place_name(plan)}（{clause.path}）：「{text}」", (whole(plan, clause),)))
        if units:
            names = "；".join(f"{_label(one)} {_title(one)}" for one in units)
            text = f"{place_name(plan)}（{clause.path} {clause.heading}）之下有{len(units)}项：{names}。"
            statements.append(Statement(text, _heads(plan, units), computed=True))
        return statements

    def _counts(self, question: Question, plans: list[Plan], bearing: Sequence[Clause]) -> Answer | None:
        """How many of what: chapters, boxes or items; None when none of them is asked for."""
        asked = question.folded
        if not any(_headed(plan, asked) for plan in plans) and not any(one.search(asked) for one in COUNTED):
            return None
        statements = []
        for plan in plans:
            name = place_name(plan)
            if headed := _headed(plan, asked) or _meant(plan, asked, bearing):
                statements.extend(self._read_out(plan, headed)[-1:])
            elif last := _last(plan, asked):
                statements.extend(self._read_out(plan, last))
            elif COUNT_BOXES.search(asked):
                statements.append(_counted(plan, name, "个专栏", [c for c in plan.clauses if c.kind is Kind.BOX]))
            elif COUNT_CHAPTERS.search(asked):
                statements.append(_counted(plan, name, "个部分（章）", chapters(plan)))
            elif COUNT_SECTIONS.search(asked):
                statements.append(_counted(plan, name, "节", sections(plan)))
            else:
                statements.append(_counted(plan, name, "条任务（条款）", _running(plan) or sections(plan)))
        return Answer(status.looked_up(any(one.citations for one in statements)), tuple(statements))


def _read_inside(plan: Plan, clause: Clause, address: Address) -> list[Statement]:
    """第三条第二款, 第三条第（二）项: that stretch of the clause; else that there is none, and how many 款 it has."""
    name = place_name(plan)
    stretch = find_inside(clause.text, address.within)
    if stretch is None:
        lacking = Statement(wording.NO_SUCH_ADDRESS.format(name=name, wording=address.wording))
        counted = wording.HAS_PARAGRAPHS.format(path=clause.path, count=len(paragraphs(clause.text)))
        return [lacking, Statement(counted, (whole(plan, clause),), computed=True)]
    cited = Citation(plan, clause, stretch.start, stretch.end)
    shown = cited.quote.replace("\n", "\n　　")
    return [Statement(f"{name}（{clause.path}，{address.wording}）：「{shown}」", (cited,))]


def _counted(plan: Plan, name: str, what: str, clauses: list[Clause]) -> Statement:
    if not clauses:
        return Statement(wording.HAS_NO_BOXES if "专栏" in what else wording.NOT_IN_PLAN.format(name=name))
    shown = clauses if len(clauses) <= LISTED else [clauses[0], clauses[-1]]
    joiner = "；" if len(clauses) <= LISTED else "，直到 "
    listed = joiner.join(f"{_label(clause)} {_title(clause)}" for clause in shown)
    return Statement(f"{name}：共有{len(clauses)}{what}：{listed}。", _heads(plan, shown), computed=True)


def _headed(plan: Plan, asked: str) -> Clause | None:
    """The chapter or section whose heading the question names: 保障措施有几条."""
    bare = [clause for clause in plan.clauses if clause.kind is Kind.HEADING and clause.heading in asked]
    return max(bare, key=lambda clause: len(clause.heading), default=None)


def _meant(plan: Plan, asked: str, bearing: Sequence[Clause]) -> Clause | None:
    """The part a question names by what it is about, 监管那一章: where the clause stands that bears on it most."""
    found = MEANT.search(asked)
    best = next((clause for clause in bearing if clause.plan_id == plan.id), None)
    if found is None or best is None:
        return None
    parts = chapters(plan)
    if "节" in found.group():
        parts = [clause for clause in plan.clauses if clause.kind is Kind.HEADING and clause not in parts]
    return next((part for part in parts if part == best or holds(part, best)), None)


def _last(plan: Plan, asked: str) -> Clause | None:
    """最后一章, 最后一条."""
    found = LAST.search(asked)
    if found is None:
        return None
    units = {"条": _running, "项": _running, "节": sections}.get(found["what"], chapters)(plan)
    return units[-1] if units else None


def _running(plan: Plan) -> list[Clause]:
    """The units 第N条 counts: running items, else running sections."""
    if items_run_on(plan):
        return items(plan)
    if sections_run_on(plan):
        return sections(plan)
    return [clause for clause in plan.clauses if clause.kind is Kind.ARTICLE]


def _label(clause: Clause) -> str:
    return clause.path


def _title(clause: Clause) -> str:
    return clause.heading


def _heads(plan: Plan, clauses: list[Clause]) -> tuple[Citation, ...]:
    """Each clause's opening sentence, as the proof that it is there."""
    return tuple(Citation(plan, clause, 0, clause.text.find("。") + 1 or len(clause.text)) for clause in clauses)


def _without_table(plan: Plan, lines: list[str]) -> Answer:
    """That it has no such table, and which it has."""
    tables = [clause for clause in plan.clauses if clause.kind is Kind.TABLE]
    if not tables:
        return _declined([*lines, wording.HAS_NO_TABLES])
    shown = tables[:LISTED]
    text = wording.HAS_TABLES.format(paths="、".join(one.path for one in shown) + ("等" if tables[LISTED:] else ""))
    return _declined(lines, Statement(text, _heads(plan, shown), computed=True))


def _declined(lines: list[str], *more: Statement) -> Answer:
    return Answer(status.looked_up(False), (*(Statement(line) for line in lines), *more))
