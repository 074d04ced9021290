"""A question's topic cut into units of meaning and weighed by how telling each is."""

import math
import re
from collections.abc import Iterable
from functools import lru_cache

from bot.question.words import ASKING, GENERAL
from bot.retrieve.evidence import Alternative, Topic, Unit
from ingest.corpus import Corpus
from ingest.indicators import LEADING_VERBS
from vectorstore.tokenize import STOP_CHARACTERS, STOP_WORDS, segment
from vectorstore.vocabulary import Relation, Term, Vocabulary

# How far a plan term counts as the user's word.
TRUST = {Relation.SAME: 1.0, Relation.NARROWER: 0.9, Relation.NEAR: 0.75, Relation.ABSENT: 0.3, Relation.CONFUSED: 0.0}
WIDER_TRUST = 0.6  # of a plan term that only stands beside the word's own
WIDER_ROWS = 3  # looser words that must agree
UNKNOWN_WEIGHT = 2.2  # of a word in neither plans nor vocabulary: often talk, sometimes the point
CODE_MIN = 3  # letters: JJG, ISO10012
CODE_WEIGHT = 4.5  # a code is asked for by name; a clause without it does not answer
PART_MIN = 4.0  # weight from which a part of a question can stand for the whole
LEAST_TELLING = 0.3
RARE = 15  # clauses; what stands in fewer tells one topic from another
MEMO_MAX = 5_000  # words whose places are remembered
LEADING = "对把给被让向为与和跟"  # prepositions the segmenter glues to a word it does not know


class TopicReader:
    """Cuts topics into units; weighs them by how many clauses of the corpus hold them."""

    def __init__(self, corpus: Corpus, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._texts = [f"{c.heading}\n{c.text}" for plan in corpus.plans for c in plan.clauses if c.searchable]
        self.frequency = lru_cache(maxsize=20_000)(self._count)
        self._words = _Words(self)
        self._wider = _wider_terms(vocabulary)
        self._phrases = _phrases(corpus)
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
        for phrase in self._phrases:
            if phrase in rest and not any(phrase in term.colloquial for term in terms):
                units.setdefault(phrase, self._word_unit(phrase))
                rest = rest.replace(phrase, " ")
        for term in sorted(terms, key=lambda term: -len(term.colloquial)):
            units.setdefault(term.colloquial, self._term_unit(term))
            rest = re.sub(re.escape(term.colloquial), " ", rest, flags=re.IGNORECASE)
        for word in self._words.of(rest):
            if word not in units:
                units[word] = self._word_unit(word)

    def weight(self, word: str) -> float:
        """How telling a word is: the rarer in the plans, the more."""
        count = self.frequency(word)
        return math.log((len(self._texts) + 1) / (count + 0.5)) if count else UNKNOWN_WEIGHT

    def _term_unit(self, term: Term) -> Unit:
        trust = TRUST[term.relation]
        known = [self.weight(word) for word in (term.colloquial, *term.plan_terms) if self.frequency(word)]
        weight = max(known, default=3.0) if term.relation is not Relation.ABSENT else 3.5
        weight = min(weight, 5.0)
        alternatives = [Alternative(word, trust, trust * self._telling(word, weight)) for word in term.plan_terms]
        alternatives += [Alternative(word, WIDER_TRUST, WIDER_TRUST) for word in self._wider.get(term.colloquial, ())]
        return Unit(
            term.colloquial, tuple(alternatives), weight, True, self._rare_pairs(term.colloquial, *term.plan_terms)
        )

    def _telling(self, word: str, weight: float) -> float:
        """Share of the unit's weight a plan word earns: 计量器具 for 卡尺 stands in too many clauses to prove much."""
        return min(1.0, max(self.weight(word) / weight, LEAST_TELLING)) if self.frequency(word) else 1.0

    def _rare_pairs(self, *words: str) -> frozenset[str]:
        pairs = {word[i : i + 2] for word in words for i in range(len(word) - 1)}
        return frozenset(pair for pair in pairs if 0 < self.frequency(pair) <= RARE)

    def _word_unit(self, word: str) -> Unit:
        known = self.frequency(word) > 0
        code = not known and word.isascii() and any(char.isalpha() for char in word) and len(word) >= CODE_MIN
        weight = CODE_WEIGHT if code else self.weight(word)
        return Unit(word, (), 0.3 * weight if word in GENERAL else weight, known, self._rare_pairs(word))

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


def _phrases(corpus: Corpus) -> tuple[str, ...]:
    """Names of the plans' indicators, longest first: 社会公用计量标准 is one word of the trade, not four."""
    names = {LEADING_VERBS.sub("", one.name) for plan in corpus.plans for one in plan.indicators}
    bare = {name.removeprefix("全市").removeprefix("市级") for name in names}
    return tuple(sorted((name for name in bare if 4 <= len(name) <= 12), key=lambda name: (-len(name), name)))


class _Words:
    """Content words of a text; a lone character joins its neighbour when the plans write the two together."""

    def __init__(self, reader: TopicReader) -> None:
        self.reader = reader

    def of(self, text: str) -> Iterable[str]:
        pieces = [piece.strip() for piece in segment(text)]
        for index, piece in enumerate(pieces):
            if len(piece) == 1:
                yield from self._joined(piece, pieces[index + 1] if index + 1 < len(pieces) else "")
            elif _is_content(piece):
                yield self._without_preposition(piece)

    def _joined(self, char: str, following: str) -> Iterable[str]:
        """碳 + 计量 → 碳计量. Alone, most single characters are talk."""
        if not "\u3400" <= char <= "\u9fff" or char in STOP_CHARACTERS:
            return
        if len(following) > 1 and self.reader.frequency(char + following):
            yield char + following

    def _without_preposition(self, word: str) -> str:
        rest = word[1:]
        unknown = not self.reader.frequency(word)
        return rest if unknown and word[0] in LEADING and self.reader.frequency(rest) else word


def _is_content(word: str) -> bool:
    plain = word.lower()
    idle = plain in STOP_WORDS or plain in ASKING or plain.endswith("了")
    return len(plain) >= 2 and not idle and not all(char in STOP_CHARACTERS for char in plain)
