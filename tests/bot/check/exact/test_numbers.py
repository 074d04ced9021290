"""Numbers: value, unit, bound and year."""

import pytest

from bot.check.draft import FaultKind
from bot.check.exact.numbers import number_faults
from bot.check.exact.sums import read_sums
from bot.check.read.claim import read_claim
from bot.check.read.evidence import read_evidence
from eval.verification.sentence import excerpts
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans
from tests.bot.check.check_builders import claim, kinds

TEXT = (
    "到2025年，覆盖率达到90%以上，示范单位达到350家，登记费用约20元，标准物质6.2万余项。"
    "建成“三位一体”平台，推行2+4+X模式。"
)
STANDS = [
    "示范单位要有350家。",
    "示范单位要有三百五十家。",
    "示范单位３５０家。",
    "到2025年示范单位350个。",  # 个 counts whatever 家 counts
    "示范单位350。",  # no unit is no other unit
    "覆盖率不低于90%。",
    "覆盖率百分之九十往上。",
    "登记大约要20元。",
    "标准物质超过6.2万项。",  # 余 and 超过 say the same
    "要建一套三位一体的平台。",  # 一套 is an article
    "2+4+X是推行的模式。",
    "两头都要抓。",  # counted as one speaks
    "三位一体的平台要建，两边都管。",
    "两套办法都要有。",
    "覆盖率达到90%。",  # whether its bound may go is for the reader
    "登记要20块。",
    "标准物质有六万多项。",
    "示范单位350家、费用约20元这两项都有数。",  # counts what it lists
]
FALSE = [
    ("示范单位要有530家。", FaultKind.NUMBER),
    ("示范单位要有三百五十一家。", FaultKind.NUMBER),
    ("示范单位要有350项。", FaultKind.UNIT),
    ("示范单位要有350家以上。", FaultKind.NUMBER),
    ("覆盖率不超过90%。", FaultKind.NUMBER),
    ("覆盖率达到99%以上。", FaultKind.NUMBER),
    ("登记要25元。", FaultKind.NUMBER),
    ("登记至少要20元。", FaultKind.NUMBER),
    ("示范单位要有350元。", FaultKind.UNIT),
    ("示范单位大约350家。", FaultKind.NUMBER),
    ("到2030年示范单位350家。", FaultKind.DATE),
    ("示范单位350家（2030年）。", FaultKind.DATE),
    ("标准物质6.3万余项。", FaultKind.NUMBER),
    ("要建四位一体的平台。", FaultKind.NUMBER),
    ("推行的是2+5+X模式。", FaultKind.NUMBER),
    ("示范单位350家、费用约20元、标准物质这五项都有数。", FaultKind.NUMBER),
]


def test_an_amount_is_no_part_of_what_is_told_to_be_absent() -> None:
    assert kinds(number_faults(claim("条款没有写明罚款500元。", TEXT), ())) == [FaultKind.NUMBER]
    assert kinds(number_faults(claim("条款没有写明2030年的罚款金额。", TEXT), ())) == []


@pytest.mark.parametrize("said", STANDS)
def test_a_number_that_stands_is_no_fault(said: str) -> None:
    one = claim(said, TEXT)
    assert kinds(number_faults(one, read_sums(one)[0])) == []


@pytest.mark.parametrize(("said", "kind"), FALSE)
def test_one_that_does_not_is_told_by_what_differs(said: str, kind: FaultKind) -> None:
    one = claim(said, TEXT)
    assert kind in kinds(number_faults(one, read_sums(one)[0]))


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("平台从12个县扩到15个县，多了3个。", False),
        ("平台从12个县扩到15个县，多了4个。", True),
        ("平台比原来多3个县。", True),  # of what, it does not show
        ("平台从12个县提高到15个县，另有3个。", True),  # nothing near it tells of a difference
        ("平台减少到3个县，原来12个县，现在15个县。", True),
        ("平台从12个县到15个县，多3个以上。", True),
    ],
)
def test_what_two_figures_of_a_sentence_differ_by_may_be_told(said: str, wrong: bool) -> None:
    one = claim(said, "平台覆盖12个县。扩到15个县。")
    assert bool(list(number_faults(one, ()))) is wrong


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("覆盖率从86%提高到92%，高6个百分点。", False),
        ("覆盖率从86%提高到92%，高6%。", True),
    ],
)
def test_what_per_cents_differ_by_are_points(said: str, wrong: bool) -> None:
    assert bool(list(number_faults(claim(said, "覆盖率从86%提高到92%。"), ()))) is wrong


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("五年里从10家到20家。", False),
        ("六年里从10家到20家。", False),  # the last counted in
        ("七年里从10家到20家。", True),
    ],
)
def test_years_are_counted_between_those_of_the_text(said: str, wrong: bool) -> None:
    one = claim(said, "2020年10家，2025年20家。")
    assert bool(list(number_faults(one, ()))) is wrong


@pytest.mark.parametrize(
    ("said", "wrong"),
    [
        ("到35年有20家。", False),
        ("25年有10家。", True),
        ("28日前交，十五号之前开。", False),
        ("29日前交。", True),
        ("三个月报一回。", False),
        ("六个月报一回。", True),
        ("罚三百到一千。", False),
        ("罚三百到两千。", True),
        ("罚款至多一千块。", False),
        ("罚款至少一千块。", True),
        ("分三步走。", False),  # the text counts no steps
        ("建十三家。", True),  # nobody counts so many in passing
    ],
)
def test_what_is_said_in_other_words_than_written(said: str, wrong: bool) -> None:
    text = "到2035年建成20家，3月15日至3月28日报送，每季度报告一次，处300元以上1000元以下罚款。"
    assert bool(list(number_faults(claim(said, text), ()))) is wrong


def test_an_amount_that_stands_may_be_told_of_what_is_absent() -> None:
    assert not list(number_faults(claim("没有写明500元怎么分。", "预算共500元。"), ()))


def test_what_years_differ_by_may_be_told_without_them() -> None:
    text = "2020年10家，2025年25家。"
    assert not list(number_faults(claim("打算增加15家。", text), ()))
    assert list(number_faults(claim("打算增加14家。", text), ()))


def test_a_year_governs_no_further_than_its_piece() -> None:
    text = "2020年10家，2025年25家。"
    assert not list(number_faults(claim("2020年有10家，想做到25家。", text), ()))
    assert kinds(number_faults(claim("2020年有25家。", text), ())) == [FaultKind.DATE]


def test_units_of_a_clause_are_counted_in_all_and_by_role() -> None:
    text = "加强抽查。（市市场监管局牵头，市财政局、市商务局配合）"
    assert not list(number_faults(claim("共有3个责任单位。", text), ()))
    assert not list(number_faults(claim("配合的有两家单位。", text), ()))
    assert list(number_faults(claim("共有4个责任单位。", text), ()))


def test_a_row_of_a_table_tells_each_year_its_own() -> None:
    corpus = Corpus(load_shipped_plans().plans)
    row = next(
        clause for plan in corpus.plans for clause in plan.clauses
        if len(clause.cells) > 1 and "（家）" in clause.text
    )  # fmt: skip
    shown = [read_evidence(one) for one in excerpts(corpus, [row.id])]
    values = {figure.year: figure.token.text for figure in shown[0].figures if figure.year}
    (early, base), (late, target) = sorted(values.items())[:2]
    assert not list(number_faults(read_claim(f"{early}年是{base}家，{late}年是{target}家。", shown), ()))
    assert list(number_faults(read_claim(f"{late}年是{base}家。", shown), ()))
