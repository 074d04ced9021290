"""For who reads a plan: where words stand in it, which documents it cites, the same topic in other plans."""

from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Path, Query

from bot.api import problems, reading_examples, standings
from bot.api.examples import CLAUSE_IDS, PLAN_IDS, responses
from bot.api.fields import Kept, folded_id
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.reading_schema import Cited, CitedPlans, Neighbour, Neighbours, Place, Words
from bot.api.routes_corpus import AsOf
from bot.citing import cited
from bot.neighbours import ALIKE, WithNeighbours
from bot.neighbours import Neighbour as Found
from bot.occurrences import occurrences, spelled

MAX_PLACES = 300
WORDS_ERRORS = (problems.BLANK_TEXT, problems.TEXT_TOO_LONG, problems.INVALID_REQUEST, problems.UNKNOWN_PLAN)
NEAR_ERRORS = (problems.UNKNOWN_CLAUSE, problems.INVALID_REQUEST, problems.NOT_READY)

Sought = Annotated[Kept, Query(description="要找的字词。", openapi_examples=reading_examples.SOUGHT)]
PlanId = Annotated[str, Path(openapi_examples=PLAN_IDS)]
ClauseId = Annotated[str, Path(description="可含斜杠；全角括号亦可。", openapi_examples=CLAUSE_IDS)]


def reading_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["规划与条款"])

    @router.get(
        "/plans/{plan_id}/words", summary="规划中的字词", responses=responses(reading_examples.WORDS, *WORDS_ERRORS)
    )
    def words(plan_id: PlanId, q: Sought) -> Words:
        plan, text = parts.bot.corpus.plan(plan_id), parts.legible(q, "q")
        found = list(occurrences(plan, text))
        places = [_place(one.clause.id, one.clause.path, one.start, one.end) for one in islice(found, MAX_PLACES)]
        return Words(plan_id=plan.id, query=text, spelled=spelled(text), total=len(found), places=places)

    @router.get(
        "/plans/{plan_id}/cited",
        summary="规划提到的其他文件",
        responses=responses(reading_examples.CITED, problems.UNKNOWN_PLAN),
    )
    def cited_plans(plan_id: PlanId) -> CitedPlans:
        corpus = parts.bot.corpus
        plan = corpus.plan(plan_id)
        shown = [
            Cited(
                clause_id=one.clause.id,
                clause_path=one.clause.path,
                start=one.start,
                end=one.end,
                cited_plan_id=one.plan.id,
                cited_plan_title=one.plan.title,
                cited_region=one.plan.region,
                cited_level=one.plan.level,
            )
            for one in cited(plan, corpus)
        ]
        return CitedPlans(plan_id=plan.id, cited=shown)

    @router.get(
        "/neighbours/{clause_id:path}",
        summary="其他规划中的同题条款",
        responses=responses(reading_examples.NEIGHBOURS, *NEAR_ERRORS),
    )
    def neighbours(clause_id: ClauseId, as_of: AsOf = None) -> Neighbours:
        bot, corpus = parts.bot, parts.bot.corpus
        clause = corpus.clause(clause_id if corpus.has_clause(clause_id) else folded_id(clause_id))
        if not isinstance(bot, WithNeighbours):
            raise Problem(problems.NOT_READY, "本服务没有条款的向量，找不到相近条款。")
        found = bot.neighbours(clause.id, as_of or "")
        shown = [_neighbour(parts, index, one, as_of) for index, one in enumerate(found, start=1)]
        return Neighbours(clause_id=clause.id, threshold=ALIKE, neighbours=shown)

    return router


def _place(clause_id: str, path: str, start: int, end: int) -> Place:
    return Place(clause_id=clause_id, clause_path=path, start=start, end=end)


def _neighbour(parts: Parts, index: int, found: Found, as_of: str | None) -> Neighbour:
    alike, citation = found
    shown = Neighbour(
        **parts.present.citation(index, citation).model_dump(),
        similarity=round(alike.cosine, 4),
        level=citation.plan.level,
    )
    return standings.marked(shown, citation.plan, standings.on(as_of), parts.bot.corpus)
