"""What a sentence puts in quotation marks stands word for word in what it cites."""

import re
from collections.abc import Iterator

from bot.check.draft import Fault, FaultKind
from bot.check.read.claim import QUOTED, Claim
from bot.check.read.evidence import Evidence
from bot.check.read.fold import plain
from ingest.model import Plan

ENDS = ",。;、:!?.…"
BRACKETS = str.maketrans("", "", "《》“”")
NOT_THIS = re.compile(r"(?:不是|并非|而非|没有|未)[^,;。]{0,6}$")  # 用的是“引导”,不是“要求”
SHORTEST = 2  # characters; less is a word set off: 让机器“看”着检
SHORTEST_TITLE = 4  # characters; less of a title could be of any


def quote_faults(claim: Claim) -> Iterator[Fault]:
    """Where a quotation leaves something out (……) each part must stand. What is said to be absent may be quoted."""
    absent = "".join(claim.text[start:end] for start, end in claim.absent)
    for match in QUOTED.finditer(claim.text):
        quote = match.group(1) or ""
        if len(quote) < SHORTEST:
            continue
        parts = [part.strip(ENDS) for part in quote.replace("……", "…").replace("...", "…").split("…")]
        if f"“{quote}”" in absent or not any(parts) or NOT_THIS.search(claim.text[: match.start()]):
            continue
        cited = claim.segment(match.start()).evidence or claim.evidence  # of the place it is told of
        if not all(any(_stands(part, one) for one in cited) for part in parts if part):
            yield Fault(FaultKind.QUOTATION, quote)
    for title in claim.titles:
        if not any(_names(title, one) for one in claim.evidence):
            yield Fault(FaultKind.QUOTATION, title)


def _stands(part: str, one: Evidence) -> bool:
    bare = part.translate(BRACKETS)
    return part in one.text or bare in one.text.translate(BRACKETS) or any(bare in title for title in _titles(one.plan))


def _names(title: str, one: Evidence) -> bool:
    bare = title.translate(BRACKETS)
    if f"《{title}》" in one.text or bare in one.text.translate(BRACKETS):
        return True
    return len(bare) >= SHORTEST_TITLE and any(bare in known for known in _titles(one.plan))


def _titles(plan: Plan) -> tuple[str, ...]:
    known = (plan.title, plan.name, *(reference.title for reference in plan.metadata.references))
    return tuple(plain(title).translate(BRACKETS) for title in known)
