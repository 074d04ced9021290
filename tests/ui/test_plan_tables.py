"""Rows of a box become a table; column names stand in its head alone, nothing of a value is lost."""

from ingest.load import load_shipped_plans
from tests.ui.plan_builders import ROW, clause, found, plan_of, plan_text, rendered, row, words_of
from ui import wording
from ui.plan_marks import Mark, Sort, plain
from ui.plan_outline import Block, build_blocks
from ui.plan_tables import Table, read_row

BOX = clause(clause_path="专栏1", kind="box", text="指标", heading="指标")
CELLS = [{"column": "名称", "value": "检定覆盖率（%）"}]


def tables_of(*clauses: object) -> list[Table | Block]:
    (block,) = build_blocks(plan_of(*clauses), "", {})  # type: ignore[arg-type]
    return list(block.parts)


def test_rows_of_the_same_columns_share_a_table() -> None:
    other = row(3, "经费（万元）｜总额：10")
    first, second = tables_of(BOX, row(1, cells=CELLS), row(2, cells=CELLS), other)
    assert isinstance(first, Table)
    assert isinstance(second, Table)
    assert (first.name_column, first.columns) == ("名称", ("2020年", "2025年", "属性"))
    assert [one.path for one in first.rows] == ["专栏1/1", "专栏1/2"]
    assert (second.name_column, second.columns) == ("", ("总额",))


def test_a_cell_over_several_rows_is_told_of_the_first() -> None:
    first = row(1, "甲（项）｜类别：支撑｜2020年：1｜2025年：2", cells=[{"column": "类别", "value": "甲（项）"}])
    (table,) = tables_of(BOX, first, *(row(at, f"乙{at}（项）｜2020年：3｜2025年：4", cells=CELLS) for at in (2, 3)))
    assert isinstance(table, Table)
    assert (table.name_column, table.columns) == ("名称", ("类别", "2020年", "2025年"))
    assert [[cell.text for cell in one.cells] for one in table.rows] == [["支撑", "1", "2"], *[["", "3", "4"]] * 2]


def test_a_number_keeps_its_sign() -> None:
    html = rendered(plan_of(BOX, row()))
    assert '<td data-sign="%">86</td>' in html
    assert "<td>约束性</td>" in html
    assert html.count('scope="col"') == 4
    assert f'<th scope="col">{wording.ROW_NAME}</th>' in html
    assert '<tr id="专栏1/1">' in html


def test_a_row_that_names_no_columns_is_text() -> None:
    assert read_row(clause(kind="row", text="合计｜86"), "1.", (), False) is None
    assert read_row(clause(kind="row", text="合计"), "1.", (), False) is None
    (part,) = tables_of(BOX, row(1, "合计｜86"))
    assert isinstance(part, Block)
    assert [plain(line) for line in (part.lead, *part.lines)] == ["合计", "86"]


def test_an_item_between_rows_keeps_its_place() -> None:
    item = clause(clause_path="专栏1/2", kind="box_item", heading="", text="注：略")
    first, note, last = tables_of(BOX, row(1), item, row(3))
    assert [type(one) for one in (first, note, last)] == [Table, Block, Table]


def test_rows_without_a_box_go_to_the_clause_before_them() -> None:
    (part,) = tables_of(clause(), row())
    assert isinstance(part, Table)


def test_a_hit_in_a_column_s_name_shows_on_the_value() -> None:
    at = ROW.index("2020年")
    read = read_row(row(), "1.", (Mark(at, at + 5, Sort.HIT, "1"), Mark(0, 2, Sort.HIT, "2")), False)
    assert read
    assert [(run.text, run.hit) for run in read.cells[0].value] == [("86", 1)]
    assert [(run.text, run.hit) for run in read.name] == [("检定", 2), ("覆盖率（%）", 0)]
    html = rendered(plan_of(BOX, row()), beside=found("2020年", ("专栏1/1", at, at + 5)))
    assert 'id="hit-1">86</mark>' in html


def test_a_quote_in_a_row_is_marked_in_its_cells() -> None:
    html = rendered(plan_of(BOX, row()), "专栏1/1", "0", str(len(ROW)))
    assert '<tr id="专栏1/1" class="cited">' in html
    assert "<mark>86</mark>" in html
    assert "<mark>检定覆盖率（%）</mark>" in html


def test_every_cell_of_the_shipped_plans_is_in_a_table() -> None:
    rows = 0
    for plan in load_shipped_plans().plans:
        html = words_of(rendered(plan_text(plan)))
        for each in plan.clauses:
            if each.cells:
                rows += 1
                assert all(value in html for _, value in each.cells), each.id
        blocks = build_blocks(plan_text(plan), "", {})
        shown = [one for block in blocks for part in block.parts if isinstance(part, Table) for one in part.rows]
        assert [one.path for one in shown] == [each.path for each in plan.clauses if each.cells]
    assert rows == 20
