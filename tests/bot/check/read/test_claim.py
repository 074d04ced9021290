"""Sentences: places, quotations, what is told to be absent."""

import pytest

from bot.check.read.claim import MASK, Claim, read_claim
from tests.bot.check.check_builders import claim, evidence

SANMING, LONGYAN = (
    evidence("推行承诺，覆盖12个县。国家标准物质要研制。", "三明"),
    evidence("推行承诺，覆盖15个县。", "龙岩"),
)


def of_both(text: str) -> Claim:
    return read_claim(text, [SANMING, LONGYAN])


@pytest.mark.parametrize(
    ("text", "segments"),
    [
        ("推行承诺。", [("推行承诺。", 2)]),
        ("三明推行承诺。", [("三明推行承诺。", 1)]),
        ("三明和龙岩都推行承诺。", [("三明和龙岩都推行承诺。", 2)]),
        ("三明覆盖12个县，龙岩覆盖15个县。", [("三明覆盖12个县,", 1), ("龙岩覆盖15个县。", 1)]),
    ],
)
def test_a_stretch_of_each_place_has_that_places_excerpts(text: str, segments: list[tuple[str, int]]) -> None:
    found = of_both(text)
    assert [(found.text[one.start : one.end], len(one.evidence)) for one in found.segments] == segments


@pytest.mark.parametrize(
    ("text", "strange"),
    [
        ("三明推行承诺。", ()),
        ("厦门推行承诺。", ("厦门",)),
        ("三明和厦门推行承诺。", ("厦门",)),
        ("全国都推行承诺。", ("全国",)),
        ("全国的承诺要推行。", ()),
        ("国务院规划提出推行承诺。", ("国务院",)),
        ("要研制国家标准物质。", ()),  # part of the text's own words
    ],
)
def test_a_place_that_nothing_cited_is_of_is_strange(text: str, strange: tuple[str, ...]) -> None:
    assert read_claim(text, [SANMING]).strange == strange


def test_who_makes_plans_is_another_than_who_is_named_in_one() -> None:
    one = evidence("定期向国务院报告，按国家规定办理。")
    assert read_claim("定期报国务院。", [one]).strange == ()
    assert read_claim("要按国家规定办理。", [one]).strange == ()
    assert read_claim("国务院规划要求报告。", [one]).strange == ("国务院",)
    assert read_claim("国家都要按规定办理。", [one]).strange == ("国家",)
    assert read_claim("全国都要按规定办理。", [evidence("建设全国联盟。")]).strange == ("全国",)
    assert read_claim("照国家规定办理。", [one]).strange == ()
    ordered = evidence("为落实国发〔2021〕37号文件，制定本办法。")
    assert read_claim("国务院的规划是依据。", [ordered]).strange == ()


def test_a_place_named_twice_side_by_side_should_have_been_another() -> None:
    assert of_both("三明、三明两地都推行承诺。").twice == ("三明",)
    assert of_both("三明推行承诺，三明覆盖12个县。").twice == ()


def test_a_cited_place_that_is_left_out_where_others_are_named() -> None:
    assert of_both("三明推行承诺。").unnamed == ("龙岩",)
    assert of_both("都推行承诺。").unnamed == ()


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("原文是“推行诚信承诺”。", "推行诚信承诺"),
        ("见《计量管理办法》。", "计量管理办法"),
        ("条款没有写明罚款金额。", "罚款金额"),
        ("至于罚款金额，条款没有写。", "罚款金额"),
        ("并未规定2030年的目标。", "2030年的目标"),
    ],
)
def test_quotations_and_what_is_absent_are_masked(text: str, masked: str) -> None:
    found = claim(text, "推行诚信承诺。")
    at = found.text.index(masked)
    assert set(found.masked[at : at + len(masked)]) == {MASK}
    assert len(found.masked) == len(found.text)


@pytest.mark.parametrize(
    "text",
    [
        "未列入失信名单的企业须在2099年前推行承诺。",
        "没有提出申请的一律停业。",
        "未规定期限的应在30日内缴纳保证金。",
        "推行未列入第九十九条的承诺事项并公开。",
    ],
)
def test_of_those_without_something_a_deed_is_told_and_nothing_is_absent(text: str) -> None:
    assert claim(text, "推行诚信承诺。").absent == ()


@pytest.mark.parametrize("text", ["原文用“推行”。", "不得没有证书。", "没有证书的不得上岗。"])
def test_short_quotations_and_denials_of_deeds_are_not(text: str) -> None:
    assert MASK not in claim(text, "推行诚信承诺。").masked


def test_a_mask_in_a_sentence_hides_nothing() -> None:
    assert MASK not in claim("\ue000\ue000经营者必须签订承诺书。", "推行承诺。").text
