"""款, 项 and 目 of one clause, as exact stretches of its text."""

import pytest

from ingest.inside import find_inside, paragraphs

ARTICLE = (
    "经营者应当遵守下列规定：\n（一）使用合格器具；\n（二）不得缺斤短两：\n1.不得破坏铅封；\n2.不得作弊。\n"
    "违反前款规定的，依法处理。\n有下列情形的，从重：\n（一）屡犯；\n（二）数额大；\n（三）拒检。"
)
INLINE = "申请人提交：（一）申请表；（二）承诺书（一式两份）；（三）证照。"

# why each: (text, 款, 项, 目) → how the stretch begins and ends
STRETCHES = [
    (ARTICLE, (1, 0, 0), "经营者应当", "不得作弊。", "a paragraph takes its list along"),
    (ARTICLE, (2, 0, 0), "违反前款", "依法处理。", "one without a list"),
    (ARTICLE, (3, 0, 0), "有下列", "拒检。", "the last"),
    (ARTICLE, (1, 2, 0), "（二）不得", "不得作弊。", "a point takes its own points along"),
    (ARTICLE, (3, 2, 0), "（二）数额大；", "（二）数额大；", "the second list's"),
    (ARTICLE, (1, 2, 2), "2.不得作弊。", "2.不得作弊。", "a point of a point"),
    (ARTICLE, (0, 3, 0), "（三）拒检。", "（三）拒检。", "only one list has three"),
    (INLINE, (0, 2, 0), "（二）承诺书", "一式两份）；", "a list within a line"),
    ("开展：\n1.检定。\n2.校准。", (0, 2, 0), "2.校准。", "2.校准。", "where 1. are the points"),
]


@pytest.mark.parametrize(("text", "within", "begins", "ends", "why"), STRETCHES, ids=[row[-1] for row in STRETCHES])
def test_stretches(text: str, within: tuple[int, int, int], begins: str, ends: str, why: str) -> None:
    found = find_inside(text, within)
    assert found is not None, why
    stretch = text[found.start : found.end]
    assert stretch.startswith(begins), why
    assert stretch.endswith(ends), why


# why each: not there
LACKING = [
    (ARTICLE, (4, 0, 0), "a fourth paragraph"),
    (ARTICLE, (2, 1, 0), "a point of a paragraph without any"),
    (ARTICLE, (1, 3, 0), "a third point of a list of two"),
    (ARTICLE, (1, 1, 1), "a point of a point without any"),
    (ARTICLE, (0, 2, 0), "two lists have a second: which is not said"),
    (INLINE, (0, 4, 0), "a fourth"),
]


@pytest.mark.parametrize(("text", "within", "why"), LACKING, ids=[row[-1] for row in LACKING])
def test_what_is_lacking(text: str, within: tuple[int, int, int], why: str) -> None:
    assert find_inside(text, within) is None, why


def test_paragraphs_count_from_one() -> None:
    assert [one.number for one in paragraphs(ARTICLE)] == [1, 2, 3]
    assert [one.number for one in paragraphs("（一）甲；\n（二）乙。")] == [1], (
        "a list that nothing leads into is one paragraph"
    )
