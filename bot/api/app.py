"""The application, built from arguments."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware

from bot.api import docs, face_errors, problems
from bot.api.callers import Callers
from bot.api.face import face_routes
from bot.api.gate import Gate
from bot.api.metrics import Metrics
from bot.api.observe import BodyLimit, Observe
from bot.api.parts import Parts
from bot.api.pinned import Pinned
from bot.api.present import SAME_HOST, Presenter
from bot.api.prompt import Promptly
from bot.api.readiness import ALONE, INDEX, Operation, Readiness
from bot.api.routes_ask import TURN_TAKING, ask_routes
from bot.api.routes_audit import audit_routes
from bot.api.routes_compare import compare_routes
from bot.api.routes_corpus import corpus_routes
from bot.api.routes_desk import desk_routes
from bot.api.routes_export import export_routes
from bot.api.routes_health import health_routes
from bot.api.routes_insights import insight_routes
from bot.api.routes_plan_export import plan_export_routes
from bot.api.routes_reading import reading_routes
from bot.api.routes_records import record_routes
from bot.api.routes_texts import text_routes
from bot.api.routes_users import user_routes
from bot.api.routes_wechat import callback_routes
from bot.api.telemetry import Traced, open_tracer, trace_stages
from bot.api.turns import TakeTurns, Turns
from bot.api.wechat_account import Account
from bot.desk import Desk
from bot.records.archive import Archive
from bot.records.shared import Shared
from bot.service import Bot

MAX_BODY = 64 * 1024
MAX_CONVERSATION = 1024 * 1024  # chat clients send the whole conversation anew with every question
MAX_DOCUMENT = 24 * 1024 * 1024  # of a document in JSON; 18 MB of its own
PREFIX = "/v1/"
DOCUMENTS = "/v1/plans"
UPLOADS = "/staff/documents"  # bounds what it reads itself, once it knows who sends it
LONG = (face_errors.CHAT, DOCUMENTS, UPLOADS)
PROBE_TEXT = "计量"


def create_app(  # noqa: PLR0913  the one place where all parts of the service meet
    bot: Bot,
    *,
    records: Archive | None = None,
    present: Presenter = SAME_HOST,
    max_question: int = 2000,
    shared: Shared | None = None,
    wechat: Account | None = None,
    wecom: Account | None = None,
    callers: Callers | None = None,
    operation: Operation = ALONE,
    desk: Desk | None = None,
) -> FastAPI:
    """The HTTP API of `bot`. Without `records` no receipts are kept and /v1/feedback answers 503.

    `present` knows where the page with the plans is served and how answers are labelled. `max_question` counts code
    points. `callers` says who may ask; all may, while it knows no key. `shared` is what other processes share with
    this one; the callers' by default. `wechat` is the official account whose messages are answered, `wecom` the
    application of WeCom, if any. `desk` takes documents; without one they cannot be changed over HTTP.
    """
    metrics, callers = Metrics(), callers or Callers()
    metrics.watch(operation.watch)
    readiness = Readiness({INDEX: lambda: bot.search(PROBE_TEXT, None, 1), **operation.probes})
    turns, common = Turns(operation.at_once), shared or callers.shared
    parts = Parts(
        bot, records, present, metrics, readiness, max_question, common, callers=callers, turns=turns, desk=desk
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        parts.waiters.shutdown(wait=False, cancel_futures=True)
        parts.readers.shutdown(wait=False, cancel_futures=True)

    app = FastAPI(
        title="诚信计量问答 API",
        version=_version(),
        description=docs.DESCRIPTION,
        docs_url=None,  # the built-in pages load scripts from another host
        redoc_url=None,
        lifespan=lifespan,
        redirect_slashes=False,  # a redirect would repeat the Host header of the request
        generate_unique_id_function=_operation_id,
    )
    problems.install(app, face_errors.SHAPES)
    for routes in (
        ask_routes, corpus_routes, reading_routes, record_routes, export_routes, user_routes, face_routes, text_routes,
        insight_routes, audit_routes, desk_routes, health_routes, compare_routes, plan_export_routes,
    ):  # fmt: skip
        app.include_router(routes(parts))
    app.include_router(callback_routes(parts, wechat, wecom))
    app.include_router(docs.docs_routes(max_question, MAX_BODY))
    docs.describe_problems(app)
    app.add_middleware(Promptly, parts=parts)
    app.add_middleware(Pinned, bot=bot)
    app.add_middleware(TakeTurns, turns=turns, prefix=PREFIX, shapes=face_errors.SHAPES, besides=TURN_TAKING)
    app.add_middleware(BodyLimit, limit=MAX_DOCUMENT, prefix=DOCUMENTS)  # inside: who may not is not read
    app.add_middleware(Gate, callers=parts.callers, shapes=face_errors.SHAPES)
    app.add_middleware(BodyLimit, limit=MAX_BODY, besides=LONG, shapes=face_errors.SHAPES)
    app.add_middleware(BodyLimit, limit=MAX_CONVERSATION, prefix=face_errors.CHAT, shapes=face_errors.SHAPES)
    if parts.callers.origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(parts.callers.origins),
            allow_methods=["GET", "POST"],
            allow_headers=["*"],  # chat clients send a key and a dozen headers of their own; no credentials are let in
            expose_headers=["X-Request-Id", "Retry-After", "Content-Disposition"],
        )
    if operation.traces_url:
        tracer = open_tracer(operation.traces_url)
        trace_stages(operation.watch, tracer)
        app.add_middleware(Traced, tracer=tracer)
    app.add_middleware(Observe, metrics=metrics)
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name


def _version() -> str:
    try:
        return version("integrity-metrology-bot")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"
