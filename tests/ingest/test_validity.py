"""From what day, to what day, and what a document puts an end to: only where it says so of itself."""

import pytest

from ingest.dates import iso_date
from ingest.model import Fact, Kind, Metadata, Standing, Validity
from ingest.validity import read_validity
from tests.documents import document
from tests.ingest.reader import read

HEAD = "泉州市计量办法\n"
ISSUED = Metadata(issued_on=Fact("2023-06-01", "a:题头", 0, 1))


def validity(text: str, front: str = "") -> Validity:
    clauses = read(f"{HEAD}{front}第一条　为了计量，制定本办法。\n第二条　{text}\n").clauses
    return read_validity(clauses, ISSUED)


BEGINS = [
    ("本办法自2023年7月1日起施行。", "2023-07-01", "the plain form"),
    ("本办法自二〇二三年七月一日起施行。", "2023-07-01", "in numerals"),
    ("本办法自2023年7月1日起正式实施。", "2023-07-01", "another verb"),
    ("本办法自公布之日起施行。", "2023-06-01", "from the day of issue"),
    ("本办法自印发之日起三十日后施行。", "2023-07-01", "counted from it"),
    ("现予公布，自2023年7月1日起施行。", "2023-07-01", "of what is published"),
    ("本办法由市政府负责解释，自2023年7月1日起施行。", "2023-07-01", "after a comma"),
    ("本条例自2023年7月1日起施行。", "2023-07-01", "本条例 is no 本条"),
    ("本办法第三条自2023年7月1日起施行。", "", "a part of it"),
    ("前款规定自2023年7月1日起施行。", "", "a paragraph"),
    ("《甲乙丙丁办法》自2023年7月1日起施行。", "", "another document"),
    ("各企业应当按照统一的要求自2023年7月1日起执行新标准。", "", "a duty"),
    ("本办法自2023年2月30日起施行。", "", "no such day"),
    ("本办法于2023年7月1日施行。", "2023-07-01", "于, without 起"),
    ("本办法从2023.7.1零时起试行。", "2023-07-01", "a short date, and on trial"),
    ("各单位应当遵守。", "", "nothing"),
]


@pytest.mark.parametrize(("text", "day", "why"), BEGINS)
def test_the_first_day(text: str, day: str, why: str) -> None:
    found = validity(text)
    assert (found.effective.value if found.effective else "") == day, why
    assert found.since == day


def test_the_words_are_an_exact_slice() -> None:
    plan = document("quanzhou-rule")
    clauses = {clause.id: clause for clause in plan.clauses}
    for fact, words in ((plan.validity.effective, "自2023年7月1日起施行"), (plan.validity.expiry, "有效期五年")):
        assert fact is not None
        assert clauses[fact.clause_id].text[fact.start : fact.end] == words


ENDS = [
    ("本办法自2023年7月1日起施行，有效期五年。", "2028-06-30", "years in numerals"),
    ("本办法自2023年7月1日起施行，有效期为2年。", "2025-06-30", "in figures"),
    ("本办法自2023年7月1日起施行，有效期两年。", "2025-06-30", "两"),
    ("本办法自2023年7月1日起施行，有效期18个月。", "2024-12-31", "months"),
    ("本办法有效期至2025年12月31日。", "2025-12-31", "a day"),
    ("本办法自2023年7月1日起施行，有效期至2025年12月31日。", "2025-12-31", "both days"),
    ("本办法自2023年7月1日起施行，至2025年12月31日止。", "2025-12-31", "to a day"),
    ("本办法有效期自2023年1月1日起至2025年12月31日。", "2025-12-31", "from and to"),
    ("计量器具型式批准证书有效期为五年。", "", "of a certificate"),
    ("检定证书有效期至2025年12月31日的，可以继续使用。", "", "of another paper"),
    ("本办法自2023年7月1日起施行。", "", "no end"),
]


@pytest.mark.parametrize(("text", "day", "why"), ENDS)
def test_the_last_day(text: str, day: str, why: str) -> None:
    found = validity(text)
    assert (found.expiry.value if found.expiry else "") == day, why
    assert found.until == day


def test_the_end_of_a_term_that_began_on_29_february() -> None:
    assert validity("本办法自2024年2月29日起施行，有效期一年。").until == "2025-02-28"


ABOLISHED = [
    ("《甲乙办法》同时废止。", [("甲乙办法", None)]),
    (
        "原《甲乙办法》（泉政〔2018〕3号）和《丙丁规定》同时废止。",
        [("甲乙办法", "泉政〔2018〕3号"), ("丙丁规定", None)],
    ),
    ("《甲乙办法》不予废止。", []),
    ("依照《甲乙办法》执行。", []),
]


@pytest.mark.parametrize(("text", "expected"), ABOLISHED)
def test_what_it_puts_an_end_to(text: str, expected: list[tuple[str, str | None]]) -> None:
    assert [(one.title, one.number) for one in validity(text).abolished] == expected


def test_the_head_of_a_page_says_the_day() -> None:
    assert validity("本办法自公布之日起施行。", "施行日期：2023年8月1日\n").since == "2023-08-01"


HEADS = [
    ("（2021年3月1日第一次会议通过，2021年3月3日施行）\n", "2021-03-03", "without 自"),
    ("《甲乙法》2021年3月3日施行\n", "", "another document"),
]


@pytest.mark.parametrize(("head", "day", "why"), HEADS)
def test_the_head_of_a_statute_dates_its_effect(head: str, day: str, why: str) -> None:
    assert validity("各单位应当遵守。", head).since == day, why


def test_an_amended_law_holds_from_its_amendment_and_keeps_its_first_day() -> None:
    new, old = document("law-2018").validity, document("law-2015").validity
    assert (new.version, new.since) == ("2018年修正", "2018-10-26")
    assert (old.version, old.since) == ("2015年修正", "2015-04-24")
    assert new.effective is not None
    assert new.effective.value == "1986-07-01"


def test_the_shipped_plans_say_nothing_of_their_time(plans: object) -> None:
    assert isinstance(plans, dict)
    assert {plan.validity for plan in plans.values()} == {Validity()}


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2023年7月1日", "2023-07-01"),
        ("2023-07-01", "2023-07-01"),
        ("二〇二三年十月三十一日", "2023-10-31"),
        ("二〇十三年一月一日", None),
    ],
)
def test_a_day_as_iso(text: str, iso: str | None) -> None:
    assert iso_date(text) == iso


STANDINGS = [
    (Validity(), "2024-01-01", Standing.IN_FORCE),
    (Validity(since="2024-01-01"), "2024-01-01", Standing.IN_FORCE),
    (Validity(since="2024-01-01"), "2023-12-31", Standing.AHEAD),
    (Validity(since="2018"), "2018-03-01", Standing.IN_FORCE),
    (Validity(until="2024-01-01"), "2024-01-01", Standing.IN_FORCE),
    (Validity(until="2024-01-01"), "2024-01-02", Standing.EXPIRED),
    (Validity(superseded_by="b", superseded_on="2024-01-01"), "2023-12-31", Standing.IN_FORCE),
    (Validity(superseded_by="b", superseded_on="2024-01-01"), "2024-01-01", Standing.SUPERSEDED),
    (Validity(superseded_by="b"), "2000-01-01", Standing.SUPERSEDED),
]


@pytest.mark.parametrize(("validity", "day", "expected"), STANDINGS)
def test_standing_on_a_day(validity: Validity, day: str, expected: Standing) -> None:
    assert validity.standing(day) is expected


def test_the_front_alone_tells_of_amendments() -> None:
    clauses = document("law-2018").clauses
    assert clauses[0].kind is Kind.FRONT
    assert read_validity(clauses[1:], Metadata()).version == ""
