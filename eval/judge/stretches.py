"""The corpus's passages, and which of them a label means, which it leaves open, which say the same."""

from collections.abc import Collection, Iterable, Sequence
from functools import cached_property

from bot.question.fold import compact
from eval.judge.rows import Row, Support
from ingest.corpus import Corpus
from ingest.model import Passage
from vectorstore.passages import cut_passages

HALF = 0.5  # of the shorter of a passage and a labelled sentence: from there the one is taken to be the other


class Stretches:
    """Passages by their number, which is their row in the index."""

    def __init__(self, corpus: Corpus, apart: Collection[str] = ()) -> None:
        """`apart`: plans that are there for their own questions only, and never searched where no plan is named."""
        self.corpus, self.apart = corpus, frozenset(apart)
        self.passages: Sequence[Passage] = cut_passages(corpus.plans)
        self._grams = [_grams(compact(passage.text)) for passage in self.passages]
        self._by_clause: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            self._by_clause.setdefault(passage.clause_id, []).append(row)

    @cached_property
    def by_plan(self) -> dict[str, tuple[int, ...]]:
        rows: dict[str, list[int]] = {}
        for row, passage in enumerate(self.passages):
            rows.setdefault(passage.plan_id, []).append(row)
        return {plan: tuple(found) for plan, found in rows.items()}

    @cached_property
    def searched(self) -> frozenset[str]:
        """Plans that are searched where none is named."""
        return frozenset(plan.id for plan in self.corpus.plans) - self.apart

    @cached_property
    def everywhere(self) -> tuple[int, ...]:
        """The passages of all those."""
        return tuple(row for row, passage in enumerate(self.passages) if passage.plan_id in self.searched)

    def of_clause(self, clause_id: str) -> tuple[int, ...]:
        """The clause's, and those of what hangs under it; a heading stands for all that lies under it."""
        return tuple(
            row
            for known, rows in self._by_clause.items()
            if known == clause_id or is_under(known, clause_id)
            for row in rows
        )

    def beside(self, passage: int) -> tuple[int, ...]:
        """All passages of its very clause, itself too."""
        return tuple(self._by_clause[self.passages[passage].clause_id])

    def supporting(self, row: Row) -> tuple[int, ...]:
        """Passages that the row's sentences are, in the order of the labels."""
        return tuple(dict.fromkeys(one for support in row.support for one in self._covered(support)))

    def spared(self, row: Row) -> frozenset[int]:
        """All of the clauses that support: what else they say may bear too, so none of it is taken as wrong."""
        return frozenset(one for support in row.support for one in self.of_clause(support.clause))

    def of_clauses(self, clause_ids: Iterable[str]) -> tuple[int, ...]:
        return tuple(dict.fromkeys(row for clause_id in clause_ids for row in self.of_clause(clause_id)))

    def likeness(self, one: int, other: int) -> float:
        """Share of pairs of neighbouring characters that both have: plans repeat each other."""
        return _share(self._grams[one], self._grams[other])

    def says_the_same(self, row: int, as_any: Iterable[int], above: float) -> bool:
        return any(self.likeness(row, one) > above for one in as_any)

    def _covered(self, support: Support) -> list[int]:
        text = self.corpus.clause(support.clause).text
        start = text.find(support.sentence)
        own = self._by_clause.get(support.clause, []) if start >= 0 else []
        end = start + len(support.sentence)
        found = [row for row in own if _overlaps(self.passages[row], start, end)]
        return found or self._likest(support)

    def _likest(self, support: Support) -> list[int]:
        """A heading was labelled: the one passage under it that is most like it, if there is any."""
        here, wanted = self.of_clause(support.clause), _grams(compact(support.sentence))
        return sorted(here, key=lambda row: (-_share(wanted, self._grams[row]), row))[:1]


def is_under(clause_id: str, above: str) -> bool:
    """Whether a clause lies under another by its path.

    >>> is_under("xiamen:三(四)21", "xiamen:三(四)"), is_under("xiamen:专栏10/1", "xiamen:专栏1")
    (True, False)
    """
    rest = clause_id.removeprefix(above)
    if rest in ("", clause_id):
        return False
    last, following = above[-1], rest[0]
    same_number = last.isnumeric() and following.isnumeric() and last.isdigit() == following.isdigit()
    return not same_number and above[-1] != ":"


def _overlaps(passage: Passage, start: int, end: int) -> bool:
    shared = min(end, passage.end) - max(start, passage.start)
    return shared > 0 and shared >= HALF * min(end - start, passage.end - passage.start)


def _grams(text: str) -> frozenset[str]:
    return frozenset(text[at : at + 2] for at in range(len(text) - 1)) or frozenset({text})


def _share(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one | other)
    return len(one & other) / both if both else 0.0
