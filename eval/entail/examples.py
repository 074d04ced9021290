"""What the reader of claims learns from: sentences, the texts they cite, and which words those do not bear out."""

import random
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from bot.check.entails import legible, shown
from eval.entail.edits import Around, doctored
from eval.entail.rewording import dressed, honest, merged
from eval.verification.pairs import Pair
from eval.verification.sentence import Split, Written, excerpts
from ingest.corpus import Corpus

Spans = tuple[tuple[int, int], ...]

CITED_MOST = 220  # characters of an official text around the sentence that is edited
SENTENCE = re.compile(r"[^。；\n]+[。；]?")
MERGED = 0.35  # how often an edited sentence is put together from parts of several
SHORTEST, LONGEST = 12, 90  # characters of an official sentence that is edited
ELSEWHERE = 0.08  # how often the false one of an edited pair is a true sentence under another text
HELD_ON_PLANS = ("assistants", "counsel", "potters", "tutors")  # writers who write about the shipped plans
HELD_WRITERS = (*HELD_ON_PLANS, "botanists", "lynxes", "smiths")
HELD_PLAN = "jinhua"  # until the last leg of a training, which learns from all plans


@dataclass(frozen=True, slots=True)
class Example:
    """Both texts are legible. `beyond`: of the sentence, what is not borne out; `against`: of the text, what denies it.

    None where nobody knows which they are.
    """

    sentence: str
    cited: str
    borne: bool
    beyond: Spans | None = ()
    against: Spans | None = ()


Twins = tuple[Example, Example]  # one that is borne out, one that is not; mostly of the same clause


def held_plan_of(notes: Mapping[str, Any]) -> str:
    """The plan that a training has learned nothing from, as its notes tell; empty when it learned from all."""
    return str(notes.get("recipe", {}).get("held_plan", HELD_PLAN))


def trained_pairs(pairs: Mapping[str, Sequence[Pair]], held_plan: str = HELD_PLAN) -> list[Pair]:
    """Those to learn from: no writer and no plan that is kept to measure on."""
    return [
        one
        for writer, rows in pairs.items()
        if writer not in HELD_WRITERS
        for one in rows
        if not one.clause.startswith(f"{held_plan}:")
    ]


def twins_of(pairs: Sequence[Pair], rng: random.Random, corpus: Corpus | None = None) -> list[Twins]:
    """Each false sentence beside the honest one that it was made from, or else beside any honest one of its clause.

    With `corpus` they are shown their whole clauses, as the bot shows them, and not the stretches they cite.
    """
    known = {one.id: one for one in pairs if one.honest}
    of_clause = defaultdict[str, list[Pair]](list)
    for one in known.values():
        of_clause[one.clause].append(one)
    found = []
    for one in pairs:
        origin = known.get(one.pair)
        beside = origin or (rng.choice(of_clause[one.clause]) if not one.honest and of_clause[one.clause] else None)
        if beside:
            true, false = (_cited(each, corpus) for each in (beside, one))
            found.append((Example(legible(beside.sentence), true, True), _false(one, origin, false)))
    return found


def sentences_twins(
    sentences: Sequence[Written], corpus: Corpus, rng: random.Random, held_plan: str = HELD_PLAN
) -> list[Twins]:
    """Honest and doctored sentences of the same clause side by side, as the bot shows them what they cite."""
    by_clause: dict[str, tuple[list[Example], list[Example]]] = defaultdict(lambda: ([], []))
    for one in sentences:
        cited = [one.clauses[handle - 1] for handle in one.handles if handle <= len(one.clauses)]
        if one.split is Split.HELD or len(cited) < len(one.handles) or not cited:
            continue
        if any(clause.startswith(f"{held_plan}:") for clause in cited):
            continue
        text = legible(shown(one.text, excerpts(corpus, cited)))
        example = Example(legible(one.text), text, one.honest, () if one.honest else None, () if one.honest else None)
        by_clause[cited[0]][not one.honest].append(example)
    found = []
    for honest_ones, false_ones in by_clause.values():
        if honest_ones and false_ones:
            most = max(len(honest_ones), len(false_ones))
            columns = [(rng.sample(each, len(each)) * most)[:most] for each in (honest_ones, false_ones)]
            found += list(zip(*columns, strict=True))
    return found


def edited(documents: Sequence[Sequence[str]], rng: random.Random) -> Iterator[Twins]:
    """Without end: of a document's texts one, a sentence of it in other words, and that sentence doctored."""
    while True:
        texts = rng.choice(documents)
        at = rng.randrange(len(texts))
        found = _edited(texts, at, rng)
        if found:
            yield found


def _edited(texts: Sequence[str], at: int, rng: random.Random) -> Twins | None:
    sentences = SENTENCE.findall(texts[at])
    fitting = [row for row, one in enumerate(sentences) if SHORTEST <= len(one) <= LONGEST]
    if not fitting:
        return None
    row = rng.choice(fitting)
    cited = _around(sentences, row, rng)
    near = [text for text in texts[max(0, at - 3) : at + 4] if text != texts[at]]
    beyond = tuple(one for text in near for one in SENTENCE.findall(text))
    said = honest(merged(cited, rng) if rng.random() < MERGED else sentences[row], rng)
    if near and rng.random() < ELSEWHERE:
        told = legible(dressed([said], rng)[0])
        other = rng.choice(near)[:CITED_MOST]
        return Example(told, legible(cited), True), Example(told, legible(other), False, None, None)
    made = doctored(said, Around(cited, beyond), rng)
    if not made:
        return None
    true, false = map(legible, dressed([said, made[1]], rng))
    cited = legible(cited)
    return Example(true, cited, True), Example(false, cited, False, changed(true, false), None)


def _around(sentences: Sequence[str], row: int, rng: random.Random) -> str:
    """The sentence with some before and after it."""
    first, last = row, row + 1
    for _ in range(rng.randint(0, 4)):
        if rng.random() < 0.5 and first:
            first -= 1
        elif last < len(sentences):
            last += 1
        if sum(map(len, sentences[first:last])) > CITED_MOST:
            break
    return "".join(sentences[first:last])


def changed(true: str, false: str) -> Spans:
    """Stretches of `false` that are not as in `true`; what was left out is told by its neighbours."""
    found = []
    for kind, _, _, start, end in SequenceMatcher(None, true, false, autojunk=False).get_opcodes():
        if kind == "delete":
            found.append((max(0, start - 1), min(len(false), start + 1)))
        elif kind != "equal":
            found.append((start, end))
    return tuple(found)


def _cited(pair: Pair, corpus: Corpus | None) -> str:
    return legible(shown(pair.sentence, excerpts(corpus, [pair.clause])) if corpus else pair.cited)


def _false(pair: Pair, origin: Pair | None, cited: str) -> Example:
    said, quoted = legible(pair.sentence), legible(pair.quoted)
    beyond: Spans | None = changed(legible(origin.sentence), said) if origin else None
    if beyond and sum(end - start for start, end in beyond) * 2 > len(said):
        beyond = None  # said quite otherwise: most of it may be right
    at = cited.find(quoted) if quoted else -1
    against = ((at, at + len(quoted)),) if at >= 0 and len(quoted) * 3 < len(pair.cited) * 2 else None
    return Example(said, cited, False, beyond, against)
