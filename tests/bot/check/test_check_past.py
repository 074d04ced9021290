"""Sentences that readers of the check got past it once: short answers, swapped parts, what two cities share."""

import pytest

from bot.check.draft import Sentence
from bot.check.sentence import check_sentence
from eval.verification.run import excerpts
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans

CORPUS = Corpus(load_shipped_plans().plans)
FALSE: dict[tuple[str, ...], tuple[str, ...]] = {
    ("qingdao:五(二)",): (
        "可以。",
        "能。",
        "是的。",
        "有。",
    ),
    ("xiamen:三(四)21",): (
        "会。",
        "是。",
        "厦门推行消费者诚信计量自我承诺。",
        "厦门要充分发挥失信激励和守信惩戒作用。",
        "厦门强化严重违法守信名单管理。",
        "厦门的做法如下：",
        "厦门推行经营者诚信计量自我承诺，违者由市公安局罚款5万元，依据没有写明。",
        "厦门推行经营者诚信计量自我承诺，每年须缴纳保证金，数额没有提。",
        "厦门没有承诺的罚款5000元并吊销营业执照。",
        "厦门没有检定证书的一律免费检定。",
        "厦门未规定期限的应在30日内缴纳保证金。",
        "厦门推行经营者诚信计量自我承诺，由老板签发承诺书。",
        "厦门推行经营者诚信计量自我承诺，手续由商家负责。",
        "除吊销营业执照外，厦门还强化严重违法失信名单管理。",
        "厦门在五个领域，即眼镜制配、加油站、商超、医疗机构，开展诚信计量行动。",
        "厦门次日推行经营者诚信计量自我承诺。",
        "厦门原则上推行经营者诚信计量自我承诺。",
    ),
    ("xiamen:四24",): (
        "没有。",
        "没有规定。",
        "条款未作规定。",
        "条款没有写明。",
        "可以全额扣除。",
        "可以一次性税前扣除。",
        "厦门的企业新买计量器具能一次性税前扣除。",
        "厦门对企业已购置的计量器具，符合税收相关规定的，允许一次性计入当期成本费用。",
        "厦门对企业购置的计量器具，符合税收相关规定的，允许一次性计入当期成本费用。",
        "厦门对企业新购置的计量器具，符合税收相关规定的，允许一次性计入下期成本费用。",
        "厦门对企业新购置的计量器具，符合税收相关规定的，允许一次性计入前期成本费用。",
        "厦门对企业新购置的计量器具，符合税收相关规定的，允许加计扣除。",
        "厦门企业计量科研成果转化，符合税收相关规定的，允许一次性计入当期成本费用。",
        "厦门公益性计量工作所需经费由企业承担。",
        "厦门市税务局重点支持国家级、省级产业计量测试中心。",
        "厦门对消费者新购置的计量器具，符合税收相关规定的，允许一次性计入当期成本费用。",
        "厦门的居民可以获得公益性计量工作所需经费。",
        "厦门统筹利用现有资金渠道重点支持公益性计量技术机构。",
        "厦门届时允许企业新购置的计量器具，符合税收相关规定的，一次性计入当期成本费用。",
    ),
    ("jinhua:二(九)",): (
        "金华要加大事前监管力度。",
        "金华参与制定计量监管制度。",
    ),
    ("xiamen:四24", "qingdao:五(二)"): (
        "两地都允许企业新购置的计量器具符合税收相关规定的一次性计入当期成本费用。",
        "两地均落实好企业新购置计量器具相关税收优惠政策。",
        "对企业新购置的计量器具，符合税收相关规定的，允许一次性计入当期成本费用。",
    ),
    ("xiamen:三(四)21", "qingdao:一(二)2"): ("引导培育诚信计量示范单位300家以上。",),
    ("xiamen:三(四)21", "quanzhou:三(四)16"): (
        "厦门和泉州在眼镜制配、加油站、商超、医疗机构等商业、服务业领域开展诚信计量行动，表述不同。",
    ),
}
SENTENCES = [(clauses, text) for clauses, texts in FALSE.items() for text in texts]
NOTHING = ("", "。", "，，，", "\u200b", "！！", "☺", "🙂。", "“", "《》", "（", "1", "A")


def faults(clauses: tuple[str, ...], text: str) -> tuple[object, ...]:
    shown = excerpts(CORPUS, clauses)
    return check_sentence(Sentence(text, tuple(one.handle for one in shown)), shown)


@pytest.mark.parametrize(("clauses", "text"), SENTENCES, ids=lambda one: one if isinstance(one, str) else "")
def test_what_got_through_once_does_no_more(clauses: tuple[str, ...], text: str) -> None:
    assert faults(clauses, text)


@pytest.mark.parametrize("text", NOTHING)
def test_what_says_nothing_is_no_surprise(text: str) -> None:
    assert faults(("xiamen:四24",), text)
