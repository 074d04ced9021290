"""Chinese numerals, both ways."""

import pytest

from ingest.numerals import numeral_text, numeral_value


@pytest.mark.parametrize("value", [1, 9, 10, 11, 20, 38, 100, 101, 110, 999])
def test_numerals_go_both_ways(value: int) -> None:
    assert numeral_value(numeral_text(value)) == value == numeral_value(str(value))


@pytest.mark.parametrize("numeral", ["甲", "1a", "²"])
def test_what_is_no_numeral(numeral: str) -> None:
    with pytest.raises(ValueError, match="not a Chinese numeral"):
        numeral_value(numeral)


@pytest.mark.parametrize("value", [0, 1000, -1])
def test_numerals_have_a_range(value: int) -> None:
    with pytest.raises(ValueError, match="outside"):
        numeral_text(value)
