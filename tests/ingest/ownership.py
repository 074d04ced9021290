"""Who owns each source character: the account that every document must settle."""

from collections import Counter

from ingest.model import Clause, Kind, Plan

DISCARDS = {"pinyin", "bookmark", "blank", "page_rule", "table_rule", "invisible"}


def inserted(plan: Plan, clause: Clause, index: int) -> bool:
    """Whether the reader of the plan put this character in: a paragraph break, or ｜ and ： between cells of a row."""
    char, written = clause.text[index], plan.source[clause.origins[index]]
    return char == "\n" or (clause.kind is Kind.ROW and char in "｜：" and char != written)


def owners(plan: Plan) -> list[list[str]]:
    """For each source character, the clauses, headings and discards that hold it.

    A row repeats the column headings of its table, and the name in a merged cell; those stay owned by the box, and by
    the first row of that name.
    """
    held: list[list[str]] = [[] for _ in plan.source]
    headings, rows = set[int](), set[int]()
    for start, end in plan.headings:
        for offset in range(start, end):
            held[offset].append("heading")
            headings.add(offset)
    for discard in plan.discards:
        for offset in range(discard.start, discard.end):
            held[offset].append(discard.reason)
    for clause in plan.clauses:
        own = {origin for i, origin in enumerate(clause.origins) if not inserted(plan, clause, i)}
        for offset in own - headings - rows if clause.kind is Kind.ROW else own:
            held[offset].append(clause.id)
        rows |= own if clause.kind is Kind.ROW else set()
    return held


def unsettled(plan: Plan) -> list[tuple[int, str, list[str]]]:
    """Source characters without exactly one owner, or with one that has no name."""
    known = DISCARDS | {"heading"} | {clause.id for clause in plan.clauses}
    return [
        (offset, plan.source[offset], names)
        for offset, names in enumerate(owners(plan))
        if len(names) != 1 or names[0] not in known
    ]


def repeated_paths(plan: Plan) -> list[str]:
    return [path for path, times in Counter(clause.path for clause in plan.clauses).items() if times > 1]
