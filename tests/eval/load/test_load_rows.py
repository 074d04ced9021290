"""The figures of a load and what they are held against."""

import pytest

from eval.load.generate import Sample
from eval.load.questions import Kind
from eval.load.rows import AT, Reach, Row, Times, not_good, per_second, reaches, times, told
from eval.load.usage import Busy

BUSY = Busy(0.98, 0.4, 0.0, 4)


def row(kind: Kind, clients: int, rate: float, processes: int = 1, p99: float = 100.0, mean: float = 50.0) -> Row:
    took = Times(10, mean, 40.0, 90.0, p99)
    return Row(processes, kind, clients, rate, took, rate * 0.7, took, {}, BUSY)


def test_times_are_of_good_answers() -> None:
    samples = [Sample(200, float(ms), 0.1) for ms in range(101)] + [Sample(503, 9_999.0, 0.1), Sample(0, 9_999.0, 1.0)]
    took = times(samples)
    assert (took.count, took.mean, took.p50, took.p95, took.p99) == (101, 50.0, 50.0, 95.0, 99.0)
    assert not_good(samples) == {"503": 1, "0": 1}


def test_without_good_answers_there_are_no_times() -> None:
    assert times([Sample(429, 1.0, 0.1)]) == Times(0, None, None, None, None), "never 0 in their place"


def test_throughput_counts_what_came_in_time() -> None:
    samples = [Sample(200, 1.0, 0.5), Sample(201, 1.0, 2.0), Sample(200, 1.0, 2.1), Sample(429, 1.0, 0.5)]
    assert per_second(samples, 2.0) == 1.0


ROWS = [
    row(Kind.EMPTY, AT, 1_000.0),
    row(Kind.LOOK_UP, 1, 90.0, mean=10.0),
    row(Kind.LOOK_UP, AT, 160.0, p99=64 * 10.0 * 1.9),
    row(Kind.LOOK_UP, AT, 300.0, processes=2),
    row(Kind.REPEATED, AT, 140.0),
    row(Kind.REPEATED, AT, 200.0, processes=2),
]


def test_what_is_to_be_reached() -> None:
    found = {reach.name: reach for reach in reaches(ROWS)}
    expected = {
        "look-up ÷ empty, one process, 64 clients": (0.16, True),
        "repeated ÷ empty, one process, 64 clients": (0.14, False),
        "two processes ÷ one, look-up, 64 clients": (1.875, True),
        "two processes ÷ one, repeated, 64 clients": (200 / 140, False),
        "two processes ÷ one, judged, 64 clients": (None, None),
        "p99 at 64 clients ÷ (64 × mean service time), look-up": (1.9, True),
        "p99 at 64 clients ÷ (64 × mean service time), repeated": (None, None),
        "p99 at 64 clients ÷ (64 × mean service time), judged": (None, None),
    }
    assert {name: (reach.value, reach.met) for name, reach in found.items()} == {
        name: (pytest.approx(value) if value else None, met) for name, (value, met) in expected.items()
    }


@pytest.mark.parametrize(
    ("reach", "said"),
    [
        (Reach("x", 2.0, 1.7, True), "x: 2.000, to be ≥ 1.7: reached"),
        (Reach("x", 2.0, 1.5, False), "x: 2.000, to be ≤ 1.5: NOT reached"),
        (Reach("x", 1.5, 1.5, False), "x: 1.500, to be ≤ 1.5: reached"),
        (Reach("x", None, 1.5, False), "x: not measured"),
    ],
)
def test_reaches_are_told(reach: Reach, said: str) -> None:
    assert str(reach) == said


def test_the_table_has_ratios_and_what_limits() -> None:
    refused = Row(1, Kind.JUDGED, AT, 0.0, times([]), 0.0, times([]), {"429": 7}, BUSY)
    lines = told([*ROWS, refused]).splitlines()
    cells = [line.split() for line in lines]
    assert ["1", "look-up", "64", "160.0", "0.160"] in [each[:5] for each in cells]
    assert ["2", "look-up", "64", "300.0", "–"] in [each[:5] for each in cells], (
        "no empty endpoint of two processes here"
    )
    assert ["1", "judged", "64", "0.0", "0.000", "–"] in [each[:6] for each in cells]
    assert any(line.endswith("7×429") for line in lines)
    assert "look-up, 1 process(es), 64 clients: limited by the server: 0.98 cores of 4" in lines
    assert "two processes ÷ one, look-up, 64 clients: 1.875, to be ≥ 1.7: reached" in lines
