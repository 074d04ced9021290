"""Is a sentence about what it cites? The pairs of characters it says stand there, and not better elsewhere."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from bot.check.align import evidence_of, year_pieces
from bot.check.claim import Claim, Segment
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Evidence, pairs, share_of
from bot.check.fold import plain
from bot.check.names import TAIL, read_names
from bot.check.tokens import Sort
from bot.check.told import told
from bot.check.vocabulary import Relation, shipped_vocabulary

IDEOGRAPHIC = re.compile(r"[\u3400-\u9fff]+")
LEAST = 0.5  # of a sentence's pairs
LEAST_OF_FEW = 0.3
FEW = 4  # pairs; less could be told of many clauses
RAW_LEAST = 10
INTRODUCED = re.compile(r"^(?:至于|对于|关于|针对|对|在|从|把|将|就)")
CLEARLY = 0.2  # by how much another excerpt may hold more
OTHER_YEAR = 0.2  # of a piece: so much more stands under another year
HELD_WELL = 0.85


def cover_faults(claim: Claim, others: Sequence[Evidence]) -> Iterator[Fault]:
    """`others` were offered and not cited."""
    yield from _items(claim)
    for segment in claim.segments:
        if not segment.evidence:
            continue
        rivals = [one for one in others if not segment.places or one.plan.id in segment.places]
        if _is_of_another(claim, segment, rivals):
            yield Fault(FaultKind.CITATION, claim.text[segment.start : segment.end])
            continue
        yield from _of_other_year(claim, segment)


def _is_of_another(claim: Claim, segment: Segment, rivals: Sequence[Evidence]) -> bool:
    """Whether too little of a segment stands in what it cites, or clearly more in an excerpt it does not cite."""
    names = [(name.start, name.end) for name in read_names(claim, segment)]
    text = told(claim, segment.start, segment.end, names)
    quoted = [
        pair for quote in claim.quotes if quote in claim.text[segment.start : segment.end] for pair in pairs(quote)
    ]
    said = [*pairs(text), *quoted]
    if _fails(claim, segment, said, rivals):
        said = [*pairs(_in_plan_words(text, segment.evidence)), *quoted]
        if _fails(claim, segment, said, rivals):
            return True
    raw = list(pairs(claim.text[segment.start : segment.end]))  # words of telling too tell one clause from the next
    if len(raw) < RAW_LEAST or len(said) < FEW:
        return False
    return _best(raw, rivals) > share(raw, segment.evidence) + CLEARLY


def _fails(claim: Claim, segment: Segment, said: Sequence[str], rivals: Sequence[Evidence]) -> bool:
    if len(said) < 2:
        return False
    own = share(said, segment.evidence)
    if own < HELD_WELL and _best(said, rivals) > own + CLEARLY:
        return True
    figures = 2 * sum(segment.start <= token.start < segment.end for token in claim.tokens)  # found to stand
    held = (own * len(said) + figures) / (len(said) + figures)
    return held < (LEAST if len(said) > FEW else LEAST_OF_FEW)


def _best(said: Sequence[str], rivals: Sequence[Evidence]) -> float:
    return max((share(said, (one,)) for one in rivals), default=0.0)


def _of_other_year(claim: Claim, segment: Segment) -> Iterator[Fault]:
    """到2025年 with what the clause says of 2035年."""
    only = _only_year(claim)
    for each in claim.pieces:
        piece = replace(each, year=each.year or only)  # 先进测量体系,国务院规划提出要在2025年建成
        if piece.year is None or not segment.start <= piece.start < segment.end:
            continue
        said = list(pairs(piece.text))
        allowed = {id(each) for _, each in year_pieces(piece, segment.evidence)}
        scored = [(share_of(said, each.pairs), id(each) in allowed) for one in segment.evidence for each in one.pieces]
        best = max((score for score, fits in scored if fits), default=0.0)
        if any(score > best + OTHER_YEAR for score, fits in scored if not fits):
            yield Fault(FaultKind.DATE, piece.text)


def _only_year(claim: Claim) -> Decimal | None:
    """The year of a sentence that names but one, after what it is the year of."""
    years = {one.values[0] for one in claim.tokens if one.sort is Sort.YEAR and len(one.values) == 1}
    return years.pop() if len(years) == 1 else None


def _items(claim: Claim) -> Iterator[Fault]:
    """甲级、乙级、丙级: each thing a sentence lists stands there."""
    for piece in claim.pieces:
        evidence = evidence_of(claim, piece)
        items = INTRODUCED.sub("", piece.text).split("、")
        for row, item in enumerate(map(_without_level, items) if len(items) > 1 else ()):
            clean = re.split(r"[和与及等(]|以及", item)[0] if row == len(items) - 1 else item
            core = clean[-2:] if row == 0 else clean[:2] if row == len(items) - 1 else clean
            if TAIL.search(item[-4:]) or TAIL.search(item[:8]):
                continue  # names are checked by their own rule
            if not core or not IDEOGRAPHIC.fullmatch(core) or any(place.name in item for place in claim.places):
                continue
            if not any(_holds(one, core) for one in evidence):
                yield Fault(FaultKind.CITATION, item)


def _without_level(item: str) -> str:
    """省、市计量比对主导项: one thing at two levels, not two."""
    return item[1:] if item[:1] in ("省", "市", "县", "区") and len(item) > 2 else item


def _holds(one: Evidence, item: str) -> bool:
    found = list(pairs(item))
    if item in one.text or any(plain(unit.name).endswith(item) for unit in one.units):
        return True
    return bool(found) and len(item) > 2 and sum(pair in one.pairs for pair in found) >= len(found) / 3


def _in_plan_words(text: str, evidence: Sequence[Evidence]) -> str:
    """税前扣除 as the clause has it: 在计算应纳税所得额时扣除."""
    for term in shipped_vocabulary().find(text):
        words = [word for one in evidence for word in term.plan_terms if word in one.text]
        if words and term.relation is Relation.SAME:
            text = text.replace(term.colloquial, f"|{words[0]}|")
    return text


def share(said: Iterable[str], evidence: Sequence[Evidence]) -> float:
    """Share of pairs that stand in `evidence`; 1 when there are none."""
    rows = list(said)
    held = sum(any(pair in one.pairs for one in evidence) for pair in rows)
    return held / len(rows) if rows else 1.0
