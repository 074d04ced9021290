"""Two rankings → one: z-scores over each channel's best, added with a weight."""

from collections.abc import Mapping, Sequence

import numpy as np

TOP = 50  # what a channel's mean and spread are taken over
DENSE_WEIGHT = 1.5  # of the dense channel among some hundred sentences: the encoder was trained on such
LARGE_WEIGHT = 1.0  # among tens of thousands, where many passages share the words and the sense must choose
LARGE = 5_000  # passages


def dense_weight(passages: int) -> float:
    """Weight of the dense channel beside the lexical one's 1; measured on 774 and on 65,581 passages."""
    return DENSE_WEIGHT if passages < LARGE else LARGE_WEIGHT


def z_scores(scored: Sequence[tuple[int, float]]) -> dict[int, float]:
    """(row, score), best first → row: how far above the mean of the first TOP, in standard deviations of theirs."""
    if not scored:
        return {}
    values = np.array([score for _, score in scored[:TOP]])
    spread = float(values.std()) or 1.0
    mean = float(values.mean())
    return {row: (score - mean) / spread for row, score in scored}


def fuse(channels: Sequence[tuple[float, Mapping[int, float]]]) -> dict[int, float]:
    """Weighted sum of channels; a row missing from a channel, or below its first TOP, counts as their lowest.

    What is asked for beyond TOP changes neither the scale nor the floor: the best few are the same at any depth.
    """
    rows = {row for _, channel in channels for row in channel}
    floors = [min(list(channel.values())[:TOP], default=0.0) for _, channel in channels]
    return {
        row: sum(
            weight * max(channel.get(row, floor), floor)
            for (weight, channel), floor in zip(channels, floors, strict=True)
        )
        for row in rows
    }
