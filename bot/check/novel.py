"""What a sentence says beyond its clauses: a word that neither stands there nor links, tells or merely carries others.

A model told to keep to the clauses has few words of its own. 全额保障 for 必要保障, 申请筹建 for 批准筹建 and a bit of
common sense that was added (并列入失信名单) all show in the same way: in characters that nothing accounts for.
"""

import re
from collections.abc import Iterator

from bot.check.claim import MASK, Claim, Segment
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Evidence
from bot.check.names import read_names
from bot.check.negation import NEGATION
from bot.check.own_words import GRAMMAR, OWN_CHARACTERS, OWN_FRAMES, OWN_WORDS
from bot.check.vocabulary import Relation, shipped_vocabulary
from bot.check.words import EXTENT, FORCE
from vectorstore.tokenize import segment

RANK = re.compile(r"(?:国家|省部|[省市县区])级")  # which one is right is asked by the check of scope
AROUND = re.compile(
    r"除(?=[^,;。]{1,14}外)|(?<=[^,;。])(?:以外|之外|外)(?=[,，])"
)  # what stands between is not accounted for
POSITION = re.compile(r"(?<=[\u3400-\u9fff]{2})[上下前后内外高低多少超逾近次](?=[\u3400-\u9fff]{2})")
HELD_FROM = 2  # characters of a run that stands in the clause; one alone proves nothing
IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")
IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")


def novel_faults(claim: Claim) -> Iterator[Fault]:
    """A fault for each run of characters that is not accounted for."""
    known = [not IDEOGRAPH.match(char) for char in claim.masked]
    for start, end in _accounted(claim):
        known[start:end] = [True] * (end - start)
    for run in re.finditer(r"\.+", "".join("." if not one else " " for one in known)):
        said = claim.masked[run.start() : run.end()]
        if not _is_own(said):
            yield Fault(FaultKind.ADDITION, said)
    yield from _shifted(claim)
    yield from _exchanged(claim)


def _shifted(claim: Claim) -> Iterator[Fault]:
    """下期 for 当期: a character of place or amount in the midst of the clause's own words changes them."""
    for match in POSITION.finditer(claim.masked):
        left, right = claim.masked[match.start() - 2 : match.start()], claim.masked[match.end() : match.end() + 2]
        evidence = claim.segment(match.start()).evidence
        if MASK in left + right or len(left + right) < 4 or any(one.has(match.group() + right) for one in evidence):
            continue
        other = re.compile(re.escape(left) + r"[\u3400-\u9fff]{1,2}" + re.escape(right))
        if any(other.search(one.text) for one in evidence):
            yield Fault(FaultKind.ADDITION, left + match.group() + right)


def _exchanged(claim: Claim) -> Iterator[Fault]:
    """严重违法守信名单 for 严重违法失信名单: of the clause's own words one stands where the clause has another."""
    for at in range(2, len(claim.masked) - 3):
        left, word, right = (claim.masked[at + step : at + step + 2] for step in (-2, 0, 2))
        if not IDEOGRAPHS.fullmatch(left + word + right) or not GRAMMAR.isdisjoint(word):
            continue
        if OWN_WORDS.fullmatch(word) or FORCE.search(word):
            continue  # a sentence's own, or a matter of force
        evidence = claim.segment(at).evidence
        if any(left + word in one.text or word + right in one.text for one in evidence):
            continue
        if any(_between(one.text, left, right) for one in evidence if one.holds(word)):
            yield Fault(FaultKind.ADDITION, left + word + right)


def _between(text: str, left: str, right: str) -> bool:
    """Whether two characters of a word stand between `left` and `right`."""
    at = text.find(left)
    while at >= 0:
        word = text[at + 2 : at + 4]
        if text.startswith(right, at + 4) and IDEOGRAPHS.fullmatch(word) and GRAMMAR.isdisjoint(word):
            return True
        at = text.find(left, at + 1)
    return False


def _is_own(run: str) -> bool:
    """Whether it is made of a sentence's own characters, of which two do not make a word: 使用, 用能."""
    if not OWN_CHARACTERS.issuperset(run):
        return False
    words = segment(run, guess=False)
    return sum(word not in GRAMMAR for word in words) <= 1 and all(
        len(word) == 1 or OWN_WORDS.fullmatch(word) for word in words
    )


def _accounted(claim: Claim) -> Iterator[tuple[int, int]]:
    """Spans that other checks answer for, that are a sentence's own words, or that stand in the clauses."""
    yield from ((one.start, one.end) for one in claim.tokens)
    yield from ((one.start, one.end) for one in claim.places)
    for own in (OWN_WORDS, OWN_FRAMES, RANK, EXTENT):
        yield from (match.span() for match in own.finditer(claim.masked))
    yield from (match.span() for match in NEGATION.finditer(claim.masked) if match.lastgroup != "except")
    yield from (match.span() for match in AROUND.finditer(claim.masked))
    yield from (match.span() for match in FORCE.finditer(claim.masked) if match.lastgroup not in ("do", "push"))
    for stretch in claim.segments:
        yield from ((name.start, name.end) for name in read_names(claim, stretch) if name.stands)
        yield from _held(claim.masked, stretch)
        yield from _same_in_plan_words(claim.masked, stretch)


def _held(text: str, stretch: Segment) -> Iterator[tuple[int, int]]:
    """The longest runs of `text` that stand in a cited excerpt, wherever they begin."""
    for one in stretch.evidence:
        reached = stretch.start
        for start in range(stretch.start, stretch.end - 1):
            end = start + HELD_FROM
            if MASK in text[start:end] or not one.has(text[start:end]):
                continue
            while end < stretch.end and one.has(text[start : end + 1]):
                end += 1
            if end <= reached or not one.holds(text[start:end]):
                continue
            reached = end
            yield start, end


def _same_in_plan_words(text: str, stretch: Segment) -> Iterator[tuple[int, int]]:
    """Words of users for what the clause calls otherwise: 缺斤少两 for 缺斤短两."""
    for term in shipped_vocabulary().find(text):
        if term.relation is Relation.SAME and any(_has(one, term.plan_terms) for one in stretch.evidence):
            found = re.compile(re.escape(term.colloquial)).finditer(text, stretch.start, stretch.end)
            yield from (match.span() for match in found)


def _has(one: Evidence, words: tuple[str, ...]) -> bool:
    return any(one.has(word) for word in words)
