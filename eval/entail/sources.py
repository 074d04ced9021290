"""What the reader of claims learns from and is measured on, read from where it lies."""

import gzip
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from eval.entail.examples import HELD_PLAN, Twins, edited, sentences_twins, trained_pairs, twins_of
from eval.judge.documents import read_documents
from eval.verification.pairs import read_pairs
from eval.verification.sentence import read_sentences
from ingest.corpus import Corpus
from ingest.errors import BadSetting
from ingest.load import load_shipped_plans

SHORTEST = 20  # characters of a text that is edited
FEWEST = 4  # texts of a document whose sentences are edited
OWN = 0.5  # how often an edited sentence is of plans and of the documents invented for training, where law is given too

Document = list[str]


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """`written`: pairs by hand. `edited`: without end."""

    written: tuple[Twins, ...]
    edited: Iterator[Twins]


def whole_corpus() -> Corpus:
    """The shipped plans, and the documents invented for training."""
    return Corpus((*load_shipped_plans().plans, *read_documents()))


def read_lessons(law: Path | None, seed: int, held_plan: str = HELD_PLAN) -> Lessons:
    """`law`: a NAME.jsonl.gz of articles (`doc`, `text`) to edit beside our own. No `held_plan`: from all plans.

    Raises BadSetting, BadCase.
    """
    rng, corpus = random.Random(seed), whole_corpus()
    pairs = trained_pairs(read_pairs(), held_plan)
    answers = sentences_twins(read_sentences(), corpus, rng, held_plan)
    written = (*twins_of(pairs, rng), *twins_of(pairs, rng, corpus), *answers)
    own = edited(_own(corpus, held_plan), random.Random(rng.random()))
    others = edited(read_law(law), random.Random(rng.random())) if law else own
    return Lessons(written, _mixed(own, others, rng))


def read_law(path: Path) -> list[Document]:
    """The articles of each document, in order. Raises BadSetting."""
    texts: dict[str, Document] = defaultdict(list)
    try:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                texts[str(row["doc"])].append(str(row["text"]))
        found = _fitting(texts.values())
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BadSetting("law", path, "gzipped lines of JSON with doc and text") from error
    if not found:
        raise BadSetting("law", path, f"a document of {FEWEST} texts of {SHORTEST} characters or more")
    return found


def _own(corpus: Corpus, held_plan: str) -> list[Document]:
    return _fitting([clause.text for clause in plan.clauses] for plan in corpus.plans if plan.id != held_plan)


def _fitting(documents: Iterable[Document]) -> list[Document]:
    long = [[text for text in texts if len(text) >= SHORTEST] for texts in documents]
    return [texts for texts in long if len(texts) >= FEWEST]


def _mixed(own: Iterator[Twins], others: Iterator[Twins], rng: random.Random) -> Iterator[Twins]:
    while True:
        yield next(own if rng.random() < OWN else others)
