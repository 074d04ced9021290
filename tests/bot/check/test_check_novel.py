"""Words a sentence adds of its own, and deeds told of somebody else, on a regulation that is none of the plans."""

import pytest

from bot.check.draft import Excerpt, FaultKind, Sentence
from bot.check.sentence import check_sentence
from ingest.catalogue import Entry
from ingest.load import understand
from tests.bot.check.check_builders import excerpt, kinds

RULES = """龙岩市计量服务办法
一、总则
（一）经费。将公益性计量工作经费纳入本级预算，对监督抽查给予必要保障。对批准筹建的测试中心予以重点支持。
（二）能源。强化重点用能单位的计量要求，各部门做好能源审查。
（三）机构。县级计量技术机构要做好强制检定工作，服务乡镇集贸市场。市级计量技术机构要研究精密测量方法，参加国家计量比对。
（四）奖励。对举报计量作弊行为的个人，按照规定予以奖励。企业采用先进测量技术的，予以鼓励。
"""
ENTRY = Entry(id="service", file="service.txt", name="计量服务办法", region="龙岩", level="municipal", aliases=())
PLAN = understand(RULES, ENTRY, "service.txt")
MONEY, ENERGY, BODIES, REWARD = (excerpt(path, 1, PLAN) for path in ("一(一)", "一(二)", "一(三)", "一(四)"))
OWN = [
    (MONEY, "具体来说，按照龙岩的办法，公益性计量工作经费要纳入本级预算。"),
    (MONEY, "对于监督抽查，这份文件的说法是给予必要保障。"),
    (MONEY, "龙岩只写了给予必要保障，没有列明保障的具体金额。"),
    (MONEY, "至于保障的金额，条款没有写。"),
    (MONEY, "批准筹建的测试中心可以得到重点支持。"),
    (ENERGY, "各部门都要做好能源审查，这一任务写在能源部分。"),
    (ENERGY, "所有部门做好能源审查。"),
    (BODIES, "县级计量技术机构要做好强制检定工作。"),
    (BODIES, "市级计量技术机构负责研究精密测量方法，县级计量技术机构负责服务乡镇集贸市场。"),
    (REWARD, "可以，举报计量作弊行为的个人按照规定可以获得奖励。"),
]
ADDED = [
    (MONEY, "公益性计量工作经费纳入本级预算，并列入失信名单。", FaultKind.ADDITION),
    (MONEY, "对监督抽查给予全额保障。", FaultKind.ADDITION),
    (MONEY, "对申请筹建的测试中心予以重点支持。", FaultKind.ADDITION),
    (MONEY, "公益性计量工作经费纳入上级预算。", FaultKind.SCOPE),
    (MONEY, "仅对监督抽查给予必要保障。", FaultKind.SCOPE),
    (MONEY, "只对监督抽查给予必要保障。", FaultKind.ADDITION),
    (ENERGY, "强化所有用能单位的计量要求。", FaultKind.SCOPE),
    (ENERGY, "放宽重点用能单位的计量要求。", FaultKind.ADDITION),
    (ENERGY, "强化能耗超标的重点用能单位的计量要求。", FaultKind.ADDITION),
    (BODIES, "县级计量技术机构要研究精密测量方法，参加国家计量比对。", FaultKind.ROLE),
    (BODIES, "市级计量技术机构应做好强制检定工作，服务乡镇集贸市场。", FaultKind.ROLE),
    (REWARD, "举报计量作弊行为的个人，按照规定予以奖励，奖金当场发放。", FaultKind.ADDITION),
]


@pytest.mark.parametrize(("shown", "text"), OWN, ids=lambda one: one if isinstance(one, str) else "")
def test_words_that_link_tell_or_point_are_a_models_own(shown: Excerpt, text: str) -> None:
    assert _faults(shown, text) == set()


@pytest.mark.parametrize(("shown", "text", "kind"), ADDED, ids=lambda one: one if isinstance(one, str) else "")
def test_what_the_clause_does_not_have_is_named(shown: Excerpt, text: str, kind: FaultKind) -> None:
    assert kind in _faults(shown, text)


def test_a_word_of_users_stands_for_the_clauses_own() -> None:
    """The vocabulary knows 缺斤少两 as 缺斤短两; a clause without it is not helped."""
    assert FaultKind.ADDITION in kinds("经营者不得缺斤少两。", "一(一)")


def _faults(shown: Excerpt, text: str) -> set[FaultKind]:
    return {fault.kind for fault in check_sentence(Sentence(text, (1,)), (shown,))}
