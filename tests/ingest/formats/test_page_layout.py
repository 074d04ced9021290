"""From characters on a page to paragraphs: what the eye does, step by step."""

import pytest

from ingest.formats.columns import in_columns, rows_of, with_tables
from ingest.formats.grid import tables_of
from ingest.formats.margins import without_margins
from ingest.formats.pages import text_of
from ingest.formats.paragraphs import Line, paragraphs
from ingest.formats.runs import Glyph, Page, Ruling, Run, runs_of

SIZE = 12.0


def glyphs(text: str, x: float, base: float, size: float = SIZE) -> list[Glyph]:
    return [Glyph(char, x + size * index, x + size * (index + 1), base, size) for index, char in enumerate(text)]


def run(text: str, x: float, y: float, size: float = SIZE) -> Run:
    return Run(text, x, y, x + size * len(text), y + size, size)


def box(x0: float, y0: float, x1: float, y1: float) -> list[Ruling]:
    return [Ruling(x0, y0, x1, y0), Ruling(x0, y1, x1, y1), Ruling(x0, y0, x0, y1), Ruling(x1, y0, x1, y1)]


def test_runs_end_at_wide_gaps_and_at_rulings() -> None:
    line = [*glyphs("计量", 0, 20), *glyphs("标准", 24, 20), *glyphs("80", 100, 20)]
    assert [one.text for one in runs_of(line)] == ["计量标准", "80"]
    assert [one.text for one in runs_of(line, [Ruling(24, 0, 24, 40)])] == ["计量", "标准", "80"]


def test_a_raised_figure_is_of_its_line_and_bold_drawn_twice_is_one() -> None:
    raised = Glyph("2", 24, 28, 16, 6)
    assert [one.text for one in runs_of([*glyphs("平米", 0, 20), raised])] == ["平米2"]
    twice = [
        each
        for glyph in glyphs("总则", 0, 20)
        for each in (glyph, Glyph(glyph.char, glyph.x0 + 0.4, glyph.x1 + 0.4, 20, SIZE))
    ]
    assert [one.text for one in runs_of(twice)] == ["总则"]


def test_blanks_between_latin_words_that_were_never_drawn() -> None:
    words = [Glyph(char, x, x + 5, 20, 10) for char, x in zip("ISO90", (0, 5, 10, 19, 24), strict=True)]
    assert runs_of(words)[0].text == "ISO 90"


def test_a_ruled_table_with_merged_cells() -> None:
    rulings = [
        *box(0, 0, 200, 60),
        Ruling(0, 20, 200, 20),
        Ruling(80, 40, 200, 40),
        Ruling(80, 0, 80, 60),
        Ruling(140, 0, 140, 60),
    ]
    runs = [
        run("类别", 5, 4),
        run("指标", 85, 4),
        run("2025", 145, 4),
        run("支撑", 5, 34),
        run("标准", 85, 24),
        run("80", 145, 24),
        run("中心", 85, 44),
        run("6", 145, 44),
        run("外面", 5, 90),
    ]
    tables, rest = tables_of(runs, rulings)
    assert [[["".join(one.text for one in cell) for cell in row] for row in table.rows] for table in tables] == [
        [["类别", "指标", "2025"], ["支撑", "标准", "80"], ["", "中心", "6"]]
    ]
    assert [one.text for one in rest] == ["外面"]


def test_a_frame_is_text_and_a_rule_under_a_heading_is_nothing() -> None:
    tables, _ = tables_of([run("专栏1", 5, 4), run("1.建立", 5, 24)], box(0, 0, 200, 60))
    assert [table.is_frame for table in tables] == [True]
    assert tables_of([run("红头", 5, 4)], [Ruling(0, 20, 200, 20)])[0] == []


def test_a_drawing_of_very_many_lines_is_no_table() -> None:
    many = [Ruling(float(x), 0, float(x), 100) for x in range(0, 5000, 5)]
    assert tables_of([run("甲", 5, 4)], many)[0] == []


COLUMN = "计量是实现单位统一的活动"


def column(x: float, first: float = 0.0, count: int = 4) -> list[Run]:
    return [run(f"{COLUMN[:-1]}{number}", x, first + 20 * number) for number in range(count)]


@pytest.mark.parametrize("shift", [0.0, 9.0], ids=["at one height", "half a line lower"])
def test_columns_one_after_the_other(shift: float) -> None:
    title = run("关于加强诚信计量体系建设工作的通知", 60, -30)
    stretches = in_columns(
        rows_of([title, *column(0), *column(170, shift), run("此件公开发布的一行字很长很长很长很长", 0, 120)])
    )
    assert ["".join(row.text[-1] for row in stretch) for stretch in stretches] == ["知", "0123", "0123", "长"]


def test_cells_without_rulings_are_a_table_and_two_rows_are_not() -> None:
    cells = [("指标", "目标"), ("专利", "80"), ("中心", "6")]
    rows = rows_of(
        [run(text, 150 * column, 20 * row) for row, texts in enumerate(cells) for column, text in enumerate(texts)]
    )
    found = with_tables(rows)
    assert [row.table is not None for row in found] == [True]
    assert all(row.table is None for row in with_tables(rows[:2]))


def test_heads_and_page_numbers_go_and_are_told() -> None:
    def page(number: int, body: str) -> tuple[list, float]:  # type: ignore[type-arg]
        return rows_of([run("市政府公报", 100, 20), run(body, 50, 300), run(f"— {number} —", 200, 800)]), 842.0

    kept, aside = without_margins([page(1, "甲"), page(2, "乙")])
    assert [[row.text for row in rows] for rows in kept] == [["甲"], ["乙"]]
    assert set(aside) == {"市政府公报", "—#—"}


@pytest.mark.parametrize("text", ["12", "— 12 —", "第 3 页 共 12 页", "- 3 -", "3/12"])
def test_forms_of_page_numbers(text: str) -> None:
    kept, _ = without_margins([(rows_of([run("正文", 50, 300), run(text, 200, 800)]), 842.0)])
    assert [row.text for row in kept[0]] == ["正文"]


def test_a_last_line_that_is_no_page_number_stays() -> None:
    kept, _ = without_margins([(rows_of([run("正文", 50, 300), run("2023年3月2日", 200, 800)]), 842.0)])
    assert len(kept[0]) == 2


def line(text: str, indent: float = 0.0, slack: float = 0.0, distance: float = 1.0, size: float = SIZE) -> Line:
    return Line(text, size, indent * size, slack * size, distance)


# why each: lines, and the paragraphs a reader sees
CUT = [
    ([line("到2025年，初步建", 2), line("立体系。", 0, 10)], ["到2025年，初步建立体系。"], "a line end"),
    ([line("全文完。", 2, 9), line("下一段。", 2, 9)], ["全文完。", "下一段。"], "a short line ends a paragraph"),
    ([line("一二三。", 2, 0), line("四五六。", 2, 3)], ["一二三。", "四五六。"], "a full last line, then an indent"),
    (
        [line("见《规划（2021—", 2, 3), line("2035年）》。", 0, 5)],
        ["见《规划（2021—2035年）》。"],
        "what cannot be broken left room",
    ),
    (
        [line("关于印发《规划》的", 1.5, 1.5), line("通知", 8, 8), line("各区：", 0, 9)],
        ["关于印发《规划》的通知", "各区："],
        "a title in two lines",
    ),
    ([line("大字", 5, 5, 1, 20), line("小字", 0, 5)], ["大字", "小字"], "another size"),
    ([line("甲", 0, 0), line("乙", 0, 5, 2.0)], ["甲", "", "乙"], "a line left free"),
    ([line("the metro-", 0), line("logy of", 0), line("time", 0, 5)], ["the metrology of time"], "Latin words"),
    ([line("第20", 0), line("25号", 0, 5)], ["第2025号"], "a number"),
    ([line("其中：", 0), line("1.甲。", 0, 5)], ["其中：", "1.甲。"], "a mark begins anew"),
]


@pytest.mark.parametrize(("lines", "expected", "why"), CUT)
def test_paragraphs(lines: list[Line], expected: list[str], why: str) -> None:
    assert list(paragraphs(lines)) == expected, why


def test_a_table_goes_on_on_the_next_page_and_its_head_is_not_said_twice() -> None:
    def page(*rows: tuple[str, str]) -> Page:
        edges = [Ruling(0, 20.0 * number, 200, 20.0 * number) for number in range(len(rows) + 1)]
        sides = [Ruling(x, 0, x, 20.0 * len(rows)) for x in (0, 100, 200)]
        runs = [
            run(text, x + 5, 20 * number + 4)
            for number, cells in enumerate(rows)
            for x, text in zip((0, 100), cells, strict=True)
        ]
        return Page(595, 842, tuple(runs), (*edges, *sides))

    head = ("指标", "目标")
    found = text_of([page(head, ("专利", "80")), page(head, ("中心", "6"))])
    assert found.text.split("\n") == ["", "| 指标 | 目标 |", "|---|---|", "| 专利 | 80 |", "| 中心 | 6 |", "", ""]
