"""Seeded edits: which leave the sense, which take one thing wrong."""

import random
from itertools import islice

import pytest

from eval.entail.edits import EDITS, WEIGHTS, Around, doctored
from eval.entail.rewording import dressed, honest, merged
from eval.entail.wording import ENDINGS, FORCED, OPENINGS, SAME, TURNED

CITED = (
    "县级以上市场监督管理部门应当公布检定收费标准；重点用能单位应当配备计量人员3名。"
    "经检定合格的，可以使用甲类、乙类和丙类衡器，由市计量协会登记，由县财政局补贴。"
)
BEYOND = ("消费者协会不得收取费用，并免费提供复秤服务。", "重点检查米、面和食用油三类商品。")
AROUND = Around(CITED, BEYOND)
SENTENCE = "经检定合格的，可以使用甲类、乙类和丙类衡器，由市计量协会登记，由县财政局补贴。"


def made(name: str, tries: int = 60) -> set[str]:
    """All that an edit makes of the sentence."""
    found = {EDITS[name](SENTENCE, AROUND, random.Random(seed)) for seed in range(tries)}
    return {one for one in found if one}


def test_every_edit_has_a_weight() -> None:
    assert set(EDITS) == set(WEIGHTS)
    assert min(WEIGHTS.values()) > 0


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("negated", "经检定不合格的，"),
        ("force_changed", "应当使用"),
        ("dropped_condition", "可以使用甲类、乙类和丙类衡器，由市计量协会登记，由县财政局补贴。"),
        ("scope_narrowed", "仅可以使用"),
        ("neighbour_exchanged", "由县财政局登记"),
        ("ends_exchanged", "由市财政局补贴"),
        ("list_changed", "食用油"),
        ("invented_detail", "并免费提供复秤服务"),
        ("mixed", "并免费提供复秤服务。"),
    ],
)
def test_an_edit_does_what_it_is_named_for(name: str, expected: str) -> None:
    found = made(name, 400)
    assert any(expected in one for one in found), found


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_the_sentence_or_makes_nothing(name: str) -> None:
    assert SENTENCE not in made(name) or name in {"neighbour_exchanged", "ends_exchanged"}


def test_numbers_are_changed_for_others() -> None:
    found = {
        EDITS["number_changed"]("应当配备计量人员3名，补贴50元。", AROUND, random.Random(seed)) for seed in range(40)
    }
    assert all(one and one != "应当配备计量人员3名，补贴50元。" for one in found)


def test_a_doctored_sentence_is_neither_the_sentence_nor_a_part_of_the_text() -> None:
    rng = random.Random(1)
    for _ in range(300):
        found = doctored(SENTENCE, AROUND, rng)
        if found:
            name, text = found
            assert name in EDITS
            assert text != SENTENCE
            assert text not in CITED


def test_nothing_can_be_made_of_what_has_no_handle() -> None:
    assert doctored("啊。", Around("啊。", ()), random.Random(0)) is None


def test_an_honest_one_keeps_its_numbers_and_its_items() -> None:
    for seed in range(60):
        text = honest("应当配备计量人员3名，使用甲类、乙类和丙类衡器。", random.Random(seed))
        assert "3名" in text
        assert all(item in text for item in ("甲类", "乙类", "丙类"))
        assert text.endswith("。")


def test_parts_are_merged_as_they_stand() -> None:
    for seed in range(40):
        parts = merged(CITED, random.Random(seed)).replace("；", "，").split("，")
        assert all(part in CITED for part in parts)


def test_a_pair_is_dressed_alike() -> None:
    for seed in range(40):
        one, other = dressed(["甲应当登记。", "甲不必登记。"], random.Random(seed))
        assert one.replace("应当", "不必") == other


def test_the_same_seed_makes_the_same() -> None:
    def run() -> list[object]:
        rng = random.Random(5)
        return list(islice((doctored(SENTENCE, AROUND, rng) for _ in range(20)), 20))

    assert run() == run()


@pytest.mark.parametrize("table", [SAME, TURNED, FORCED])
def test_no_wording_stands_for_itself(table: tuple[tuple[str, tuple[str, ...]], ...]) -> None:
    assert [said for said, others in table if said in others or not all(others)] == []


def test_what_turns_a_wording_is_not_what_may_stand_for_it() -> None:
    same = dict(SAME)
    turned = {**dict(TURNED)}
    assert [said for said in same if set(same[said]) & set(turned.get(said, ()))] == []
    assert all(one.endswith(("，", "：")) for one in OPENINGS)
    assert "。" in ENDINGS
