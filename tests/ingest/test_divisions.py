"""Provinces, cities and counties: what lies in what, and what a title begins with."""

import pytest

from ingest.divisions import above, all_divisions, opening

OPENING = [
    ("泉州市人民政府", "泉州", "municipal", "a city in full"),
    ("泉州计量办法", "泉州", "municipal", "a city by short name"),
    ("福建省计量条例", "福建", "provincial", "a province"),
    ("上海市计量条例", "上海", "provincial", "a city that is a province"),
    ("内蒙古自治区计量条例", "内蒙古", "provincial", "a region of a people"),
    ("恩施土家族苗族自治州计量办法", "恩施", "municipal", "a prefecture of peoples"),
    ("晋江市人民政府", "晋江", "county", "a county in full"),
    ("泉州市晋江市", "泉州", "municipal", "the first is whose it is"),
]
NOT_OPENING = ["公安机关计量", "晋江", "计量法", "市辖区", "", "中华人民共和国计量法"]


@pytest.mark.parametrize(("text", "short", "level", "why"), OPENING)
def test_what_a_title_begins_with(text: str, short: str, level: str, why: str) -> None:
    found = opening(text)
    assert found is not None
    assert (found.short, found.level) == (short, level), why


@pytest.mark.parametrize("text", NOT_OPENING)
def test_what_begins_with_no_division(text: str) -> None:
    assert opening(text) is None


@pytest.mark.parametrize(
    ("region", "expected"),
    [
        ("泉州", ("福建",)),
        ("泉州市", ("福建",)),
        ("晋江", ("泉州", "福建")),
        ("福建", ()),
        ("鼓楼区", ()),  # there are several
        ("亚特兰蒂斯", ()),
    ],
)
def test_what_a_region_lies_in(region: str, expected: tuple[str, ...]) -> None:
    assert above(region) == expected


def test_every_county_follows_its_city() -> None:
    city = ""
    for one in all_divisions():
        if one.level == "municipal":
            city = one.short
        assert one.level != "county" or one.above[0] == city
