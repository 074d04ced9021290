"""Does a text bear on a question? The question's topic in units of meaning, weighed by how telling they are."""

import re
from dataclasses import dataclass, field

from vectorstore.vocabulary import Relation, Term

# Weight of a plan word in the search when it stands for the user's.
EXPAND = {Relation.SAME: 0.5, Relation.NARROWER: 0.5, Relation.NEAR: 0.4, Relation.ABSENT: 0.25, Relation.CONFUSED: 0.0}
PAIRS_MIN = 0.6  # trust from which a plan word may be held in part
PARTIAL_TRUST = 0.7  # a word of which only some characters stand together in the text
PART_TRUST = 0.9  # a part of a question standing for the whole
POINT_HELD = 0.5
MISSING = 0.35  # held less than this, a word is not there
YEAR_WORD = re.compile(r"\d{4}年?")
SUBJECT_MIN = 1.0  # weight of a topic that says something


@dataclass(frozen=True, slots=True)
class Alternative:
    """A plan word that may stand for the user's: how far it is the same, and how much of the unit's weight it earns."""

    word: str
    trust: float
    credit: float


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of the topic, the plan words that may stand for it, and its weight."""

    word: str
    alternatives: tuple[Alternative, ...]
    weight: float
    known: bool  # stands in the plans or in the vocabulary
    rare_pairs: frozenset[str] = frozenset()  # neighbouring characters that few clauses hold


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


def held(unit: Unit, text: str, loosest: float = 0.0) -> float:
    """How far `text` holds the unit, 0 to 1. Plan words trusted less than `loosest` do not count."""
    if unit.word in text or (unit.word.isascii() and unit.word.lower() in text.lower()):
        return 1.0
    best = max((one.credit for one in unit.alternatives if one.trust >= loosest and one.word in text), default=0.0)
    if best:
        return best
    spellings = [(unit.word, 1.0)]
    spellings += [(one.word, one.trust) for one in unit.alternatives if one.trust >= max(loosest, PAIRS_MIN)]
    return PARTIAL_TRUST * max(trust * _pairs_held(word, text, unit.rare_pairs) for word, trust in spellings)


def _pairs_held(word: str, text: str, rare: frozenset[str]) -> float:
    """Share of a longer word's neighbouring character pairs that stand in `text`; one of them must be rare."""
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    if len(pairs) < 2:
        return 0.0
    found = [pair for pair in pairs if pair in text]
    share = len(found) / len(pairs)
    return share if share >= 0.4 and any(pair in rare for pair in found) else 0.0
