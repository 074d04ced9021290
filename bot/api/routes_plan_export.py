"""A plan as a file."""

from functools import partial

from fastapi import APIRouter, Request, Response

from bot.api import problems, render, standings
from bot.api.attachment import attachment
from bot.api.export_examples import PLAN, files
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.routes_corpus import AsOf, PlanId
from bot.api.routes_export import Wanted
from bot.api.site import site_of
from bot.api.withdrawn import held_plan
from bot.export.formats import MEDIA_TYPES, Format, titled, written
from bot.export.plans import Reader, plan_document, standing_of
from ingest.model import Plan

LONGEST = 200_000  # characters of clauses in a file
ERRORS = (problems.UNKNOWN_PLAN, problems.TEXT_TOO_LONG, problems.INVALID_REQUEST)


def plan_export_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["规划与条款"])

    @router.get(
        "/plans/{plan_id}/export",
        summary="导出一份规划",
        description="全文一个文件：目录标题、各条原文和出处、专栏与表格、文件自己未写明的责任单位。",
        responses=files(*ERRORS, example=PLAN),
        response_class=Response,
    )
    def export_plan(plan_id: PlanId, http: Request, wanted: Wanted = Format.MARKDOWN, as_of: AsOf = None) -> Response:
        corpus = parts.bot.corpus
        plan = _of_a_size(held_plan(corpus, plan_id, parts.desk))
        standing = standing_of(plan, as_of or "", standings.on(None), corpus)
        document = plan_document(plan, standing, _reader(site_of(http, parts.present.public_url), plan_id))
        content = written(document, wanted, parts.present.pdf_font)
        return attachment(content, MEDIA_TYPES[wanted], titled(plan.title, wanted), f"metrology-{plan_id}.{wanted}")

    return router


def _of_a_size(plan: Plan) -> Plan:
    """Raises Problem."""
    size = sum(len(clause.text) for clause in plan.clauses)
    if size > LONGEST:
        detail = f"这份规划共 {size} 字，一份文件最多 {LONGEST} 字。"
        raise Problem(problems.TEXT_TOO_LONG, detail, limit=LONGEST)
    return plan


def _reader(site: str, plan_id: str) -> Reader:
    if not site:
        return Reader("", lambda _: "")
    return Reader(render.plan_url(site, plan_id), partial(render.clause_url, site, plan_id))
