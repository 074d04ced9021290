"""Clean lines → the plan's outline: units in order, each with its path, its heading and its paragraphs."""

from collections.abc import Iterable

from ingest.annexes import Part, divide
from ingest.boxes import take_box
from ingest.clean import Line
from ingest.contents import contents_list
from ingest.decimals import Decimals
from ingest.marks import KINDS, Found, Mark, find_mark, is_title, is_unfinished, run_in_heading
from ingest.model import Kind
from ingest.numerals import numeral_value
from ingest.paragraphs import read_paragraphs
from ingest.place import Place, kind_of
from ingest.statements import opens_field
from ingest.table_units import part_units, table_path, table_units
from ingest.tables import Table, find_table, without_tables
from ingest.title_line import ends_as_title, is_title_line
from ingest.traced import Traced
from ingest.unit import Unit

NUMBERING = {Mark.PART, Mark.CHAPTER, Mark.ARTICLE, Mark.DECIMAL}
FRONT_PATH, BACK_PATH = "题头", "落款"
UNNUMBERED = (Kind.FRONT, Kind.BACK, Kind.ANNEX, Kind.BOX, Kind.BOX_ITEM, Kind.TABLE, Kind.ROW)
TITLE_LINES = 3


def read_outline(lines: list[Line]) -> list[Unit]:
    """Units in the order of the document, 题头 first, each part's 落款 at its end where it has one."""
    paths: set[str] = set()
    units: list[Unit] = []
    parts = divide(without_tables(lines))  # what stands in a cell numbers nothing and signs nothing
    for part in parts:
        units += _PartReader(lines, part, paths, alone=len(parts) == 1).read()
    return units


class _PartReader:
    """Reads one part; `paths` are those of the parts before it, `alone` says that it is the whole document."""

    def __init__(self, lines: list[Line], part: Part, paths: set[str], alone: bool) -> None:
        self.part, self.paths, self.alone = part, paths, alone
        self.lines = lines[part.start : part.end]
        self.back = part.back - part.start
        self.units: list[Unit] = []
        self.titled: dict[int, Found] = {}
        self.body = self.lines[: self.back]
        self.decimals = Decimals(self.body)
        outside = zip(self.body, without_tables(self.body), strict=True)
        marks = {found.mark for line, text in outside if text and (found := self._mark(line))}
        self.titled = {} if marks & NUMBERING else self._markdown_headings()
        self.place = Place(marks, lambda path: path not in self.paths)

    def read(self) -> list[Unit]:
        index = self._read_annex() if self.part.is_annex else 0
        start, end = contents_list([line.text for line in self.lines])
        while index < self.back:
            index = self._read_contents(start, end) if index == start < end else self._read_line(index)
        if self.alone and all(unit.kind in UNNUMBERED for unit in self.units):
            self._read_without_numbers()
        if self.units and _is_empty(self.units[0]):
            del self.units[0]
        if self.back < len(self.lines):
            back = self._open(Unit(Kind.BACK, self._free(self.place.base + BACK_PATH), BACK_PATH, self.place.headings))
            back.paragraphs.extend(line.body for line in self.lines[self.back :])
        return self.units

    def _read_without_numbers(self) -> None:
        """A document that numbers nothing: each paragraph is a clause. One that has a box alone keeps its box."""
        if any(unit.kind in (Kind.BOX, Kind.TABLE, Kind.ROW) for unit in self.units):
            return
        self.paths.difference_update(unit.path for unit in self.units)
        self.units = []
        for unit in read_paragraphs(self.lines[: self.back], FRONT_PATH):
            self._open(unit)

    def _mark(self, line: Line) -> Found | None:
        found = find_mark(line.text, fine=True)
        if found is None:
            return self.titled.get(id(line))
        return found if found.mark is not Mark.DECIMAL else self.decimals.heading(line, found)

    def _markdown_headings(self) -> dict[int, Found]:
        """Headings where nothing numbers the document: 标题1, 标题2, …; the first line is its title."""
        lines = [line for line in self.lines[1 : self.back] if line.level and find_mark(line.text) is None]
        numbered = enumerate(lines, start=1)
        return {id(line): Found(Mark.HEADING, f"标题{n}", 0, "#" * line.level) for n, line in numbered}

    def _read_annex(self) -> int:
        """The annex's label and title; give the index of what follows them."""
        label = self.part.label
        end = 1 if label else 0
        numbering = [self.lines[0].body.slice(0, label.end)] if label else []
        pieces = [self.lines[0].body.slice(label.end).strip()] if label else []
        while end < self.back and end - bool(label) < TITLE_LINES and self._goes_on_as_title(pieces, end):
            pieces.append(self.lines[end].body)
            end += 1
        path = self._free(_annex_path(label))
        unit = Unit(Kind.ANNEX, path, "", numbering=numbering)
        unit.title = _run_together([piece for piece in pieces if len(piece)])
        unit.heading = unit.title.text if unit.title else path
        self.place.base = self.place.article_base = f"{path}/"
        self.place.headings = (unit.heading,)
        self._open(unit)
        return end

    def _goes_on_as_title(self, pieces: list[Traced], index: int) -> bool:
        line = self.lines[index]
        done = any(len(piece) and ends_as_title(piece.text) for piece in pieces[-1:])
        plain = self._mark(line) is None and is_title_line(line.text)
        return plain and not done and find_table(self.body, index) is None

    def _free(self, path: str) -> str:
        """`path`, or with the next number that no other has: two annexes may bear one label."""
        tries = (path, *(f"{path}({number})" for number in range(2, len(self.paths) + 3)))
        return next(each for each in tries if each not in self.paths)

    def _read_contents(self, start: int, end: int) -> int:
        """Keep a table of contents in 题头, so that the headings open where their text is; give the next index."""
        front = self._front()
        front.paragraphs.extend(line.body for line in self.lines[start:end])
        return end

    def _read_line(self, index: int) -> int:
        """Place one line (or a whole box); give the index of the next one."""
        line = self.lines[index]
        found = self._mark(line)
        if found and found.mark is Mark.BOX and self.place.is_new(self._box_path(found)):
            return self._read_box(index, found)
        if table := find_table(self.body, index):
            return self._read_table(table)
        if found and found.mark not in (Mark.BOX, Mark.ANNEX) and self.place.opens(found):
            self._open_numbered(line, found, self._next_is_text(index))
        else:
            self._add_text(line.body)
        return index + 1

    def _next_is_text(self, index: int) -> bool:
        return index + 1 < self.back and self._mark(self.lines[index + 1]) is None

    def _open_numbered(self, line: Line, found: Found, text_follows: bool) -> None:
        unit = Unit(kind_of(found, KINDS), self.place.path(found), "", self.place.headings_above(found))
        if found.end:
            unit.numbering.append(line.body.slice(0, found.end))
        wording = line.body.slice(found.end).strip()
        if len(wording) == 0:
            unit.heading = found.number
        elif is_title(wording.text, found.mark, text_follows):
            unit.title, unit.heading = wording, wording.text.rstrip("。：")
        else:
            unit.heading = found.number if found.mark is Mark.ARTICLE else run_in_heading(wording.text)
            unit.paragraphs.append(wording)
        self._open(unit)
        self.place.descend(unit, found)

    def _add_text(self, body: Traced) -> None:
        """Unnumbered text: the rest of a sentence a page end cut, else a paragraph of the unit it stands under."""
        last = self.units[-1] if self.units else None
        cut = last is not None and last.kind is not Kind.ROW and _is_cut(last)
        if last and cut and not opens_field(body.text, last.paragraphs[-1].text):
            last.paragraphs[-1] += body
            return
        (self.place.owner() or self._front()).paragraphs.append(body)

    def _front(self) -> Unit:
        """Where text stands that nothing numbered is above: 题头, or the annex itself."""
        first = self.units[0] if self.units else None
        if first and first.kind in (Kind.FRONT, Kind.ANNEX):
            return first
        front = Unit(Kind.FRONT, FRONT_PATH, FRONT_PATH)
        self.units.insert(0, front)
        self.paths.add(FRONT_PATH)
        return front

    def _box_path(self, found: Found) -> str:
        numbers = [str(numeral_value(number)) for number in found.number.translate(DASHES).split("-")]
        return f"{self.place.base}专栏{'-'.join(numbers)}"

    def _read_box(self, index: int, found: Found) -> int:
        box = take_box(self.body, index, next_item=self.place.item_number + 1)
        path = self._box_path(found)
        title = self.lines[index].body.slice(found.end).strip()
        above = self.place.headings_above(found)
        unit = self._open(Unit(Kind.BOX, path, title.text or path, above, title=title))
        unit.numbering.append(self.lines[index].body.slice(0, found.end))
        unit.numbering.extend(box.header)
        unit.paragraphs.extend(box.body)
        for item in part_units(path, box.items, (*above, unit.heading)):
            self._open(item)
        return box.end

    def _read_table(self, table: Table) -> int:
        """A table outside boxes."""
        opened = [one.unit for one in self.place.stack]
        above = (*self.place.headings, *(unit.heading for unit in opened if unit.heading))
        owner = opened[-1].path if opened else ""
        for unit in table_units(table, table_path(table.name, self.place.base, owner, self.paths), above):
            self._open(unit)
        return table.end

    def _open(self, unit: Unit) -> Unit:
        self.units.append(unit)
        self.paths.add(unit.path)
        return unit


def _is_empty(unit: Unit) -> bool:
    """An annex that has no label, no title and no text: it begins with the first number in it."""
    return unit.kind is Kind.ANNEX and not (unit.title or unit.numbering or unit.paragraphs)


def _is_cut(unit: Unit) -> bool:
    """Whether the unit's last paragraph stops within a sentence. A title is none, however long."""
    if not unit.paragraphs or not is_unfinished(unit.paragraphs[-1].text):
        return False
    text = unit.paragraphs[-1].text
    return unit.kind is not Kind.FRONT or (len(unit.paragraphs) > 1 and ("，" in text or "。" in text))


DASHES = str.maketrans("—–－", "---")


def _annex_path(label: Found | None) -> str:
    """附件二 → 附件2, 附： and what is attached without a label → 附件."""
    if label is None:
        return "附件"
    number = label.number if label.number[:1].isalpha() and label.number.isascii() else str(label.value or "")
    return f"附{label.what or '件'}{number}"


def _run_together(pieces: list[Traced]) -> Traced | None:
    if not pieces:
        return None
    whole = pieces[0]
    for piece in pieces[1:]:
        whole += piece
    return whole


def marked_spans(units: Iterable[Unit]) -> list[Traced]:
    """Numbers and headings as they stand on the page, in order."""
    return [piece for unit in units for piece in (*unit.numbering, *([unit.title] if unit.title else []))]
