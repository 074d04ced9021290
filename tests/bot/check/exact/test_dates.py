"""Years, days, document numbers and addresses."""

import pytest

from bot.check.draft import FaultKind
from bot.check.exact.dates import address_faults, date_faults, document_faults
from bot.check.read.claim import read_claim
from bot.check.read.evidence import read_evidence
from tests.bot.check.check_builders import claim, excerpt, kinds

TEXT = (
    "根据《计量发展规划（2021—2035年）》（国发〔2021〕37号）和省政府文件（闽政发〔2022〕5号），经营者应当于2024年6月30日前完成登记。"
    "到2025年，初步建成平台。自2026年起全面推行。依照本办法第九条处理。"
)
DATES = [
    ("经营者要在2024年6月30日前登记。", []),
    ("经营者要在2024年6月登记。", []),
    ("经营者要在6月30日前登记。", []),
    ("二〇二五年建成平台。", []),
    ("2021—2035年的规划是依据。", []),
    ("自2026年起全面推行。", []),
    ("经营者要在2024年7月30日前登记。", [FaultKind.DATE]),
    ("经营者要在2024年6月29日前登记。", [FaultKind.DATE]),
    ("2027年建成平台。", [FaultKind.DATE]),
    ("2035年要登记。", [FaultKind.DATE]),  # an end of a range is no year of its own
    ("2021—2030年的规划是依据。", [FaultKind.DATE]),
]
DOCUMENTS = [
    ("依据是国发〔2021〕37号。", []),
    ("依据是国发[2021]37号文件。", []),
    ("依据是37号文。", []),
    ("依据是闽政发（2022）5号。", []),
    ("依据是国发〔2021〕73号。", [FaultKind.DOCUMENT_NUMBER]),
    ("依据是国发〔2022〕37号。", [FaultKind.DOCUMENT_NUMBER]),
    ("依据是国办发〔2021〕37号。", [FaultKind.DOCUMENT_NUMBER]),
    ("依据是闽政办发〔2022〕5号。", [FaultKind.DOCUMENT_NUMBER]),
]
ADDRESSES = [
    ("按本办法第九条处理。", []),
    ("按第一章第一节处理。", []),  # its own place
    ("按本办法第十条处理。", [FaultKind.ADDRESS]),
    ("按专栏3处理。", [FaultKind.ADDRESS]),
]


@pytest.mark.parametrize(("said", "found"), DATES)
def test_dates(said: str, found: list[FaultKind]) -> None:
    assert sorted(set(kinds(date_faults(claim(said, TEXT))))) == found


@pytest.mark.parametrize(("said", "found"), DOCUMENTS)
def test_document_numbers(said: str, found: list[FaultKind]) -> None:
    assert kinds(document_faults(claim(said, TEXT))) == found


@pytest.mark.parametrize(("said", "found"), ADDRESSES)
def test_addresses(said: str, found: list[FaultKind]) -> None:
    assert kinds(address_faults(claim(said, TEXT))) == found


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("该办法2024年3月1日成文。", False),
        ("该办法2024年3月5日印发。", False),
        ("该办法的成文日期是2024年3月5日。", True),
        ("该办法2024年3月1日印发。", True),
    ],
)
def test_what_was_printed_then_was_not_signed_then(said: str, wrong: bool) -> None:
    assert bool(list(date_faults(claim(said, "三明市人民政府办公室。2024年3月1日。2024年3月5日印发")))) is wrong


def test_what_is_told_to_be_absent_needs_no_date() -> None:
    assert not list(date_faults(claim("条款没有写明2030年的目标。", TEXT)))


def test_a_plans_own_number_is_not_that_of_what_it_goes_by() -> None:
    one = read_claim("三明实施方案的文号是国发〔2021〕37号。", [read_evidence(excerpt("一(一)"))])
    assert kinds(document_faults(one)) == [FaultKind.DOCUMENT_NUMBER]
