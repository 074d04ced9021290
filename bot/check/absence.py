"""What a sentence says is absent is absent: no word, no figure, no date and no authority for it stands there."""

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from bot.check.claim import MASK, Claim
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Evidence, pairs, share_of
from bot.check.tokens import Sort, tokens
from ingest.model import Role

LEFT_OUT = re.compile(r"(?P<what>[^,;。:]{2,12})(?:并?未|没有|不)被?(?:列入|纳入|包括在内|在内|在列)")
# a detail is absent when the sentence of its topic has none: 检查的时间, 单位的数量
TIMED, COUNTED = re.compile(r"(?:时间|期限|日期|年份)$"), re.compile(r"(?:数量|目标|目标值|指标|数字|家数)$")
WHO = re.compile(r"由谁(?!牵头)|谁(?:负责|来)|责任主体|哪(?:个|些)(?:单位|部门)")
LEAD_ABSENT = re.compile(r"牵头")
UNITS_ABSENT = re.compile(r"责任(?:单位|部门)")
MANNER = re.compile(
    r"字样|用语|措辞|字眼|表述|要求|规定|内容|安排|条款|设定|作出|方面|强制性|具体|明确|相关|任何|其他|是否|由谁|哪个|单位|部门|数额|等|的|对|了|这类|如何|怎样"
)
ORDER = re.compile(r"必须|应当|强制|强迫|不得|一律|务必")
TERM = re.compile(r"强制(?:检定|管理)")
DONE = re.compile(r"已经|已(?=[\u3400-\u9fff])|业已")
AMOUNT = re.compile(r"(数额|金额|比例|额度|次数|数量|标准)$")
ABSENT_MIN = 0.65  # of what is said to be absent: when so much of it stands there, it is not


def absence_faults(claim: Claim) -> Iterator[Fault]:
    for absence in claim.absences:
        yield from _present(absence, claim)
    if claim.absences and not any(len(absence) > 1 for absence in claim.absences):
        yield Fault(FaultKind.NEGATION, claim.text)  # 条款未作规定。: of what?
    for match in LEFT_OUT.finditer(claim.text):
        if _is_held(list(pairs(match["what"])), claim):
            yield Fault(FaultKind.NEGATION, match.group())
    for token in claim.tokens:  # an amount is no part of what is absent: 没有写明罚款500元
        if token.sort is Sort.QUANTITY and any(token.text in absence for absence in claim.absences):
            yield Fault(FaultKind.NUMBER, token.text)


def _present(absence: str, claim: Claim) -> Iterator[Fault]:
    """What is said to be absent must not stand there."""
    stands = _detail(absence, claim)
    if stands is None:
        stands = not _lacks_its_head(absence, claim) and _is_held(_about(absence), claim)
    if stands:
        yield Fault(FaultKind.NEGATION, absence)


def _detail(absence: str, claim: Claim) -> bool | None:
    """Whether the clauses give what is asked by its kind: who, when, how many, which number. None: of no kind."""
    if LEAD_ABSENT.search(absence):
        return any(unit.role is Role.LEAD for one in claim.evidence for unit in one.units)
    if UNITS_ABSENT.search(absence) or WHO.search(absence):
        return any(one.units for one in claim.evidence)
    if absence.endswith("文号"):
        named = {plan for place in claim.places for plan in place.plans} or {one.plan.id for one in claim.evidence}
        return any(one.plan.metadata.number for one in claim.evidence if one.plan.id in named)
    years = {token.values[0] for token in tokens(absence) if token.sort is Sort.YEAR}
    if years and COUNTED.search(absence):
        return any(years & _years(one) for one in claim.evidence)
    for head, sorts in ((TIMED, (Sort.YEAR, Sort.DATE)), (COUNTED, (Sort.QUANTITY,))):
        topic = head.sub("", absence)
        if topic != absence and _about(topic):
            return _has_detail(_about(topic), sorts, claim)
    return None


def _years(one: Evidence) -> set[Decimal]:
    told = {token.values[0] for token in one.tokens if token.sort in (Sort.YEAR, Sort.DATE) and token.values}
    return told | {figure.year for figure in one.figures if figure.year is not None}


def _about(absence: str) -> list[str]:
    return list(pairs(MANNER.sub("|", absence.replace("给予", "予以")).replace(MASK, "|")))


def _lacks_its_head(absence: str, claim: Claim) -> bool:
    """Of 资金支持的具体数额 the amount is absent, of 必须设立 the order: neither has a word or a figure there."""
    bound = ORDER.search(absence)
    if bound and not any(ORDER.search(TERM.sub("", one.text)) for one in claim.evidence):
        return True
    done = DONE.search(absence)
    if done and not any(DONE.search(one.text) for one in claim.evidence):
        return True
    amount = AMOUNT.search(absence)
    return amount is not None and not any(one.figures or amount.group(1) in one.text for one in claim.evidence)


def _has_detail(about: Sequence[str], sorts: tuple[Sort, ...], claim: Claim) -> bool:
    """Whether a piece of a cited clause that speaks of the topic gives a number of such a sort; a row always does."""
    for one in claim.evidence:
        for piece in one.pieces:
            end = piece.start + len(piece.text)
            given = any(token.sort in sorts and piece.start <= token.start < end for token in one.tokens)
            given = given or (one.is_row and Sort.QUANTITY in sorts and bool(one.figures))
            if given and share_of(about, piece.pairs) >= ABSENT_MIN:
                return True
    return False


def _is_held(said: Sequence[str], claim: Claim) -> bool:
    if not said:
        return False
    return any(said[-1] in one.pairs and share_of(said, one.pairs) >= ABSENT_MIN for one in claim.evidence)
