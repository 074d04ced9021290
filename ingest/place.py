"""Where the reader stands among the numbers of one part: which mark opens a unit there, under which, at which path."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ingest.marks import Found, Mark, article_value, part_level
from ingest.model import Kind
from ingest.unit import Unit

RANKS = {Mark.CHAPTER: 10, Mark.ARTICLE: 11, Mark.SECTION: 12, Mark.ITEM: 13, Mark.POINT: 30, Mark.CIRCLE: 31}
DECIMAL_RANK = 13  # of 1.1, and one more for each number after it; 1 alone stands as high as 一、
LIST_RANK = 25  # of （一） and 1. inside 4.1.2
SKIPPED = 2  # a copy may lack a heading: 4.1 is followed by 4.3


@dataclass(frozen=True, slots=True)
class Open:
    """A unit that is open, with its rank, its mark and its number."""

    unit: Unit
    mark: Mark
    rank: int
    value: int
    numbers: tuple[str, ...] = ()  # of a decimal


@dataclass(slots=True)
class Place:
    """The open units of one part, outermost first. `marks` are all that the part shows, `base` begins its paths."""

    marks: set[Mark]
    is_new: Callable[[str], bool]
    base: str = ""
    headings: tuple[str, ...] = ()
    stack: list[Open] = field(default_factory=list)
    article_number: int = 0
    article_base: str = ""
    item_number: int = 0
    latest: dict[tuple[str, ...], int] = field(default_factory=dict)  # last decimal under each

    def __post_init__(self) -> None:
        self.article_base = self.base

    def find(self, mark: Mark) -> Open | None:
        """The innermost open unit of that mark."""
        return next((one for one in reversed(self.stack) if one.mark is mark), None)

    @property
    def deepest(self) -> Unit | None:
        return self.stack[-1].unit if self.stack else None

    def opens(self, found: Found) -> bool:
        """A mark opens a unit unless it only numbers a list inside one (（一） inside 第三条, a repeated 1.)."""
        return self.is_new(self.path(found)) and _OPENS[found.mark](self, found)

    def opens_part(self, found: Found) -> bool:
        chapter = self.find(Mark.CHAPTER)
        if chapter is None:
            return True
        same = next((one for one in self.stack if one.rank == self.rank(found)), None)
        return found.value == same.value + 1 if same else self.stack[0].mark is Mark.PART and found.value == 1

    def opens_article(self, found: Found) -> bool:
        """Under 一、 only when they run on from 第一条: a decision quotes others."""
        return self.find(Mark.CHAPTER) is None or article_value(found.number) == self.article_number + 1

    def opens_chapter(self, found: Found) -> bool:
        if self.find(Mark.ARTICLE) is None:
            return True
        chapter = self.find(Mark.CHAPTER)
        return chapter is not None and found.value == chapter.value + 1

    def opens_within(self, found: Found) -> bool:
        """Before the first 一、 a （一） or 1. is a list of the front, unless the document numbers no higher."""
        if self.find(Mark.ARTICLE):
            return False
        if self.stack:
            return True
        higher = {Mark.CHAPTER, Mark.PART, Mark.ARTICLE} | ({Mark.SECTION} if found.mark is Mark.ITEM else set())
        return not self.marks & higher

    def opens_in_sequence(self, found: Found) -> bool:
        """（1） and ① count from one, below something."""
        if not self.stack or self.find(Mark.ARTICLE):
            return False
        before = self.find(found.mark)
        return found.value == (before.value + 1 if before else 1) or found.value == 1

    def opens_decimal(self, found: Found) -> bool:
        """4.1.2 follows 4.1.1 under 4.1: anything else at the head of a line is a reference or a quantity."""
        if self.find(Mark.ARTICLE):
            return False
        numbers = decimal_numbers(found.number)
        above = numbers[:-1]
        step = int(numbers[-1]) - self.latest.get(above, 0)
        begins = not above and not self.latest  # an excerpt may begin with 3
        return step > 0 and (step <= SKIPPED or begins) and (not above or self._has_above(above))

    def _has_above(self, above: tuple[str, ...]) -> bool:
        if any(one.numbers == above for one in self.stack) or not above[0].isdigit():
            return True
        counted = (Mark.ITEM, Mark.CHAPTER, Mark.PART)
        return len(above) == 1 and any(one.mark in counted and one.value == int(above[0]) for one in self.stack)

    def rank(self, found: Found) -> int:
        if found.mark is Mark.PART:
            return part_level(found.number)
        if found.mark is Mark.HEADING:
            return len(found.what)
        if found.mark is Mark.DECIMAL:
            depth = len(decimal_numbers(found.number))
            return RANKS[Mark.CHAPTER] if depth == 1 else DECIMAL_RANK + depth
        return LIST_RANK + RANKS[found.mark] - RANKS[Mark.SECTION] if self._lists(found) else RANKS[found.mark]

    def _lists(self, found: Found) -> bool:
        """Whether （一） or 1. numbers a list inside 4.1.2 and does not go on a level above it."""
        if found.mark not in (Mark.SECTION, Mark.ITEM) or self.find(Mark.DECIMAL) is None:
            return False
        outer = next((one for one in self.stack if one.mark is found.mark), None)
        return outer is None or outer.rank >= LIST_RANK or found.value != outer.value + 1

    def above(self, found: Found) -> list[Open]:
        rank = self.rank(found)
        return [one for one in self.stack if one.rank < rank]

    def path(self, found: Found) -> str:
        """Where the unit would stand: 三(四)21, 第二章第一节, 第三条, 4.1.2 — each after what it is counted in."""
        above = self.above(found)
        if found.mark is Mark.ARTICLE:
            return self._article_path(found, above)
        if found.mark is Mark.DECIMAL:
            number = ".".join(decimal_numbers(found.number))
            if self.is_new(whole := self.base + number):
                return whole
            counted = [one for one in above if one.mark is not Mark.DECIMAL]
            return _joined(counted[-1].unit.path if counted else self.base, number)
        if found.mark is Mark.HEADING:  # counted through the part
            return self.base + found.number
        step = f"({found.number})" if found.mark in (Mark.SECTION, Mark.POINT) else found.number
        return _joined(above[-1].unit.path if above else self.base, step)

    def _article_path(self, found: Found, above: list[Open]) -> str:
        """Articles are counted through the whole, unless a chapter begins with 第一条 again."""
        value = article_value(found.number)
        runs_on = value == self.article_number + 1
        if self.is_new(whole := (self.article_base if runs_on else self.base) + found.number):
            return whole
        counted = [one for one in above if one.mark is Mark.PART]
        return counted[-1].unit.path + found.number if counted and value == 1 else whole

    def headings_above(self, found: Found) -> tuple[str, ...]:
        above = self.stack if found.mark is Mark.BOX else self.above(found)
        return (*self.headings, *(one.unit.heading for one in above if one.unit.heading))

    def descend(self, unit: Unit, found: Found) -> None:
        numbers = decimal_numbers(found.number) if found.mark is Mark.DECIMAL else ()
        value = article_value(found.number) if found.mark is Mark.ARTICLE else found.value
        opened = Open(unit, found.mark, self.rank(found), value, numbers)
        self.stack = [*self.above(found), opened]
        if opened.rank <= RANKS[Mark.ITEM] and not numbers:
            self.latest.clear()  # 1.1 may come again under each 一、
        if found.mark is Mark.ARTICLE:
            self.article_number, self.article_base = value, unit.path.removesuffix(found.number)
        elif found.mark is Mark.ITEM:
            self.item_number = value
        elif numbers:
            self.latest[numbers[:-1]] = value

    def owner(self) -> Unit | None:
        """A section that spoke before its items resumes after them; else the deepest unit goes on."""
        if self.stack and self.stack[-1].mark is Mark.ITEM and len(self.stack) > 1:
            above = self.stack[-2]
            if above.mark is Mark.SECTION and above.unit.paragraphs:
                return above.unit
        return self.deepest


_OPENS: dict[Mark, Callable[[Place, Found], bool]] = {
    Mark.HEADING: lambda _place, _found: True,
    Mark.PART: Place.opens_part,
    Mark.ARTICLE: Place.opens_article,
    Mark.CHAPTER: Place.opens_chapter,
    Mark.SECTION: Place.opens_within,
    Mark.ITEM: Place.opens_within,
    Mark.DECIMAL: Place.opens_decimal,
    Mark.POINT: Place.opens_in_sequence,
    Mark.CIRCLE: Place.opens_in_sequence,
}


def decimal_numbers(number: str) -> tuple[str, ...]:
    """4.1.2 → 4, 1, 2; A.1 → A, 1."""
    return tuple(number.replace("．", ".").split("."))


def kind_of(found: Found, kinds: dict[Mark, Kind]) -> Kind:
    """A decimal's kind goes by its depth."""
    if found.mark is not Mark.DECIMAL:
        return kinds[found.mark]
    return {1: Kind.CHAPTER, 2: Kind.SECTION}.get(len(decimal_numbers(found.number)), Kind.ITEM)


def _joined(above: str, step: str) -> str:
    """标题2 and 1 make 标题2/1: two numbers side by side would be read as one."""
    apart = above[-1:].isdigit() and step[:1].isdigit()
    return f"{above}/{step}" if apart else above + step
