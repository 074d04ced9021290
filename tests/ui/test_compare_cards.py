"""Clauses as cards: words marked where that helps, a table's row cell by cell."""

import pytest

from tests.ui.compare_builders import comparison
from ui.compare.side_by_side import Card, Passage, rows_of
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
        (Passage(((Word(text="乙丙丁"), Word(text="甲", differs=True)),)),),
    )
    assert far.far
    assert not any(word.differs for quote in far.quotes for line in quote.lines for word in line)


def passage(*words: tuple[str, bool]) -> Passage:
    """Of one quote; each stretch with whether the base lacks it."""
    given = [{"text": text, "differs": differs} for text, differs in words]
    quoted = {"quote": "".join(text for text, _ in words), "words": given}
    (row,) = rows_of(comparison(clauses=[{"row": 0, "plan_id": "p", "clause_path": "专栏1/9", "quotes": [quoted]}]))
    assert row[0].card is not None
    assert row[1].card is None
    return row[0].card.quotes[0]


def test_a_row_of_a_table_stays_one() -> None:
    found = passage(
        ("单位", True), ("（家）｜2020年：", False), ("506｜2025", True), ("年：850｜属性：", False), ("预期性", True)
    )
    assert found.lines == ((Word(text="单位", differs=True), Word(text="（家）")),)
    assert [cell.column for cell in found.cells] == ["2020年", "2025年", "属性"]
    assert [cell.value for cell in found.cells] == [
        (Word(text="506", differs=True),),
        (Word(text="850"),),
        (Word(text="预期性", differs=True),),
    ]


@pytest.mark.parametrize(
    ("row", "signs"),
    [
        ("检定覆盖率（%）｜2020年：86｜2025年：95%｜属性：约束性", ["%", "", ""]),
        ("单位（家）｜2020年：506", [""]),
        ("覆盖率（%）｜2020年：", [""]),
    ],
)
def test_a_bare_number_of_a_row_takes_its_sign(row: str, signs: list[str]) -> None:
    assert [cell.sign for cell in passage((row, False)).cells] == signs


def test_what_names_no_columns_stands_on_lines_of_its_own() -> None:
    found = passage(("单位（家）｜2020年：", False), ("506｜", True), ("属性", False))
    assert [[word.text for word in line] for line in found.lines] == [["单位（家）"], ["2020年：", "506"], ["属性"]]
    assert found.cells == ()
