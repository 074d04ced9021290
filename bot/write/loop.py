"""Calls on one event loop in a thread of its own, read from any other thread.

There a call can be bounded as a whole, whatever drips in, and cancelled at once.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from typing import Any, Self

from bot.write.chat import Pieces
from ingest.errors import ModelError, ModelTimeout, ModelUnavailable

GRACE = 1.0  # seconds past its time after which a silent loop is given up
Put = Callable[[str], None]
Telling = Callable[[Put], Coroutine[Any, Any, None]]


class CallLoop:
    """The thread starts with the first call. `close` ends it; an interpreter that exits need not."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def call(self, tell: Telling, url: str, timeout: float) -> Pieces:
        """Starts `tell` at once; what it puts can be read from the result, whose errors name `url`."""
        return _Reply(self._running(), tell, url, timeout)

    def close(self, last: Callable[[], Coroutine[Any, Any, None]]) -> None:
        """Runs `last` on the loop, then ends it."""
        with self._lock:
            loop, thread = self._loop, self._thread
            self._loop = self._thread = None
        if loop is None or thread is None:
            return
        asyncio.run_coroutine_threadsafe(last(), loop).result(timeout=5)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(timeout=5)

    def _running(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=_run, args=(self._loop,), name="model-calls", daemon=True)
                self._thread.start()
            return self._loop


class _Reply:
    """Pieces handed from the loop's thread to the reader's. Implements `Pieces`."""

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        tell: Telling,
        url: str,
        timeout: float,
    ) -> None:
        self._queue: queue.SimpleQueue[str | ModelError | None] = queue.SimpleQueue()
        self._url, self._timeout, self._ended = url, timeout, False
        self._call: Future[None] = asyncio.run_coroutine_threadsafe(self._relay(tell), loop)

    async def _relay(self, tell: Telling) -> None:
        try:
            await tell(self._queue.put)
        except ModelError as error:
            self._queue.put(error)
        except Exception as error:  # noqa: BLE001  a surprise of the SDK must not end an answer
            self._queue.put(ModelUnavailable(self._url, type(error).__name__))
        finally:
            self._queue.put(None)

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        if self._ended:
            raise StopIteration
        try:
            item = self._queue.get(timeout=self._timeout + GRACE)
        except queue.Empty:
            item = ModelTimeout(self._url, self._timeout)
        if isinstance(item, str):
            return item
        self.close()
        if item is None:
            raise StopIteration
        raise item

    def close(self) -> None:
        self._ended = True
        self._call.cancel()
        self._queue.put(None)  # wakes a reader in another thread


def _run(loop: asyncio.AbstractEventLoop) -> None:
    asyncio.set_event_loop(loop)
    try:
        loop.run_forever()
    finally:
        left = asyncio.all_tasks(loop)
        for task in left:
            task.cancel()
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
        loop.run_until_complete(loop.shutdown_asyncgens())
        loop.close()
