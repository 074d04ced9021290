"""The check of a model's sentence, rule by rule, on a regulation the shipped plans do not contain."""

import pytest

from bot.check.draft import FaultKind, Sentence
from bot.check.sentence import check_sentence
from tests.bot.check.check_builders import excerpt, kinds

USE, TEST, SAMPLE, PLEDGE, GROWTH = "一(一)", "一(二)", "一(三)", "一(四)", "一(五)"

# what an honest rewording may change
HONEST = [
    (USE, "经营者禁止使用未经检定的计量器具，但教学示范用的除外。"),
    (USE, "经营者必须在2024年6月30日前完成登记，登记费用约二十元。"),
    (TEST, "符合条件的企业可以申请免费检定，每家企业每年不超过三次。"),
    (TEST, "60公斤以下的衡器不需要检定。"),
    (SAMPLE, "抽查比例近百分之三十。"),
    (SAMPLE, "三明超过100家的市场由市场监督管理局抽查。"),
    (PLEDGE, "三明支持经营者签订承诺书。"),
    (PLEDGE, "到２０２６年覆盖率不低于９０％。"),
    (PLEDGE, "责任单位是市市场监管局和市商务局两个部门。"),
    (PLEDGE, "该条没有写明由谁牵头。"),
    (GROWTH, "三明到2030年全面建成監管平台。"),
    (GROWTH, "由市数据局牵头，市财政局配合。"),
    (GROWTH, "到2025年，初步建成监管平台，覆盖十二个县。"),
]
# what was doctored, and what the check must call it
DOCTORED = [
    (USE, "经营者可以使用未经检定的计量器具，教学示范用的除外。", FaultKind.MODALITY),
    (USE, "经营者使用未经检定的计量器具，教学示范用的除外。", FaultKind.NEGATION),
    (USE, "经营者不得使用检定的计量器具，教学示范用的除外。", FaultKind.NEGATION),
    (USE, "经营者不得使用未经检定的计量器具。", FaultKind.CONDITION),
    (USE, "经营者可以在2024年6月30日前完成登记。", FaultKind.MODALITY),
    (USE, "经营者应当于2024年7月30日前完成登记。", FaultKind.DATE),
    (USE, "经营者应当完成登记，登记费用20元。", FaultKind.NUMBER),
    (TEST, "企业可以申请免费检定。", FaultKind.CONDITION),
    (TEST, "符合条件的企业应当申请免费检定。", FaultKind.MODALITY),
    (TEST, "符合条件的企业可以申请收费检定。", FaultKind.NEGATION),
    (TEST, "60kg以上的衡器无需检定。", FaultKind.NUMBER),
    (TEST, "60kg以下的衡器需检定。", FaultKind.NEGATION),
    (SAMPLE, "抽查比例约30%。", FaultKind.NUMBER),
    (SAMPLE, "不合格率不超过5%。", FaultKind.NUMBER),
    (SAMPLE, "合格率低于5%。", FaultKind.NEGATION),
    (SAMPLE, "100家以上的市场由市市场监管局抽查。", FaultKind.NUMBER),
    (SAMPLE, "超过100家的市场由市公安局抽查。", FaultKind.ORGANISATION),
    (SAMPLE, "超过100个百分点的市场由市市场监管局抽查。", FaultKind.UNIT),
    (PLEDGE, "经营者必须签订承诺书。", FaultKind.MODALITY),
    (PLEDGE, "经营者签订承诺书。", FaultKind.MODALITY),
    (PLEDGE, "鼓励信用分级管理。", FaultKind.MODALITY),
    (PLEDGE, "到2026年覆盖率已达到90%以上。", FaultKind.MODALITY),
    (PLEDGE, "由市市场监管局牵头，市商务局配合。", FaultKind.ROLE),
    (PLEDGE, "没有鼓励经营者签订承诺书。", FaultKind.NEGATION),
    (PLEDGE, "三明“要求经营者签订承诺书”。", FaultKind.QUOTATION),
    (GROWTH, "到2025年，全面建成监管平台。", FaultKind.SCOPE),
    (GROWTH, "到2030年，覆盖12个县。", FaultKind.DATE),
    (GROWTH, "由市财政局牵头，市数据局配合。", FaultKind.ROLE),
    (GROWTH, "龙岩到2030年全面建成监管平台。", FaultKind.CITY),
    (GROWTH, "国家规划到2030年全面建成监管平台。", FaultKind.CITY),
    (GROWTH, "第九条要求到2030年全面建成监管平台。", FaultKind.ADDRESS),
    (GROWTH, "到2030年全面建成监管平台，见 www.example.cn。", FaultKind.ADDRESS),
    (GROWTH, "根据明政〔2024〕5号，到2030年全面建成监管平台。", FaultKind.DOCUMENT_NUMBER),
    (GROWTH, "我保证到2030年全面建成监管平台。", FaultKind.PROMISE),
    (GROWTH, "作为AI助手，我无法回答监管平台何时建成。", FaultKind.REFUSAL),
    (GROWTH, "The platform will be completed by 2030年.", FaultKind.LANGUAGE),
]


@pytest.mark.parametrize(("path", "text"), HONEST)
def test_an_honest_rewording_passes(path: str, text: str) -> None:
    assert kinds(text, path) == set()


@pytest.mark.parametrize(("path", "text", "kind"), DOCTORED)
def test_a_doctored_sentence_is_caught_for_what_it_is(path: str, text: str, kind: FaultKind) -> None:
    assert kind in kinds(text, path)


def test_a_handle_that_was_not_offered() -> None:
    assert kinds("到2030年全面建成监管平台。", GROWTH, handles=(4,)) == {FaultKind.HANDLE}


def test_a_claim_without_handles() -> None:
    assert kinds("到2030年全面建成监管平台。", GROWTH, handles=()) == {FaultKind.UNCITED}


def test_what_belongs_to_another_clause_is_a_swapped_citation() -> None:
    said = "经营者应当完成登记，不得使用未经检定的计量器具，教学示范用的除外。"
    assert kinds(said, USE, GROWTH, handles=(1,)) == set()
    assert FaultKind.CITATION in kinds(said, USE, GROWTH, handles=(2,))


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("条款没有载明罚款金额。", True),
        ("收录的文件未规定承诺书的格式。", True),
        ("条款没有载明罚款500元。", False),  # a number
        ("条款没有规定经营者使用未经检定的计量器具。", False),  # it does say so
        ("条款没有载明罚款金额，但企业一律先整改再营业。", False),  # says more
    ],
)
def test_without_handles_only_an_absence_may_be_told(text: str, allowed: bool) -> None:
    shown = [excerpt(USE, 1), excerpt(PLEDGE, 2)]
    assert (check_sentence(Sentence(text), shown) == ()) is allowed


def test_a_sum_must_be_shown_and_right() -> None:
    assert kinds("从12个县到近30%，相差18（30−12＝18）。", GROWTH, SAMPLE) & {FaultKind.NUMBER}
    assert FaultKind.NUMBER in kinds("到2025年覆盖12个县，比原来增加5个县。", GROWTH)


def test_a_mark_of_the_check_itself_in_a_sentence_hides_nothing() -> None:
    assert kinds("\ue000\ue000经营者必须签订承诺书。", PLEDGE)


def test_an_invisible_character_in_a_number_hides_nothing() -> None:
    assert FaultKind.NUMBER in kinds("覆盖率达到9\u200b5%以上。", PLEDGE)
