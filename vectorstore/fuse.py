"""Two rankings → one: z-scores over each channel's best, added with a weight."""

from collections.abc import Mapping, Sequence

import numpy as np

TOP = 50  # what a channel's mean and spread are taken over
DENSE_WEIGHT = 0.35


def z_scores(scored: Sequence[tuple[int, float]]) -> dict[int, float]:
    """(row, score) → row: how far above the mean of these rows, in standard deviations."""
    if not scored:
        return {}
    values = np.array([score for _, score in scored])
    spread = float(values.std()) or 1.0
    mean = float(values.mean())
    return {row: (score - mean) / spread for row, score in scored}


def fuse(channels: Sequence[tuple[float, Mapping[int, float]]]) -> dict[int, float]:
    """Weighted sum of channels; a row missing from a channel counts as that channel's lowest."""
    rows = {row for _, channel in channels for row in channel}
    floors = [min(channel.values(), default=0.0) for _, channel in channels]
    return {
        row: sum(weight * channel.get(row, floor) for (weight, channel), floor in zip(channels, floors, strict=True))
        for row in rows
    }
