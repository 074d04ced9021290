"""Clean lines → the plan's outline: units in order, each with its path, its heading and its paragraphs."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from ingest.boxes import take_box
from ingest.clean import Line
from ingest.marks import (
    Found,
    Mark,
    article_value,
    contents_list,
    find_mark,
    is_title,
    is_unfinished,
    numeral_value,
    part_level,
    run_in_heading,
)
from ingest.model import Kind
from ingest.signature import signature_start
from ingest.table_units import part_units, table_path, table_units
from ingest.tables import Table, find_table, without_tables
from ingest.traced import Traced
from ingest.unit import Unit

FRONT_PATH, BACK_PATH = "题头", "落款"


@dataclass(slots=True)
class _Place:
    """Where the reader stands in the outline."""

    chapter: Unit | None = None
    section: Unit | None = None
    item: Unit | None = None
    parts: list[Unit] = field(default_factory=list)  # 编, 章, 节 of a statute, outermost first
    article: bool = False
    chapter_number: int = 0
    article_number: int = 0
    item_number: int = 0

    @property
    def deepest(self) -> Unit | None:
        return self.item or self.section or self.chapter or (self.parts[-1] if self.parts else None)


def read_outline(lines: list[Line]) -> list[Unit]:
    """Units in the order of the document, 题头 first and 落款 last where they exist."""
    return _OutlineReader(lines).read()


class _OutlineReader:
    def __init__(self, lines: list[Line]) -> None:
        self.lines = lines
        self.units: list[Unit] = []
        self.paths: set[str] = set()
        self.place = _Place()
        texts = without_tables(lines)  # what stands in a cell numbers nothing and signs nothing
        self.marks = {found.mark for text in texts if (found := find_mark(text))}
        self.back = signature_start(texts)
        self.body = lines[: self.back]

    def read(self) -> list[Unit]:
        index = self._read_contents_list()
        while index < self.back:
            index = self._read_line(index)
        if self.back < len(self.lines):
            back = self._open(Unit(Kind.BACK, BACK_PATH, BACK_PATH))
            back.paragraphs.extend(line.body for line in self.lines[self.back :])
        return self.units

    def _read_contents_list(self) -> int:
        """Keep a table of contents in 题头, so that the headings open where their text is; give the next index."""
        start, end = contents_list([line.text for line in self.lines])
        if end > start:
            for line in self.lines[:start]:
                self._add_text(line.body)
            front = self._front()
            front.paragraphs.extend(line.body for line in self.lines[start:end])
        return end

    def _read_line(self, index: int) -> int:
        """Place one line (or a whole box); give the index of the next one."""
        line = self.lines[index]
        found = find_mark(line.text)
        if found and found.mark is Mark.BOX and self._is_new(f"专栏{numeral_value(found.number)}"):
            return self._read_box(index, found)
        if table := find_table(self.body, index):
            return self._read_table(table)
        if found and found.mark is not Mark.BOX and self._opens_unit(found):
            self._open_numbered(line, found, self._next_is_text(index))
        else:
            self._add_text(line.body)
        return index + 1

    def _next_is_text(self, index: int) -> bool:
        return index + 1 < self.back and find_mark(self.lines[index + 1].text) is None

    def _opens_unit(self, found: Found) -> bool:
        """A mark opens a unit unless it only numbers a list inside one (（一） inside 第三条, a repeated 1.)."""
        place = self.place
        if not self._is_new(self._path(found)):
            return False
        if found.mark is Mark.PART:
            return not place.chapter
        if found.mark is Mark.ARTICLE:  # under 一、 only when they run on from 第一条: a decision quotes others
            return not place.chapter or article_value(found.number) == place.article_number + 1
        if place.article:
            outer = found.mark is Mark.CHAPTER and place.chapter is not None
            return outer and numeral_value(found.number) == place.chapter_number + 1
        return found.mark is Mark.CHAPTER or self._is_under_a_heading(found.mark)

    def _is_under_a_heading(self, mark: Mark) -> bool:
        """Before the first 一、 a （一） or 1. is a list of the front, unless the document numbers no higher."""
        if self.place.deepest:
            return True
        higher = {Mark.CHAPTER, Mark.PART, Mark.ARTICLE} | ({Mark.SECTION} if mark is Mark.ITEM else set())
        return not self.marks & higher

    def _is_new(self, path: str) -> bool:
        return path not in self.paths

    def _path(self, found: Found) -> str:
        place = self.place
        if found.mark is Mark.SECTION:
            return f"{place.chapter.path}({found.number})" if place.chapter else f"({found.number})"
        if found.mark is Mark.ITEM:
            above = place.section or place.chapter
            return f"{above.path if above else ''}{found.number}"
        if found.mark is Mark.PART:  # 第一节 stands in every chapter: 第二章第一节
            above = next(reversed(self._parts_above(found.number)), None)
            return f"{above.path if above else ''}{found.number}"
        return found.number

    def _parts_above(self, number: str) -> list[Unit]:
        return [part for part in self.place.parts if part_level(part.path) < part_level(number)]

    def _open_numbered(self, line: Line, found: Found, text_follows: bool) -> None:
        unit = Unit(_KINDS[found.mark], self._path(found), "", self._headings_above(found))
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
        self._descend(unit, found)

    def _headings_above(self, found: Found) -> tuple[str, ...]:
        place = self.place
        parts = self._parts_above(found.number) if found.mark is Mark.PART else place.parts
        below = {
            Mark.ITEM: (place.chapter, place.section),
            Mark.SECTION: (place.chapter,),
            Mark.ARTICLE: (place.chapter,),
            Mark.BOX: (place.chapter, place.section, place.item),
        }.get(found.mark, ())
        return tuple(unit.heading for unit in (*parts, *below) if unit and unit.heading)

    def _descend(self, unit: Unit, found: Found) -> None:
        place = self.place
        if found.mark is Mark.CHAPTER:
            place.chapter, place.section, place.item, place.article = unit, None, None, False
            place.chapter_number = numeral_value(found.number)
        elif found.mark is Mark.SECTION:
            place.section, place.item = unit, None
        elif found.mark is Mark.PART:
            place.parts, place.item = [*self._parts_above(found.number), unit], None
        elif found.mark is Mark.ARTICLE:
            place.item, place.article, place.article_number = unit, True, article_value(found.number)
        else:
            place.item, place.item_number = unit, int(found.number)

    def _add_text(self, body: Traced) -> None:
        """Unnumbered text: the rest of a sentence a page end cut, else a paragraph of the unit it stands under."""
        last = self.units[-1] if self.units else None
        if last and last.paragraphs and is_unfinished(last.paragraphs[-1].text) and last.kind is not Kind.ROW:
            last.paragraphs[-1] += body
            return
        (self._owner() or self._front()).paragraphs.append(body)

    def _front(self) -> Unit:
        first = self.units[0] if self.units else None
        if first and first.kind is Kind.FRONT:
            return first
        front = Unit(Kind.FRONT, FRONT_PATH, FRONT_PATH)
        self.units.insert(0, front)
        self.paths.add(FRONT_PATH)
        return front

    def _owner(self) -> Unit | None:
        """A section that spoke before its items resumes after them; else the deepest unit goes on."""
        place = self.place
        if place.item and not place.article and place.section and place.section.paragraphs:
            return place.section
        return place.deepest

    def _read_box(self, index: int, found: Found) -> int:
        box = take_box(self.body, index, next_item=self.place.item_number + 1)
        path = f"专栏{numeral_value(found.number)}"
        title = self.lines[index].body.slice(found.end).strip()
        above = self._headings_above(found)
        unit = self._open(Unit(Kind.BOX, path, title.text or path, above, title=title))
        unit.numbering.append(self.lines[index].body.slice(0, found.end))
        unit.numbering.extend(box.header)
        unit.paragraphs.extend(box.body)
        for item in part_units(path, box.items, (*above, unit.heading)):
            self._open(item)
        return box.end

    def _read_table(self, table: Table) -> int:
        """A table outside boxes."""
        place = self.place
        held = (*place.parts, place.chapter, place.section, place.item)
        above = tuple(unit.heading for unit in held if unit and unit.heading)
        owner = place.deepest.path if place.deepest else ""
        for unit in table_units(table, table_path(table.name, "", owner, self.paths), above):
            self._open(unit)
        return table.end

    def _open(self, unit: Unit) -> Unit:
        self.units.append(unit)
        self.paths.add(unit.path)
        return unit


_KINDS = {
    Mark.CHAPTER: Kind.CHAPTER,
    Mark.SECTION: Kind.SECTION,
    Mark.ITEM: Kind.ITEM,
    Mark.PART: Kind.CHAPTER,
    Mark.ARTICLE: Kind.ARTICLE,
}


def marked_spans(units: Iterable[Unit]) -> list[Traced]:
    """Numbers and headings as they stand on the page, in order."""
    return [piece for unit in units for piece in (*unit.numbering, *([unit.title] if unit.title else []))]
