"""What was made of things lately seen, by the things themselves: telling equal ones apart would cost as much."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Lately(Generic[Made]):
    """Safe to share between threads. For things that do not change; the `size` last ones are remembered."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._made: OrderedDict[tuple[int, Hashable], tuple[object, Made]] = OrderedDict()
        self._lock = Lock()

    def of(self, thing: object, make: Callable[[], Made], *how: Hashable) -> Made:
        """What `make` made of `thing` before, or makes now. `how`: what differs besides."""
        place = (id(thing), how)
        with self._lock:
            known = self._made.get(place)
        if known and known[0] is thing:  # what is no more may have left its number to another
            return known[1]
        made = make()
        with self._lock:
            self._made[place] = (thing, made)
            if len(self._made) > self._size:
                self._made.popitem(last=False)
        return made
