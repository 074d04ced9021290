"""Several plans side by side on one topic, and the topics they can be set side by side by."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query

from bot.api import compare_schema, examples, problems, standings
from bot.api.fields import Kept
from bot.api.parts import Parts
from bot.api.present_compare import ComparisonPresenter
from bot.api.problems import Problem
from bot.api.routes_corpus import AsOf
from bot.compared import FEWEST, MOST, compare
from bot.subjects import subjects

ERRORS = (
    problems.BLANK_TEXT,
    problems.TEXT_TOO_LONG,
    problems.INVALID_REQUEST,
    problems.UNKNOWN_PLANS,
    problems.TOO_FEW_PLANS,
    problems.TOO_MANY_PLANS,
    problems.NOT_READY,
)
Topic = Annotated[Kept, Query(description="题目：几个字、一项指标或一个问题。", openapi_examples=examples.SEARCHES)]
Chosen = Annotated[
    list[str],
    Query(
        description=f"{FEWEST}至{MOST}份规划的 plan_id，可重复，也可用逗号分隔；第一份是逐词对照的底本。",
        openapi_examples=examples.PLAN_FILTERS,
    ),
]


def compare_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1/compare", tags=["对照"])

    @router.get("", summary="几份规划并列对照", responses=examples.responses(None, *ERRORS))
    def comparison(topic: Topic, plans: Chosen, as_of: AsOf = None) -> compare_schema.Comparison:
        text = parts.legible(topic, "topic")
        found = compare(parts.bot, text, _chosen(parts, plans), as_of or "")
        return ComparisonPresenter(parts.present, parts.bot.corpus, standings.on(as_of)).comparison(found)

    @router.get("/subjects", summary="可以对照的题目", responses=examples.responses(None))
    def topics() -> compare_schema.Subjects:
        found = subjects(parts.bot.corpus)
        shown = [compare_schema.Subject(name=one.name, counted=one.counted, plans=list(one.plans)) for one in found]
        return compare_schema.Subjects(subjects=shown)

    return router


def _chosen(parts: Parts, plans: Sequence[str]) -> list[str]:
    """Plan ids in the order given. Raises Problem."""
    ids = list(dict.fromkeys(one.strip() for each in plans for one in each.split(",") if one.strip()))
    parts.known_plans(ids)
    if len(ids) < FEWEST:
        raise Problem(problems.TOO_FEW_PLANS, f"至少选 {FEWEST} 份规划才能对照，选了 {len(ids)} 份。", limit=FEWEST)
    if len(ids) > MOST:
        raise Problem(problems.TOO_MANY_PLANS, f"一次最多对照 {MOST} 份规划，选了 {len(ids)} 份。", limit=MOST)
    return ids
