"""Who does what: the deed told of an institution is told of it in the clause, not of another one there."""

import re
from collections.abc import Iterator

from bot.llm.check_claim import Claim, Segment
from bot.llm.check_evidence import Evidence, pairs
from bot.llm.draft import Fault, FaultKind

ACTOR = re.compile(
    r"(?P<who>[\u3400-\u9fff()/、“”]{2,24}?(?:机构|部门|企业|单位|政府|经营者|平台|中心|协会|学会|高校|院校|院所|实验室|经营户|商户))"
    r"(?:都|均|还|也|则|分别)?(?P<does>应当|应该|必须|可以|允许|负责|承担|要|应|须|可|将|需)"
)
LEAST = 6  # pairs of a deed; a shorter one could be anybody's
OTHER_BY = 0.3  # of them: so much more is told of somebody else

CLAUSE_SENTENCES = re.compile(r"[^。;\n]+")


def actor_faults(claim: Claim) -> Iterator[Fault]:
    for piece in claim.pieces:
        for match in ACTOR.finditer(piece.text):
            segment = claim.segment(piece.start + match.start())
            deed = list(pairs(piece.text[match.end() :]))
            who = _as_written(match["who"], segment)
            if who and len(deed) >= LEAST and _is_anothers(who, deed, segment):
                yield Fault(FaultKind.ROLE, match.group())


def _as_written(said: str, segment: Segment) -> str:
    """The longest end of the words before the verb that stands in a cited excerpt; empty for a bare 机构."""
    for start in range(len(said) - 3):
        if any(said[start:] in one.text for one in segment.evidence):
            return said[start:]
    return ""


def _is_anothers(who: str, deed: list[str], segment: Segment) -> bool:
    own = max((_share(deed, text) for one in segment.evidence for text in _sentences(one) if who in text), default=0.0)
    other = max((_share(deed, text) for one in segment.evidence for text in _sentences(one)), default=0.0)
    return other > own + OTHER_BY


def _sentences(one: Evidence) -> list[str]:
    return CLAUSE_SENTENCES.findall(one.text)


def _share(deed: list[str], text: str) -> float:
    held = set(pairs(text))
    return sum(pair in held for pair in deed) / len(deed)
