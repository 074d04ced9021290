"""Which pieces of the cited clauses a piece of a sentence speaks of, and how binding those are."""

from collections.abc import Sequence
from functools import lru_cache

from bot.check.claim import MASK, Claim
from bot.check.evidence import Evidence, Piece, pairs
from bot.check.words import FORCE, FORCES, STRICT_DO, Force

ALIKE_MIN = 0.3  # below it a piece is about something else
NEARLY = 0.85  # of the best: as likely meant
SOFT = (Force.GUIDE, Force.PERMIT)


@lru_cache(maxsize=4096)
def forces(text: str) -> tuple[tuple[str, str], ...]:
    """Words of force in order, each with its group."""
    return tuple((match.lastgroup or "", match.group()) for match in FORCE.finditer(text))


class Aligned:
    """The pieces of the cited excerpts that a piece of the sentence speaks of."""

    def __init__(self, pieces: Sequence[tuple[Evidence, Piece]]) -> None:
        self.pieces = pieces
        self.forces: set[Force] = set()
        self.leads: set[Force | None] = set()
        self.under: set[Force | None] = set()  # what an earlier piece of the sentence leaves in force
        self.words: set[str] = set()
        self.earlier: set[str] = set()  # words of force in earlier pieces of the same sentences
        for one, piece in pieces:
            self._take(one, piece)

    def _take(self, one: Evidence, piece: Piece) -> None:
        own = list(forces(piece.text))
        lead: Force | None = FORCES[own[0][0]] if own else None
        if own and own[0][0] in ("ask", "push"):
            lead = None  # 推动 may be told as 推进
        row = one.pieces.index(piece)
        before = [each for each in one.pieces[:row] if each.sentence == piece.sentence]
        # 鼓励企业建立…，实施…，探索建设…
        if not own or (own[0][0] in ("do", "guide") and own[0][1] not in STRICT_DO):
            self.earlier |= {word for each in before for _, word in forces(each.text)}
        if not own:
            own = next((list(forces(each.text)) for each in reversed(before) if forces(each.text)), [])
            self.under.add(FORCES[own[0][0]] if own and own[0][0] in ("guide", "permit") else None)
        self.forces |= {FORCES[group] for group, _ in own}
        self.forces |= {Force.DO} if any(group == "push" for group, _ in own) else set()
        self.words |= {word for _, word in own}
        self.leads.add(None if one.is_row else lead)  # a row's name is an indicator's

    @property
    def only_soft(self) -> bool:
        """Whether every piece that may be meant is led by an encouragement or a permission."""
        return bool(self.leads) and all(lead in SOFT for lead in self.leads)

    def does(self, piece: Piece) -> bool:
        """Whether `piece` tells the deed that is encouraged or allowed, not only what it is about."""
        after = [
            written.text[m.end() : m.end() + 4] for _, written in self.pieces for m in FORCE.finditer(written.text)
        ]
        return any(not any(pairs(text)) or any(pair in piece.pairs for pair in pairs(text)) for text in after)

    @property
    def any_soft(self) -> bool:
        return any(lead in SOFT for lead in self.leads)

    @property
    def began_soft(self) -> bool:
        """Whether a sentence that may be meant encouraged or allowed something before, and orders nothing since."""
        return any(FORCES[group] in SOFT and word != "推动" for word in self.earlier for group, _ in forces(word))

    @property
    def perhaps_soft(self) -> bool:
        """As `only_soft`, or within a sentence that began so: 鼓励企业…，采用…."""
        return self.only_soft or (bool(self.under) and all(lead in SOFT for lead in self.under))

    @property
    def sentences(self) -> str:
        """The whole sentences of the pieces that may be meant."""
        meant = {(id(one), piece.sentence) for one, piece in self.pieces}
        return "\n".join(
            each.text for one, _ in self.pieces for each in one.pieces if (id(one), each.sentence) in meant
        )

    @property
    def text(self) -> str:
        return "\n".join(piece.text for _, piece in self.pieces)


def year_pieces(piece: Piece, evidence: Sequence[Evidence]) -> list[tuple[Evidence, Piece]]:
    """Pieces of `evidence` that may speak of the piece's year: 到2035年 is not answered by what is said of 2025年."""
    rows = [(one, each) for one in evidence for each in one.pieces]
    if piece.year is None or not any(each.year == piece.year for _, each in rows):
        return rows
    return [(one, each) for one, each in rows if each.year in (None, piece.year)]


def evidence_of(claim: Claim, piece: Piece) -> tuple[Evidence, ...]:
    """The excerpts a piece must rest on: those of the place most of it speaks of."""
    return claim.segment_of(piece).evidence


def align(claim: Claim, piece: Piece) -> Aligned:
    """What `piece` speaks of; looked up once per claim."""
    if piece not in claim.memo:
        claim.memo[piece] = _align(claim, piece)
    found = claim.memo[piece]
    assert isinstance(found, Aligned)
    return found


def _align(claim: Claim, piece: Piece) -> Aligned:
    evidence = evidence_of(claim, piece)
    rows = year_pieces(piece, evidence)
    about = frozenset(pair for pair in piece.pairs if not FORCE.search(pair) and MASK not in pair)
    scored = [(len(about & each.pairs) / len(about) if about else 0.0, one, each) for one, each in rows]
    best = max((score for score, _, _ in scored), default=0.0)
    if best < ALIKE_MIN:
        return Aligned(())
    return Aligned([(one, each) for score, one, each in scored if score >= NEARLY * best])
