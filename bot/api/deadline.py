"""A whole answer within a caller's deadline, possibly a shorter one.

`timeout_ms` bounds the wait for a language model; what follows takes what it takes. `deadline_ms` bounds everything,
from the request's arrival: with less time the model is not asked, with still less no sentence is read.
"""

from collections.abc import Callable
from concurrent.futures import TimeoutError as Waited
from contextvars import copy_context
from dataclasses import dataclass, replace
from time import perf_counter

from bot.api.callers import current_caller
from bot.api.parts import Parts
from bot.api.requests import AskRequest
from bot.model import Mode
from bot.service import Asked
from bot.write.wording import TOO_SLOW

RESERVE = 0.1  # seconds kept for a glance, the receipt and sending
SHARE = 0.4  # of a short deadline, kept for the same
MODEL_LEAST = 0.5  # seconds for which a language model is asked
CHECKING = 0.2  # seconds a model's last sentences may take to be checked, beyond its own time
RECEIPT_SECONDS = 0.02  # that a receipt is waited for; it is kept all the same


@dataclass(frozen=True, slots=True)
class Deadline:
    """The end of the time for an answer, as `perf_counter` tells it."""

    until: float
    reserve: float

    @property
    def left(self) -> float:
        """Seconds for the answer itself."""
        return max(0.0, self.until - self.reserve - perf_counter())


def deadline_of(request: AskRequest, began: float) -> Deadline | None:
    """`began`: when the request came, as `perf_counter` told it."""
    if request.deadline_ms is None:
        return None
    seconds = request.deadline_ms / 1000
    return Deadline(began + seconds, min(RESERVE, SHARE * seconds))


def in_time(parts: Parts, request: AskRequest, plans: tuple[str, ...] | None, deadline: Deadline) -> Asked:
    """The answer when it is ready in time, else a glance. Work that is late goes on: who asks again has its result."""
    future = parts.readers.submit(copy_context().run, _whole, parts, request, plans, deadline)
    try:
        return future.result(timeout=deadline.left)
    except Waited:
        future.cancel()
        session = current_caller().session(request.session_id)
        return parts.bot.glance(request.question, session, plans, request.as_of or "")


def soon(parts: Parts, work: Callable[[], bool]) -> bool:
    """Does `work` for the present caller, and waits for it only so long that a deadline bears it; late, it is true."""
    future = parts.readers.submit(copy_context().run, work)
    try:
        return future.result(timeout=RECEIPT_SECONDS)
    except Waited:
        return True


def _whole(parts: Parts, request: AskRequest, plans: tuple[str, ...] | None, deadline: Deadline) -> Asked:
    """With the language model only when there is time for it and for the checking of what it says."""
    mode: str = request.mode or "auto"
    seconds = deadline.left - CHECKING
    if request.timeout_ms is not None:
        seconds = min(seconds, request.timeout_ms / 1000)
    session = current_caller().session(request.session_id)
    hasty = seconds < MODEL_LEAST and mode != Mode.EXTRACTIVE
    if hasty:
        asked = parts.bot.ask(request.question, session, plans, Mode.EXTRACTIVE, request.as_of or "")
        return _noted(asked) if mode == Mode.LLM else asked
    for told in parts.bot.ask_stream(request.question, session, plans, mode, seconds, request.as_of or ""):
        if isinstance(told, Asked):
            return told
    raise RuntimeError("An answer ends with the whole of it.")


def _noted(asked: Asked) -> Asked:
    """The model was asked for by name."""
    return replace(asked, answer=replace(asked.answer, notes=(*asked.answer.notes, TOO_SLOW)))
