"""What setting Chinese in lines and columns asks for. Knows no library."""

from collections.abc import Sequence

NEVER_FIRST = frozenset("，。、；：？！）》〉」』】〕”’…％℃,.;:?!)]}")  # on a line
SHORTEST, LONGEST = 4, 24  # characters: a column is as wide as if its longest cell had no fewer and no more


def hung(lines: Sequence[str]) -> list[str]:
    """Lines of which none begins with a mark that must not: it hangs at the end of the line before.

    >>> hung(["符合规定的", "，允许"])
    ['符合规定的，', '允许']
    """
    found: list[str] = []
    for line in lines:
        marks = len(line) - len(line.lstrip("".join(NEVER_FIRST))) if found else 0
        if marks:
            found[-1] += line[:marks]
        if line[marks:]:
            found.append(line[marks:])
    return found


def shares(columns: Sequence[Sequence[str]]) -> list[float]:
    """Of the width, for each column by its longest cell; they add up to 1."""
    longest = [max(map(len, column), default=0) for column in columns]
    wanted = [min(max(length, SHORTEST), LONGEST) for length in longest]
    return [each / sum(wanted) for each in wanted]


def is_in(char: str, encoding: str) -> bool:
    """Whether an encoding has a character."""
    try:
        char.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
