"""Words of degree and level, and the strict verbs, stand in the clause itself: 全面 is not 初步, 省级 not 国家级."""

import re
from collections.abc import Iterator

from bot.check.align import align, evidence_of, year_pieces
from bot.check.claim import MASK, Claim
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Piece
from bot.check.words import BEYOND, DEGREES, EXTENTS, LEVEL, STRICT_DO

TELLING_ONLY = re.compile(r"仅(?=要求|提|写|列|给|规定|明确|有|限于)|只有(?=提|写)|基本(?=一致|相同|上)|参与(?=配合)")
TERMS = re.compile(r"强制(?=检定|管理|性)")  # 强制检定 is a term, no degree of force


def scope_faults(claim: Claim) -> Iterator[Fault]:
    for piece in claim.pieces:
        said = claim.masked[piece.start : piece.start + len(piece.text)]
        written = "\n".join(each.text for _, each in year_pieces(piece, evidence_of(claim, piece)))
        yield from _verbs(TERMS.sub("", said), align(claim, piece).text or written)
        yield from _degrees(
            TELLING_ONLY.sub("", said), written, "\n".join(one.names for one in evidence_of(claim, piece))
        )
        yield from _levels(_without_places(claim, piece), written)


def _without_places(claim: Claim, piece: Piece) -> str:
    """厦门市计量… is no 市计量…."""
    chars = list(claim.masked[piece.start : piece.start + len(piece.text)])
    for place in claim.places:
        for at in range(max(place.start, piece.start), min(place.end, piece.start + len(chars))):
            chars[at - piece.start] = MASK
    return "".join(chars)


def _verbs(said: str, written: str) -> Iterator[Fault]:
    for word, same in STRICT_DO.items():
        if word in said and not any(one in written for one in same):
            yield Fault(FaultKind.MODALITY, word)


def _degrees(said: str, written: str, names: str) -> Iterator[Fault]:
    """`names` holds the headings: 基本原则 is no degree."""
    for word, same in DEGREES.items():
        at = said.find(word)
        if at < 0 or word in written or said[at : at + len(word) + 2] in names:
            continue
        what = said[at + len(word) :].removeprefix("的")[:2]
        if not any(f"{one}{what}" in written if word in EXTENTS else one in written for one in same):
            yield Fault(FaultKind.SCOPE, word)


def _levels(said: str, written: str) -> Iterator[Fault]:
    yield from (Fault(FaultKind.SCOPE, one.group()) for one in BEYOND.finditer(said) if one.group() not in written)
    for match in LEVEL.finditer(said):
        what = said[match.end() :].removeprefix("的")[:2]
        if len(what) < 2 or MASK in what or match.group() + what in written:
            continue
        others = {one.group(1) for one in re.finditer(rf"({LEVEL.pattern})的?{re.escape(what)}", written)}
        if others and not any(_same_level(match.group(), one) for one in others):
            yield Fault(FaultKind.SCOPE, match.group() + what)


def _same_level(said: str, written: str) -> bool:
    """省 = 省级, but not 省级以上."""
    return said.removesuffix("级") == written.removesuffix("级")
