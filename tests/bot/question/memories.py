"""Questions, and what a session remembers of the turn before them."""

from bot.model import Citation, Intent, Question
from bot.question.followup import Memory
from ingest.model import Clause
from tests.bot.scripted import the_corpus

CORPUS = the_corpus()
XIAMEN, QUANZHOU, QINGDAO = ("xiamen",), ("quanzhou",), ("qingdao",)


def asked(bare: str = "x", plans: tuple[str, ...] = (), intent: Intent = Intent.QUOTE) -> Question:
    return Question(bare, bare, bare, plans=plans, intent=intent)


def clause(clause_id: str) -> Clause:
    return CORPUS.clause(clause_id)


def cite(clause_id: str) -> Citation:
    found = clause(clause_id)
    return Citation(CORPUS.plan(found.plan_id), found, 0, 2)


def after(
    plans: tuple[str, ...] = (), *focus: str, earlier: tuple[str, ...] = (), question: Question | None = None
) -> Memory:
    return Memory(question or asked(plans=plans), tuple(map(clause, focus)), ("x",), earlier)
