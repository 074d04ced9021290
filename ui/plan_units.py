"""Where a clause's text names its responsible units, so that they are shown there and not said twice."""

from ui.plan_marks import Mark, Marks, Sort
from ui.replies import ClauseText

APART = 16  # characters between two units of one list, e.g. 、 or ，配合单位：
BEFORE = 16  # characters of what introduces the list, e.g. （责任单位：
AFTER = "）)。；;、 "
OPENING = "（("


def unit_marks(clause: ClauseText) -> Marks:
    """All units in their order, the last list that holds them; none when the text does not name each."""
    found: list[Mark] = []
    before = len(clause.text)
    for unit in reversed(clause.responsible_units):
        start = clause.text.rfind(unit.name, 0, before)
        if start < 0 or (found and before - start - len(unit.name) > APART):
            return ()
        found.append(Mark(start, start + len(unit.name), Sort.UNIT, unit.role))
        before = start
    return tuple(reversed(found))


def list_start(text: str, marks: Marks) -> int:
    """Where the list of units begins that ends the text, with its introduction; the text's end where there is none."""
    if not marks or text[marks[-1].end :].strip(AFTER):
        return len(text)
    first = marks[0].start
    line = text.rfind("\n", 0, first) + 1
    opening = max(text.rfind(bracket, line, first) for bracket in OPENING)
    start = opening if opening >= 0 else line
    return start if first - start <= BEFORE else len(text)
