"""The same topic in other plans: the clause of each that is most like a clause, by the vectors the index stores."""

from typing import Protocol, runtime_checkable

from bot.model import Citation
from ingest.corpus import Corpus
from ingest.errors import StoreError
from vectorstore.alike import Alike, FindsAlike
from vectorstore.index import ClauseIndex

# Of 75 pairs that were read and labelled (a clause of a shipped plan and the most alike of another, every eighth from
# .95 down to .40; tests/reference/neighbours.tsv) 41 of the 42 above are of one topic, and 12 of the 33 below.
ALIKE = 0.60

Neighbour = tuple[Alike, Citation]


@runtime_checkable
class WithNeighbours(Protocol):
    """A bot whose index knows which clauses speak of the same."""

    def neighbours(self, clause_id: str, as_of: str = "") -> list[Neighbour]:
        """At most one clause of each other plan in force on `as_of`, an ISO day, or today; in the corpus's order.

        Raises UnknownEntry for a clause that is not there.
        """


def neighbours(corpus: Corpus, index: ClauseIndex, clause_id: str, day: str) -> list[Neighbour]:
    clause = corpus.clause(clause_id)
    if not isinstance(index, FindsAlike):
        raise StoreError("This index keeps no vectors to compare clauses by. Run `metrology build`.")
    others = [plan_id for plan_id in corpus.holding(day, ahead=False) if plan_id != clause.plan_id]
    found = [one for one in index.alike(clause.id, others) if one.cosine >= ALIKE]
    return [(one, _cited(corpus, one)) for one in found]


def _cited(corpus: Corpus, found: Alike) -> Citation:
    return Citation(corpus.plan(found.plan_id), corpus.clause(found.clause_id), found.start, found.end)
