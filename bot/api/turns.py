"""Who is worked for when more is asked than can be done: a few at once, the same share for every caller.

Threads that compute at the same time slow each other down, so a flood of one caller would be everyone's. Here it waits
in a queue of its own, and what others ask goes past it.
"""

import asyncio
from collections import Counter, OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from threading import Condition
from time import monotonic

from starlette.types import ASGIApp, Receive, Scope, Send

from bot.api import problems
from bot.api.callers import current_caller, network
from bot.api.problems import Problem, Shapes
from vectorstore.courtesy import GIVE_WAY

EACH_MAX = 256  # questions of one caller that may wait; who waits asks no more, who is refused asks again at once
ALL_MAX = 1_024
WAIT_SECONDS = 15.0
COURTESY_SECONDS = 1.0  # for which one question gives way to others' at most: nobody is held up for ever
STEP_SECONDS = 0.05
PRESENT_SECONDS = 10.0  # a caller who asked within these counts when capacity is shared out


@dataclass(slots=True)
class Patience:
    """Seconds for which the work on one question may yet be held up for others."""

    seconds: float


class Turns:
    """For one event loop. `at_once` questions are worked on; alone, a caller may have them all."""

    def __init__(
        self,
        at_once: int,
        wait_seconds: float = WAIT_SECONDS,
        clock: Callable[[], float] = monotonic,
        courtesy: float = COURTESY_SECONDS,
    ) -> None:
        self.at_once, self._seconds, self._clock = at_once, wait_seconds, clock
        self._working: Counter[str] = Counter()
        self._queues: OrderedDict[str, deque[asyncio.Future[None]]] = OrderedDict()  # whose turn is next comes first
        self._seen: OrderedDict[str, float] = OrderedDict()
        self._courtesy = courtesy
        self._left = Condition()  # of threads; all else here is the event loop's, and is only looked at by them

    @property
    def waiting(self) -> int:
        return sum(map(len, self._queues.values()))

    @asynccontextmanager
    async def turn(self, caller: str) -> AsyncIterator[None]:
        """One question of `caller`. Raises Problem when too much waits already, or nothing came free in time."""
        self._note(caller)
        await self._enter(caller)
        before = GIVE_WAY.set(partial(self._give_way, caller, Patience(self._courtesy)))
        try:
            yield
        finally:
            GIVE_WAY.reset(before)
            self._leave(caller)

    async def _enter(self, caller: str) -> None:
        if caller not in self._queues and self._may(caller):
            self._working[caller] += 1
            return
        if len(self._queues.get(caller, ())) >= EACH_MAX:
            raise Problem(problems.TOO_MANY_AT_ONCE)
        if self.waiting >= ALL_MAX:
            raise Problem(problems.BUSY)
        called = asyncio.get_running_loop().create_future()
        self._queues.setdefault(caller, deque()).append(called)
        try:
            async with asyncio.timeout(self._seconds):
                await called
        except (TimeoutError, asyncio.CancelledError) as error:
            if called.done() and not called.cancelled():  # called at the very moment of giving up
                self._leave(caller)
            else:
                self._give_up(caller, called)
            if isinstance(error, TimeoutError):
                raise Problem(problems.BUSY) from error
            raise

    def _leave(self, caller: str) -> None:
        self._working[caller] -= 1
        if not self._working[caller]:
            del self._working[caller]
        self._call_next()
        with self._left:
            self._left.notify_all()

    def _give_way(self, caller: str, patience: "Patience") -> None:
        """Who asks more than he is answered lets those go first who do not. In the thread that works for him."""
        began = monotonic()
        with self._left:
            while patience.seconds > 0 and self._should_wait(caller):
                self._left.wait(min(patience.seconds, STEP_SECONDS))
                patience.seconds, began = patience.seconds - (monotonic() - began), monotonic()

    def _should_wait(self, caller: str) -> bool:
        return caller in self._queues and any(other not in self._queues for other in list(self._working))

    def _give_up(self, caller: str, called: "asyncio.Future[None]") -> None:
        queue = self._queues.get(caller)
        if queue and called in queue:
            queue.remove(called)
            if not queue:
                del self._queues[caller]

    def _call_next(self) -> None:
        """Callers take turns, each as far as its share goes."""
        for caller in list(self._queues):
            if not self._may(caller):
                continue
            queue = self._queues.pop(caller)
            called = queue.popleft()
            if queue:
                self._queues[caller] = queue  # behind the others
            if not called.cancelled():
                self._working[caller] += 1
                called.set_result(None)

    def _may(self, caller: str) -> bool:
        share = -(-self.at_once // max(1, len(self._seen)))
        return self._working.total() < self.at_once and self._working[caller] < share

    def _note(self, caller: str) -> None:
        now = self._clock()
        self._seen[caller] = now
        self._seen.move_to_end(caller)
        while (first := next(iter(self._seen.items())))[1] < now - PRESENT_SECONDS:
            del self._seen[first[0]]


class TakeTurns:
    """ASGI middleware: requests under `prefix` take turns, but for those to `besides`, which take theirs themselves.

    Inside of what reads bodies, for callers may be slow.
    """

    def __init__(
        self, app: ASGIApp, turns: Turns, prefix: str, shapes: Shapes, besides: frozenset[str] = frozenset()
    ) -> None:
        self.app, self.turns, self.prefix, self.shapes, self.besides = app, turns, prefix, shapes, besides

    def _takes(self, scope: Scope) -> bool:
        if scope["type"] != "http":
            return False
        path: str = scope["path"].removeprefix(scope.get("root_path", ""))
        return path.startswith(self.prefix) and path not in self.besides

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if not self._takes(scope):
            await self.app(scope, receive, send)
            return
        try:
            async with self.turns.turn(caller_of(scope)):
                await self.app(scope, receive, send)
        except Problem as problem:
            await problems.refusal(scope, problem, self.shapes)(scope, receive, send)


def caller_of(scope: Scope) -> str:
    """Whose requests share a turn: those that are counted together, or else come from one network.

    A key, a visitor of the page wherever the page is served, an address. Inside of the gate, which knows them.
    """
    return current_caller().source or network(str((scope.get("client") or ("",))[0]))
