"""Quotations and titles."""

import pytest

from bot.check.draft import FaultKind
from bot.check.exact.quotes import quote_faults
from tests.bot.check.check_builders import claim, kinds

TEXT = (
    "推行经营者诚信计量自我承诺，实施“量子度量衡”计划，落实《计量发展规划（2021—2035年）》，强化严重违法失信名单管理。"
)
CASES = [
    ("原文是“推行经营者诚信计量自我承诺”。", []),
    ("原文是「推行经营者诚信计量自我承诺」。", []),
    ('原文是"推行经营者诚信计量自我承诺"。', []),
    ("原文是“推行经营者……自我承诺”。", []),
    ("“量子度量衡”计划要实施。", []),
    ("要落实《计量发展规划（2021—2035年）》。", []),
    ("要落实《计量发展规划》。", []),
    ("写的是“推行”，没有写“必须”。", []),
    ("用的是“推行”，而不是“要求”。", []),
    ("出自《计量管理办法》。", []),  # its own name
    ("让机器“看”着检。", []),  # a word set off
    ("原文是“推行消费者诚信计量自我承诺”。", [FaultKind.QUOTATION]),
    ("原文是“推行经营者……公开承诺”。", [FaultKind.QUOTATION]),
    ("原文写着“必须”。", [FaultKind.QUOTATION]),
    ("要落实《标准化发展纲要》。", [FaultKind.QUOTATION]),
    ("要落实《计量发展规划（2016—2020年）》。", [FaultKind.QUOTATION]),
]


@pytest.mark.parametrize(("said", "found"), CASES)
def test_what_stands_in_quotation_marks_stands_in_the_text(said: str, found: list[FaultKind]) -> None:
    assert kinds(quote_faults(claim(said, TEXT))) == found


@pytest.mark.parametrize("said", ["“”。", "“……”。", "《》。", "“", "》《"])
def test_empty_ones_quote_nothing(said: str) -> None:
    assert kinds(quote_faults(claim(said, TEXT))) == []
