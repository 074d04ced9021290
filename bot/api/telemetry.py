"""Traces: a span a request, and one a stage within it. Alone imports opentelemetry, which is an extra.

No question, answer or header is put into a span: a route, a method, a status, a request id.
"""

from typing import TYPE_CHECKING, Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.stages import Watch
from ingest.errors import BadSetting

if TYPE_CHECKING:
    from opentelemetry.trace import Tracer

SERVICE = "metrology"
SILENT = frozenset(("/healthz", "/readyz", "/metrics"))


def open_tracer(url: str, exporter: Any = None) -> "Tracer":
    """Spans go to an OTLP collector at `url` (gRPC), or to `exporter`. Raises BadSetting when the extra is missing."""
    try:
        from opentelemetry.sdk.resources import Resource
        from opentelemetry.sdk.trace import TracerProvider
        from opentelemetry.sdk.trace.export import BatchSpanProcessor, SimpleSpanProcessor

        if exporter is None:
            from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter

            processor: Any = BatchSpanProcessor(OTLPSpanExporter(endpoint=url, insecure=url.startswith("http://")))
        else:
            processor = SimpleSpanProcessor(exporter)
    except ImportError as error:
        raise BadSetting("METROLOGY_TRACES_URL", url, "the extra: pip install '.[telemetry]'") from error
    provider = TracerProvider(resource=Resource.create({"service.name": SERVICE}), shutdown_on_exit=exporter is None)
    provider.add_span_processor(processor)
    return provider.get_tracer(SERVICE)


def trace_stages(watch: Watch, tracer: "Tracer") -> None:
    """A span for each stage, within the request's, for the thread that answers has its context."""

    def heard(name: str, began: int, ended: int) -> None:
        tracer.start_span(name, start_time=began).end(ended)

    watch.listen(heard)


class Traced:
    """ASGI middleware, inside of what gives requests their ids."""

    def __init__(self, app: ASGIApp, tracer: "Tracer") -> None:
        self.app, self.tracer = app, tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] in SILENT:
            await self.app(scope, receive, send)
            return
        with self.tracer.start_as_current_span("request") as span:

            async def send_seen(message: Message) -> None:
                if message["type"] == "http.response.start":
                    span.set_attribute("http.response.status_code", message["status"])
                await send(message)

            try:
                await self.app(scope, receive, send_seen)
            finally:
                route = getattr(scope.get("route"), "path", "") or "other"
                span.update_name(f"{scope['method']} {route}")
                span.set_attribute("http.route", route)
                span.set_attribute("request.id", scope.get("state", {}).get("request_id", ""))
