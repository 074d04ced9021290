"""What the bot knows, as data: search, plans, clauses, and whether a quote is one."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query

from bot.api import examples, present, problems, schema, standings
from bot.api.fields import Kept, folded_id, is_blank
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.requests import Day, VerifyRequest
from bot.api.withdrawn import held_plan
from ingest.model import Clause

MAX_HITS = 50
PLAN_ERRORS = (problems.UNKNOWN_PLAN, problems.INVALID_REQUEST)
SEARCH_ERRORS = (
    problems.BLANK_TEXT,
    problems.TEXT_TOO_LONG,
    problems.INVALID_REQUEST,
    problems.UNKNOWN_PLANS,
    problems.NOT_READY,
)
VERIFY_ERRORS = (*problems.READING, problems.BLANK_TEXT, problems.UNKNOWN_CLAUSE)

Asked = Annotated[Kept, Query(description="要找的内容。", openapi_examples=examples.SEARCHES)]
Narrowed = Annotated[
    list[str] | None,
    Query(description="只在这些规划里找：可重复，也可用逗号分隔。", openapi_examples=examples.PLAN_FILTERS),
]
AsOf = Annotated[
    Day | None,
    Query(description="按哪一天（ISO 日期）有效的文件；省略即今天。", openapi_examples=examples.DAYS),
]
Limit = Annotated[int, Query(ge=1, le=MAX_HITS)]
PlanId = Annotated[str, Path(openapi_examples=examples.PLAN_IDS)]
ClauseId = Annotated[str, Path(description="可含斜杠；全角括号亦可。", openapi_examples=examples.CLAUSE_IDS)]
Quoted = Annotated[VerifyRequest, Body(openapi_examples=examples.QUOTES)]


def corpus_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["规划与条款"])

    def clause(clause_id: str) -> Clause:
        corpus = parts.bot.corpus
        return corpus.clause(clause_id if corpus.has_clause(clause_id) else folded_id(clause_id))

    @router.get("/search", summary="检索条款", responses=examples.responses(examples.SEARCH, *SEARCH_ERRORS))
    def search(q: Asked, plans: Narrowed = None, limit: Limit = 10, as_of: AsOf = None) -> schema.SearchResult:
        text = parts.legible(q, "q")
        ids = [plan_id.strip() for each in plans or () for plan_id in each.split(",") if plan_id.strip()]
        return searched(parts, text, ids, limit, as_of)

    @router.get(
        "/plans", summary="全部规划", responses=examples.responses([examples.PLAN_SUMMARY], problems.INVALID_REQUEST)
    )
    def plans(as_of: AsOf = None) -> list[schema.PlanSummary]:
        corpus, day = parts.bot.corpus, standings.on(as_of)
        return [standings.marked(present.plan_summary(each), each, day, corpus) for each in corpus.plans]

    @router.get("/plans/{plan_id}", summary="一份规划", responses=examples.responses(None, *PLAN_ERRORS))
    def plan(plan_id: PlanId, as_of: AsOf = None) -> schema.Plan:
        corpus = parts.bot.corpus
        found = held_plan(corpus, plan_id, parts.desk)
        return standings.marked(present.plan_detail(found), found, standings.on(as_of), corpus)

    @router.get(
        "/clauses/{clause_id:path}",
        summary="一个条款",
        responses=examples.responses(examples.CLAUSE, problems.UNKNOWN_CLAUSE, problems.INVALID_REQUEST),
    )
    def one_clause(clause_id: ClauseId, as_of: AsOf = None) -> schema.ClauseInTime:
        found, corpus = clause(clause_id), parts.bot.corpus
        plan = corpus.plan(found.plan_id)
        shown = schema.ClauseInTime(**present.clause_detail(plan, found).model_dump())
        return standings.marked(shown, plan, standings.on(as_of), corpus)

    @router.post("/verify", summary="核对引文", responses=examples.responses(examples.VERDICT, *VERIFY_ERRORS))
    def verify(request: Quoted) -> schema.Verdict:
        if is_blank(request.quote):
            errors = [{"field": "quote", "message": "Blank."}]
            raise Problem(problems.BLANK_TEXT, "quote 不能为空。", errors=errors)
        found = clause(request.clause_id)
        return parts.present.verdict(found, parts.bot.verify(found.id, request.quote), request.quote)

    return router


def searched(
    parts: Parts, text: str, plans: Sequence[str] | None, limit: int, as_of: str | None
) -> schema.SearchResult:
    """Hits of what was in force on the day; one that was not, being asked for by its name, is marked."""
    found = parts.bot.search(text, parts.known_plans(plans), limit, as_of or "")
    hits = [parts.present.hit(index, *each) for index, each in enumerate(found, start=1)]
    corpus, day = parts.bot.corpus, standings.on(as_of)
    marked = [standings.marked(hit, each.plan, day, corpus) for hit, (_, each) in zip(hits, found, strict=True)]
    return schema.SearchResult(query=text, hits=marked)
