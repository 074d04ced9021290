"""The reader that is shipped, on sentences that were looked at: what it must catch, what it must let through."""

import json

import pytest

from bot.check.draft import Excerpt, Sentence
from bot.check.entails import FOLDER
from bot.check.sentence import check_sentence
from eval.answers.floor import FLOOR
from eval.verification.sentence import excerpts
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans
from ingest.model import Plan
from tests.bot.check.check_builders import GROWTH, PLEDGE, SAMPLE, TEST, USE, excerpt, rules

CORPUS = Corpus(load_shipped_plans().plans)
SERVICE = """龙岩市计量服务办法
一、总则
（一）经费。将公益性计量工作经费纳入本级预算，对监督抽查给予必要保障。对批准筹建的测试中心予以重点支持。
（二）能源。强化重点用能单位的计量要求，各部门做好能源审查。
（三）机构。县级计量技术机构要做好强制检定工作，服务乡镇集贸市场。市级计量技术机构要研究精密测量方法，参加国家计量比对。
（四）奖励。对举报计量作弊行为的个人，按照规定予以奖励。企业采用先进测量技术的，予以鼓励。
"""
LONGYAN = rules(SERVICE, "龙岩")
MONEY, ENERGY, BODIES, REWARD = (excerpt(path, 1, LONGYAN) for path in ("一(一)", "一(二)", "一(三)", "一(四)"))

HONEST: list[tuple[Excerpt, str]] = [
    (excerpt(USE), "经营者禁止使用未经检定的计量器具，但教学示范用的除外。"),
    (excerpt(USE), "经营者必须在2024年6月30日前完成登记，登记费用约二十元。"),
    (excerpt(TEST), "符合条件的企业可以申请免费检定，每家企业每年不超过三次。"),
    (excerpt(TEST), "60公斤以下的衡器不需要检定。"),
    (excerpt(SAMPLE), "抽查比例近百分之三十。"),
    (excerpt(SAMPLE), "三明超过100家的市场由市市场监管局抽查。"),
    (excerpt(PLEDGE), "三明支持经营者签订承诺书。"),
    (excerpt(PLEDGE), "到２０２６年覆盖率不低于９０％。"),
    (excerpt(PLEDGE), "责任单位是市市场监管局和市商务局两个部门。"),
    (excerpt(GROWTH), "三明到2030年全面建成監管平台。"),
    (excerpt(GROWTH), "由市数据局牵头，市财政局配合。"),
    (excerpt(GROWTH), "到2025年，初步建成监管平台，覆盖十二个县。"),
    (MONEY, "具体来说，按照龙岩的办法，公益性计量工作经费要纳入本级预算。"),
    (MONEY, "对于监督抽查，这份文件的说法是给予必要保障。"),
    (MONEY, "龙岩只写了给予必要保障，没有列明保障的具体金额。"),
    (MONEY, "批准筹建的测试中心可以得到重点支持。"),
    (ENERGY, "各部门都要做好能源审查，这一任务写在能源部分。"),
    (BODIES, "县级计量技术机构要做好强制检定工作。"),
    (BODIES, "市级计量技术机构负责研究精密测量方法，县级计量技术机构负责服务乡镇集贸市场。"),
    (REWARD, "可以，举报计量作弊行为的个人按照规定可以获得奖励。"),
]
DOCTORED: list[tuple[Excerpt, str]] = [
    (excerpt(USE), "经营者可以使用未经检定的计量器具，教学示范用的除外。"),
    (excerpt(USE), "经营者使用未经检定的计量器具，教学示范用的除外。"),
    (excerpt(USE), "经营者不得使用检定的计量器具，教学示范用的除外。"),
    (excerpt(USE), "经营者不得使用未经检定的计量器具。"),
    (excerpt(USE), "经营者可以在2024年6月30日前完成登记。"),
    (excerpt(TEST), "企业可以申请免费检定。"),
    (excerpt(TEST), "符合条件的企业应当申请免费检定。"),
    (excerpt(TEST), "符合条件的企业可以申请收费检定。"),
    (excerpt(TEST), "60kg以下的衡器需检定。"),
    (excerpt(SAMPLE), "合格率低于5%。"),
    (excerpt(SAMPLE), "超过100家的市场由市公安局抽查。"),
    (excerpt(PLEDGE), "经营者必须签订承诺书。"),
    (excerpt(PLEDGE), "鼓励信用分级管理。"),
    (excerpt(PLEDGE), "到2026年覆盖率已达到90%以上。"),
    (excerpt(PLEDGE), "由市市场监管局牵头，市商务局配合。"),
    (excerpt(PLEDGE), "没有鼓励经营者签订承诺书。"),
    (excerpt(GROWTH), "到2025年，全面建成监管平台。"),
    (excerpt(GROWTH), "由市财政局牵头，市数据局配合。"),
    (MONEY, "公益性计量工作经费纳入本级预算，并列入失信名单。"),
    (MONEY, "对监督抽查给予全额保障。"),
    (MONEY, "对申请筹建的测试中心予以重点支持。"),
    (MONEY, "公益性计量工作经费纳入上级预算。"),
    (MONEY, "仅对监督抽查给予必要保障。"),
    (ENERGY, "强化所有用能单位的计量要求。"),
    (ENERGY, "放宽重点用能单位的计量要求。"),
    (ENERGY, "强化能耗超标的重点用能单位的计量要求。"),
    (BODIES, "县级计量技术机构要研究精密测量方法，参加国家计量比对。"),
    (BODIES, "市级计量技术机构应做好强制检定工作，服务乡镇集贸市场。"),
    (REWARD, "举报计量作弊行为的个人，按照规定予以奖励，奖金当场发放。"),
]
PAST: dict[tuple[str, ...], tuple[str, ...]] = {
    ("xiamen:三(四)21",): (
        "厦门推行消费者诚信计量自我承诺。",
        "厦门要充分发挥失信激励和守信惩戒作用。",
        "厦门强化严重违法守信名单管理。",
        "厦门推行经营者诚信计量自我承诺，违者由市公安局罚款5万元，依据没有写明。",
        "厦门推行经营者诚信计量自我承诺，每年须缴纳保证金，数额没有提。",
        "厦门没有承诺的罚款5000元并吊销营业执照。",
        "厦门没有检定证书的一律免费检定。",
        "厦门未规定期限的应在30日内缴纳保证金。",
        "厦门推行经营者诚信计量自我承诺，由老板签发承诺书。",
        "厦门推行经营者诚信计量自我承诺，手续由商家负责。",
        "除吊销营业执照外，厦门还强化严重违法失信名单管理。",
        "厦门次日推行经营者诚信计量自我承诺。",
    ),
    ("xiamen:四24",): (
        "可以全额扣除。",
        "厦门对企业已购置的计量器具，符合税收相关规定的，允许一次性计入当期成本费用。",
        "厦门对企业新购置的计量器具，符合税收相关规定的，允许一次性计入下期成本费用。",
        "厦门对企业新购置的计量器具，符合税收相关规定的，允许加计扣除。",
        "厦门公益性计量工作所需经费由企业承担。",
        "厦门市税务局重点支持国家级、省级产业计量测试中心。",
        "厦门对消费者新购置的计量器具，符合税收相关规定的，允许一次性计入当期成本费用。",
        "厦门的居民可以获得公益性计量工作所需经费。",
        "厦门统筹利用现有资金渠道重点支持公益性计量技术机构。",
    ),
    ("jinhua:二(九)",): ("金华要加大事前监管力度。", "金华参与制定计量监管制度。"),
    ("xiamen:四24", "qingdao:五(二)"): (
        "两地都允许企业新购置的计量器具符合税收相关规定的一次性计入当期成本费用。",
        "两地均落实好企业新购置计量器具相关税收优惠政策。",
    ),
}
CAUGHT, LET_THROUGH = 0.8, 0.65  # of these: less is another model, or another threshold


def verified(shown: Excerpt, text: str) -> bool:
    return check_sentence(Sentence(text, (1,)), [shown]) == ()


def test_most_doctored_sentences_are_caught() -> None:
    missed = [text for shown, text in DOCTORED if verified(shown, text)]
    assert len(missed) <= (1 - CAUGHT) * len(DOCTORED), missed


def test_most_honest_ones_are_let_through() -> None:
    lost = [text for shown, text in HONEST if not verified(shown, text)]
    assert len(lost) <= (1 - LET_THROUGH) * len(HONEST), lost


def test_most_of_what_got_past_a_check_once_does_no_more() -> None:
    missed = []
    for clauses, texts in PAST.items():
        shown = excerpts(CORPUS, clauses)
        handles = tuple(one.handle for one in shown)
        missed += [text for text in texts if check_sentence(Sentence(text, handles), shown) == ()]
    assert len(missed) <= (1 - CAUGHT) * sum(map(len, PAST.values())), missed


@pytest.mark.parametrize("text", ["可以。", "能。", "是的。", "没有。", "厦门的做法如下：", "厦门可以。"])
def test_what_tells_nothing_is_not_verified(text: str) -> None:
    assert check_sentence(Sentence(text, (1,)), excerpts(CORPUS, ("xiamen:四24",)))


def test_a_true_sentence_under_another_clause_is_caught() -> None:
    said = "经营者应当完成登记，不得使用未经检定的计量器具，教学示范用的除外。"
    shown = [excerpt(USE, 1), excerpt(GROWTH, 2)]
    assert check_sentence(Sentence(said, (1,)), shown) == ()
    assert check_sentence(Sentence(said, (2,)), shown)


def test_the_dev_figures_do_not_fall_below_their_floor() -> None:
    dev = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["dev"]
    floor = json.loads(FLOOR.read_text(encoding="utf-8"))["entails"]
    assert set(floor) == set(dev)
    short = {name: dev[name]["auroc"] for name, bound in floor.items() if dev[name]["auroc"] < bound["auroc"]}
    assert not short


def test_both_documents_here_are_none_of_ours() -> None:
    plans: list[Plan] = [LONGYAN, excerpt(USE).plan]
    assert not {one.region for one in plans} & {plan.region for plan in CORPUS.plans}
