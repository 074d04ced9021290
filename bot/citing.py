"""Where a plan cites another document that is held: told by its number, else by its title, never by likeness."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.question.fold import compact
from ingest.corpus import Corpus
from ingest.metadata import CITED
from ingest.model import Clause, Plan

INNER = re.compile("〈(?P<title>[^〈〉]{1,120})〉")  # 《…关于贯彻〈计量发展规划〉的实施意见》


@dataclass(frozen=True, slots=True)
class Cited:
    """`clause.text[start:end]` names `plan`."""

    clause: Clause
    start: int
    end: int
    plan: Plan


def cited(plan: Plan, corpus: Corpus) -> Iterator[Cited]:
    """Every place of `plan` that names another document held, in order."""
    held = _Held(corpus, plan)
    for clause in plan.clauses:
        for match in CITED.finditer(clause.text):
            if found := held.find(match["title"], match["number"]):
                yield Cited(clause, match.start(), match.end(), found)
                continue
            for inner in INNER.finditer(clause.text, match.start(), match.end()):
                if found := held.find(inner["title"], None):
                    yield Cited(clause, inner.start(), inner.end(), found)


@lru_cache(maxsize=20_000)
def _spelled(title: str) -> str:
    """Titles are compared for every plan that is read."""
    return compact(title)


class _Held:
    """Other documents than `own`, by number and title. Of several of one title none is meant for sure."""

    def __init__(self, corpus: Corpus, own: Plan) -> None:
        others = [plan for plan in corpus.plans if plan.id != own.id]
        self._numbers = {plan.metadata.number.value: plan for plan in others if plan.metadata.number}
        self._own = {_spelled(name) for name in (own.title, *own.names)}
        self._titles: dict[str, list[Plan]] = {}
        for plan in others:
            for title in {_spelled(name) for name in (plan.title, *plan.names)}:
                self._titles.setdefault(title, []).append(plan)

    def find(self, title: str, number: str | None) -> Plan | None:
        if number and number in self._numbers:
            return self._numbers[number]
        spelled = _spelled(title)
        named = self._titles.get(spelled, []) if spelled not in self._own else []
        told = [plan for plan in named if not (number and plan.metadata.number)]  # the number is another's
        return told[0] if len(told) == 1 else None
