"""Which documents an answer must say are silent, and which need no word of it."""

from collections.abc import Iterable

from bot.model import Question
from bot.retrieve.find import asked_of
from ingest.corpus import Corpus
from ingest.model import Plan
from ingest.standing import place_of


def silent(question: Question, told: Iterable[str], corpus: Corpus) -> list[Plan]:
    """Of the plans asked about those that say nothing.

    A place has spoken when one of its documents has; a document named by its own name is missed all the same.
    """
    speaking = set(told)
    places = {place_of(corpus.plan(one)) for one in speaking}
    return [
        plan
        for plan in map(corpus.plan, question.plans)
        if plan.id not in speaking and (plan.id in question.documents or place_of(plan) not in places)
    ]


def plans_of(question: Question, corpus: Corpus) -> list[Plan]:
    """The plans a question is asked of, in the corpus's order."""
    return [corpus.plan(plan_id) for plan_id in asked_of(question, corpus)]
