"""Numeric libraries read their thread limits when they are imported; this must come first."""

import os


def limit_threads() -> None:
    """One thread a request is enough for small matrices; with a busy neighbour two are thirty times slower."""
    for name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
