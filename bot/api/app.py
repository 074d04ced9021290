"""The application, built from arguments."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from importlib.metadata import PackageNotFoundError, version

from fastapi import FastAPI
from fastapi.routing import APIRoute
from starlette.middleware.cors import CORSMiddleware

from bot.api import docs, problems
from bot.api.metrics import Metrics
from bot.api.observe import BodyLimit, Observe
from bot.api.parts import Parts
from bot.api.present import Presenter
from bot.api.routes_ask import ask_routes
from bot.api.routes_corpus import corpus_routes
from bot.api.routes_health import health_routes
from bot.api.routes_records import record_routes
from bot.receipts import Records
from bot.service import Bot

MAX_BODY = 64 * 1024
PREFIX = "/v1/"


def create_app(
    bot: Bot,
    *,
    records: Records | None = None,
    public_url: str = "",
    max_question: int = 2000,
    ready: Callable[[], bool] = lambda: True,
    cors_origins: Sequence[str] = (),
) -> FastAPI:
    """The HTTP API of `bot`. Without `records` no receipts are kept and /v1/feedback answers 503.

    `public_url` is where the page with the plans is served, empty for the same host. `max_question` counts code points.
    `cors_origins` may call from a browser; none by default.
    """
    metrics = Metrics()
    parts = Parts(bot, records, Presenter(public_url.rstrip("/")), metrics, ready, max_question)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        parts.waiters.shutdown(wait=False, cancel_futures=True)

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
    problems.install(app)
    for routes in (ask_routes, corpus_routes, record_routes, health_routes):
        app.include_router(routes(parts))
    app.include_router(docs.docs_routes(max_question, MAX_BODY))
    docs.describe_problems(app)
    app.add_middleware(BodyLimit, limit=MAX_BODY, prefix=PREFIX)
    if cors_origins:
        app.add_middleware(
            CORSMiddleware,
            allow_origins=list(cors_origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Content-Type", "X-Request-Id"],
            expose_headers=["X-Request-Id"],
        )
    app.add_middleware(Observe, metrics=metrics)
    return app


def _operation_id(route: APIRoute) -> str:
    return route.name


def _version() -> str:
    try:
        return version("integrity-metrology-bot")
    except PackageNotFoundError:  # run from a checkout that was never installed
        return "0"
