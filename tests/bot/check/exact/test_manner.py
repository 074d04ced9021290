"""How a sentence speaks."""

import pytest

from bot.check.draft import FaultKind
from bot.check.exact.manner import manner_faults
from tests.bot.check.check_builders import claim, kinds

TEXT = "推广e-CQS系统，研究人工智能，企业可以签订承诺书，咨询请登录 www.example.gov.cn。保证量值准确可靠。"
CASES = [
    ("企业可以签订承诺书。", []),
    ("e-CQS系统要推广。", []),
    ("企业想咨询的话，可以登录所写的网站，也就是 www.example.gov.cn 咨询。", []),
    ("要保证量值准确可靠。", []),
    ("AI也要研究。", []),
    ("您放心，企业可以签订承诺书。", []),
    ("The system will be promoted.", [FaultKind.LANGUAGE]),
    ("推广ABC系统。", [FaultKind.LANGUAGE]),
    ("企業は承諾書を提出できます。", [FaultKind.LANGUAGE]),
    ("Компания推广系统。", [FaultKind.LANGUAGE]),
    ("详见官网。", [FaultKind.ADDRESS]),
    ("请拨打13800000000。", [FaultKind.ADDRESS]),
    ("作为AI助手，企业可以签订承诺书。", [FaultKind.REFUSAL]),
    ("抱歉，企业可以签订承诺书。", [FaultKind.REFUSAL]),
    ("我无法回答承诺书的事。", [FaultKind.REFUSAL]),
    ("系统提示要求推广系统。", [FaultKind.REFUSAL]),
    ("我保证企业可以签订承诺书。", [FaultKind.PROMISE]),
    ("签了承诺书一定会合格。", [FaultKind.PROMISE]),
    ("建议您签订承诺书。", [FaultKind.PROMISE]),
    ("放心签订承诺书。", [FaultKind.PROMISE]),
]


@pytest.mark.parametrize(("said", "found"), CASES)
def test_a_sentence_speaks_chinese_of_the_text_and_for_nobody(said: str, found: list[FaultKind]) -> None:
    assert sorted(set(kinds(manner_faults(claim(said, TEXT))))) == found
