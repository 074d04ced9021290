"""Examples for the documentation, true to the shipped plans: a test holds every quote to its clause."""

from typing import Any

from fastapi.openapi.models import Example

from bot.api.problems import ProblemDocument, ProblemType

_ITEM_21 = "xiamen:三(四)21"
_TITLE = "厦门市贯彻落实国务院《计量发展规划（2021-2035年）》实施方案"
_INNER = _TITLE.replace("《", "〈").replace("》", "〉")
_QUOTE = "强化市场经营主体责任，推行经营者诚信计量自我承诺。"
_PATH = "%E4%B8%89%28%E5%9B%9B%2921"
_CITATION: dict[str, Any] = {
    "index": 1,
    "plan_id": "xiamen",
    "plan_title": _TITLE,
    "plan_number": None,
    "region": "厦门",
    "clause_id": _ITEM_21,
    "clause_path": "三(四)21",
    "heading": "建立诚信计量长效机制",
    "quote": _QUOTE,
    "start": 61,
    "end": 86,
    "url": f"/plans/xiamen?clause={_PATH}&start=61&end=86#{_PATH}",
}
_STANDS: dict[str, Any] = {"standing": "in_force", "standing_note": None}
_ANSWER_ID = "a-7f3c9e51"
_VERSION = "5d0c2b6f9a1e4c37"
_DIGEST = "342b370a6992b189c0b37144f1743d7519e4c3571e3a2e0d81558ec81c7f7725"

ANSWER: dict[str, Any] = {
    "answer_id": _ANSWER_ID,
    "status": "answered",
    "label": "原文摘录",
    "generated": False,
    "answer": f"{_QUOTE}[1]",
    "plain_text": f"【原文摘录】\n{_QUOTE}[1]\n出处：\n[1] 《{_INNER}》三(四)21 建立诚信计量长效机制",
    "statements": [{"text": _QUOTE, "citations": [1]}],
    "citations": [_CITATION],
    "related": [],
    "notes": [],
    "mode": "extractive",
    "corpus_version": _VERSION,
    "took_ms": 4.2,
    "receipt_kept": True,
}
SEARCH: dict[str, Any] = {"query": "诚信计量自我承诺", "hits": [{**_CITATION, **_STANDS, "score": 3.1416}]}
PLAN_SUMMARY: dict[str, Any] = {
    "plan_id": "xiamen",
    "title": _TITLE,
    "name": "厦门市计量发展规划实施方案",
    "number": None,
    "issuer": None,
    "issued_on": None,
    "region": "厦门",
    "level": "municipal",
    "clauses": 76,
    "indicators": 9,
    "absent": ["number", "issuer", "issued_on", "printed_on", "openness", "addressee"],
    "kind": "plan",
    "names": [
        _TITLE,
        _TITLE.replace("厦门市", "厦门"),
        _TITLE.replace("厦门市", ""),
        "厦门市计量发展规划实施方案",
        "厦门市方案",
        "厦门方案",
    ],
    **_STANDS,
    "effective_on": None,
    "expires_on": None,
    "superseded_by": None,
    "superseded_on": None,
    "version": None,
}
CLAUSE: dict[str, Any] = {
    "clause_id": "xiamen:专栏1/9",
    "plan_id": "xiamen",
    "clause_path": "专栏1/9",
    "heading": "引导培育诚信计量自我承诺单位（家）",
    "headings": ["发展目标", "计量发展主要指标"],
    "text": "引导培育诚信计量自我承诺单位（家）｜2020年：506｜2025年：850｜属性：预期性",
    "kind": "row",
    "responsible_units": [],
    "cells": [
        {"column": "指标", "value": "引导培育诚信计量自我承诺单位（家）"},
        {"column": "2020年", "value": "506"},
        {"column": "2025年", "value": "850"},
        {"column": "属性", "value": "预期性"},
    ],
    "source_lines": [58, 61],
    **_STANDS,
}
VERDICT: dict[str, Any] = {
    "verified": True,
    "exact": True,
    **{name: _CITATION[name] for name in ("start", "end", "clause_id", "quote", "url")},
}
RECEIPT: dict[str, Any] = {
    "answer_id": _ANSWER_ID,
    "question": "厦门怎么推行诚信计量自我承诺？",
    "status": "answered",
    "statements": ANSWER["statements"],
    "citations": [
        {**{name: _CITATION[name] for name in ("index", "clause_id", "start", "end", "quote")}, "text_sha256": _DIGEST}
    ],
    "notes": [],
    "mode": "extractive",
    "model": "",
    "corpus_version": _VERSION,
    "asked_at": "2026-03-15T01:02:03.456+00:00",
}
FEEDBACK_KEPT: dict[str, Any] = {"answer_id": _ANSWER_ID, "useful": True}
BELONGINGS: dict[str, Any] = {
    "user_id": "u-1001",
    "answers": [RECEIPT],
    "feedback": [{"answer_id": _ANSWER_ID, "useful": True, "comment": "", "given_at": "2026-03-15T01:03:00.000+00:00"}],
}
FORGOTTEN: dict[str, Any] = {"user_id": "u-1001", "answers": 1, "feedback": 1}
READY: dict[str, Any] = {
    "status": "ready",
    "corpus_version": _VERSION,
    "parts": {name: {"state": "ok", "reason": ""} for name in ("index", "records", "shared")},
}
METRICS = 'metrology_answers_total{mode="extractive",status="answered"} 12.0\n'

QUESTIONS: dict[str, Example] = {
    "city": {"summary": "问一个城市", "value": {"question": "厦门怎么推行诚信计量自我承诺？"}},
    "compare": {
        "summary": "只比较两份规划，只摘录原文",
        "value": {
            "question": "诚信计量自我承诺单位的目标各是多少？",
            "plans": ["xiamen", "quanzhou"],
            "mode": "extractive",
        },
    },
    "as of a day": {
        "summary": "按某一天有效的文件",
        "value": {"question": "厦门怎么推行诚信计量自我承诺？", "as_of": "2024-06-30"},
    },
    "follow-up": {"summary": "追问", "value": {"question": "那泉州呢？", "session_id": "u-1001", "timeout_ms": 8000}},
}
SEARCHES: dict[str, Example] = {"topic": {"value": "诚信计量自我承诺"}}
PLAN_FILTERS: dict[str, Example] = {"two": {"value": ["xiamen", "quanzhou"]}}
PLAN_IDS: dict[str, Example] = {"xiamen": {"value": "xiamen"}}
DAYS: dict[str, Example] = {"day": {"value": "2024-06-30"}}
USER_IDS: dict[str, Example] = {"user": {"value": "u-1001"}}
CLAUSE_IDS: dict[str, Example] = {
    "row": {"summary": "表中一行", "value": "xiamen:专栏1/9"},
    "item": {"summary": "第21条", "value": _ITEM_21},
}
QUOTES: dict[str, Example] = {"exact": {"value": {"clause_id": _ITEM_21, "quote": _QUOTE}}}
ANSWER_IDS: dict[str, Example] = {"one": {"value": _ANSWER_ID}}
FEEDBACK: dict[str, Example] = {
    "useful": {"value": {"answer_id": _ANSWER_ID, "useful": True, "comment": "出处很清楚。"}}
}

Responses = dict[int | str, dict[str, Any]]


def responses(example: object, *errors: ProblemType, success: int = 200) -> Responses:
    """A route's answers for OpenAPI: an example of success and the problems it may answer with."""
    content = {"application/json": {"example": example}} if example is not None else {}
    return {success: {"content": content}, **_problems(errors)}


def stream_responses(*errors: ProblemType) -> Responses:
    wire = f'event: statement\ndata: {{"text": "{_QUOTE}", "citations": [1]}}\n\nevent: done\ndata: {{…}}\n\n'
    return {200: {"content": {"text/event-stream": {"example": wire}}}, **_problems(errors)}


def _problems(errors: tuple[ProblemType, ...]) -> Responses:
    described: Responses = {}
    for status in sorted({kind.status for kind in errors}):
        kinds = [kind for kind in errors if kind.status == status]
        examples = {
            kind.slug: {"value": {"type": kind.uri, "title": kind.title, "status": status, "detail": kind.detail}}
            for kind in kinds
        }
        described[status] = {
            "model": ProblemDocument,
            "description": " / ".join(kind.title for kind in kinds),
            "content": {"application/json": {"examples": examples}},
        }
    return described
