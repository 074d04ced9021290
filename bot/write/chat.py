"""The port to a language model: messages in, pieces of a reply out."""

from collections.abc import Iterator, Mapping, Sequence
from threading import Lock
from typing import Protocol

from ingest.errors import ModelError

Message = Mapping[str, str]


class BadOutput(ModelError):
    """The endpoint answered, but not with anything to verify."""

    def __init__(self, url: str, reason: str) -> None:
        self.url, self.reason = url, reason
        super().__init__(f"Model at '{url}' gave no usable text: {reason}. Try another model.")


class Pieces(Protocol):
    """A reply as it comes. Raises the ModelError family while read; `close` may be called from any thread."""

    def __iter__(self) -> Iterator[str]: ...

    def __next__(self) -> str: ...

    def close(self) -> None: ...


class ChatModel(Protocol):
    """What writing and rewriting need of a language model."""

    def stream(self, messages: Sequence[Message], timeout: float) -> Pieces:
        """The reply to `messages`, all of it within `timeout` seconds. Raises the ModelError family."""

    def ready(self) -> bool:
        """Whether a call has a chance now; when not, what a prompt takes to make is saved."""


class Stop:
    """Lets another thread end what a reader waits for: calling it closes the reply being read, and any begun later."""

    def __init__(self) -> None:
        self.stopped = False
        self._reading: Pieces | None = None
        self._lock = Lock()

    def watch(self, pieces: Pieces) -> None:
        with self._lock:
            self._reading = pieces
        if self.stopped:
            pieces.close()

    def __call__(self) -> None:
        with self._lock:
            self.stopped, reading = True, self._reading
        if reading:
            reading.close()
