"""Clauses as cards: words marked where that helps, a table's row cell by cell."""

from tests.ui.compare_builders import comparison
from ui.compare.side_by_side import Card, rows_of
from ui.compare.told import Word


def card(differs: str, same: str) -> Card:
    """Of a plan whose words are set against another's."""
    words = [{"text": same, "differs": False}, {"text": differs, "differs": True}]
    quoted = {"quote": same + differs, "words": words}
    clause = {"row": 0, "plan_id": "q", "clause_path": "一", "against": "p:一", "quotes": [quoted]}
    (row,) = rows_of(comparison(clauses=[clause]))
    assert row[1].card is not None
    return row[1].card


def test_what_is_too_unlike_is_not_marked() -> None:
    near, far = card("甲", "乙丙丁"), card("甲乙丙丁戊", "己")
    assert (near.far, near.base, near.quotes) == (
        False,
        "p市",
        (((Word(text="乙丙丁"), Word(text="甲", differs=True)),),),
    )
    assert far.far
    assert not any(word.differs for quote in far.quotes for line in quote for word in line)


def test_cells_of_a_row_stand_on_lines_of_their_own() -> None:
    words = [{"text": "单位（家）｜2020年：", "differs": False}, {"text": "506｜", "differs": True}, {"text": "属性"}]
    clause = {"row": 0, "plan_id": "p", "clause_path": "专栏1/9", "quotes": [{"quote": "…", "words": words}]}
    (row,) = rows_of(comparison(clauses=[clause]))
    card = row[0].card
    assert card is not None
    assert [[word.text for word in line] for line in card.quotes[0]] == [["单位（家）"], ["2020年：", "506"], ["属性"]]
    assert row[1].card is None
