"""Cases → outcomes: every case in a conversation of its own, timed turn by turn."""

import time
import uuid
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from eval.answers.asker import Asker, AskFailed, read_reply
from eval.answers.judgement import Conversation, Outcome
from ingest.errors import MetrologyError

C = TypeVar("C", bound=Conversation)

PATIENCE = 5  # failures in a row after which the source is taken to be down

Progress = Callable[[int, int], None]  # (cases done, cases in all)


def run_cases(
    asker: Asker, cases: Sequence[C], workers: int = 1, progress: Progress | None = None
) -> tuple[Outcome[C], ...]:
    """Outcomes in the order of `cases`.

    More than one worker shortens a run against a model and lengthens each measured answer.
    Raises AskFailed when PATIENCE cases in a row failed: such a run says nothing of the bot.
    """
    outcomes: list[Outcome[C]] = []
    with ThreadPoolExecutor(max_workers=workers) as pool:
        try:
            for outcome in _in_order(pool, asker, cases, workers):
                outcomes.append(outcome)
                _require_alive(outcomes)
                if progress:
                    progress(len(outcomes), len(cases))
        finally:
            pool.shutdown(cancel_futures=True)
    return tuple(outcomes)


def run_case(asker: Asker, case: C) -> Outcome[C]:
    """All turns of one case; a failure ends it and is kept as its outcome."""
    session_id = f"eval-{uuid.uuid4().hex}"
    took: list[float] = []
    reply = None
    for turn in case.turns:
        started = time.perf_counter()
        try:
            content = asker.ask(turn, session_id)
            took.append((time.perf_counter() - started) * 1000)
            reply = read_reply(content, type(asker).__name__)
        except MetrologyError as error:
            return Outcome(case, None, tuple(took), str(error))
    return Outcome(case, reply, tuple(took))


def _in_order(pool: ThreadPoolExecutor, asker: Asker, cases: Sequence[C], workers: int) -> Iterator[Outcome[C]]:
    """Only a few cases ahead of the one that is waited for, so that a run that stops has asked little in vain."""
    window: deque[Future[Outcome[C]]] = deque()
    for case in cases:
        window.append(pool.submit(run_case, asker, case))
        if len(window) > workers:
            yield window.popleft().result()
    while window:
        yield window.popleft().result()


def _require_alive(outcomes: Sequence[Outcome[Conversation]]) -> None:
    last = outcomes[-PATIENCE:]
    if len(last) == PATIENCE and all(outcome.error for outcome in last):
        raise AskFailed("the bot", f"{PATIENCE} cases in a row failed, the last with: {last[-1].error}")
