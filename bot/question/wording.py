"""What the documents of a corpus say, counted. Of another corpus only what is different is read."""

from collections import Counter
from collections.abc import Iterable
from functools import cache

from ingest.corpus import Corpus, text_of
from ingest.divisions import all_divisions
from ingest.model import Clause
from vectorstore.tokenize import words

SHORTEST, LONGEST = 2, 4  # characters of a word that may be a term
LEAST = 3  # times it stands


class Wording:
    """Words of a corpus and the counties its texts name. `before` is what another corpus said."""

    def __init__(self, corpus: Corpus, before: "Wording | None" = None) -> None:
        self._read: dict[str, tuple[Clause, ...]] = {plan.id: plan.clauses for plan in corpus.plans}
        self._words: Counter[str] = Counter(before._words if before else ())
        self._counties: Counter[str] = Counter(before._counties if before else ())
        known = before._read if before else {}
        for plan_id, clauses in known.items():
            if self._read.get(plan_id) is not clauses:
                self._count(clauses, -1)
        for plan in corpus.plans:
            if known.get(plan.id) is not plan.clauses:
                self._count(plan.clauses, 1)

    @property
    def terms(self) -> set[str]:
        """Words used often enough to be terms."""
        return {word for word, count in self._words.items() if count >= LEAST}

    def names_county(self, short: str) -> bool:
        """Whether a county's short name stands in any text, be it as another word: 公安, 市中."""
        return self._counties[short] > 0

    def _count(self, clauses: tuple[Clause, ...], sign: int) -> None:
        text = text_of(clauses)
        for word in words(text):
            if SHORTEST <= len(word) <= LONGEST:
                self._words[word] += sign
        for name in _counties_in(text):
            self._counties[name] += sign


@cache
def _county_names() -> tuple[str, ...]:
    shorts = dict.fromkeys(one.short for one in all_divisions() if one.level == "county")
    return tuple(short for short in shorts if len(short) >= SHORTEST)


def _counties_in(text: str) -> Iterable[str]:
    """Few names can stand in a text: those of whose first two characters it has the pair."""
    pairs = set(map(str.__add__, text, text[1:]))
    return [name for name in _county_names() if name[:SHORTEST] in pairs and name in text]
