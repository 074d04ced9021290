"""Which clause of a plan an address means: by look-up, never by search."""

import re
from collections.abc import Iterator

from bot.model import Address
from bot.question.address import NUMBER, PARTS, spelled
from ingest.model import Clause, Kind, Plan
from ingest.numerals import CHINESE_NUMERAL, numeral_text

SECTION_END = re.compile(rf"\({CHINESE_NUMERAL}\)$")
ARTICLE_NAMED = re.compile(rf"第({NUMBER})\s?条")
UNNUMBERED_ANNEX = "附件"


def resolve(address: Address, plan: Plan) -> str | None:
    """The path of `address` in `plan`, None when the plan has no such unit.

    What stands in one annex alone is found without naming the annex.
    """
    paths = {clause.path for clause in plan.clauses}
    candidates = _candidates(address, plan)
    base = f"{address.annex}/" if address.annex else ""
    rows = [str(address.number)] if address.annex and address.kind == "item" else []  # 附表2第1项
    if found := next((base + path for path in (*candidates, *rows) if base + path in paths), None):
        return found
    if address.annex and address.annex != UNNUMBERED_ANNEX:
        return None
    nested = [path for path in sorted(paths) if any(path.endswith(f"/{each}") for each in candidates if each)]
    nested += [path for path in sorted(paths) if address.kind == "table" and _under_a_heading(path, address.path)]
    return nested[0] if len(nested) == 1 else None


def _under_a_heading(path: str, table: str) -> bool:
    """二表1/1 for 表1/1: where the number stands twice, it is told apart by what it stands under."""
    above = path.removesuffix(table)
    return above != path and not above.endswith(("/", "附"))


def _candidates(address: Address, plan: Plan) -> list[str]:
    if address.path:
        return [address.path, *_in_a_statute(address)]
    if address.kind == "box":
        box = f"专栏{address.number}"
        return [f"{box}/{address.inner}"] if address.inner else [box]
    if address.kind == "chapter":
        return [*_in_a_statute(address), numeral_text(address.number)] if 0 < address.number < 1000 else []
    if address.kind == "section":
        return _numbered(plan, numeral_text(address.number), Kind.SECTION)
    article = f"第{numeral_text(address.number)}条" if 0 < address.number < 1000 else ""
    written = f"第{address.number}条"  # as some write it
    running = _running(plan, address.number)
    if running or items_run_on(plan) or sections_run_on(plan) or not 0 < address.number < 1000:
        return [article, written, *running]
    return [article, written, *_numbered(plan, numeral_text(address.number), Kind.SECTION)]


def _in_a_statute(address: Address) -> Iterator[str]:
    """第三章第二节 as a statute has it: the parts in their own words, an article by its number alone."""
    named = PARTS.findall(address.wording)
    if article := ARTICLE_NAMED.search(address.wording):
        yield from () if "条之" in address.path else (f"第{spelled(article.group(1))}条",)
    elif named:
        yield "".join(f"第{spelled(number)}{what}" for number, what in named)


def _running(plan: Plan, number: int) -> list[str]:
    """The unit a plan's running numbers give 第N条: items 1.–27., or sections （一）–（三十八） where none run on."""
    if items_run_on(plan):
        return [clause.path for clause in items(plan) if item_number(clause.path) == number]
    if sections_run_on(plan) and 0 < number < 1000:
        return _numbered(plan, numeral_text(number), Kind.SECTION)
    return []


def _numbered(plan: Plan, numeral: str, kind: Kind) -> list[str]:
    found = [c.path for c in plan.clauses if c.path.endswith(f"({numeral})") and c.kind in (kind, Kind.HEADING)]
    return found if len(found) == 1 else []


def item_number(path: str) -> int:
    """The item number a path ends with, 0 when it has none; 4.1.2 is no item's."""
    match = re.search(r"(?:^|[^\d.])(\d+)$", path)
    return int(match.group(1)) if match else 0


def items(plan: Plan) -> list[Clause]:
    """The items 1. 2. of the plan itself, its annexes' left out."""
    found = (c for c in plan.clauses if c.kind is Kind.ITEM and "/" not in c.path and item_number(c.path))
    return sorted(found, key=lambda clause: item_number(clause.path))


def items_run_on(plan: Plan) -> bool:
    """Whether the plan's items are numbered through: 1. to 27. across sections and chapters."""
    numbers = [item_number(clause.path) for clause in items(plan)]
    return len(numbers) > 3 and len(set(numbers)) == len(numbers)


def sections(plan: Plan) -> list[Clause]:
    """The sections （一） of the plan itself."""
    return [clause for clause in plan.clauses if "/" not in clause.path and SECTION_END.search(clause.path)]


def sections_run_on(plan: Plan) -> bool:
    """Whether the plan's sections are: （一） to （三十八） across chapters."""
    numerals = [clause.path[clause.path.rindex("(") :] for clause in sections(plan)]
    chapters = {clause.path[: clause.path.rindex("(")] for clause in sections(plan)}
    return len(chapters) > 1 and len(numerals) > 3 and len(set(numerals)) == len(numerals)
