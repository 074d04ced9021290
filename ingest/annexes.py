"""A document's parts, each with numbers of its own: the body, and what is attached to it.

An annex begins at its label (附件1, 附录A, 附：), at the title after a signature, or at a title under which the numbers
start again. A list of annexes (附件：1.… 2.…) is back matter, as the signature below it is.
"""

import re
from dataclasses import dataclass
from itertools import takewhile

from ingest.contents import contents_list
from ingest.marks import Found, Mark, find_mark
from ingest.signature import is_signed, signature_block, signers_alone
from ingest.title_line import ends_as_title, is_title_line

TITLE_LINES = 4
PREAMBLE_LINES = 8  # between a title and its first number
ENTRY_MAX = 80
FOOTNOTE = re.compile(r"[\[［]\d{1,3}[\]］]|注\d{0,2}[：:]|备注[：:]")  # below a signature it opens no text


@dataclass(frozen=True, slots=True)
class Part:
    """Lines `start` to `end`; the back matter begins at `back`. The body has no label, an annex may have one."""

    start: int
    back: int
    end: int
    label: Found | None = None
    is_annex: bool = False


def divide(lines: list[str]) -> list[Part]:
    """The parts of a document in order; together they are all of its lines."""
    return _Divider(lines).divide()


class _Divider:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.contents = contents_list(lines)
        self.marked = [find_mark(line) for line in lines]
        self.numbered = any(found and found.mark not in (Mark.BOX, Mark.ANNEX) for found in self.marked)
        self.parts: list[Part] = []
        self._begin(0)

    def divide(self) -> list[Part]:
        index = 0
        while index < len(self.lines):
            index = self._step(index)
        self._close(len(self.lines))
        return self.parts

    def _begin(self, start: int, label: Found | None = None) -> None:
        self.start, self.label = start, label
        self.back: int | None = None
        self.said = bool(self.parts)  # whether the part has a body that can be signed
        self.outer: Found | None = None  # the first number 1, which stands again where another document begins

    def _close(self, end: int) -> None:
        back = self.back
        if back is None:
            back = signers_alone(self.lines, self.start, end) if self.said else end
        self.parts.append(Part(self.start, back, end, self.label, bool(self.parts)))

    def _step(self, index: int) -> int:
        """Look at one line or block; give the index of the next."""
        if self.contents[0] <= index < self.contents[1]:
            return self.contents[1]
        found = self.marked[index]
        if found and found.mark is Mark.ANNEX:
            return self._annex(index, found)
        end = signature_block(self.lines, index)
        signs = end > index and (self.said or self._is_followed_by_a_label(index))
        if signs and self._signed(index, end):
            return end
        if index > self.start and (begin := self._starts_again(index)) is not None:
            self._close(begin)
            self._begin(begin)
        self._note(index)
        return index + 1

    def _note(self, index: int) -> None:
        found = self.marked[index]
        if found and found.mark is not Mark.BOX:
            self.said = True
            self.outer = self.outer or (found if found.value == 1 else None)
        elif not self.numbered and "。" in self.lines[index]:
            self.said = True

    def _annex(self, index: int, found: Found) -> int:
        listed = self._list_end(index, found)
        if listed > index:
            closes = self.said or self._is_followed_by_a_label(listed)
            if closes and self.back is None and self._ends(listed):
                self.back = index
            return listed
        if not self._is_label(index, found):
            self._note_text(index)
            return index + 1
        self._close(index)
        self._begin(index, found)
        return index + 1

    def _note_text(self, index: int) -> None:
        self.said = self.said or "。" in self.lines[index]

    def _list_end(self, index: int, found: Found) -> int:
        """Where the list of annexes that begins here ends; `index` when it is no list."""
        rest = self.lines[index][found.end :]
        end = index + 1
        while end < len(self.lines) and self._is_entry(end):
            end += 1
        entries = end - index - 1
        if self._is_entry_text(rest) and rest:
            return end
        colon = self.lines[index][: found.end].endswith("：")
        if entries and not self._is_annex_list(end, found, rest):
            return index
        named = bool(rest) and (colon or bool(found.number)) and len(rest) <= ENTRY_MAX
        if named and self._ends(end) and (end < len(self.lines) or colon):
            return end
        return end if not rest and colon and entries and self._ends(end) else index

    def _is_annex_list(self, end: int, found: Found, rest: str) -> bool:
        """附件： and 1.… 2.… list annexes; 附：某目录 and 1.… 2.… are one, as is a 附： that nobody signs below."""
        first = self.marked[end - 1]
        own_list = bool(rest) and not found.number and first is not None and first.mark is Mark.ITEM
        return not own_list and (bool(found.what) or end < len(self.lines))

    def _is_entry(self, index: int) -> bool:
        found, line = self.marked[index], self.lines[index]
        if found is None or "。" in line or len(line) > ENTRY_MAX:
            return False
        return found.mark is Mark.ITEM or (found.mark is Mark.ANNEX and len(line) > found.end)

    def _is_entry_text(self, rest: str) -> bool:
        found = find_mark(rest)
        return found is not None and found.mark is Mark.ITEM

    def _ends(self, index: int) -> bool:
        """Whether a body ends here: with its lines, a signature or a label."""
        if index >= len(self.lines) or signature_block(self.lines, index) > index:
            return True
        found = self.marked[index]
        return found is not None and found.mark is Mark.ANNEX and self._is_label(index, found)

    def _is_label(self, index: int, found: Found) -> bool:
        line = self.lines[index]
        rest = line[found.end :]
        told = line[: found.end].endswith(("：", "】", "]"))
        return is_title_line(rest) and (not rest or bool(found.number) or told or ends_as_title(rest))

    def _signed(self, index: int, end: int) -> bool:
        """Take the signature at `index`; False when it is none, for the text goes on."""
        goes_on = any(self._opens(at) for at in range(end, len(self.lines)))
        labelled = end < len(self.lines) and self._has(end, Mark.ANNEX)
        if goes_on and not labelled and not (self._may_be_title(end) and is_signed(self.lines, index, end)):
            return False
        self.back = index if self.back is None else self.back
        if goes_on and not labelled:
            self._close(end)
            self._begin(end)
        return True

    def _is_followed_by_a_label(self, index: int) -> bool:
        """Whether an annex begins below the signature, so that a notice without numbers ends there."""
        end = signature_block(self.lines, index)
        return index > self.start and end < len(self.lines) and self._has(end, Mark.ANNEX)

    def _has(self, index: int, mark: Mark) -> bool:
        found = self.marked[index]
        return found is not None and found.mark is mark

    def _opens(self, index: int) -> bool:
        found = self.marked[index]
        return not FOOTNOTE.match(self.lines[index]) and (found is not None or "。" in self.lines[index])

    def _starts_again(self, index: int) -> int | None:
        """The title line at which a document begins whose first number the part already has."""
        found = self.marked[index]
        if not (found and self.outer and (found.mark, found.number) == (self.outer.mark, self.outer.number)):
            return None
        above = range(index - 1, max(self.start, index - 1 - PREAMBLE_LINES), -1)
        unmarked = list(takewhile(lambda at: self.marked[at] is None, above))
        last = next((at for at in unmarked if self._may_be_title(at) and ends_as_title(self.lines[at])), None)
        if last is None:
            return None
        first = last
        while first > self.start + 1 and last - first < TITLE_LINES and self._may_be_title(first - 1):
            first -= 1
        return first

    def _may_be_title(self, index: int) -> bool:
        return self.marked[index] is None and is_title_line(self.lines[index])
