"""What is asked under load, as requests ready to be sent."""

from collections.abc import Iterable, Iterator
from enum import StrEnum
from itertools import cycle

from bot.model import Intent
from bot.question.address import find_address
from bot.question.fold import fold
from bot.question.resolve import resolve
from eval.judge.rows import DATA, Labelled, read_labelled
from eval.load.connection import asking
from ingest.corpus import Corpus

ASK = "/v1/ask"
REPEATED = 16  # questions of either kind that are asked over and over
# every clause is asked for in so many ways, for what was asked lately is remembered
TAILS = (
    "的原文是什么",
    "说了什么？",
    "写了什么",
    "是什么内容？",
    "讲什么",
    "的内容",
    "原文",
    "怎么说的？",
    "请给出原文",
    "有哪些内容？",
    "是怎么规定的",
    "具体写了什么？",
)
JUDGED = (Intent.QUOTE, Intent.INDICATOR, Intent.UNITS, Intent.WHICH, Intent.COMPARISON, Intent.DIFFERENCE)


class Kind(StrEnum):
    EMPTY = "empty"  # the same request to an endpoint that does nothing
    LOOK_UP = "look-up"  # an address in a plan: no sentence is judged
    REPEATED = "repeated"  # asked before: nothing is read anew
    JUDGED = "judged"  # sentences are found and judged


def look_ups(corpus: Corpus) -> list[str]:
    """Each clause that has an address, in all wordings; one wording of all clauses before the next."""
    named = [
        f"{plan.name}{clause.path}"
        for plan in corpus.plans
        for clause in plan.clauses
        if (address := find_address(fold(clause.path))) and resolve(address, plan) == clause.path
    ]
    return [name + tail for tail in TAILS for name in named]


def judged(labelled: Iterable[Labelled]) -> list[str]:
    """Those that begin a conversation and want sentences of the plans, each once."""
    rows = [each.row for each in labelled]
    return list(dict.fromkeys(row.question for row in rows if not row.history and row.route in JUDGED))


class Questions:
    """An endless supply of each kind, in one order. It goes on where it stopped: nothing is asked twice soon."""

    def __init__(self, looked_up: Iterable[str], judged: Iterable[str]) -> None:
        lists = {Kind.LOOK_UP: list(looked_up), Kind.JUDGED: list(judged)}
        lists[Kind.REPEATED] = [*lists[Kind.LOOK_UP][:REPEATED], *lists[Kind.JUDGED][:REPEATED]]
        lists[Kind.EMPTY] = lists[Kind.REPEATED]
        self._supplies = {
            kind: cycle([asking(ASK, {"question": one}) for one in questions]) for kind, questions in lists.items()
        }

    def of(self, kind: Kind) -> Iterator[bytes]:
        return self._supplies[kind]

    def mixed(self) -> Iterator[bytes]:
        """All kinds in turn."""
        while True:
            for kind in (Kind.LOOK_UP, Kind.REPEATED, Kind.JUDGED):
                yield next(self._supplies[kind])


def questions(corpus: Corpus) -> Questions:
    return Questions(look_ups(corpus), judged(read_labelled(corpus, DATA)))
