"""What users say → what the plans say: 缺斤少两 → 缺斤短两, 电子秤 → 数字指示秤.

The data stand in `vocabulary.tsv`, one word a row. Users add their own words in a file of the same columns:
`Vocabulary.load(SHIPPED, Path("my.tsv"))`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from ingest.errors import StoreError

SHIPPED = Path(__file__).with_name("vocabulary.tsv")
COLUMNS = ("colloquial", "plan_terms", "relation", "note")  # note may be left out
NO_TERM = "-"  # in plan_terms: not even a nearest term
FREQUENT = 10  # a form the plans themselves use more often than this needs no translation


class VocabularyError(StoreError):
    """A vocabulary file cannot be used. `line` counts from 1; 0 is the file as a whole."""

    def __init__(self, path: Path | str, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"Vocabulary '{place}' is not usable: {reason}")


class Relation(StrEnum):
    """How the user's word stands to the plan terms."""

    SAME = "same"
    NARROWER = "narrower"  # the user's word is a kind of the plan term
    NEAR = "near"
    CONFUSED = "confused"  # easily taken for the plan term, but not it
    ABSENT = "absent"  # the shipped plans do not speak of it; the terms are the nearest they have


@dataclass(frozen=True, slots=True)
class Term:
    """One row. `note` is Chinese and fit for the reader of an answer: of words, never of what the corpus holds."""

    colloquial: str
    plan_terms: tuple[str, ...]  # each stands literally in some clean clause
    relation: Relation
    note: str = ""


Index = dict[str, tuple[tuple[str, Term | None], ...]]  # first character → words, longest first


@dataclass(frozen=True, slots=True)
class Vocabulary:
    terms: tuple[Term, ...]
    _index: Index = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_index", _index(self.terms))

    @classmethod
    def load(cls, *paths: Path) -> "Vocabulary":
        """Files, read in order; a later file's row replaces an earlier file's row of the same word.

        Raises VocabularyError.
        """
        terms: dict[str, Term] = {}
        for path in paths:
            terms |= _read(path)
        return cls(tuple(terms.values()))

    def find(self, text: str) -> tuple[Term, ...]:
        """The terms spoken of in `text`, in order, each once; the longest word wins and words do not overlap.

        A plan's own term hides the words within it: 定量包装商品 is not the user's 包装商品.
        """
        folded = text.lower()
        found: dict[str, Term] = {}
        at = 0
        while at < len(folded):
            word, term = self._match(folded, at)
            if term:
                found.setdefault(term.colloquial, term)
            at += len(word) or 1
        return tuple(found.values())

    def _match(self, text: str, at: int) -> tuple[str, Term | None]:
        for word, term in self._index.get(text[at], ()):
            if text.startswith(word, at) and not _splits_latin(text, at) and not _splits_latin(text, at + len(word)):
                return word, term
        return "", None

    def check(self, corpus_text: str) -> tuple[str, ...]:
        """What is wrong with the words, given all clean clause text. Empty when nothing is."""
        return (
            *_duplicates(self.terms),
            *_missing_targets(self.terms, corpus_text),
            *_cycles(self.terms),
            *_needless(self.terms, corpus_text),
        )


@cache
def shipped_vocabulary() -> Vocabulary:
    """The words this project ships, read once per process."""
    return Vocabulary.load(SHIPPED)


def _index(terms: Iterable[Term]) -> Index:
    words: dict[str, Term | None] = {term.colloquial.lower(): term for term in terms}
    for term in terms:
        for target in map(str.lower, term.plan_terms):
            # Only a plan term that holds a word must be known, as None, to hide it.
            if target not in words and _holds_a_word(target, words):
                words[target] = None
    by_first: dict[str, list[tuple[str, Term | None]]] = {}
    for word in sorted(words, key=len, reverse=True):
        by_first.setdefault(word[0], []).append((word, words[word]))
    return {first: tuple(entries) for first, entries in by_first.items()}


def _holds_a_word(target: str, words: Mapping[str, Term | None]) -> bool:
    size = len(target)
    return any(target[start:end] in words for start in range(size) for end in range(start + 1, size + 1))


def _splits_latin(text: str, at: int) -> bool:
    """Whether a cut before `at` goes through a Latin word or a number: AR is not in SMART, nor 520 in 1520."""
    pair = text[at - 1 : at + 1] if at else ""
    return len(pair) == 2 and pair.isascii() and pair.isalnum()


def _read(path: Path) -> dict[str, Term]:
    terms: dict[str, Term] = {}
    lines_of: dict[str, int] = {}
    for line, row in _rows(path):
        term = _term(path, line, row)
        key = term.colloquial.lower()
        if key in terms:
            reason = f"'{term.colloquial}' stands in line {lines_of[key]} already. Keep one of the two rows."
            raise VocabularyError(path, line, reason)
        terms[key], lines_of[key] = term, line
    return terms


def _rows(path: Path) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of every data row. Blank lines and lines that start with # are skipped."""
    try:
        text = path.read_text(encoding="utf-8-sig")  # spreadsheets like to put a byte-order mark in front
    except OSError as error:
        raise VocabularyError(path, 0, f"{error.strerror}. Check the path.") from error
    except UnicodeDecodeError as error:
        raise VocabularyError(path, 0, f"it is not UTF-8 ({error.reason}). Save it as UTF-8.") from error
    headed = False
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip() or content.startswith("#"):
            continue
        cells = [cell.strip() for cell in content.split("\t")]
        if headed:
            yield line, cells
        elif tuple(cells) != COLUMNS:
            raise VocabularyError(path, line, f"its header is {cells}. Write {list(COLUMNS)}, separated by tabs.")
        headed = True


def _term(path: Path, line: int, cells: list[str]) -> Term:
    if not len(COLUMNS) - 1 <= len(cells) <= len(COLUMNS):
        reason = f"it has {len(cells)} cells: {cells}. Give {', '.join(COLUMNS)}, separated by tabs."
        raise VocabularyError(path, line, reason)
    colloquial, targets, relation_name, note = (*cells, "")[: len(COLUMNS)]
    if not colloquial or "|" in colloquial:
        raise VocabularyError(path, line, f"its word is '{colloquial}'. Give one word per row.")
    try:
        relation = Relation(relation_name)
    except ValueError as error:
        reason = f"its relation is '{relation_name}'. Use one of {', '.join(Relation)}."
        raise VocabularyError(path, line, reason) from error
    if targets == NO_TERM and relation is Relation.ABSENT:
        return Term(colloquial, (), relation, note)
    plan_terms = tuple(target.strip() for target in targets.split("|"))
    if not all(plan_terms) or NO_TERM in plan_terms:
        reason = f"its plan terms are '{targets}'. Separate terms by |; '{NO_TERM}' alone is for relation absent."
        raise VocabularyError(path, line, reason)
    return Term(colloquial, plan_terms, relation, note)


def _duplicates(terms: Iterable[Term]) -> Iterator[str]:
    seen: set[str] = set()
    for term in terms:
        key = term.colloquial.lower()
        if key in seen:
            yield f"'{term.colloquial}' stands twice. Keep one."
        seen.add(key)
        for target in sorted({target for target in term.plan_terms if term.plan_terms.count(target) > 1}):
            yield f"'{term.colloquial}' names '{target}' twice. Name it once."


def _missing_targets(terms: Iterable[Term], corpus_text: str) -> Iterator[str]:
    for term in terms:
        for target in term.plan_terms:
            if target not in corpus_text and term.relation is not Relation.ABSENT:
                yield f"'{term.colloquial}' points to '{target}', which no plan says. Quote a plan literally."


def _cycles(terms: Iterable[Term]) -> Iterator[str]:
    targets = {term.colloquial: term.plan_terms for term in terms}
    for start, first in targets.items():
        reached: set[str] = set()
        ahead = list(first)
        while ahead:
            word = ahead.pop()
            if word in targets and word not in reached:
                reached.add(word)
                ahead.extend(targets[word])
        if start in reached:
            yield f"'{start}' leads back to itself. A plan term on its way is a user's word too: drop one row."


def _needless(terms: Iterable[Term], corpus_text: str) -> Iterator[str]:
    for term in terms:
        times = corpus_text.count(term.colloquial)
        if times and term.relation is Relation.ABSENT:
            yield f"'{term.colloquial}' is called absent, but the plans say it {times} times. Give it plan terms."
        elif times > FREQUENT and _count_outside(term, corpus_text) > FREQUENT:
            yield f"'{term.colloquial}' is the plans' own word ({times} times). Drop the row."


def _count_outside(term: Term, corpus_text: str) -> int:
    for target in sorted(term.plan_terms, key=len, reverse=True):
        if term.colloquial in target:
            corpus_text = corpus_text.replace(target, "\n")
    return corpus_text.count(term.colloquial)
