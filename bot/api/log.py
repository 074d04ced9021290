"""Structured logs. A question is never written down, only a hash that lets two log lines be told to be one question."""

import hashlib
import logging
import sys

import structlog
from structlog.typing import FilteringBoundLogger

bound = structlog.contextvars.bound_contextvars
log: FilteringBoundLogger = structlog.get_logger("metrology.api")


def configure_logs(level: str = "info", as_json: bool = True) -> None:
    """For an entry point: one JSON object a line on standard error, or readable lines for a terminal."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,  # plain: rich tracebacks print local variables, questions too
            structlog.processors.JSONRenderer(ensure_ascii=False)
            if as_json
            else structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level.upper()]),
        logger_factory=structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )


def fingerprint(text: str) -> str:
    """Twelve hex digits that stand for `text`."""
    return hashlib.sha256(text.encode(errors="replace")).hexdigest()[:12]
