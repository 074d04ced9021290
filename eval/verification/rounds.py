"""The rounds: sentences that nobody read, each written without sight of the check, but for the hostile ones."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.check.draft import Sentence
from bot.check.sentence import check_sentence
from eval.figures import Figure, wilson
from eval.table import table
from eval.verification.pairs import ROUNDS, Pair, read_pairs
from eval.verification.sentence import excerpts
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans

Write = Callable[[str], None]


def run(write: Write, folder: Path = ROUNDS, corpus: Corpus | None = None) -> dict[str, Figure]:
    """`careless.caught`, `careless.held_back` and so on. Raises NoCases, BadCase, UnknownEntry."""
    figures = measure(read_pairs(folder), corpus or Corpus(load_shipped_plans().plans))
    write(table(["round", "value [95 % interval]", "over"], [[one.name, str(one), str(one.count)] for one in figures]))
    return {one.name: one for one in figures}


def measure(rounds: Mapping[str, Sequence[Pair]], corpus: Corpus) -> list[Figure]:
    """Each sentence against its whole clause, as the bot checks it. No sentence is told: they stay unread."""
    found = []
    for name, rows in rounds.items():
        held = [(one.honest, held_back(one, corpus)) for one in rows]
        for honest, figure in ((False, "caught"), (True, "held_back")):
            own = [stopped for label, stopped in held if label is honest]
            found.append(wilson(f"{name}.{figure}", sum(own), len(own)))
    return found


def held_back(one: Pair, corpus: Corpus) -> bool:
    return bool(check_sentence(Sentence(one.sentence, (1,)), excerpts(corpus, [one.clause])))
