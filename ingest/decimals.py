"""Which lines of a document begin with a decimal heading (1, 1.1, 4.1.2), and not with a reference or a quantity."""

import re

from ingest.clean import Line
from ingest.marks import Found, Mark, find_mark

HEADING_MAX = 40
# 11.5.14.2的试验 · 4.1和4.2 · 3.5～4.0
JOINED = tuple("中和与或及至到")  # unless a blank parts them from the number: 4.1.2 与污染源的距离
# 3.1.2 的要求 · 3.1.2 和 3.1.3 · 3.3 及以上
GOES_ON = re.compile(r"[的、，。；：）～~—–条款项章节%％℃°-]|[中和与或及至到]\s?(?!20\d\d年)\d|及以")


class Decimals:
    """The habit of one document: whether it sets a blank after the number, and which numbers have 1.1 below."""

    def __init__(self, lines: list[Line]) -> None:
        found = [(line, mark) for line in lines if (mark := find_mark(line.text, fine=True))]
        deep = [(line, mark) for line, mark in found if mark.mark is Mark.DECIMAL and not mark.number.isdigit()]
        self.below = {mark.number.replace("．", ".").partition(".")[0] for _, mark in deep}
        self.spaced = bool(deep) and 2 * sum(_is_spaced(line, mark) for line, mark in deep) > len(deep)
        headed = [mark for _, mark in found if mark.mark not in (Mark.ANNEX, Mark.BOX)]
        self.alone = all(mark.mark is Mark.DECIMAL and mark.number.isdigit() for mark in headed)

    def heading(self, line: Line, found: Found) -> Found | None:
        """`found` if its line may be a heading by its looks."""
        wording = line.text[found.end :].strip()
        spaced = _is_spaced(line, found) or not wording
        joined = wording.startswith(JOINED) and not (self.spaced and spaced)
        if joined or GOES_ON.match(wording) or len([cell for cell in line.cells if len(cell)]) > 2:
            return None
        if found.number.isdigit():
            return found if self._heads(found, wording, spaced) else None
        return found if spaced or not self.spaced else None

    def _heads(self, found: Found, wording: str, spaced: bool) -> bool:
        """1 总则 has a blank after its number or 1.1 below it, and is no sentence unless nothing else is numbered."""
        if not wording or ("。" in wording and not self.alone) or (len(wording) > HEADING_MAX and not self.alone):
            return False
        return (spaced and (bool(self.below) or self.alone)) or (not self.spaced and found.number in self.below)


def _is_spaced(line: Line, found: Found) -> bool:
    """Whether a blank stood after the number, which cleaning took."""
    if found.end >= len(line.body):
        return False
    origins = line.body.origins
    return origins[found.end] - origins[found.end - 1] > 1 or line.text[found.end] in " \t"
