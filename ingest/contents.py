"""A table of contents: from 目录 to where its first heading stands again."""

from ingest.marks import find_mark

NAMES = ("目录", "目次")
ENTRY_MAX = 60
LEADERS = ".．·•…⋯ \t-—"


def contents_list(lines: list[str]) -> tuple[int, int]:
    """First line and end of a table of contents; (0, 0) if none. Its headings must come again further down."""
    start = next((index for index, line in enumerate(lines[:-1]) if line in NAMES), None)
    if start is None:
        return 0, 0
    first = _entry(lines[start + 1])
    marked = next((found for line in lines[start + 1 : start + 4] if (found := find_mark(line))), None)
    end = 0
    for index in range(start + 2, len(lines)):
        again = find_mark(lines[index])
        same = again and marked and (again.mark, again.number) == (marked.mark, marked.number)
        if _entry(lines[index]) == first or (same and find_mark(lines[start + 1]) is not None):
            return start, end or index
        if not end and (len(lines[index]) > ENTRY_MAX or "。" in lines[index]):
            end = index  # a preface between the list and the first heading
    return 0, 0


def _entry(line: str) -> str:
    """The heading of an entry, without dots and page number."""
    return line.rstrip("0123456789").rstrip(LEADERS)
