"""Force: what a clause encourages is not ordered, what it orders is not merely allowed, what it aims at is not done."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from bot.llm.check_claim import MASK, Claim
from bot.llm.check_evidence import Evidence, Piece, pairs
from bot.llm.check_told import told
from bot.llm.check_words import BEYOND, DEGREES, FORCE, FORCES, LEVEL, STRICT_DO, TRYING, Force
from bot.llm.draft import Fault, FaultKind

ALIKE_MIN = 0.3  # below it a piece is about something else
NEARLY = 0.85  # of the best: as likely meant
SOFT = (Force.GUIDE, Force.PERMIT)
REALISED = re.compile(r"已(?:经(?!市))?|业已|目前(?:有|已)|现有|如今")
INTENDED = re.compile(r"计划|拟|将(?!计量|把|公|其|本|对)|打算|目标(?:是|为)|力争")
REQUIRED = re.compile(r"[^,;。]{0,24}符合")  # what is required is the condition
TELLING_ONLY = re.compile(r"仅(?=要求|提|写|列|给|规定|明确|有|限于)|只有(?=提|写)|基本(?=一致|相同|上)")
DENIED = re.compile(r"(?:不是|并非|而非|非|不属于|并不是|不等于)(?:强制|必须|硬性|义务|应当|约束)[^,;。]{0,4}")


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
        if not own:
            self.earlier |= {word for each in before for _, word in forces(each.text)}
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
    def perhaps_soft(self) -> bool:
        """As `only_soft`, or within a sentence that began so: 鼓励企业…，采用…."""
        return self.only_soft or (bool(self.under) and all(lead in SOFT for lead in self.under))

    @property
    def text(self) -> str:
        return "\n".join(piece.text for _, piece in self.pieces)


def year_pieces(claim: Claim, piece: Piece, evidence: Sequence[Evidence]) -> list[tuple[Evidence, Piece]]:
    """Pieces of `evidence` that may speak of the piece's year: 到2035年 is not answered by what is said of 2025年."""
    rows = [(one, each) for one in evidence for each in one.pieces]
    if piece.year is None or not any(each.year == piece.year for _, each in rows):
        return rows
    return [(one, each) for one, each in rows if each.year in (None, piece.year)]


def align(claim: Claim, piece: Piece) -> Aligned:
    """What `piece` speaks of; looked up once per claim."""
    if piece not in claim.memo:
        claim.memo[piece] = _align(claim, piece)
    found = claim.memo[piece]
    assert isinstance(found, Aligned)
    return found


def _align(claim: Claim, piece: Piece) -> Aligned:
    evidence = claim.segment(piece.start + len(piece.text) // 2).evidence
    rows = year_pieces(claim, piece, evidence)
    about = frozenset(pair for pair in piece.pairs if not FORCE.search(pair) and MASK not in pair)
    scored = [(len(about & each.pairs) / len(about) if about else 0.0, one, each) for one, each in rows]
    best = max((score for score, _, _ in scored), default=0.0)
    if best < ALIKE_MIN:
        return Aligned(())
    return Aligned([(one, each) for score, one, each in scored if score >= NEARLY * best])


def force_faults(claim: Claim) -> Iterator[Fault]:
    masked = DENIED.sub(lambda match: MASK * len(match.group()), claim.masked)
    soft = {id(each) for piece in claim.pieces if _is_soft(masked, piece) for _, each in align(claim, piece).pieces}
    soft_sentences: set[int] = set()
    for piece in claim.pieces:
        every = list(FORCE.finditer(masked, piece.start, piece.start + len(piece.text)))
        aligned = align(claim, piece)
        said = [match for match in every if not _is_literal(claim, match, aligned)]
        yield from _strict(claim, piece, masked)
        if _is_soft(masked, piece):
            soft_sentences.add(piece.sentence)
        for match in said:
            if not _allowed(match, every, aligned, claim):
                yield Fault(FaultKind.MODALITY, match.group())
        softened = piece.sentence in soft_sentences or any(id(each) in soft for _, each in aligned.pieces)
        if aligned.only_soft and not softened and not _is_frame(claim, piece) and aligned.does(piece):
            yield Fault(FaultKind.MODALITY, f"{'、'.join(sorted(aligned.words))}: {piece.text}")
    yield from _tense(claim, masked)


def _is_soft(masked: str, piece: Piece) -> bool:
    said = FORCE.finditer(masked, piece.start, piece.start + len(piece.text))
    return any(FORCES[match.lastgroup or ""] in SOFT for match in said)


def _is_literal(claim: Claim, match: re.Match[str], aligned: Aligned) -> bool:
    """The word with what follows stands in a cited excerpt: 可查询, 要立足."""
    phrase = claim.masked[match.start() : match.end() + 2]
    texts = [aligned.text] if aligned.pieces else [one.text for one in claim.segment(match.start()).evidence]
    return len(phrase) == match.end() - match.start() + 2 and any(phrase in text for text in texts)


def _allowed(match: re.Match[str], every: Sequence[re.Match[str]], aligned: Aligned, claim: Claim) -> bool:
    group, word = match.lastgroup or "", match.group()
    if not aligned.pieces:
        return group in ("do", "push", "shall", "ask", "need") or _anywhere(match, claim)
    if group == "must":
        return Force.MUST in aligned.forces
    if group in ("ask", "need"):
        if REQUIRED.match(claim.masked, match.end()) and "符合" in _texts(claim, match.start()):
            return True
        inner = any(one.start() > match.start() for one in every)
        return (
            (inner and not aligned.any_soft) or not (aligned.perhaps_soft or aligned.any_soft) or _softer(match, every)
        )
    if group == "shall":
        return _softer(match, every) or not aligned.only_soft
    if group == "permit":
        return Force.PERMIT in aligned.forces
    if group == "push":
        return bool(aligned.forces & {Force.DO, Force.SHALL}) or "推动" in aligned.words or not aligned.words
    if group == "guide":
        trying = word in TRYING
        return any(
            (one in TRYING) == trying and FORCES[_group(one)] is Force.GUIDE and one != "推动"
            for one in aligned.words | aligned.earlier
        )
    return True


def _softer(match: re.Match[str], every: Sequence[re.Match[str]]) -> bool:
    """要求鼓励…: what follows says how far it goes."""
    return any(FORCES[one.lastgroup or ""] in SOFT for one in every if one.start() > match.start())


def _texts(claim: Claim, position: int) -> str:
    return "\n".join(one.text for one in claim.segment(position).evidence)


def _group(word: str) -> str:
    match = FORCE.search(word)
    return (match.lastgroup or "do") if match else "do"


def _anywhere(match: re.Match[str], claim: Claim) -> bool:
    return any(
        FORCES[one.lastgroup or ""] is FORCES[match.lastgroup or ""]
        for each in claim.segment(match.start()).evidence
        for one in FORCE.finditer(each.text)
    )


def _is_frame(claim: Claim, piece: Piece) -> bool:
    """厦门的责任单位是…: nothing of the clause is said that could lose its force."""
    said = list(pairs(told(claim, piece.start, piece.start + len(piece.text))))
    return len(said) < 3 or bool(re.search(r"责任单位|牵头|配合|这一条|属于|负责", piece.text))


def _strict(claim: Claim, piece: Piece, masked: str) -> Iterator[Fault]:
    """Words that must stand in the clause itself: 推行 for 推动, 全面 for 初步, 国家级 for 省级."""
    end = piece.start + len(piece.text)
    evidence = claim.segment(piece.start + len(piece.text) // 2).evidence
    text = "\n".join(each.text for _, each in year_pieces(claim, piece, evidence))
    near = align(claim, piece).text or text
    for word, same in STRICT_DO.items():
        if word in masked[piece.start : end] and not any(one in near for one in same) and word + "检" not in piece.text:
            if not (word == "强制" and re.search(r"强制(?:检定|管理|性)", piece.text)):
                yield Fault(FaultKind.MODALITY, word)
    for word, same in DEGREES.items():
        if word in TELLING_ONLY.sub("", masked[piece.start : end]) and not any(one in text for one in (word, *same)):
            yield Fault(FaultKind.SCOPE, word)
    for match in BEYOND.finditer(masked, piece.start, end):
        if match.group() not in text:
            yield Fault(FaultKind.SCOPE, match.group())
    for match in LEVEL.finditer(masked, piece.start, end):
        following = masked[match.end() : match.end() + 2]
        if len(following) == 2 and MASK not in following and match.group() + following not in text:
            others = {one.group(1) for one in re.finditer(rf"({LEVEL.pattern}){re.escape(following)}", text)}
            if others and not any(_same_level(match.group(), one) for one in others):
                yield Fault(FaultKind.SCOPE, match.group() + following)


def _same_level(said: str, written: str) -> bool:
    """省 = 省级, but not 省级以上."""
    return said.removesuffix("级") == written.removesuffix("级")


def _tense(claim: Claim, masked: str) -> Iterator[Fault]:
    for match in REALISED.finditer(masked):
        segment = claim.segment(match.start())
        if masked[match.start() : match.end() + 2] in _texts(claim, match.start()):
            continue
        piece = next((one for one in claim.pieces if one.start <= match.start() < one.start + len(one.text)), None)
        based = piece and any(one.base and one.year == piece.year for each in segment.evidence for one in each.figures)
        told = any(one.achieved or REALISED.search(one.text) for one in segment.evidence)
        if not told and not based:
            yield Fault(FaultKind.MODALITY, match.group())
    for match in INTENDED.finditer(masked):
        segment = claim.segment(match.start())
        if segment.evidence and all(one.achieved for one in segment.evidence):
            yield Fault(FaultKind.MODALITY, match.group())
