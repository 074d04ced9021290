"""The last gate: what an answer quotes must stand in what it cites, and its numbers too."""

import re
from dataclasses import replace

from bot.answer.quote import place_name
from bot.model import Answer, Citation, Statement
from bot.question.fold import compact
from bot.service import Verdict
from ingest.model import Clause

QUOTED = re.compile(r"「([^「」]*)」")
GAP = re.compile(r"……|　　|\n")
NUMBER = re.compile(r"\d+(?:\.\d+)?")


def verified(answer: Answer) -> Answer:
    """`answer` with any statement that says more than it cites replaced by the cited words themselves."""
    return replace(answer, statements=tuple(_sound(statement) for statement in answer.statements))


def _sound(statement: Statement) -> Statement:
    if not statement.citations or not faults(statement):
        return statement
    return Statement("；".join(f"「{citation.quote}」" for citation in statement.citations), statement.citations)


def faults(statement: Statement) -> tuple[str, ...]:
    """Quoted stretches that are no slice of a cited quote, and numbers that stand in none."""
    quotes = [citation.quote for citation in statement.citations]
    flat = [re.sub(r"\s|　", "", quote) for quote in quotes]
    stretches = [re.sub(r"\s|　", "", part) for match in QUOTED.findall(statement.text) for part in GAP.split(match)]
    wrong = [part for part in stretches if part and not any(part in quote for quote in flat)]
    if statement.computed:
        return tuple(wrong)
    whose = (f"{place_name(c.plan)} {c.clause.path} {c.clause.heading}" for c in statement.citations)
    allowed = " ".join([*quotes, *whose])
    known = set(NUMBER.findall(allowed))
    outside = QUOTED.sub(" ", statement.text)
    return (*wrong, *(number for number in NUMBER.findall(outside) if number not in known))


def verify_quote(clause: Clause, quote: str) -> Verdict:
    """Whether `quote` is a slice of the clause: exactly, or but for blanks, width and script."""
    wanted = quote.strip()
    if not wanted:
        return Verdict(False)
    start = clause.text.find(wanted)
    if start >= 0:
        return Verdict(True, start, start + len(wanted), exact=True)
    folded = compact_with_origins(clause.text)
    needle = compact(wanted)
    at = folded[0].find(needle) if needle else -1
    if at < 0:
        return Verdict(False)
    return Verdict(True, folded[1][at], folded[1][at + len(needle) - 1] + 1)


def compact_with_origins(text: str) -> tuple[str, list[int]]:
    """`compact(text)` and, for each of its characters, the index in `text` it came from."""
    out, origins = [], []
    for index, char in enumerate(text):
        for plain in compact(char):
            out.append(plain)
            origins.append(index)
    return "".join(out), origins


def slices_hold(citations: tuple[Citation, ...]) -> bool:
    """Whether every citation is still an exact slice of its clause."""
    return all(c.clause.text[c.start : c.end] == c.quote for c in citations)
