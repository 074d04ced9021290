"""Round numbers beside charts."""

import pytest

from ui.scale import PARTS, scale

SCALES = [
    (0, False, (0, 1, 2, 3, 4)),
    (3, True, (0, 1, 2, 3)),
    (8, True, (0, 2, 4, 6, 8)),
    (9, True, (0, 5, 10)),
    (350, False, (0, 100, 200, 300, 400)),
    (850, False, (0, 250, 500, 750, 1000)),
    (2020, False, (0, 1000, 2000, 3000)),
    (0.7, False, (0, 0.2, 0.4, 0.6, 0.8)),
]


@pytest.mark.parametrize(("most", "whole", "expected"), SCALES)
def test_round_numbers(most: float, whole: bool, expected: tuple[float, ...]) -> None:
    assert scale(most, whole=whole) == expected


def test_a_scale_reaches_what_it_measures() -> None:
    for most in (*range(1, 400), 0.013, 1e6 + 1, 62_000):
        for whole in (False, True):
            parts = scale(most, whole=whole)
            assert parts[0] == 0
            assert parts[-2] < most <= parts[-1]
            assert len(parts) <= PARTS + 1
            assert not whole or all(part == int(part) for part in parts)
