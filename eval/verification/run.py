"""How many doctored sentences the check of a model's sentences catches, and how many honest ones it rejects."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from bot.check.draft import Fault, Sentence
from bot.check.sentence import check_sentence
from eval.figures import Figure, quantile, ratio
from eval.table import table
from eval.verification.sentence import FOLDER, Kind, Split, Written, excerpts, read_sentences
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans

SHOWN = 40  # wrong verdicts told one by one, of the development split alone

Write = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the check said of a sentence."""

    written: Written
    faults: tuple[Fault, ...]
    took_ms: float

    @property
    def right(self) -> bool:
        return self.written.honest != bool(self.faults)


def run(write: Write, folder: Path = FOLDER, corpus: Corpus | None = None) -> dict[str, Figure]:
    """Figures by name: `held_caught`, `held_rejected`, `dev_caught`, …, `check_p95_ms`. Raises NoCases, BadCase."""
    sentences = read_sentences(folder)
    corpus = corpus or Corpus(load_shipped_plans().plans)
    verdicts = [judge(corpus, one) for one in sentences]
    figures = measure(verdicts)
    write(table(["figure", "value [95 % interval]", "over"], [[f.name, str(f), str(f.count)] for f in figures]))
    for split in (Split.DEV, Split.HELD):
        write(f"\n{split}\n" + by_kind([one for one in verdicts if one.written.split is split]))
    _tell(verdicts, write)
    return {figure.name: figure for figure in figures}


def judge(corpus: Corpus, written: Written) -> Verdict:
    sentence = Sentence(written.text, written.handles)
    shown = excerpts(corpus, written.clauses)
    started = perf_counter()
    faults = check_sentence(sentence, shown)
    return Verdict(written, faults, (perf_counter() - started) * 1e3)


def measure(verdicts: Sequence[Verdict]) -> list[Figure]:
    found = []
    for split, kinds in ((Split.DEV, (Split.DEV, Split.OPEN)), (Split.HELD, (Split.HELD,))):
        rows = [one for one in verdicts if one.written.split in kinds]
        caught = [(float(bool(one.faults)), 1.0) for one in rows if not one.written.honest]
        rejected = [(float(bool(one.faults)), 1.0) for one in rows if one.written.honest]
        found += [ratio(f"{split}_caught", caught), ratio(f"{split}_rejected", rejected)]
    took = [one.took_ms for one in verdicts]
    return [*found, quantile("check_p50_ms", took, 0.5), quantile("check_p95_ms", took, 0.95)]


def by_kind(verdicts: Sequence[Verdict]) -> str:
    """Right and wrong verdicts, a line a kind."""
    rows = []
    for kind in Kind:
        of_kind = [one for one in verdicts if one.written.kind is kind]
        right = sum(one.right for one in of_kind)
        rows.append([str(kind), str(right), str(len(of_kind) - right), str(len(of_kind))])
    return table(["kind", "right", "wrong", "sentences"], rows)


def _tell(verdicts: Sequence[Verdict], write: Write) -> None:
    """Held sentences are only counted: whoever read them could fit the check to them."""
    wrong = [one for one in verdicts if not one.right]
    shown = [one for one in wrong if one.written.split is not Split.HELD]
    write(f"\n{len(wrong)} wrong verdicts, {len(wrong) - len(shown)} of them on held sentences.")
    for one in shown[:SHOWN]:
        why = "; ".join(f"{fault.kind}: {fault.what}" for fault in one.faults) or "nothing found"
        write(f"  {one.written.id}: {one.written.text} ({why})")
