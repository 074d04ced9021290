"""Conditions and exceptions are kept, and the circle they draw is not widened."""

import re
from collections.abc import Iterator, Sequence

from bot.check.align import align
from bot.check.claim import Claim
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Evidence, Piece
from bot.check.words import PERMIT

# 符合国家有关规定的 · 按规定 · 按照国家有关规定 · 经批准
CONDITION = re.compile(
    r"符合(?P<fit>[^,;。的]{0,14}(?:规定|条件|要求|标准))的?|(?P<by>按照?)(?P<rule>[^,;。]{0,8}规定)|"
    r"经(?P<leave>[^,;。]{2,10}(?:批准|同意|认定))(?:的|后)"
)
BENEFIT = re.compile(r"申请|获得|纳入|扣除|计入|申报|享受|奖励|补贴|免征|减免|支持")
TOLD_FROM = 4  # pairs of a piece that tells of something
GRANTS = re.compile(PERMIT)
FREE = re.compile(
    r"(?:不论|无论|不管)(?:是否|有无|何种|什么)|(?:没有|无|不设|不附|不限|不论|无论)(?:任何|其他|附加|前置)?(?:条件|前提|限制|门槛)|无条件"
)
EXCEPTED = re.compile(r"除|例外|不包括|不适用|但")
HAZY = re.compile(r"有关|相关|规定|符合|按照?|的|条件|要求|标准|法律|法规|政策")
NARROWED = re.compile(
    r"(?P<narrow>重点|规模以上|两高|批准筹建的|新购置的|紧缺、急需|新(?=购置|购买|建|增|设))"
    r"(?P<what>购置|购买|建成|增设|[\u3400-\u9fff]{1,4}(?:单位|企业|领域|行业|区域|地区|场所|机构|产业|人才))"
)


def condition_faults(claim: Claim) -> Iterator[Fault]:
    """A benefit the clause ties to a condition keeps one, and the same one."""
    for match in FREE.finditer(claim.text):
        if any(CONDITION.search(one.text) for one in claim.segment(match.start()).evidence):
            yield Fault(FaultKind.CONDITION, match.group())
    for piece in claim.pieces:
        yield from _exceptions(claim, piece)
        if GRANTS.search(piece.text) and BENEFIT.search(piece.text):
            yield from _granted_elsewhere(claim, piece)
        yield from _widened(claim, piece)
        if BENEFIT.search(piece.text):
            meant = align(claim, piece).pieces or (_granting(claim, piece) if GRANTS.search(piece.text) else ())
            sentences = {(id(one), each.sentence): one for one, each in meant}
            for (_, number), one in sentences.items():
                yield from _conditions(claim, piece, [each for each in one.pieces if each.sentence == number])


def _granting(claim: Claim, piece: Piece) -> list[tuple[Evidence, Piece]]:
    """Where the clauses grant what a piece tells in words too much its own to tell of which sentence."""
    granted = set(BENEFIT.findall(piece.text))
    rows = [(one, each) for one in claim.segment(piece.start).evidence for each in one.pieces]
    return [(one, each) for one, each in rows if granted & set(BENEFIT.findall(each.text))]


def _granted_elsewhere(claim: Claim, piece: Piece) -> Iterator[Fault]:
    """科研成果转化,符合规定的,允许一次性计入…: what is told before the grant is what the clause grants it to."""
    meant = {(id(one), each.sentence) for one, each in align(claim, piece).pieces or _granting(claim, piece)}
    granting = frozenset().union(
        *(each.pairs for one in claim.evidence for each in one.pieces if (id(one), each.sentence) in meant)
    )
    for earlier in claim.pieces:
        if earlier.sentence != piece.sentence or earlier.start >= piece.start:
            continue
        held = [pair for pair in earlier.pairs if any(pair in one.pairs for one in claim.evidence)]
        if meant and len(held) >= TOLD_FROM and sum(pair in granting for pair in held) < len(held) / 2:
            yield Fault(FaultKind.CONDITION, earlier.text)


def _exceptions(claim: Claim, piece: Piece) -> Iterator[Fault]:
    """…的除外 after what is told is told too."""
    for one, each in align(claim, piece).pieces:
        following = next((other for other in one.pieces if other.start == each.start + len(each.text) + 1), None)
        if following and following.text.endswith("除外") and not EXCEPTED.search(claim.text):
            yield Fault(FaultKind.CONDITION, following.text)


def _widened(claim: Claim, piece: Piece) -> Iterator[Fault]:
    """重点用能单位 told as 用能单位, when the clause speaks of no others."""
    text = "\n".join(one.text for one in claim.segment(piece.start).evidence)
    for match in NARROWED.finditer("\n".join(each.text for _, each in align(claim, piece).pieces)):
        what = match["what"]
        others = len(re.findall(re.escape(what), text)) > len(re.findall(re.escape(match.group()), text))
        for found in re.finditer(re.escape(what), piece.text):
            if not others and not piece.text[: found.start()].endswith(match["narrow"]):
                yield Fault(FaultKind.CONDITION, match.group())


def _conditions(claim: Claim, piece: Piece, sentence: Sequence[Piece]) -> Iterator[Fault]:
    """Conditions of the benefit told: those that stand before it, or in the words that grant it."""
    segment = claim.segment(piece.start)
    said = claim.text[segment.start : segment.end]
    kept = CONDITION.search(said) or re.search(r"依法|依规|满足|前提|条件", said)
    granted = set(BENEFIT.findall(piece.text))
    for row, each in enumerate(sentence):
        match = CONDITION.search(each.text)
        after = [CONDITION.sub("", each.text), *(one.text for one in sentence[row + 1 :])]
        if not match or not any(granted & set(BENEFIT.findall(text)) for text in after):
            continue
        key = HAZY.sub("", match.group())
        other = HAZY.sub("", kept.group()) if kept else ""
        if not kept:
            yield Fault(FaultKind.CONDITION, each.text)
        elif key and other and not set(key) & set(other):
            yield Fault(FaultKind.CONDITION, kept.group())
