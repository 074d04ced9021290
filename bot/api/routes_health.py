"""For the machines that watch: is the process up, can it answer, what has it done."""

from fastapi import APIRouter
from starlette.responses import Response

from bot.api import examples, metrics, problems, schema
from bot.api.parts import Parts
from bot.api.problems import Problem


def health_routes(parts: Parts) -> APIRouter:
    router = APIRouter(tags=["运行状况"])

    @router.get("/healthz", summary="进程在运行", responses=examples.responses({"status": "ok"}))
    def healthz() -> schema.Health:
        return schema.Health(status="ok")

    @router.get(
        "/readyz", summary="索引已打开，可以作答", responses=examples.responses(examples.READY, problems.NOT_READY)
    )
    def readyz() -> schema.Readiness:
        if not parts.ready():
            raise Problem(problems.NOT_READY)
        return schema.Readiness(status="ready", corpus_version=parts.bot.corpus_version)

    @router.get(
        "/metrics",
        summary="Prometheus 指标（本进程）",
        response_class=Response,
        responses={200: {"content": {"text/plain": {"example": examples.METRICS}}}},
    )
    def metrics_text() -> Response:
        return Response(parts.metrics.exposition(), media_type=metrics.MEDIA_TYPE)

    return router
