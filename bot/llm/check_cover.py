"""Is a sentence about what it cites? The pairs of characters it says stand there, in the whole and piece by piece."""

from collections.abc import Iterable, Iterator, Sequence

from bot.llm.check_claim import Claim, Segment
from bot.llm.check_evidence import Evidence, pairs
from bot.llm.check_told import told
from bot.llm.draft import Fault, FaultKind

LEAST = 0.5  # of a sentence's pairs
PIECE_LEAST = 0.25
PIECE_PAIRS = 4  # a piece with fewer is not judged alone
CLEARLY = 0.2  # by how much another excerpt may hold more
HELD_WELL = 0.85


def cover_faults(claim: Claim, others: Sequence[Evidence]) -> Iterator[Fault]:
    """`others` were offered and not cited."""
    for segment in claim.segments:
        said = _said(claim, segment)
        if not segment.evidence:
            continue
        own = share(said, segment.evidence)
        rivals = [one for one in others if not segment.places or one.plan.id in segment.places]
        best = max((share(said, (one,)) for one in rivals), default=0.0)
        text = claim.text[segment.start : segment.end]
        if len(said) >= 2 and (own < LEAST or (best > own + CLEARLY and own < HELD_WELL)):
            yield Fault(FaultKind.CITATION, text)
            continue
        for piece in claim.pieces:
            inside = list(pairs(told(claim, piece.start, piece.start + len(piece.text))))
            if segment.start <= piece.start < segment.end and len(inside) >= PIECE_PAIRS:
                if share(inside, segment.evidence) < PIECE_LEAST:
                    yield Fault(FaultKind.CITATION, piece.text)


def _said(claim: Claim, segment: Segment) -> list[str]:
    return list(pairs(told(claim, segment.start, segment.end)))


def share(said: Iterable[str], evidence: Sequence[Evidence]) -> float:
    """Share of pairs that stand in `evidence`; 1 when there are none."""
    rows = list(said)
    held = sum(any(pair in one.pairs for one in evidence) for pair in rows)
    return held / len(rows) if rows else 1.0
