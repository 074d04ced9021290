"""Negation, exception, opposite and condition: what a clause forbids, excludes or makes conditional stays so."""

import re
from collections.abc import Iterator
from functools import lru_cache

from bot.check.align import align, evidence_of
from bot.check.claim import MASK, Claim
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Evidence, pairs
from bot.check.words import DENIED, OPPOSITES

FORBID = r"不得|不许|不准|不允许|不可(?![或避分])|不能|不应|禁止|严禁|勿"
SPARE = r"不必|不需要?|不用|无需|无须|毋须|免予|免于|免除|豁免|免(?!费|疫)"
CEASE = r"停止|取消|暂停|终止|撤销|废止|废除|中止|叫停"
ALSO = re.compile(r",?[^,;。]{0,8}(?:还|也|又|再|另|同样)")  # 除…外，还… excludes nothing
EXCEPT = r"除外|除[^,;。]{1,14}(?:以外|之外|外)"
PLAIN = (
    r"不(?!断|少于|低于|超过|多于|高于|大于|小于|下于|仅|但|同|相同|尽相同|确定度|一致|一样|到(?=[\d一二三四五六七八九十百千半年])|足|论|管|等|"
    r"限于|含糊|过|可或缺|光)|拒绝|放弃|避免|杜绝|未(?!来)|没有|没|尚未|无(?!损|线|论|创|障碍|缝|人机|锡)|莫"
)
NEGATION = re.compile(
    f"(?P<forbid>{FORBID})|(?P<spare>{SPARE})|(?P<cease>{CEASE})|(?P<except>{EXCEPT})|(?P<plain>{PLAIN})"
)
# in a clause: what is negated, by the two characters that follow
NEGATED = re.compile(
    rf"(?:{FORBID}|{SPARE}|{CEASE}|(?P<short>未经|非(?!常|法|凡|议)|"
    r"不(?!断|少于|低于|超过|仅|但|同|确定度|足|论)|未(?!来)))(?P<what>[\u3400-\u9fff]{2})"
)
SIDES = (*OPPOSITES, *((theirs, ours) for ours, theirs in OPPOSITES))
SIDED = re.compile("|".join(word for side, _ in SIDES for word in side))
NEAR, FAR = 12, 30  # characters after a negation in a clause within which what it negates is named
LONG_REACH, SHORT_REACH = 10, 3  # characters before a word within which it is negated
NEGATING = re.compile(r"不|未|无|没|非|免|禁|停止|取消|除|失|勿")
AS_GOOD = {
    "forbid": ("forbid", "plain"),
    "plain": ("plain", "forbid", "spare"),
    "spare": ("spare",),
    "cease": ("cease",),
    "except": ("except",),
}
TURN = re.compile(
    r"从(?P<left>[^,;。从]{1,20}?)(?:向|转向|变为|转变为|转为|转到|改为|到)(?P<right>[^,;。]{1,24}?)(?:的|转变|转型|转|,|;|。|$)"
)
TOWARDS = re.compile(r"(?P<left>[^,;。]{2,24})向(?P<right>[^,;。]{2,24}?)(?:转变|转型|转换)")
PARTS = re.compile(r"(?P<who>[\u3400-\u9fff]{2,14})为(?P<part>主|辅|补充)")


def negation_faults(claim: Claim) -> Iterator[Fault]:
    masked = DENIED.sub(lambda match: MASK * len(match.group()), claim.masked)
    yield from _denied(claim)
    for match in NEGATION.finditer(masked):
        evidence = claim.segment(match.start()).evidence
        if match.lastgroup == "except" and ALSO.match(claim.text, match.end()):
            continue
        if not any(_negates(one, match, claim.text) for one in evidence):
            yield Fault(FaultKind.NEGATION, masked[match.start() : match.end() + 6])
    yield from _dropped(claim, masked)
    yield from _opposite(claim, masked)
    yield from _turned(claim)


def _denied(claim: Claim) -> Iterator[Fault]:
    """并非强制 holds where the clause orders nothing of the kind."""
    for match in DENIED.finditer(claim.masked):
        word = match.group()[-6:]
        core = next((each for each in ("强制", "必须", "硬性", "义务", "应当", "约束") if each in word), "")
        if any(
            core in one.text.replace("强制检定", "").replace("强制管理", "")
            for one in claim.segment(match.start()).evidence
        ):
            yield Fault(FaultKind.NEGATION, match.group())


def _negates(one: Evidence, match: re.Match[str], text: str) -> bool:
    """The clause has the negation literally, or one as good of the same thing."""
    phrase = text[match.start() : match.end() + 2]
    if phrase in one.text and len(phrase) > match.end() - match.start():
        return True
    if match.lastgroup == "except" and "除" in one.text:
        return bool(set(pairs(text[max(0, match.start() - 4) : match.end()])) & one.pairs)
    what = set(pairs(text[match.end() : match.end() + 8]))
    for written in NEGATION.finditer(one.text):
        alike = written.lastgroup in AS_GOOD[match.lastgroup or "plain"]
        reach = FAR if match.lastgroup == "cease" else NEAR  # 取消“承担…任务授权”许可
        if alike and what & set(pairs(one.text[written.end() : written.end() + reach])):
            return True
    return False


def _dropped(claim: Claim, masked: str) -> Iterator[Fault]:
    """测不准 told as 测准, 非现场监管 as 现场监管, 不得使用 as 使用: in the pieces that are meant."""
    for piece in claim.pieces:
        said = masked[piece.start : piece.start + len(piece.text)]
        near = align(claim, piece).text
        for match in NEGATED.finditer(near):
            what = match["what"]
            affirmed = [one.start() for one in re.finditer(re.escape(what), near) if one.start() != match.start("what")]
            if any(not NEGATING.search(near[max(0, at - 6) : at]) for at in affirmed):
                continue
            reach = SHORT_REACH if match["short"] else LONG_REACH
            for found in re.finditer(re.escape(what), said):
                if not NEGATING.search(said[max(0, found.start() - reach) : found.start()]):
                    yield Fault(FaultKind.NEGATION, match.group())


def _opposite(claim: Claim, masked: str) -> Iterator[Fault]:
    for piece in claim.pieces:
        if not SIDED.search(piece.text):
            continue
        text = "\n".join(one.text for one in evidence_of(claim, piece))
        near = align(claim, piece).text or text
        said = masked[piece.start : piece.start + len(piece.text)]
        for ours, theirs in SIDES:
            word = next((each for each in ours if each in said), "")
            turned = word and not any(each in near for each in ours) and any(each in near for each in theirs)
            if turned and not _shares(word, text, piece.pairs):
                yield Fault(FaultKind.NEGATION, word)


def _shares(word: str, text: str, about: frozenset[str]) -> bool:
    """Whether some piece of the clause has the word and speaks of the same thing."""
    return any(word in piece and len(about & set(pairs(piece))) >= 2 for piece in re.split(r"[,;。\n]", text))


def _turned(claim: Claim) -> Iterator[Fault]:
    """从管器具向管数据 turned round; 以承诺为主 told as 以推动为主."""
    for match in TURN.finditer(claim.masked):
        turns = [turn for one in claim.evidence for turn in _matches(TURN, one.text)]
        left = match["left"][-2:]
        if turns and not any(left in turn["left"] for turn in turns):
            yield Fault(FaultKind.NEGATION, match.group())
    for match in TOWARDS.finditer(claim.masked):
        turns = [turn for one in claim.evidence for turn in _matches(TOWARDS, one.text)]
        tail = match["left"][-3:]
        if any(tail in turn["right"] for turn in turns) and not any(tail in turn["left"] for turn in turns):
            yield Fault(FaultKind.NEGATION, match.group())
    for match in PARTS.finditer(claim.masked):
        parts = [part for one in claim.evidence for part in _matches(PARTS, one.text)]
        who = set(pairs(match["who"]))
        shared = [(len(who & set(pairs(part["who"]))), part["part"]) for part in parts]
        best = max((count for count, _ in shared), default=0)
        if shared and (best, match["part"]) not in shared:
            yield Fault(FaultKind.NEGATION, match.group())


@lru_cache(maxsize=2048)
def _matches(pattern: re.Pattern[str], text: str) -> tuple[re.Match[str], ...]:
    return tuple(pattern.finditer(text))
