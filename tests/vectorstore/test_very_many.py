"""Of very many passages only the vectors of those that share most with the question are compared."""

import pytest

from tests.vectorstore.passage_builders import FOUR
from tests.vectorstore.test_clause_index import NORTHEAST, index_of
from vectorstore.index import Channel, PassageIndex, Query


@pytest.fixture(autouse=True)
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vectorstore.index.EXACT_MAX", 3)
    monkeypatch.setattr("vectorstore.index.SHARING", 2)


@pytest.fixture
def like() -> PassageIndex:
    """Every passage is alike to every question: a cosine of 0 is none that was taken."""
    return index_of(FOUR, [NORTHEAST] * 4, dict.fromkeys(("方向", "计量标准", "示范"), NORTHEAST))


@pytest.mark.parametrize(
    ("text", "channel", "plans", "compared", "why"),
    [
        ("计量标准", Channel.HYBRID, None, {"a:二", "a:一"}, "those that share most"),
        ("示范", Channel.HYBRID, None, {"b:一"}, "no more than share anything"),
        ("方向", Channel.HYBRID, None, {"a:一", "a:二", "b:一", "b:二"}, "all, where none does"),
        ("示范", Channel.DENSE, None, {"a:一", "a:二", "b:一", "b:二"}, "all, where words are not searched"),
        ("计量标准", Channel.HYBRID, frozenset({"b"}), {"b:一", "b:二"}, "all, where few are asked of"),
    ],
)
def test_which_are_compared(
    like: PassageIndex,
    text: str,
    channel: Channel,
    plans: frozenset[str] | None,
    compared: set[str],
    why: str,
) -> None:
    found = like.passages_for(Query(text, plans=plans), 10, channel)
    assert {one.passage.clause_id for one in found if one.dense} == compared, why
