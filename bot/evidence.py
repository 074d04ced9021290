"""Does a text bear on a question? The question's topic in units of meaning, weighed by how telling they are."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from bot.words import ASKING, GENERAL
from ingest.corpus import Corpus
from vectorstore.tokenize import STOP_CHARACTERS, STOP_WORDS, segment
from vectorstore.vocabulary import Relation, Term, Vocabulary

# How far a plan term counts as the user's word.
TRUST = {Relation.SAME: 1.0, Relation.NARROWER: 0.9, Relation.NEAR: 0.75, Relation.ABSENT: 0.3, Relation.CONFUSED: 0.0}
EXPAND = {Relation.SAME: 0.5, Relation.NARROWER: 0.5, Relation.NEAR: 0.4, Relation.ABSENT: 0.25, Relation.CONFUSED: 0.0}
WIDER_TRUST = 0.6  # of a plan term that only stands beside the word's own
WIDER_ROWS = 3  # looser words that must agree
PARTIAL_TRUST = 0.7  # a word of which only some characters stand together in the text
YEAR_WORD = re.compile(r"\d{4}年?")
SUBJECT_MIN = 1.0
MEMO_MAX = 5_000  # words whose places are remembered
PART_MIN = 4.0  # weight from which a part of a question can stand for the whole
PART_TRUST = 0.9
POINT_HELD = 0.5
CODE_MIN = 3  # letters: JJG, ISO10012
CODE_WEIGHT = 4.5  # a code is asked for by name; a clause without it does not answer
UNKNOWN_WEIGHT = 2.2  # of a word that is in neither plans nor vocabulary: often talk, sometimes the point


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of the topic, the plan words that may stand for it, and its weight."""

    word: str
    alternatives: tuple[tuple[str, float], ...]  # (plan word, trust)
    weight: float
    known: bool  # stands in the plans or in the vocabulary


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic of a question, ready to be looked for."""

    text: str
    units: tuple[Unit, ...]
    terms: tuple[Term, ...]
    parts: tuple[tuple[int, int], ...] = ()  # stretches of `units` that could each be the question
    memo: dict[str, dict[str, float]] = field(default_factory=dict, repr=False, compare=False)  # word → clause → held

    @property
    def weight(self) -> float:
        return sum(unit.weight for unit in self.units)

    @property
    def says_something(self) -> bool:
        """Whether there is a subject beside years and words such as 主要."""
        return sum(unit.weight for unit in self.units if not YEAR_WORD.fullmatch(unit.word)) >= SUBJECT_MIN

    @property
    def expansions(self) -> tuple[tuple[str, float], ...]:
        """Plan words for the search, with their weights."""
        found: dict[str, float] = {}
        for term in self.terms:
            for word in term.plan_terms:
                found[word] = max(found.get(word, 0.0), EXPAND[term.relation])
        return tuple((word, weight) for word, weight in found.items() if weight > 0)

    def coverage(self, text: str, loosest: float = 0.0) -> float:
        """Share of the topic's weight that `text` holds, 0 to 1; see `held` for `loosest`.

        A long question tells a tale and then asks: the part that is held best counts, if it weighs enough alone.
        """
        if not self.units:
            return 0.0
        return self._share([unit.weight * held(unit, text, loosest) for unit in self.units])

    def clause_coverage(self, clause_id: str, text: str) -> float:
        """As `coverage`, for a clause seen before: what it holds of a word is remembered."""
        if not self.units:
            return 0.0
        share = [unit.weight * self._recall(unit, clause_id, text) for unit in self.units]
        return self._share(share)

    def _recall(self, unit: Unit, clause_id: str, text: str) -> float:
        known = self.memo.setdefault(unit.word, {})
        if clause_id not in known:
            known[clause_id] = held(unit, text)
        return known[clause_id]

    def _share(self, share: list[float]) -> float:
        best = sum(share) / self.weight
        for first, last in self.parts:
            weight = sum(unit.weight for unit in self.units[first:last])
            best = max(best, PART_TRUST * sum(share[first:last]) / weight)
        return best

    def holds_point(self, text: str) -> bool:
        """Whether `text` holds something of the topic's most telling word."""
        if self.parts:
            return True
        point = max(self.units, key=lambda unit: unit.weight, default=None)
        return point is not None and held(point, text) >= POINT_HELD

    def missing(self, text: str) -> tuple[str, ...]:
        """Words of the topic that `text` has nothing of."""
        return tuple(unit.word for unit in self.units if held(unit, text) < 0.35)


class TopicReader:
    """Cuts topics into units; weighs them by how many clauses of the corpus hold them."""

    def __init__(self, corpus: Corpus, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._texts = [f"{c.heading}\n{c.text}" for plan in corpus.plans for c in plan.clauses if c.searchable]
        self._frequency = lru_cache(maxsize=20_000)(self._count)
        self._wider = _wider_terms(vocabulary)
        self._memo: dict[str, dict[str, float]] = {}

    def read(self, text: str) -> Topic:
        """`text` is a question's topic: folded, without places."""
        units: dict[str, Unit] = {}
        terms: dict[str, Term] = {}
        parts, first = [], 0
        for part in text.split(","):
            found = self.vocabulary.find(part)
            terms |= {term.colloquial: term for term in found}
            self._read_part(part, found, units)
            if sum(unit.weight for unit in list(units.values())[first:]) >= PART_MIN:
                parts.append((first, len(units)))
                first = len(units)
        if len(self._memo) > MEMO_MAX:
            self._memo.clear()
        whole = tuple(parts) if len(parts) > 1 else ()
        return Topic(text, tuple(units.values()), tuple(terms.values()), whole, self._memo)

    def _read_part(self, part: str, terms: Iterable[Term], units: dict[str, Unit]) -> None:
        rest = part
        for term in sorted(terms, key=lambda term: -len(term.colloquial)):
            units.setdefault(term.colloquial, self._term_unit(term))
            rest = re.sub(re.escape(term.colloquial), " ", rest, flags=re.IGNORECASE)
        for word in _content_words(rest):
            if word not in units:
                units[word] = self._word_unit(word)

    def weight(self, word: str) -> float:
        """How telling a word is: the rarer in the plans, the more."""
        count = self._frequency(word)
        return math.log((len(self._texts) + 1) / (count + 0.5)) if count else UNKNOWN_WEIGHT

    def _term_unit(self, term: Term) -> Unit:
        trust = TRUST[term.relation]
        known = [self.weight(word) for word in (term.colloquial, *term.plan_terms) if self._frequency(word)]
        weight = max(known, default=3.0) if term.relation is not Relation.ABSENT else 3.5
        alternatives = [(word, trust) for word in term.plan_terms]
        alternatives += [(word, WIDER_TRUST) for word in self._wider.get(term.colloquial, ())]
        return Unit(term.colloquial, tuple(alternatives), min(weight, 5.0), True)

    def _word_unit(self, word: str) -> Unit:
        known = self._frequency(word) > 0
        code = not known and word.isascii() and any(char.isalpha() for char in word) and len(word) >= CODE_MIN
        weight = CODE_WEIGHT if code else self.weight(word)
        return Unit(word, (), 0.3 * weight if word in GENERAL else weight, known)

    def _count(self, word: str) -> int:
        return sum(word in text for text in self._texts)


def _wider_terms(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """Plan terms that stand beside a word's own in rows of looser words: 一次性扣除 → 税收优惠政策 by way of 抵税."""
    rows = [term for term in vocabulary.terms if term.relation in (Relation.SAME, Relation.NEAR, Relation.NARROWER)]
    by_terms: dict[frozenset[str], int] = {}
    for row in rows:
        terms = frozenset(row.plan_terms)
        by_terms[terms] = by_terms.get(terms, 0) + 1
    wider: dict[frozenset[str], tuple[str, ...]] = {}
    for terms in by_terms:
        beside = {word for other, count in by_terms.items() if count >= WIDER_ROWS and terms < other for word in other}
        wider[terms] = tuple(sorted(beside - terms))
    return {row.colloquial: wider[frozenset(row.plan_terms)] for row in rows if wider[frozenset(row.plan_terms)]}


def held(unit: Unit, text: str, loosest: float = 0.0) -> float:
    """How far `text` holds the unit, 0 to 1. Plan words trusted less than `loosest` do not count."""
    if unit.word in text or (unit.word.isascii() and unit.word.lower() in text.lower()):
        return 1.0
    best = max((trust for word, trust in unit.alternatives if trust >= loosest and word in text), default=0.0)
    if best:
        return best
    spellings = [(unit.word, 1.0), *(pair for pair in unit.alternatives if pair[1] >= max(loosest, WIDER_TRUST))]
    return PARTIAL_TRUST * max(trust * _pairs_held(word, text) for word, trust in spellings)


def _pairs_held(word: str, text: str) -> float:
    """Share of a longer word's neighbouring character pairs that stand in `text`."""
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    if len(pairs) < 2:
        return 0.0
    share = sum(pair in text for pair in pairs) / len(pairs)
    return share if share >= 0.4 else 0.0


def _content_words(text: str) -> Iterable[str]:
    for word in segment(text):
        plain = word.strip().lower()
        if (
            len(plain) >= 2
            and plain not in STOP_WORDS
            and plain not in ASKING
            and not plain.endswith("了")
            and not all(char in STOP_CHARACTERS for char in plain)
        ):
            yield word.strip()
