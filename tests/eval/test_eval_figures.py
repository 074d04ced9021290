import pytest

from eval.figures import Figure, mean, proportion, quantile, ratio, ratio_of_medians, wilson
from eval.table import table, width


def test_a_ratio_is_sum_over_sum_and_leaves_out_rows_that_do_not_bear() -> None:
    figure = ratio("x", [(1, 1), (0, 1), (0, 0), (2, 2)])
    assert figure.value == pytest.approx(3 / 4)
    assert figure.count == 3


def test_no_rows_is_no_figure_and_not_zero() -> None:
    assert ratio("x", [(0, 0)]) == Figure("x", None, None, None, 0)
    assert quantile("x_ms", [], 0.5).value is None
    assert str(ratio("x", [])) == "–"


def test_the_interval_holds_the_value_and_narrows_with_more_rows() -> None:
    few, many = mean("x", [0.0, 1.0] * 5), mean("x", [0.0, 1.0] * 500)
    for figure in (few, many):
        assert figure.low is not None
        assert figure.high is not None
        assert figure.low < 0.5 < figure.high
    assert few.low is not None
    assert many.low is not None
    # A mean of n fair coins lies within 1.96 · 0.5/√n of a half 95 times in 100.
    assert many.low == pytest.approx(0.5 - 1.96 * 0.5 / 1000**0.5, abs=0.005)
    assert few.low < many.low


def test_equal_rows_have_no_spread() -> None:
    figure = mean("x", [1.0] * 7)
    assert (figure.low, figure.value, figure.high) == (1.0, 1.0, 1.0)


def test_the_seed_decides_the_interval() -> None:
    values = [0.1, 0.9, 0.4, 0.3, 0.8]
    assert mean("x", values, seed=1) == mean("x", values, seed=1)
    assert mean("x", values, seed=1) != mean("x", values, seed=2)


@pytest.mark.parametrize(("part", "expected"), [(0.5, 2.5), (0.0, 1.0), (1.0, 4.0), (0.95, 3.85)])
def test_quantiles_interpolate(part: float, expected: float) -> None:
    assert quantile("x_ms", [4.0, 1.0, 3.0, 2.0], part).value == pytest.approx(expected)


def test_drawing_in_blocks_gives_every_resample(monkeypatch: pytest.MonkeyPatch) -> None:
    values = [float(number) for number in range(50)]
    whole = mean("x", values)
    monkeypatch.setattr("eval.figures.BLOCK", 120)  # two draws at a time
    assert mean("x", values) == whole


def test_a_table_lines_up_ideographs() -> None:
    lines = table(["方案", "n"], [["厦门", "1"], ["ab", "20"]]).split("\n")
    assert lines == ["方案   n", "----  --", "厦门   1", "ab    20"]
    assert {width(line) for line in lines} == {8}


def test_a_table_refuses_a_short_row() -> None:
    with pytest.raises(ValueError, match="zip"):
        table(["a", "b"], [["1"]])


def test_a_ratio_of_medians_is_not_a_median_of_ratios() -> None:
    figure = ratio_of_medians("speedup", [(10.0, 1.0), (20.0, 5.0), (90.0, 2.0)])
    assert figure.value == pytest.approx(20.0 / 2.0)


@pytest.mark.parametrize(
    ("right", "count", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
        (29, 29, 0.8830, 1.0),
    ],
)
def test_wilson(right: int, count: int, low: float, high: float) -> None:
    figure = wilson("x", right, count)
    assert (figure.value, figure.count) == (right / count, count)
    assert [figure.low, figure.high] == pytest.approx([low, high], abs=1e-4)


def test_wilson_of_nothing_is_no_figure() -> None:
    assert wilson("x", 0, 0) == Figure("x", None, None, None, 0)


def test_a_proportion_of_yes_and_no_is_wilson_s_and_any_other_the_bootstrap_s() -> None:
    yes_and_no = [(1.0, 1.0), (0.0, 1.0), (0.0, 0.0), (1.0, 1.0)]
    assert proportion("x", yes_and_no) == wilson("x", 2, 3)
    shares = [(0.5, 1.0), (1.0, 1.0)]
    assert proportion("x", shares) == ratio("x", shares)
