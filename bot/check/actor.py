"""Who does what: a deed is told of the institution the clause tells it of, not of another one that stands nearby."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.check.claim import Claim, Segment
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Evidence, Piece, pairs, share_of
from bot.check.fold import plain
from bot.check.names import TAIL, same_name
from ingest.model import Role

BODY = (
    r"(?:消费者|商家|居民|机构|部门|企业|单位|政府|经营者|平台|中心|联盟|协会|学会|高校|院校|院所|实验室|联席会议|"
    r"经营户|商户)"
)
MODAL = r"(?:应当|应该|必须|可以|允许|负责|承担|要|应|须|可|将|需|重点|立足|做好|履行)"
# 市级机构要研究… · 由轨道集团汇聚…
LEADS = re.compile(rf"(?P<who>[\u3400-\u9fff()/、“”]{{0,24}}?(?:{BODY}|{TAIL.pattern}))(?:都|均|还|也|则|分别)?{MODAL}")
AGENT = re.compile(rf"由(?P<who>[\u3400-\u9fff()/“”]{{0,24}}?(?:{BODY}|{TAIL.pattern}))(?![、和与及等的])")
ROLE_ONLY = re.compile(r"(?:共同|分别|来|主要|一起)*(?:牵头|负责|承担|配合|协助|组成|主办|印发|发布|制发|公布)")
WRITTEN = re.compile(
    r"^(?!建|争创|创建|开展|加强|鼓励|支持|推动|推进|设立|打造|培育|完善|发挥|依托|围绕|为|在|对|以|由|将|把|按)"
    rf"[^,]{{2,24}}?(?:{BODY}|{TAIL.pattern})(?=[\u3400-\u9fff])(?![、和与及等的])"
)
LEAST = 6  # pairs of a deed; a shorter one could be anybody's
OTHER_BY = 0.3  # of them: so much more is told of somebody else
WHO_MIN = 4  # characters of the name as the clause has it; a bare 机构 is nobody
ANYBODY = re.compile(r"^(?:企业|消费者|商家|商户|居民|经营者|经营户|政府)$")


@dataclass(frozen=True, slots=True)
class Deed:
    who: str
    told: tuple[str, ...]  # pairs
    wording: str


def actor_faults(claim: Claim) -> Iterator[Fault]:
    for piece in claim.pieces:
        segment = claim.segment_of(piece)
        for deed in _deeds(claim, piece):
            if _is_anothers(deed, segment):
                yield Fault(FaultKind.ROLE, deed.wording)


def _deeds(claim: Claim, piece: Piece) -> Iterator[Deed]:
    """What only tells a role, and of the whole clause, is left to the check of roles."""
    for match in LEADS.finditer(piece.text):
        if not (TAIL.search(match["who"]) and ROLE_ONLY.match(piece.text, match.end("who"))):
            yield _deed(claim, piece, match)
    for match in AGENT.finditer(piece.text):
        if ANYBODY.match(match["who"]) or not ROLE_ONLY.match(piece.text, match.end()):
            yield _deed(claim, piece, match)


def _deed(claim: Claim, piece: Piece, match: re.Match[str]) -> Deed:
    """What follows the name; after little of it what stands before: 眼镜相关器具的标准，由市级机构重点建立."""
    told = tuple(pairs(piece.text[match.end() :]))
    if len(told) < LEAST:
        told += tuple(pairs(_before(claim, piece, match.start())))
    return Deed(match["who"], told, match.group())


def _before(claim: Claim, piece: Piece, position: int) -> str:
    earlier = [one.text for one in claim.pieces if one.sentence == piece.sentence and one.start < piece.start]
    return ",".join([*earlier, piece.text[:position]])


def _is_anothers(deed: Deed, segment: Segment) -> bool:
    if len(deed.told) < LEAST:
        return False
    stretches = [stretch for one in segment.evidence for stretch in _stretches(one)]
    shares = {stretch: share_of(deed.told, frozenset(pairs(stretch))) for stretch in stretches}
    best = max(shares.values(), default=0.0)
    who = deed.who if ANYBODY.match(deed.who) else _as_written(deed.who, stretches)
    if not who:
        return _is_one_of_several(deed.who, segment) and best > OTHER_BY
    own = max((share for stretch, share in shares.items() if who in stretch), default=0.0)
    return best > own + OTHER_BY


def _as_written(said: str, stretches: Sequence[str]) -> str:
    """The longest end of `said` that stands in a clause's text."""
    ends = (said[start:] for start in range(len(said) - WHO_MIN + 1))
    return next((end for end in ends if any(end in stretch for stretch in stretches)), "")


def _is_one_of_several(who: str, segment: Segment) -> bool:
    """A unit that only stands in the clause's list, with others and not as their lead, does nothing alone."""
    for one in segment.evidence:
        mine = [unit for unit in one.units if same_name(who, plain(unit.name))]
        if mine and len(one.units) > 1 and mine[0].role is not Role.LEAD:
            return True
    return False


@lru_cache(maxsize=1024)
def _stretches(one: Evidence) -> tuple[str, ...]:
    """The clause's sentences, cut before each piece that begins with an institution. The list of units is none."""
    found: list[str] = []
    for piece in one.pieces:
        begins = one.text[max(0, piece.start - 1) : piece.start] in ("", "。", "\n")  # a semicolon keeps the subject
        if begins or not found or WRITTEN.match(piece.text):
            found.append("")
        found[-1] += f"{piece.text},"
    return tuple(stretch for stretch in found if not re.match(r"\(?责任单位", stretch))
