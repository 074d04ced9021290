"""Does a sentence say what the clauses it cites say? Exact rules for what is exact; a learned reader for what it means.

No fault does not prove a sentence good; it says that none of the ways in which a rewording goes wrong was found.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from bot.check.draft import Excerpt, Fault, FaultKind, Sentence
from bot.check.entails import ReadsClaims, shipped_reader, shown
from bot.check.exact.dates import address_faults, date_faults, document_faults
from bot.check.exact.manner import manner_faults
from bot.check.exact.numbers import number_faults
from bot.check.exact.quotes import quote_faults
from bot.check.exact.sums import read_sums, sum_faults
from bot.check.read.claim import MASK, Claim, read_claim
from bot.check.read.evidence import read_evidence
from bot.check.read.fold import plain
from bot.question.places import Gazetteer

LONGEST = 800  # characters once folded; every number of a sentence is held against the rest of it
TOLD_APART = re.compile(r"前者|后者|分别[^,;。]{0,6}(?:\d|“)")
CLOSING = "。;!”)\n"
NO_CLAIM = (":", "?", "吗")  # 厦门的做法如下： and what asks
LEAST_TOLD = 4  # ideographs beside the names of places: 厦门可以。 tells nothing, nor does 厦门的做法如下：
FRAME = r"^(?:{names})?的?(?:方案|规划|实施意见|意见|文件|条款|原文)?(?:写明|规定|提出):"  # 厦门的方案写明：
END = "。;\n"
LONGEST_GREETING, LEAST_KNOWN = 16, 2  # characters; pairs of them that stand in a clause: a greeting has none
IDEOGRAPH, PAIR = re.compile(r"[\u3400-\u9fff]"), re.compile(r"(?=([\u3400-\u9fff]{2}))")


def check_sentence(
    sentence: Sentence,
    excerpts: Sequence[Excerpt],
    *,
    gazetteer: Gazetteer | None = None,
    reader: ReadsClaims | None = None,
) -> tuple[Fault, ...]:
    """Faults of `sentence` against the excerpts its handles name; none when it is verified.

    `gazetteer` tells districts of the plans' cities. Raises ModelUnavailable when there is no reader.
    """
    offered = {one.handle: one for one in excerpts}
    wrong = tuple(Fault(FaultKind.HANDLE, f"[{handle}]") for handle in sentence.handles if handle not in offered)
    if wrong:
        return wrong
    if len(plain(sentence.text)) > LONGEST:
        return (Fault(FaultKind.LENGTH, f"{sentence.text[:20]}…"),)
    cited = [offered[handle] for handle in dict.fromkeys(sentence.handles)]
    if not cited:
        return (Fault(FaultKind.UNCITED, sentence.text),)
    claim = read_claim(sentence.text, [read_evidence(one) for one in cited], gazetteer)
    found = settled(claim)
    return tuple(_unborne(claim, cited, reader or shipped_reader())) if found is None else found


def attributed(sentence: Sentence, excerpts: Sequence[Excerpt], *, reader: ReadsClaims | None = None) -> Sentence:
    """A sentence without handles, with that of the excerpt that bears it out best.

    What tells that something is not said is attributed to all: none of them may say it. Raises ModelUnavailable.
    """
    if sentence.handles or not excerpts or len(plain(sentence.text)) > LONGEST:
        return sentence
    if read_claim(sentence.text, [read_evidence(one) for one in excerpts]).absent:
        return replace(sentence, handles=tuple(one.handle for one in excerpts))
    reader = reader or shipped_reader()
    said = plain(sentence.text)  # as it is read again when it is checked
    best = max(excerpts, key=lambda one: reader.read(said, shown(said, [one])).borne)
    return replace(sentence, handles=(best.handle,))


def settled(claim: Claim) -> tuple[Fault, ...] | None:
    """Faults that need no reader; () where none is needed because a clause's own sentence is told; None: ask it."""
    exact = tuple(dict.fromkeys(exact_faults(claim)))
    return exact if exact or _is_verbatim(claim) else None


def exact_faults(claim: Claim) -> Iterator[Fault]:
    """What is wrong whatever the sentence means."""
    yield from (Fault(FaultKind.CITY, place) for place in (*claim.strange, *claim.twice, *claim.unnamed))
    if _tells_nothing(claim):
        yield Fault(FaultKind.UNCITED, claim.text)
    sums, wrong = read_sums(claim)
    yield from wrong
    yield from chain(sum_faults(claim, sums), address_faults(claim), manner_faults(claim))
    for one in _by_place(claim):
        yield from chain(quote_faults(one), date_faults(one), document_faults(one), number_faults(one, sums))


def _tells_nothing(claim: Claim) -> bool:
    """Of the clauses: 厦门可以。 厦门的做法如下： 厦门可以吗？ 以上供参考，欢迎咨询。"""
    said = claim.masked
    for place in claim.places:
        said = said.replace(place.name, MASK)
    few = len(IDEOGRAPH.findall(said)) < LEAST_TOLD and not claim.quotes and not claim.absent
    if few or said.rstrip(CLOSING).endswith(NO_CLAIM):
        return True
    if len(said) > LONGEST_GREETING:
        return False
    known = {pair for pair in PAIR.findall(said) if any(one.has(pair) for one in claim.evidence)}
    return len(known) < LEAST_KNOWN and not (claim.tokens or claim.quotes or claim.titles or claim.absent)


def _is_verbatim(claim: Claim) -> bool:
    """Whole sentences of a clause of each place, after at most a word on whose they are."""
    plans = {one.plan.id: one.plan for one in claim.evidence}
    names = {plain(name) for plan in plans.values() for name in (plan.region, plan.name, *plan.aliases) if name}
    frame = FRAME.format(names="|".join(sorted(map(re.escape, names), key=len, reverse=True)))
    own = re.sub(frame, "", claim.text).rstrip(END)
    if len(own) < LEAST_TOLD:
        return False
    texts = {plan: [one.text for one in claim.evidence if one.plan.id == plan] for plan in plans}
    return all(any(_holds_whole(text, own) for text in each) for each in texts.values())


def _holds_whole(text: str, own: str) -> bool:
    """An item after a colon is no sentence of its own: what is said of it stands before."""
    ends = "。\n" if ":" in text else END
    return bool(re.search(rf"(?:^|[{ends}]){re.escape(own)}(?:$|[{ends}])", text))


def _unborne(claim: Claim, cited: Sequence[Excerpt], reader: ReadsClaims) -> Iterator[Fault]:
    """What the reader doubts first."""
    for said, plans in _readings(claim):
        found = reader.read(said, shown(said, [one for one in cited if one.plan.id in plans]))
        if found.borne < reader.threshold:
            yield Fault(FaultKind.UNBORNE, "、".join(found.doubted) or said)
            return


def _readings(claim: Claim) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What is read, with the clauses of which plans: 厦门、泉州均允许… with each place's by themselves."""
    plans = tuple(dict.fromkeys(one.plan.id for one in claim.evidence))
    joint = [one for one in claim.segments if len(one.places) > 1]
    apart = bool(TOLD_APART.search(claim.masked))
    if len(plans) > 1 and not apart and not claim.places:
        yield from ((claim.text, (plan,)) for plan in plans)
        return
    if apart or not joint or len(claim.segments) > 1:
        yield claim.text, plans
    for one in joint if not apart else ():
        said = claim.text[one.start : one.end] if len(claim.segments) > 1 else claim.text
        yield from ((said, (plan,)) for plan in one.places if plan in plans)


def _by_place(claim: Claim) -> Iterator[Claim]:
    """厦门、泉州均允许… must hold of each: the claim once per place, unless it tells them apart (分别为, 前者)."""
    plans = tuple(dict.fromkeys(one.plan.id for one in claim.evidence))
    if not claim.places and len(plans) > 1:  # 两地都允许…: no place is named, so it must hold of all that are cited
        claim = replace(claim, segments=tuple(replace(one, places=plans) for one in claim.segments))
    joint = [one for one in claim.segments if len(one.places) > 1]
    if not joint or TOLD_APART.search(claim.masked):
        yield claim
        return
    for plan in dict.fromkeys(place for one in joint for place in one.places):
        evidence = {one: tuple(each for each in one.evidence if each.plan.id == plan) for one in joint}
        segments = tuple(replace(one, evidence=evidence.get(one, one.evidence)) for one in claim.segments)
        yield replace(claim, segments=segments)
