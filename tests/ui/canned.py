"""Answers as the API gives them, over the shipped plans: what is asked picks one by a word in it."""

from typing import Any
from urllib.parse import quote

from ingest.model import Clause, Fact, Plan

ASK = "可向当地市场监管部门（投诉举报12315）或12345政务服务热线咨询。"
VERSION = "5f3c9a1be204"
HOSTILE = "<script>alert(1)</script> ${1+1} {{7*7}} `x`"


def plan_json(plan: Plan) -> dict[str, Any]:
    said = plan.metadata
    return {
        "plan_id": plan.id,
        "title": plan.title,
        "name": plan.name,
        "region": plan.region,
        "level": plan.level,
        "number": _value(said.number),
        "issuer": _value(said.issuer),
        "issued_on": _value(said.issued_on),
    }


def clause_json(clause: Clause) -> dict[str, Any]:
    return {
        "clause_id": clause.id,
        "plan_id": clause.plan_id,
        "clause_path": clause.path,
        "heading": clause.heading,
        "headings": list(clause.headings),
        "text": clause.text,
        "kind": clause.kind.value,
        "responsible_units": [{"name": unit.name, "role": unit.role.value} for unit in clause.responsible_units],
        "cells": [{"column": column, "value": value} for column, value in clause.cells],
    }


def citation_json(plan: Plan, path: str, wanted: str, index: int) -> dict[str, Any]:
    """A citation of the sentence of a clause that holds `wanted`; of all of it when nothing is."""
    clause = next(clause for clause in plan.clauses if clause.path == path)
    at = clause.text.index(wanted)
    start = clause.text.rfind("。", 0, at) + 1
    end = (clause.text.find("。", at) + 1 if wanted else 0) or len(clause.text)
    address = quote(path)
    return {
        "index": index,
        "plan_id": plan.id,
        "plan_title": plan.title,
        "plan_number": _value(plan.metadata.number),
        "region": plan.region,
        "clause_id": clause.id,
        "clause_path": path,
        "heading": clause.heading,
        "quote": clause.text[start:end],
        "start": start,
        "end": end,
        "url": f"/plans/{plan.id}?clause={address}&start={start}&end={end}#{address}",
    }


DEDUCTION = (("xiamen", "四24", "一次性"), ("quanzhou", "四(二)", "一次性"))
PLEDGE = (("xiamen", "三(四)21", "自我承诺。"), ("xiamen", "专栏1/9", "850"))
TRIO = (("xiamen", "三(四)21", "三位一体"), ("quanzhou", "三(四)16", "治理模式"), ("qingdao", "四(三)", "诚信计量体系"))
WHOLE = (("xiamen", "三(四)21", ""),)
RATES = (("quanzhou", "专栏1/10", "2020"), ("quanzhou", "专栏1/11", "86"))
TARGETS = (("xiamen", "专栏1/9", "850"), ("quanzhou", "专栏1/10", "2020"))
TABLE = "| 地区 | 2020年 | 2025年 |\n| --- | --- | --- |\n| 厦门 | 506 | 850 |\n| 泉州 | 1254 | 2020 |"


# a word of the question → the clauses of the answer, and what else is said in it
ANSWERS: dict[str, tuple[Any, dict[str, Any]]] = {
    "税": (DEDUCTION, {"notes": ["青岛、金华的规划未载明一次性税前扣除。"]}),
    "比较": (TARGETS, {"table": TABLE}),
    "三城": (TRIO, {}),
    "全文": (WHOLE, {}),
    "覆盖率": (RATES, {}),
    "承诺": (PLEDGE, {"status": "partial", "notes": ["该条款未载明金额。", ASK]}),
}
GAP = {"text": "2025年目标，泉州比厦门多1170家（2020−850＝1170）。", "citations": [1, 2]}


def canned_answer(plans: dict[str, Plan], question: str, number: int) -> dict[str, Any]:
    if found := next((answer for word, answer in ANSWERS.items() if word in question), None):
        answer = _answered(plans, found[0], number, **found[1])
        return {**answer, "statements": [*answer["statements"], *([GAP] if found[0] is TARGETS else [])]}
    if "<" in question:
        return {**_declined(number), "plain_text": HOSTILE, "answer": HOSTILE, "notes": [HOSTILE]}
    if "天气" in question:
        return {**_declined(number), "status": "out_of_scope", "plain_text": "这个问题不在计量规划的范围内。"}
    related = [citation_json(plans["xiamen"], "三(四)22", "计量违法行为", 1)]
    return {**_declined(number), "related": related, "notes": [ASK]}


def _answered(
    plans: dict[str, Plan], sources: Any, number: int, status: str = "answered", table: str = "", **more: Any
) -> dict[str, Any]:
    citations = [citation_json(plans[plan], path, word, at) for at, (plan, path, word) in enumerate(sources, start=1)]
    statements = [
        {"text": f"{c['region']}（{c['clause_path']}）：「{c['quote']}」", "citations": [c["index"]]} for c in citations
    ]
    text = "\n\n".join(str(statement["text"]) for statement in statements)
    return {
        **_declined(number), "status": status, "answer": f"{text}\n\n{table}", "plain_text": text,
        "statements": statements, "citations": citations, **more,
    }  # fmt: skip


def _declined(number: int) -> dict[str, Any]:
    text = "收录的五份规划没有载明这一事项。"
    return {
        "answer_id": f"a-{number:04}", "status": "not_found", "answer": text, "plain_text": text, "statements": [],
        "citations": [], "related": [], "notes": [], "mode": "extractive", "label": "原文摘录",
        "corpus_version": VERSION, "took_ms": 3.1,
    }  # fmt: skip


def _value(fact: Fact | None) -> str | None:
    return fact.value if fact else None
