"""Excerpts and the year that governs a number."""

from decimal import Decimal

import pytest

from bot.check.draft import Excerpt
from bot.check.read.evidence import figures, read_evidence
from bot.check.read.fold import plain
from bot.check.read.tokens import tokens
from tests.bot.check.check_builders import GROWTH, PLAN, PLEDGE, evidence, excerpt

YEARS = [
    ("到2025年，覆盖12个县。", {"12个": 2025}),
    ("到2025年，覆盖12个县；到2030年，覆盖15个县。", {"12个": 2025, "15个": 2030}),
    ("从2020年的42项增加到2025年的80项。", {"42项": 2020, "80项": 2025}),
    ("覆盖率92%是2025年的目标。", {"92%": 2025}),
    ("示范单位350家，2025年建成平台。", {"350家": None}),
    ("2025年建成平台。\n示范单位350家。", {"350家": None}),
    ("2021—2035年的规划有350家。", {"350家": None}),
]


@pytest.mark.parametrize(("text", "expected"), YEARS)
def test_the_year_of_a_number(text: str, expected: dict[str, int | None]) -> None:
    folded = "\n".join(map(plain, text.split("\n")))
    found = {one.token.text: one.year for one in figures(folded, tokens(folded))}
    assert found == {name: None if year is None else Decimal(year) for name, year in expected.items()}


def test_an_excerpt_knows_its_text_and_what_names_it() -> None:
    one = read_evidence(excerpt(PLEDGE))
    assert one.path == PLEDGE
    assert one.has("经营者签订承诺书")
    assert one.has("市商务局")
    assert one.has("计量管理办法")
    assert one.has("三明")
    assert not one.has("监管平台")
    assert [unit.name for unit in one.units] == ["市市场监管局", "市商务局"]


def test_a_stretch_of_a_clause_is_read_by_itself() -> None:
    whole = excerpt(GROWTH)
    at = whole.text.index("到2030年")
    part = read_evidence(Excerpt(1, PLAN, whole.clause, whole.text[at:], at))
    assert not part.has("初步建成")
    assert part.clause_id == whole.clause.id


def test_equal_excerpts_are_read_once() -> None:
    assert read_evidence(excerpt(PLEDGE)) is read_evidence(excerpt(PLEDGE))


def test_text_is_folded() -> None:
    assert evidence("覆盖率達到９０％。").text.endswith("覆盖率达到90%。")
