"""Two rankings to one: what a z-score is, and what a missing row counts."""

import pytest

from vectorstore.fuse import fuse, z_scores


@pytest.mark.parametrize(
    ("scored", "expected", "why"),
    [
        ([(7, 3.0), (8, 1.0)], {7: 1.0, 8: -1.0}, "mean 2, spread 1"),
        ([(1, 4.0), (2, 2.0), (3, 0.0)], {1: 1.2247449, 2: 0.0, 3: -1.2247449}, "spread √(8/3)"),
        ([(1, 300.0), (2, 100.0)], {1: 1.0, 2: -1.0}, "a channel's scale does not matter"),
        ([(1, 5.0), (2, 5.0)], {1: 0.0, 2: 0.0}, "equal scores say nothing, and divide by nothing"),
        ([(1, 5.0)], {1: 0.0}, "nor does a single row"),
        ([], {}, "nor an empty channel"),
    ],
)
def test_z_scores(scored: list[tuple[int, float]], expected: dict[int, float], why: str) -> None:
    assert z_scores(scored) == pytest.approx(expected), why


@pytest.mark.parametrize(
    ("channels", "expected", "why"),
    [
        ([(1.0, {1: 1.0, 2: -1.0}), (0.5, {1: -1.0, 2: 1.0})], {1: 0.5, 2: -0.5}, "weights"),
        ([(1.0, {1: 1.0, 2: -1.0}), (0.5, {2: 2.0, 3: -2.0})], {1: 0.0, 2: 0.0, 3: -2.0}, "missing is lowest"),
        ([(1.0, {1: 1.0}), (0.5, {})], {1: 1.0}, "an empty channel adds nothing"),
        ([(1.0, {}), (0.5, {})], {}, "two empty ones give nothing"),
        ([], {}, "as do none"),
    ],
)
def test_fuse(channels: list[tuple[float, dict[int, float]]], expected: dict[int, float], why: str) -> None:
    assert fuse(channels) == pytest.approx(expected), why


def test_a_missing_row_never_beats_one_that_is_there() -> None:
    lexical, dense = z_scores([(1, 9.0), (2, 8.0)]), z_scores([(3, 0.9), (1, 0.8)])
    fused = fuse([(1.0, lexical), (1.0, dense)])
    assert fused[1] > fused[2]
    assert fused[1] >= fused[3]
