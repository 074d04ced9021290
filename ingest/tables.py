"""Tables (表1, 附表, without a caption, inside boxes): caption, head, rows, notes.

A row becomes a sentence of its own, made with the head: 社会公用计量标准（项）｜2020年：180｜2025年：230｜属性：预期性.
"""

import re
from dataclasses import dataclass, replace

from ingest.cells import NOTHING, Grid, filled, widest
from ingest.clean import Line
from ingest.columns import is_head
from ingest.grids import find_grid
from ingest.head import FACT_ROW
from ingest.heads import column_labels, head_rows
from ingest.marks import find_mark
from ingest.numerals import CHINESE_NUMERAL, numeral_value
from ingest.parts import BoxPart
from ingest.table_rows import NOTE, RowReader
from ingest.traced import Traced

# 表1 海州市计量发展主要指标 · 附表2：重点项目 · 表2-1 · 附表
CAPTION = re.compile(
    rf"【?(?P<name>附?表\s?(?:(?P<number>\d{{1,2}}(?:[-—.]\d{{1,2}})?(?!\d)|{CHINESE_NUMERAL}))|附表)"
    r"(?:】|[：:.、]|$|(?=\D))(?P<title>[^。；]{0,50})$"
)
# a title without a number, right above its table: 重点项目表
TITLE = re.compile(r"[^，。；：（）]{2,40}(?:表|指标|清单|一览|目录|名单)(?:（[^（）]{1,20}）)?$")
POINTS_ELSEWHERE = re.compile(r"[见如][下附]|[如见]表")
UNIT_LINE = re.compile(r"[（【]?(?:计量)?单位：(?P<unit>[^（）【】。]{1,16})[）】]?$")
TABLE = "表"  # its name when it bears no number
CAPTION_MAX = 50  # characters
LEGEND_MAX = 2  # lines between a caption and its table
LABEL_MAX = 6  # characters


@dataclass(frozen=True, slots=True)
class Table:
    """A table as read: lines up to `end` are its own. `label` is 表1 on the page, `name` is for its address."""

    end: int
    name: str
    label: Traced
    title: Traced
    head: tuple[Traced, ...]
    rows: tuple[BoxPart, ...]
    notes: tuple[Traced, ...] = ()


def find_table(lines: list[Line], index: int) -> Table | None:
    """The table that begins at `lines[index]`, with its caption or without one."""
    return _captioned(lines, index) or table_at(lines, index, expected=False)


def without_tables(lines: list[Line]) -> list[str]:
    """The lines' texts, those inside tables empty: no mark and no signature is looked for there. Captions stay."""
    texts = [line.text for line in lines]
    index = 0
    while index < len(lines):
        table = find_table(lines, index)
        if table is None:
            index += 1
            continue
        begin = index + 1 if len(table.label) or len(table.title) else index
        texts[begin : table.end] = [""] * (table.end - begin)
        index = table.end
    return texts


def table_at(lines: list[Line], start: int, *, expected: bool) -> Table | None:
    """The table that begins at `start`, after at most one line that says the unit of all."""
    if FACT_ROW.match(lines[start].body.text):  # of the table above a document, which tells of it
        return None
    begin = start + 1 if UNIT_LINE.match(lines[start].text) and start + 1 < len(lines) else start
    grid = find_grid(lines, begin, expected=expected or begin > start)
    if grid is None:
        return None
    return _table(grid, [line.body for line in lines[start:begin]])


def with_notes(table: Table, lines: list[Line]) -> Table:
    """The table with the notes under it: 注：…"""
    end = table.end
    while end < len(lines) and NOTE.match(lines[end].text):
        end += 1
    return replace(table, end=end, notes=(*table.notes, *(line.body for line in lines[table.end : end])))


def _captioned(lines: list[Line], index: int) -> Table | None:
    if index + 1 >= len(lines) or "\t" in lines[index].body.text:
        return None
    body = lines[index].body
    numbered = CAPTION.match(body.text)
    if numbered is None and (index == 0 or not _is_title(body.text)):
        return None
    label = body.slice(0, numbered.start("title")) if numbered else NOTHING
    title = body.slice(len(label)).strip()
    for begin in range(index + 1, min(index + 1 + (LEGEND_MAX if numbered else 1), len(lines))):
        table = table_at(lines, begin, expected=True)
        if table:
            between = [line.body for line in lines[index + 1 : begin]]
            if between and not len(title):
                title, between = between[0], between[1:]
            head = (*between, *table.head)
            name = _name(numbered["name"], numbered["number"]) if numbered else TABLE
            return with_notes(replace(table, name=name, label=label, title=title, head=head), lines)
        if find_mark(lines[begin].text) or len(lines[begin].text) > CAPTION_MAX:
            return None
    return None


def _is_title(text: str) -> bool:
    label = len(text) <= LABEL_MAX and is_head(text)  # 主要指标 may open a column
    return bool(TITLE.fullmatch(text)) and not (label or find_mark(text) or POINTS_ELSEWHERE.search(text))


def _name(written: str, number: str | None) -> str:
    """表一 → 表1: the address is one however it is written."""
    kind = "附表" if written.startswith("附") else TABLE
    if number is None:
        return kind
    return kind + (number if number[0].isdecimal() else str(numeral_value(number)))


def _table(grid: Grid, above: list[Traced]) -> Table:
    rows = grid.rows
    count = head_rows(rows)
    labels = column_labels(rows[:count], widest(rows))
    parts = tuple(RowReader(rows[:count], labels, _unit(above)).read(rows[count:]))
    head = (*above, *(cell for row in rows[:count] for cell in filled(row)))
    last = parts[-1] if parts else None
    notes: tuple[Traced, ...] = ()
    if last is not None and not last.paragraphs:  # a note in a row of its own
        notes, parts = last.numbering, parts[:-1]
    return Table(grid.end, TABLE, NOTHING, NOTHING, head, parts, notes)


def _unit(above: list[Traced]) -> Traced | None:
    found = UNIT_LINE.match(above[0].text) if above else None
    return above[0].slice(found.start("unit"), found.end("unit")) if found else None
