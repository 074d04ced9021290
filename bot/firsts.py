"""First questions of conversations: what was answered before, on this corpus and by these models, is known."""

from collections import OrderedDict
from collections.abc import Callable
from datetime import date
from threading import Lock

from bot.ask import Chain, Turn
from bot.stages import Watch

REMEMBERED = 1_024  # questions whose answers are kept, of either kind

Place = tuple[str, tuple[str, ...], str, date]  # the question, the plans and the day a caller set, the day it was asked


class Firsts:
    """Safe to share between threads. Two who ask the same at the same time are each answered by themselves."""

    def __init__(self, chain: Chain, watch: Watch, today: Callable[[], date], size: int = REMEMBERED) -> None:
        self._chain, self._watch, self._today, self._size = chain, watch, today, size
        # those asked longest ago come first; what is looked up is soon found again and drives out nothing that was read
        self._read: OrderedDict[Place, Turn] = OrderedDict()
        self._looked_up: OrderedDict[Place, Turn] = OrderedDict()
        self._lock = Lock()

    def ask(self, text: str, plans: tuple[str, ...], as_of: str = "") -> Turn:
        """The question answered."""
        place = (text, plans, as_of, self._today())
        self._watch.count("asked")
        if known := self._known(place):
            return known
        self._watch.count("computed")
        return self._kept(place, self._chain.ask(Turn(text, plans, as_of=as_of)))

    def at_hand(self, text: str, plans: tuple[str, ...], as_of: str = "") -> Turn | None:
        """The question answered, where no model need read it; else None."""
        place = (text, plans, as_of, self._today())
        if known := self._known(place):
            self._watch.count("asked")
            return known
        turn = self._chain.looked_up(Turn(text, plans, as_of=as_of))
        if turn is None:
            return None
        self._watch.count("asked")
        self._watch.count("computed")
        return self._kept(place, turn)

    def _known(self, place: Place) -> Turn | None:
        with self._lock:
            for turns in (self._read, self._looked_up):
                if turn := turns.get(place):
                    turns.move_to_end(place)
                    return turn
            return None

    def _kept(self, place: Place, turn: Turn) -> Turn:
        turns = self._read if turn.candidates else self._looked_up
        with self._lock:
            turns[place] = turn
            if len(turns) > self._size:
                turns.popitem(last=False)
            return turn
