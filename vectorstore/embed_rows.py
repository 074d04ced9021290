"""Every embedder hands out rows of one length, so that a dot product is a cosine."""

import numpy as np
from numpy.typing import ArrayLike, NDArray


def unit_rows(rows: ArrayLike) -> NDArray[np.float32]:
    """(n, d) as float32, each row scaled to length 1; an all-zero row stays as it is."""
    values = np.asarray(rows, dtype=np.float32)
    lengths = np.sqrt(np.einsum("nd,nd->n", values, values))[:, None]
    scaled: NDArray[np.float32] = np.divide(values, lengths, out=np.zeros_like(values), where=lengths > 0)
    return scaled
