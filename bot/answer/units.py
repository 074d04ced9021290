"""Who is responsible, in the plan's own words; a lead only where the plan names one."""

import re
from collections.abc import Iterable, Iterator

from bot import wording
from bot.answer.decline import not_found, related
from bot.answer.quote import place_name, quote_statement
from bot.answer.silence import plans_of, silent
from bot.judge import status
from bot.judge.judge import PlanVerdict, Verdict
from bot.model import Answer, Aspect, Citation, Question, Statement
from ingest.corpus import Corpus
from ingest.model import Clause, Plan, ResponsibleUnit, Role
from ingest.responsible import FIRST_LEADS
from vectorstore.passages import sentence_spans

# 市大数据局负责哪项 · 海洋局参与了哪几项 · 税务局承担啥
OF_WHOM = re.compile(r"(?:负责|参与|配合|牵头|承担|管|涉及|分到)(?:了)?[^,。?]{0,8}(?:哪|什么|啥|几)")
LEAD_ASKED = re.compile(r"牵头|为主|主要负责")
UNIT_TAIL = re.compile(r"(?:市)?([\u4e00-\u9fff]{2,10}(?:局|委|办|厅|公司|集团|大学|政府|三所))")
# 烟草局 · 卫健委 · 科技厅; 哪个局 names none
AUTHORITY = re.compile(r"(?=([\u4e00-\u9fff]{2}[局委厅]))(?![\u4e00-\u9fff]?[哪几各个么些谁])")
# 会同有关部门 · 由市场监管部门牵头 · 行政主管部门将
ACTS = re.compile(r"会同|由[^，。]{2,14}(?:牵头|负责)|主管部门(?:将|要)")
MOST_CLAUSES = 6
RULE_END = re.compile("[，,、；]")  # 列第一位的为牵头单位，下同
OPENINGS = "（【[［〔"


class UnitsAnswerer:
    """Responsible units of a topic's clause, or the clauses of a named unit."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus

    def answer(self, question: Question, verdict: Verdict, focus: tuple[Clause, ...] = ()) -> Answer:
        """`focus` are clauses already meant (an address, the clause of the last answer)."""
        if focus:
            return self._of_clauses([(self.corpus.plan(clause.plan_id), clause) for clause in focus], question)
        lists = Aspect.LIST in question.aspects or OF_WHOM.search(question.folded)
        if by_unit := (self._tasks_of(question) if lists else None) or self._no_tasks(question, verdict):
            return by_unit
        picked = [(one.plan, clause, score) for one in verdict.bearing for clause, score in [_pick(one)]]
        best = max((score for _, _, score in picked), default=0.0)
        pairs = [
            (plan, clause)
            for plan, clause, score in picked
            if question.plans or score >= verdict.thresholds.peer * best
        ]
        missing = [place_name(one) for one in silent(question, [plan.id for plan, _ in pairs], self.corpus)]
        if not pairs:
            return not_found([wording.NOT_IN_PLAN.format(name=name) for name in missing], related(verdict))
        return self._of_clauses(pairs, question, missing)

    def _of_clauses(
        self, pairs: list[tuple[Plan, Clause]], question: Question, missing: list[str] | None = None
    ) -> Answer:
        statements, notes, told = [], [], 0
        for plan, clause in pairs:
            if clause.responsible_units:
                statements.append(self._statement(plan, clause))
                told += 1
                if LEAD_ASKED.search(question.folded) and not _lead(clause):
                    notes.append(wording.NO_LEAD)
            elif told_by := _names_someone(plan, clause):
                statements.append(quote_statement(plan, clause, [told_by]))
                told += 1
            elif _lists_units(plan):
                statements.append(_subject(plan, clause, wording.NO_UNITS))
            else:
                statements.append(_subject(plan, clause, wording.NO_UNITS_AT_ALL))
        statements += [Statement(wording.NOT_IN_PLAN.format(name=name)) for name in missing or ()]
        statements += [Statement(wording.NOT_IN_CORPUS.format(name=name)) for name in question.foreign]
        return Answer(status.told(told > 0), tuple(statements), notes=tuple(dict.fromkeys(notes)))

    def _statement(self, plan: Plan, clause: Clause) -> Statement:
        citations = [_bracket(plan, clause)]
        lead = _lead(clause)
        where = f"{place_name(plan)}（{clause.path}，{clause.heading}）"
        if not lead:
            return Statement(f"{where}：责任单位为{_names(clause.responsible_units)}。", tuple(citations))
        others = [unit for unit in clause.responsible_units if unit.role is not Role.LEAD]
        rule = self._first_leads(plan, clause)
        if rule:
            citations += [rule] if rule.clause.id != clause.id else []
            rest = f"，责任单位还有{_names(others)}" if others else ""
            text = f"{where}：牵头单位为{_names(lead)}{rest}（该方案写明“{RULE_END.split(rule.quote)[0]}”）。"
        else:
            rest = f"，{_names(others)}配合" if others else ""
            text = f"{where}：{_names(lead)}牵头{rest}。"
        return Statement(text, tuple(citations))

    def _first_leads(self, plan: Plan, clause: Clause) -> Citation | None:
        """The sentence that makes the first of a list its lead, when the clause only lists."""
        if "牵头" in _bracket(plan, clause).quote and not FIRST_LEADS.search(clause.text):
            return None
        for one in plan.clauses:
            if match := FIRST_LEADS.search(one.text):
                start = match.start() + (match.group()[0] in "。；，、")
                return Citation(plan, one, start, match.end())
        return None

    def _tasks_of(self, question: Question) -> Answer | None:
        """Clauses that name the unit the question names."""
        names = [match.group(1) for match in UNIT_TAIL.finditer(question.bare)]
        found = [
            (plan, clause)
            for plan in plans_of(question, self.corpus)
            for clause in plan.clauses
            if any(_same(name, unit.name) for name in names for unit in clause.responsible_units)
        ]
        if not found:
            return None
        statements = [self._statement(plan, clause) for plan, clause in found[:MOST_CLAUSES]]
        more = len(found) - MOST_CLAUSES
        notes = (f"共{len(found)}条，以上列出前{MOST_CLAUSES}条。",) if more > 0 else ()
        return Answer(status.looked_up(True), tuple(statements), notes=notes)

    def _no_tasks(self, question: Question, verdict: Verdict) -> Answer | None:
        """An authority is named and no clause lists it. None where none is named, or some plan lists nobody at all."""
        plans = [self.corpus.plan(plan_id) for plan_id in question.plans] or list(
            filter(_lists_units, plans_of(question, self.corpus))
        )
        named = [name for name in AUTHORITY.findall(question.bare) if not self._is_a_word(name[-2:])]
        listed = any(_shortens(name, unit) for name in named for unit in _units(plans))
        if not named or listed or not all(map(_lists_units, plans)):
            return None
        lines = [wording.NOT_RESPONSIBLE.format(name=place_name(plan)) for plan in plans]
        return not_found(lines, related(verdict))

    def _is_a_word(self, end: str) -> bool:
        """布局 stands in the plans, and no authority of theirs ends with it."""
        return end in self.corpus.text and not any(unit.endswith(end) for unit in _units(self.corpus.plans))


def _pick(verdict: PlanVerdict) -> tuple[Clause, float]:
    """The plan's best clause; one that names units before one that does not, when both bear on the question."""
    chosen = next((one for one in verdict.findings if one.clause.responsible_units), verdict.findings[0])
    return chosen.clause, chosen.score


def _same(asked: str, unit: str) -> bool:
    """市大数据局 = 大数据局; 公安 in 市公安局."""
    plain = asked.removeprefix("市")
    return unit.removeprefix("市").endswith(plain) or plain.endswith(unit.removeprefix("市"))


def _units(plans: Iterable[Plan]) -> Iterator[str]:
    return (unit.name for plan in plans for clause in plan.clauses for unit in clause.responsible_units)


def _shortens(short: str, full: str) -> bool:
    """Whether all its characters stand in `full`, in their order: 卫健委, 市卫生健康委."""
    rest = iter(full)
    return all(char in rest for char in short)


def _lists_units(plan: Plan) -> bool:
    return any(_units([plan]))


def _lead(clause: Clause) -> list[ResponsibleUnit]:
    return [unit for unit in clause.responsible_units if unit.role is Role.LEAD]


def _names(units: tuple[ResponsibleUnit, ...] | list[ResponsibleUnit]) -> str:
    return "、".join(unit.name for unit in units)


def _bracket(plan: Plan, clause: Clause) -> Citation:
    """Where the clause names its units, to its end: a bracket, or a line that begins 责任单位：."""
    text = clause.text.rstrip()
    named = text.rindex(clause.responsible_units[0].name) if clause.responsible_units[0].name in text else len(text) - 1
    sentence = max(text.rfind("。", 0, named), text.rfind("\n", 0, named)) + 1
    bracket = max(text.rfind(opening, 0, named) for opening in OPENINGS)
    return Citation(plan, clause, bracket if bracket >= sentence else sentence, len(text))


def _names_someone(plan: Plan, clause: Clause) -> Citation | None:
    """A clause without the bracket may still say who acts: 市场监管总局会同有关部门…"""
    for start, end in sentence_spans(clause.text):
        if ACTS.search(clause.text[start:end]):
            return Citation(plan, clause, start, end)
    return None


def _subject(plan: Plan, clause: Clause, phrase: str) -> Statement:
    """The clause that was meant, and that it names nobody."""
    end = clause.text.find("。") + 1 or len(clause.text)
    head = Citation(plan, clause, 0, min(end, len(clause.text)))
    return Statement(f"{phrase.format(name=place_name(plan))}（{clause.path}：「{head.quote}」）", (head,))
