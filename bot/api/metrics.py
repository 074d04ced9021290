"""Counters of one process, in a registry of their own. Alone imports prometheus_client."""

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST

from bot.model import Answer
from bot.records.reasons import reason_of
from bot.stages import Watch
from bot.write.tally import Tally

MEDIA_TYPE = CONTENT_TYPE_LATEST
METHODS = frozenset(("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"))
SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60)


class Metrics:
    """Labels are bounded: a route's template, never its path; an unknown method is OTHER."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "metrology_http_requests", "HTTP requests.", ("route", "method", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "metrology_http_request_seconds",
            "From request to end of response.",
            ("route",),
            buckets=SECONDS,
            registry=self.registry,
        )
        self._answers = Counter(
            "metrology_answers", "Answers by status and mode.", ("status", "mode"), registry=self.registry
        )
        self._declines = Counter(
            "metrology_declines",
            "Answers that were none, or in part, by the reason.",
            ("reason",),
            registry=self.registry,
        )
        self._stages = Histogram(
            "metrology_stage_seconds", "Stages of an answer.", ("stage",), buckets=SECONDS, registry=self.registry
        )
        self._firsts = Counter(
            "metrology_first_questions",
            "First questions of a conversation: asked, and of these computed; the rest were known already.",
            ("what",),
            registry=self.registry,
        )
        self._refusals = Counter(
            "metrology_refusals", "Requests answered with a problem, by its type.", ("reason",), registry=self.registry
        )
        self._sentences = Counter(
            "metrology_model_sentences",
            "Sentences a model wrote, by what became of them.",
            ("fate",),
            registry=self.registry,
        )
        self._faults = Counter(
            "metrology_model_faults", "Faults found in a model's sentences.", ("kind",), registry=self.registry
        )
        self._failures = Counter(
            "metrology_model_failures", "Model calls that ended in an error.", ("error",), registry=self.registry
        )
        self._lost = Counter(
            "metrology_receipts_lost", "Answers given whose receipt could not be kept.", registry=self.registry
        )

    def request(self, route: str, method: str, status: int, seconds: float) -> None:
        self._requests.labels(route, method if method in METHODS else "OTHER", str(status)).inc()
        self._seconds.labels(route).observe(seconds)

    def answer(self, answer: Answer) -> None:
        self._answers.labels(answer.status, answer.mode).inc()
        told = (each.text for each in answer.statements if not each.citations)
        if reason := reason_of(answer.status, (*told, *answer.notes)):
            self._declines.labels(reason).inc()

    def watch(self, watch: Watch) -> None:
        watch.listen(lambda stage, began, ended: self._stages.labels(stage).observe((ended - began) / 1e9))
        watch.tally(lambda what: self._firsts.labels(what).inc())

    def refused(self, slug: str) -> None:
        self._refusals.labels(slug).inc()

    def model(self, tally: Tally) -> None:
        for fate, count in (("verified", tally.verified), ("replaced", tally.replaced), ("dropped", tally.dropped)):
            self._sentences.labels(fate).inc(count)
        for kind, count in tally.faults.items():
            self._faults.labels(str(kind)).inc(count)
        if tally.failure:
            self._failures.labels(tally.failure).inc()

    def receipt_lost(self) -> None:
        self._lost.inc()

    def exposition(self) -> bytes:
        """The text format Prometheus scrapes."""
        return generate_latest(self.registry)
