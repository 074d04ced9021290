"""Who reads a version: a process that answers from one holds a lease on it, and what is held is not deleted.

A lease is a shared lock on the version's manifest. It dies with its process, and needs no right to write.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from vectorstore.manifest import FILE


class Lease:
    """Held until released."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor: int | None = descriptor

    def release(self) -> None:
        """Twice is no error."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None


def hold(folder: Path) -> Lease | None:
    """A lease on a version; None when it is gone, or is being deleted."""
    try:
        descriptor = os.open(folder / FILE, os.O_RDONLY)
    except OSError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_SH | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(descriptor), (folder / FILE).stat()):  # still there, now that it is held
            return Lease(descriptor)
    except OSError:
        pass
    os.close(descriptor)
    return None


@contextmanager
def unread(folder: Path) -> Iterator[bool]:
    """Whether nobody holds a lease on `folder`, and nobody gets one meanwhile. True for what was never whole."""
    try:
        descriptor = os.open(folder / FILE, os.O_RDONLY)
    except FileNotFoundError:
        yield True
        return
    except OSError:
        yield False
        return
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
    finally:
        os.close(descriptor)
