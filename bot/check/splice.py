"""What stands in two sentences of a clause is not told as one: subjects, conditions and lists are not exchanged.

鼓励社会资源参与依法管理的量值传递服务 has every word from the clause, which encourages the one and orders the other.
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.check.actor import LEADS
from bot.check.align import evidence_of
from bot.check.claim import Claim
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Evidence, Piece, pairs
from bot.check.names import read_names
from bot.check.told import told

LEAST = 5  # pairs that stand in the clause; fewer could be told of many sentences
SENTENCE = re.compile(r"[^。;\n]+")
# an overview may gather what several sentences name
OVERVIEW = re.compile(
    r"包括|包含|涉及|列举|讲的是|写的是|集中在|分别|要求各|(?<![没拥具享现所国含])有(?!效|关|机|序|利|力|限)"
)
SUMMED_UP = re.compile(r",(?:都|均|皆|是)[^,;。]{0,16}(?:之内|之列|之中|一部分|目标|任务|内容)")


def splice_faults(claim: Claim) -> Iterator[Fault]:
    for piece in claim.pieces:
        evidence = evidence_of(claim, piece)
        if not evidence or OVERVIEW.search(piece.text) or _is_summed_up(claim, piece):
            continue
        held = _held(claim, piece, evidence)
        if len(held) < LEAST:
            continue
        elsewhere = held
        for one in evidence:  # each clause cited may bear out a part of it, with one sentence
            elsewhere = min((_missing(elsewhere, sentence) for sentence in _sentences(one)), key=len)
        if elsewhere:
            yield Fault(FaultKind.CITATION, f"{'、'.join(elsewhere)}: {piece.text}")


def _is_summed_up(claim: Claim, piece: Piece) -> bool:
    """研制10项标准物质、参与制修订10项规范,都在青岛的目标之内."""
    after = claim.masked[piece.start + len(piece.text) :]
    return "、" in piece.text and bool(SUMMED_UP.match(after))


def _held(claim: Claim, piece: Piece, evidence: Sequence[Evidence]) -> list[str]:
    """What the piece says that stands in the clause. Names of authorities have a check of their own."""
    segment = claim.segment_of(piece)
    names = [(name.start, name.end) for name in read_names(claim, segment) if name.stands]
    # a subject may stand sentences before its deed; the check of actors answers for it
    names += [(piece.start + one.start("who"), piece.start + one.end("who")) for one in LEADS.finditer(piece.text)]
    said = told(claim, piece.start, piece.start + len(piece.text), names)
    return [pair for pair in pairs(said) if any(pair in one.pairs for one in evidence)]


def _missing(held: Sequence[str], sentence: frozenset[str]) -> list[str]:
    return [pair for pair in held if pair not in sentence]


@lru_cache(maxsize=1024)
def _sentences(one: Evidence) -> tuple[frozenset[str], ...]:
    """Pairs of each sentence. What names the clause may be said with any of them."""
    around = frozenset(pairs(one.names))
    return tuple(around | frozenset(pairs(match.group())) for match in SENTENCE.finditer(one.text))
