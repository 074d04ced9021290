"""The small API's routes for who reads a plan: words and citations as they stand in it, canned neighbours."""

from typing import Any

from fastapi import FastAPI

from bot.citing import cited
from bot.occurrences import occurrences
from ingest.corpus import Corpus
from ingest.model import Plan
from tests.ui.canned import citation_json

TOPIC = "xiamen:三(四)21"
NEAR = (("state-council", "六(三十一)", 0.71), ("quanzhou", "三(四)16", 0.88), ("qingdao", "四(三)", 0.79))


def tell_readers(app: FastAPI, plans: dict[str, Plan]) -> None:
    """Adds the routes."""
    corpus = Corpus(plans.values())

    @app.get("/v1/plans/{plan_id}/words")
    def words(plan_id: str, q: str) -> dict[str, Any]:
        found = [place(one.clause.path, one.start, one.end) for one in occurrences(corpus.plan(plan_id), q)]
        return {"total": len(found), "places": found[:500]}

    @app.get("/v1/plans/{plan_id}/cited")
    def cited_plans(plan_id: str) -> dict[str, Any]:
        found = [
            {
                **place(one.clause.path, one.start, one.end),
                "cited_plan_id": one.plan.id,
                "cited_plan_title": one.plan.title,
                "cited_level": one.plan.level,
            }
            for one in cited(corpus.plan(plan_id), corpus)
        ]
        return {"cited": found}

    @app.get("/v1/neighbours/{clause_id:path}")
    def neighbours(clause_id: str) -> dict[str, Any]:
        near = NEAR if clause_id == TOPIC else ()
        return {"neighbours": [neighbour(plans[plan_id], path, cosine) for plan_id, path, cosine in near]}


def neighbour(plan: Plan, path: str, cosine: float) -> dict[str, Any]:
    return {**citation_json(plan, path, "", 1), "similarity": cosine, "level": plan.level}


def place(path: str, start: int, end: int) -> dict[str, Any]:
    return {"clause_path": path, "start": start, "end": end}
