"""Who wants to know how long each stage of an answer took; the chain tells, and knows nobody."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import time_ns

Heard = Callable[[str, int, int], None]  # the stage, when it began and ended in nanoseconds
Counted = Callable[[str], None]


class Watch:
    """Safe to share between threads, once everyone listens."""

    def __init__(self) -> None:
        self._hear: list[Heard] = []
        self._count: list[Counted] = []

    def listen(self, heard: Heard) -> None:
        self._hear.append(heard)

    def tally(self, counted: Counted) -> None:
        self._count.append(counted)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        began = time_ns()
        try:
            yield
        finally:
            ended = time_ns()
            for heard in self._hear:
                heard(name, began, ended)

    def count(self, what: str) -> None:
        """asked: a conversation's first question; computed: one that was not answered before."""
        for counted in self._count:
            counted(what)
