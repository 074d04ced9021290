"""What the command line prints: answers, plans, clauses, reports. Text in, text out."""

import json

from bot.model import Answer
from bot.records.labels import DEFAULT, Labels, is_generated
from bot.service import Asked
from ingest.load import Report
from ingest.model import Clause, Kind, Plan, Role
from ingest.traced import position

STATUS = {"answered": "已答", "partial": "部分载明", "not_found": "规划未载明", "out_of_scope": "不在范围"}
ROLE = {Role.LEAD: "牵头", Role.SUPPORT: "配合", Role.LISTED: "责任单位"}
NOT_SAID = "（本件未载明）"


def answer_text(asked: Asked, labels: Labels = DEFAULT) -> str:
    """An answer with its numbered sources; what a model wrote says so first."""
    answer = asked.answer
    lines = [labels.first_line(answer)] if is_generated(answer) else []
    lines.append(f"【{STATUS[answer.status.value]}】")
    for statement in answer.statements:
        marks = "".join(f"[{number}]" for number in answer.numbers(statement))
        lines.append(f"{statement.text}{marks}")
    lines += [f"注：{note}" for note in answer.notes]
    if answer.citations:
        lines += ["", "出处："]
    lines += [f"[{n}] {c.plan.title} {c.clause.id} {c.clause.heading}" for n, c in enumerate(answer.citations, start=1)]
    lines += _related(answer)
    return "\n".join(lines)


def _related(answer: Answer) -> list[str]:
    if not answer.related:
        return []
    return ["", "相近条款（不一定回答了问题）："] + [f"·  {c.clause.id} {c.clause.heading}" for c in answer.related]


def plan_line(plan: Plan) -> str:
    """One plan in a few lines: what it is and what was understood."""
    counts: dict[Kind, int] = {}
    for clause in plan.clauses:
        counts[clause.kind] = counts.get(clause.kind, 0) + 1
    kinds = " ".join(f"{kind.value}:{count}" for kind, count in sorted(counts.items()))
    meta = plan.metadata
    number = meta.number.value if meta.number else NOT_SAID
    issued = meta.issued_on.value if meta.issued_on else NOT_SAID
    issuer = meta.issuer.value if meta.issuer else NOT_SAID
    return "\n".join(
        (
            f"{plan.id}  {plan.title}",
            f"    文号 {number}  日期 {issued}  机关 {issuer}",
            f"    {len(plan.clauses)} clauses ({kinds}), {len(plan.indicators)} indicators, "
            f"{len(plan.conflicts)} conflicts, {_discards(plan)}",
            f"    read as {plan.record.told}",
        )
    )


def _discards(plan: Plan) -> str:
    totals: dict[str, int] = {}
    for discard in plan.discards:
        totals[discard.reason] = totals.get(discard.reason, 0) + 1
    return "discards " + " ".join(f"{reason}:{count}" for reason, count in sorted(totals.items()))


def clause_text(plan: Plan, clause: Clause) -> str:
    """A clause with its place, its units and its indicators."""
    first = position(plan.source, min(clause.origins))
    lines = [
        f"{clause.id}  [{clause.kind.value}]  {plan.file}:{first.line}:{first.column}",
        " › ".join((*clause.headings, clause.heading)),
        "",
        clause.text,
    ]
    if clause.responsible_units:
        lines += ["", "责任单位：" + "、".join(f"{u.name}（{ROLE[u.role]}）" for u in clause.responsible_units)]
    for one in plan.indicators:
        if one.clause_id == clause.id:
            year = f"{one.base_year}年 " if one.base_year else ""
            base = f"{year}{one.base_value or '--'} → " if year or one.base_value else ""
            lines.append(f"指标：{one.name} {base}{one.target_year or ''} {one.target}{one.unit}{one.qualifier}")
    return "\n".join(lines)


def report_text(report: Report) -> str:
    """What loading gave and what it skipped."""
    lines = [plan_line(plan) for plan in report.plans]
    lines += [f"SKIPPED {skipped.reason}" for skipped in report.skipped]
    return "\n".join([*lines, f"{len(report.plans)} plans, {len(report.skipped)} skipped"])


def clause_lines(report: Report) -> str:
    """Every clause as a line of JSON, for other tools."""
    return "".join(
        json.dumps(
            {
                "clause_id": clause.id,
                "plan_id": plan.id,
                "clause_path": clause.path,
                "kind": clause.kind.value,
                "heading": clause.heading,
                "headings": clause.headings,
                "text": clause.text,
                "responsible_units": [{"name": u.name, "role": u.role.value} for u in clause.responsible_units],
            },
            ensure_ascii=False,
        )
        + "\n"
        for plan in report.plans
        for clause in plan.clauses
    )
