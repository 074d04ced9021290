"""Ids of what is told in order: of two that one process makes the later one's is greater, however soon it follows."""

import secrets
import time
from itertools import count
from threading import Lock

_MADE, _MAKING = count(), Lock()
_BEGUN = time.time_ns()


def id_in_order() -> str:
    """32 hexadecimal digits: nanoseconds since 1970, how many this process has made, and chance."""
    with _MAKING:  # else two threads could read the clock in one order and count in the other
        return f"{max(time.time_ns(), _BEGUN):016x}{next(_MADE):08x}{secrets.token_hex(4)}"
