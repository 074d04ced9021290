"""Rows whose vectors are near come together; the order decides, and nothing else."""

import numpy as np
import pytest

from bot.records.topics import ALIKE, grouped
from vectorstore.encoder import Encoder, Floats


def at(*degrees: float) -> Floats:
    angles = np.radians(np.array(degrees))
    return np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)


@pytest.mark.parametrize(
    ("degrees", "groups", "why"),
    [
        ((), [], "nothing"),
        ((0,), [[0]], "one"),
        ((0, 1, 90), [[0, 1], [2]], "near and far"),
        ((0, 100, 30, 70), [[0, 2], [1, 3]], "the nearest of the first ones"),
        ((0, 40, 80), [[0, 1], [2]], "not by way of a neighbour: topics do not run into each other"),
        ((0, 180, 0, 180), [[0, 2], [1, 3]], "the same again"),
    ],
)
def test_groups(degrees: tuple[float, ...], groups: list[list[int]], why: str) -> None:
    vectors = at(*degrees) if degrees else np.zeros((0, 2), dtype=np.float32)
    assert grouped(vectors, alike=0.7) == groups, why


def test_questions_on_one_thing_come_together(encoder: Encoder) -> None:
    """The threshold and the shipped encoder fit each other."""
    asked = [
        "缺斤短两罚多少钱？",
        "短斤少两怎么罚款",
        "电子秤多久检定一次？",
        "电子秤检定周期是多久",
        "今天天气怎么样",
    ]
    assert grouped(encoder.embed_queries(asked)) == [[0, 1], [2, 3], [4]]
    assert 0.5 <= ALIKE <= 0.6, "else measure again what it joins"
