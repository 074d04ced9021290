"""A disk that takes no writes: Chroma writes whenever it opens its files, and a good index must open anyway.

Its vectors lie in a plain file too, which is compared with a question's vector one by one.
"""

import tempfile
from pathlib import Path

PROBE_BYTES = 64 * 1024  # a full disk may still have room for a byte


def takes_writes(folder: Path) -> bool:
    """Tried, for neither permissions nor free space tell the whole truth."""
    try:
        with tempfile.TemporaryFile(dir=folder, buffering=0) as probe:
            return probe.write(b"\0" * PROBE_BYTES) == PROBE_BYTES
    except OSError:
        return False
