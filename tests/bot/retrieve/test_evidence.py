"""How far a text bears on a question."""

import pytest

from bot.retrieve.evidence import PART_TRUST, PARTIAL_TRUST, Alternative, Topic, Unit, held
from bot.retrieve.terms import TopicReader

DEDUCTION = "对企业新购置的计量器具，允许一次性计入当期成本费用，在计算应纳税所得额时扣除。"


def unit(word: str, *alternatives: tuple[str, float], weight: float = 4.0, rare: str = "") -> Unit:
    """Alternatives earn as much as they are trusted; `rare` are pairs of characters, parted by blanks."""
    words = tuple(Alternative(plan_word, trust, trust) for plan_word, trust in alternatives)
    return Unit(word, words, weight, True, frozenset(rare.split()))


HELD = [
    (unit("加油站"), "在加油站、商超开展", 1.0, "the word itself"),
    (unit("加油站", ("加油机", 0.75)), "加油站和加油机", 1.0, "the word before its stand-in"),
    (unit("加油站", ("加油机", 0.75)), "检定加油机", 0.75, "a stand-in, for what it earns"),
    (unit("秤", ("衡器", 0.9), ("计量器具", 0.75)), "计量器具和衡器", 0.9, "the stand-in that earns most"),
    (unit("utc"), "UTC时间", 1.0, "Latin in any case"),
    (unit("加油站"), "眼镜制配", 0.0, "nothing of it"),
    (unit("扣除", rare="扣除"), "扣留", 0.0, "half a word of two is nothing"),
    (unit("诚信计量", rare="诚信"), "诚信与计量", PARTIAL_TRUST * 2 / 3, "two of three pairs of a longer word"),
    (unit("诚信计量"), "诚信与计量", 0.0, "the same, when both are everywhere"),
    (unit("自我承诺书", rare="自我"), "自我约束", 0.0, "one pair of four is too little"),
]


@pytest.mark.parametrize(("unit", "text", "expected", "why"), HELD)
def test_held(unit: Unit, text: str, expected: float, why: str) -> None:
    assert held(unit, text) == pytest.approx(expected), why


def test_loose_stand_ins_do_not_count_where_the_word_itself_is_asked() -> None:
    loose = unit("抵税", ("税收优惠", 0.75))
    assert held(loose, "税收优惠", loosest=0.9) == 0.0
    assert held(loose, "税收优惠", loosest=0.75) == 0.75


def test_coverage_is_the_share_of_the_weight() -> None:
    topic = Topic("", (unit("加油站", weight=3.0), unit("眼镜", weight=1.0)), ())
    assert topic.coverage("加油站") == 0.75
    assert topic.coverage("眼镜") == 0.25
    assert topic.coverage("加油站和眼镜") == 1.0
    assert topic.coverage("水表") == 0.0


def test_an_empty_topic_covers_nothing() -> None:
    assert Topic("", (), ()).coverage("加油站") == 0.0
    assert not Topic("", (), ()).holds_point("加油站")


def test_the_best_part_of_a_tale_stands_for_the_whole() -> None:
    units = (unit("水果店"), unit("邻居"), unit("检定"))
    assert Topic("", units, ()).coverage("检定") == pytest.approx(1 / 3)
    assert Topic("", units, (), ((0, 2), (2, 3))).coverage("检定") == pytest.approx(PART_TRUST)


def test_the_point_is_the_most_telling_word() -> None:
    topic = Topic("", (unit("单位", weight=1.0), unit("双随机", weight=4.0)), ())
    assert topic.holds_point("“双随机、一公开”")
    assert not topic.holds_point("单位")


def test_what_a_clause_holds_is_remembered_and_the_same(topics: TopicReader) -> None:
    topic = topics.read("一次性扣除和加油站")
    first = topic.clause_coverage("x", DEDUCTION)
    assert first == topic.coverage(DEDUCTION) > 0
    assert topic.clause_coverage("x", "another text is not looked at") == first


def test_users_words_stand_for_the_plans(topics: TopicReader) -> None:
    assert topics.read("一次性扣除").coverage(DEDUCTION) == 1.0
    assert topics.read("缺斤少两").coverage("严厉打击缺斤短两") > 0.7
    assert topics.read("诚信计量").coverage(DEDUCTION) < 0.2


def test_rare_words_weigh_more(topics: TopicReader) -> None:
    assert topics.weight("计量") < topics.weight("诚信") < topics.weight("眼镜")
    assert topics.weight("计量") > 0


def test_words_of_asking_are_no_units(topics: TopicReader) -> None:
    assert topics.read("牵头 多少 怎么 哪些").units == ()
    assert [one.word for one in topics.read("什么 加油站").units] == ["加油站"]


def test_a_stand_in_that_is_everywhere_earns_little(topics: TopicReader) -> None:
    (one,) = topics.read("电子秤").units
    earned = {alternative.word: alternative.credit for alternative in one.alternatives}
    assert earned["计量器具"] < earned["数字指示秤"]


def test_unknown_words_are_known_as_such(topics: TopicReader) -> None:
    (one,) = topics.read("披萨").units
    assert not one.known


def test_parts_need_weight(topics: TopicReader) -> None:
    assert topics.read("加油站").parts == ()
    assert topics.read("加油站,眼镜制配").parts == ((0, 1), (1, len(topics.read("加油站,眼镜制配").units)))


def test_reading_twice_gives_the_same_units(topics: TopicReader) -> None:
    assert topics.read("诚信计量,加油站").units == topics.read("诚信计量,加油站").units
