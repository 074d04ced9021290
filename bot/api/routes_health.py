"""For the machines that watch: is the process up, can it answer, what has it done."""

from typing import Literal

from fastapi import APIRouter
from starlette.responses import Response

from bot.api import examples, metrics, problems, schema_health
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.readiness import Part, can_answer


def health_routes(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["运行状况"])

    @router.get("/healthz", summary="进程在运行", responses=examples.responses({"status": "ok"}))
    def healthz() -> schema_health.Health:
        return schema_health.Health(status="ok")

    @router.get(
        "/readyz",
        summary="可以作答；各组成部分的状况",
        responses=examples.responses(examples.READY, problems.NOT_READY),
    )
    def readyz() -> schema_health.Readiness:
        """200 而某一部分不可用：仍可作答，但缺了这一部分（如回执）。"""
        seen = parts.ready.look()
        states = {name: schema_health.PartState(state=_state(part), reason=part.reason) for name, part in seen.items()}
        if not can_answer(seen):
            raise Problem(problems.NOT_READY, parts={name: state.model_dump() for name, state in states.items()})
        return schema_health.Readiness(status="ready", corpus_version=parts.bot.corpus_version, parts=states)

    @router.get(
        "/metrics",
        summary="Prometheus 指标（本进程）",
        response_class=Response,
        responses={200: {"content": {"text/plain": {"example": examples.METRICS}}}},
    )
    def metrics_text() -> Response:
        return Response(parts.metrics.exposition(), media_type=metrics.MEDIA_TYPE)

    return router


def _state(part: Part) -> Literal["ok", "unavailable"]:
    return "ok" if part.ok else "unavailable"
