"""How differences are shown."""

from itertools import product

import pytest

from bot.offers import Offer
from bot.records.reasons import Reason
from bot.review import review
from bot.stretches import FINE_MAX, Stretch, stretches
from ingest.model import DocumentKind, Role
from tests.documents import TEXTS, document
from ui.staff import wording
from ui.staff.draft_view import draft_view
from ui.staff.wording import moment

CASES = [
    ("", "", []),
    ("甲", "甲", [("甲", "same")]),
    ("按期检定。", "每年检定。", [("按期", "gone"), ("每年", "come"), ("检定。", "same")]),
    ("罚500元以下。", "罚1000元以下。", [("罚", "same"), ("500", "gone"), ("1000", "come"), ("元以下。", "same")]),
    ("", "新的。", [("新的。", "come")]),
    ("旧的。", "", [("旧的。", "gone")]),
    ("甲的乙", "丙的丁", [("甲的乙", "gone"), ("丙的丁", "come")]),  # one character alone is no island
]


@pytest.mark.parametrize(("before", "after", "expected"), CASES)
def test_what_was_exchanged(before: str, after: str, expected: list[tuple[str, str]]) -> None:
    assert stretches(before, after) == [Stretch(text, kind) for text, kind in expected]


TEXT = "各地应当按期检定电子秤，并于2025年前完成。检定不合格的，不得使用。\n对作弊的从严查处。"


@pytest.mark.parametrize(("cut", "put"), list(product([(0, 0), (2, 9), (12, 40)], ["", "新增一句。", "2026年"])))
def test_both_texts_can_be_read_off(cut: tuple[int, int], put: str) -> None:
    other = TEXT[: cut[0]] + put + TEXT[cut[1] :]
    found = stretches(TEXT, other)
    assert "".join(one.text for one in found if one.kind != "come") == TEXT
    assert "".join(one.text for one in found if one.kind != "gone") == other


def test_long_texts_are_compared_by_sentences() -> None:
    long = "检定电子秤。" * 600
    found = stretches(long, long.replace("。", "；", 1))
    assert len(long) ** 2 > FINE_MAX
    assert [one.text for one in found if one.kind == "gone"] == ["检定电子秤。"]


def test_a_document_tells_its_time_and_kind() -> None:
    facts = dict(draft_view(review(Offer.of(document("quanzhou-expired")), None)).facts)
    assert facts[wording.EFFECTIVE] == "2022年1月1日"
    assert facts[wording.EXPIRES] == "2023年12月31日"
    assert facts[wording.KIND] == wording.KINDS[DocumentKind.NOTICE]
    assert facts[wording.FIELDS["issued_on"]] == "2021年12月20日"
    assert facts[wording.FIELDS["passed_on"]] is None


def test_nothing_that_has_a_name_is_shown_without_one() -> None:
    assert set(wording.KINDS) == set(DocumentKind)
    assert set(wording.ROLES) == set(Role)
    assert set(wording.REASONS) == set(Reason)
    assert all(draft_view(review(Offer.of(document(name)), None)).facts for name in TEXTS)


@pytest.mark.parametrize(("iso", "told"), [("2026-03-15T01:02:03.456+00:00", "2026-03-15 09:02"), ("", ""), ("x", "x")])
def test_moments_are_those_of_beijing(iso: str, told: str) -> None:
    assert moment(iso) == told
