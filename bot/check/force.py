"""Force: what a clause encourages is not ordered, what it orders is not merely allowed, what it aims at is not done."""

import re
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from bot.check.align import SOFT, Aligned, align
from bot.check.claim import MASK, Claim
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Piece, pairs
from bot.check.told import told
from bot.check.words import DENIED, FORCE, FORCES, TRYING, Force

REALISED = re.compile(r"已(?:经(?!市))?|业已|目前(?:有|已)|现有|如今")
INTENDED = re.compile(r"计划|拟|将(?!计量|把|公|其|本|对)|打算|目标(?:是|为)|力争")
SOFTLY = "鼓励|支持|引导|倡导|提倡|探索|推动|试点"
NAMED = re.compile(
    rf"(?:{SOFTLY})(?:[和与、](?:{SOFTLY}))?(?:建立|推行|开展|建设)?[”的]*(?:做法|之列|对象|范围|态度|方式|办法|措施|事项)?$|“(?:{SOFTLY})[^”]{{0,4}}”"
)
ANSWER = re.compile(r"^(?:可以|可|能|能够)的?[,。]")  # 可以,… : it is said next what may be done
RECEIVING = re.compile(r"[^,;。]{0,24}(?:得到|获得|享受|领取|享有)")  # what the clause says shall be given
GIVES_SUPPORT = re.compile(r"(?:予以|给予|的)(?:重点|大力)?支持")
GIVEN = re.compile(r"予以|给予")
# said to the reader: 可以看到…; 应该是…
TO_READER = re.compile(r"可以?(?:看到|看出|看作|发现|关注|留意|参考|查看|了解|理解|概括|对照|注意|知道|说)|应该是")
TOPIC = re.compile(r"对|关于|至于|针对|就|[^,]*(?:方面|来说|而言|上)$")
REQUIRED = re.compile(r"[^,;。]{0,24}符合")  # what is required is the condition


def force_faults(claim: Claim) -> Iterator[Fault]:
    masked = DENIED.sub(lambda match: MASK * len(match.group()), claim.masked)
    soft = {id(each) for piece in claim.pieces if _is_soft(claim.text, piece) for _, each in align(claim, piece).pieces}
    soft_sentences: set[int] = set()
    named = _named(claim)
    for piece, following in zip_longest(claim.pieces, claim.pieces[1:]):
        every = list(FORCE.finditer(masked, piece.start, piece.start + len(piece.text)))
        aligned = align(claim, piece)
        if _is_soft(claim.text, piece):  # a quoted “探索建立” says it too
            soft_sentences.add(piece.sentence)
        said = [match for match in every if not _is_literal(claim, match, aligned)]
        if piece.sentence in soft_sentences:  # 探索建设的系统,要实现的功能包括…
            said = [match for match in said if match.lastgroup != "shall"]
        for match in said:
            if not _allowed(match, every, aligned, claim):
                yield Fault(FaultKind.MODALITY, match.group())
        softened = piece.sentence in soft_sentences or any(id(each) in soft for _, each in aligned.pieces)
        if following and TOPIC.match(piece.text):  # what is said of it follows
            softened = softened or bool(align(claim, following).pieces) or _is_soft(claim.text, following)
        softened = softened or any(piece.start < at and sentence == piece.sentence for at, sentence in named)
        if aligned.only_soft and not softened and not _is_frame(claim, piece) and aligned.does(piece):
            yield Fault(FaultKind.MODALITY, f"{'、'.join(sorted(aligned.words))}: {piece.text}")
    yield from _tense(claim, masked)


def _named(claim: Claim) -> list[tuple[int, int]]:
    """Where a sentence names how far the clause goes in what it told before: 青岛的态度是鼓励. With its row."""
    return [
        (piece.start + match.start(), piece.sentence)
        for piece in claim.pieces
        for match in NAMED.finditer(claim.text[piece.start : piece.start + len(piece.text)])
    ]


def _is_soft(text: str, piece: Piece) -> bool:
    said = FORCE.finditer(text, piece.start, piece.start + len(piece.text))
    return any(FORCES[match.lastgroup or ""] in SOFT for match in said)


def _is_literal(claim: Claim, match: re.Match[str], aligned: Aligned) -> bool:
    """The word with what follows stands in a cited excerpt: 可查询. Or it is part of a heading: 加大政策支持."""
    phrase = claim.masked[match.start() : match.end() + 2]
    texts = [aligned.text] if aligned.pieces else [one.text for one in claim.segment(match.start()).evidence]
    if len(phrase) == match.end() - match.start() + 2 and any(phrase in text for text in texts):
        return True
    if match.group() in TRYING and any(phrase in one.text for one in claim.segment(match.start()).evidence):
        return True  # 探索研究 is a kind of research
    named = claim.masked[max(0, match.start() - 4) : match.end()]
    return len(named) == match.end() - match.start() + 4 and any(named in one.heading for one in claim.evidence)


def _allowed(match: re.Match[str], every: Sequence[re.Match[str]], aligned: Aligned, claim: Claim) -> bool:
    group, word = match.lastgroup or "", match.group()
    if TO_READER.match(claim.masked, match.start()) or (
        group == "permit" and _is_answer_or_gift(match, claim, aligned)
    ):
        return True
    if not aligned.pieces:
        return group in ("do", "push", "shall", "ask", "need") or _anywhere(match, claim)
    if group in ("ask", "need"):
        return _may_ask(match, every, aligned, claim)
    return {
        "must": Force.MUST in aligned.forces,
        "shall": not aligned.only_soft,
        "permit": Force.PERMIT in aligned.forces,
        "push": bool(aligned.forces & {Force.DO, Force.SHALL}) or "推动" in aligned.words or not aligned.words,
        "guide": any(_guides_alike(word, one) for one in aligned.words | aligned.earlier)
        or (word == "支持" and bool(GIVES_SUPPORT.search(aligned.sentences))),
    }.get(group, True)


def _is_answer_or_gift(match: re.Match[str], claim: Claim, aligned: Aligned) -> bool:
    """可以,… as an answer to what is allowed or encouraged; 可以获得… for what is given."""
    texts = _texts(claim, match.start())
    if match.start() == 0 and ANSWER.match(claim.masked):
        return any(FORCES[one.lastgroup or ""] in SOFT for one in FORCE.finditer(texts))
    return bool(RECEIVING.match(claim.masked, match.end()) and GIVEN.search(aligned.sentences))


def _may_ask(match: re.Match[str], every: Sequence[re.Match[str]], aligned: Aligned, claim: Claim) -> bool:
    """方案要求加强… reports; 要求企业采用… orders what the clause only encourages."""
    if REQUIRED.match(claim.masked, match.end()) and "符合" in _texts(claim, match.start()):
        return True
    if _softer(match, every) or not (aligned.perhaps_soft or aligned.any_soft or aligned.began_soft):
        return True
    return not (aligned.any_soft or aligned.began_soft) and any(one.start() > match.start() for one in every)


def _guides_alike(word: str, written: str) -> bool:
    """鼓励 = 支持, but 探索 is no encouragement of others."""
    is_guide = FORCES[_group(written)] is Force.GUIDE and written != "推动"
    return is_guide and (word in TRYING) == (written in TRYING)


def _softer(match: re.Match[str], every: Sequence[re.Match[str]]) -> bool:
    """要求鼓励…: what follows says how far it goes."""
    return any(FORCES[one.lastgroup or ""] in SOFT for one in every if one.start() > match.start())


def _texts(claim: Claim, position: int) -> str:
    return "\n".join(one.text for one in claim.segment(position).evidence)


def _group(word: str) -> str:
    match = FORCE.search(f"{word}某")  # some words are of force only before another
    return (match.lastgroup or "do") if match else "do"


def _anywhere(match: re.Match[str], claim: Claim) -> bool:
    written = [one for each in claim.segment(match.start()).evidence for one in FORCE.finditer(each.text)]
    if match.lastgroup == "guide":
        return any(_guides_alike(match.group(), one.group()) for one in written)
    return any(FORCES[one.lastgroup or ""] is FORCES[match.lastgroup or ""] for one in written)


def _is_frame(claim: Claim, piece: Piece) -> bool:
    """厦门的责任单位是…: nothing of the clause is said that could lose its force."""
    said = list(pairs(told(claim, piece.start, piece.start + len(piece.text))))
    return len(said) < 3 or bool(re.search(r"责任单位|牵头|配合|这一条|属于|负责", piece.text))


def _tense(claim: Claim, masked: str) -> Iterator[Fault]:
    for match in REALISED.finditer(masked):
        segment = claim.segment(match.start())
        if masked[match.start() : match.end() + 2] in _texts(claim, match.start()):
            continue
        piece = claim.piece_at(match.start())
        based = piece and any(one.base and one.year == piece.year for each in segment.evidence for one in each.figures)
        told = any(one.achieved or REALISED.search(one.text) for one in segment.evidence)
        if not told and not based:
            yield Fault(FaultKind.MODALITY, match.group())
    for match in INTENDED.finditer(masked):
        segment = claim.segment(match.start())
        stands = masked[match.start() : match.end() + 2] in _texts(claim, match.start())
        if not stands and segment.evidence and all(one.achieved for one in segment.evidence):
            yield Fault(FaultKind.MODALITY, match.group())
