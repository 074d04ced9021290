"""Two rankings → one: z-scores over each channel's best, added with a weight."""

from collections.abc import Mapping, Sequence

import numpy as np

TOP = 50  # what a channel's mean and spread are taken over
DENSE_WEIGHT = 0.35


def z_scores(scored: Sequence[tuple[int, float]]) -> dict[int, float]:
    """(row, score), best first → row: how far above the mean of the first TOP, in standard deviations of theirs."""
    if not scored:
        return {}
    values = np.array([score for _, score in scored[:TOP]])
    spread = float(values.std()) or 1.0
    mean = float(values.mean())
    return {row: (score - mean) / spread for row, score in scored}


def fuse(channels: Sequence[tuple[float, Mapping[int, float]]]) -> dict[int, float]:
    """Weighted sum of channels; a row missing from a channel counts as the lowest of its first TOP.

    What is asked for beyond TOP changes neither the scale nor the floor: the best few are the same at any depth.
    """
    rows = {row for _, channel in channels for row in channel}
    floors = [min(list(channel.values())[:TOP], default=0.0) for _, channel in channels]
    return {
        row: sum(weight * channel.get(row, floor) for (weight, channel), floor in zip(channels, floors, strict=True))
        for row in rows
    }
