"""A clause as the check reads it: folded pieces with the year that governs them, figures, names. Read once, kept."""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.check.draft import Excerpt
from bot.check.fold import plain
from bot.check.tokens import Sort, Token, tokens
from ingest.model import Clause, Kind, Plan, ResponsibleUnit
from vectorstore.tokenize import segment

PIECE_ENDS = re.compile(r"[,;。!?:|\n]|[、和](?=到?\d{4}年(?!-))")
SENTENCE_ENDS = re.compile(r"[;。!?\n]")
PARTS = re.compile(r"[、和与并/]|以及|及(?!以)")
IDEOGRAPHS = re.compile(r"[\u3400-\u9fffA-Za-z]+")
LEVELS = re.compile(r"区\(市\)级|国家级?|省部级|省级|市级|县级|区级|全国|全省|全市")
ROW_UNIT = re.compile(r"\(([^()]{1,4})\)$")


@dataclass(frozen=True, slots=True, eq=False)
class Piece:
    """Words between two commas. `year` is the last one named before its end in the paragraph."""

    text: str
    start: int
    sentence: int  # which sentence of the text
    year: Decimal | None
    pairs: frozenset[str]


@dataclass(frozen=True, slots=True)
class Figure:
    """A quantity and what it counts."""

    token: Token
    year: Decimal | None
    about: frozenset[str]  # pairs of characters around it
    before: str
    levels: frozenset[str]  # 国家, 省, 全市: of what is counted
    base: bool = False  # of the first year of a row
    target: bool = False  # of the last
    part: str = ""  # the words of its part of the piece


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One cited excerpt. Compared as the one object it is: hashing what it holds would cost more than reading it."""

    plan: Plan
    clause_id: str
    path: str
    heading: str
    text: str  # folded; paragraphs parted by line breaks
    words: frozenset[str]  # of two characters, and neighbours of one
    names: str  # what stands around the text: headings, units, columns, the plan
    tokens: tuple[Token, ...]
    pieces: tuple[Piece, ...]
    figures: tuple[Figure, ...]
    pairs: frozenset[str]
    units: tuple[ResponsibleUnit, ...]
    achieved: bool  # tells what is, not what is aimed at
    is_row: bool = False

    def holds(self, run: str) -> bool:
        """As `has`; of two characters only where they are words: 加计 of 增加计量 is none."""
        if len(run) != 2 or run in self.words:
            return self.has(run)
        return self.has(run) and _is_word(run)

    def has(self, wording: str) -> bool:
        """Whether it stands in the text or in what names it."""
        return wording in self.text or wording in self.names


def read_evidence(excerpt: Excerpt) -> Evidence:
    return _read(excerpt.plan, excerpt.clause, excerpt.text)


@lru_cache(maxsize=1024)
def _read(plan: Plan, clause: Clause, shown: str) -> Evidence:
    text = "\n".join(plain(line) for line in shown.split("\n"))
    found = tokens(text)
    pieces = tuple(cut(text, found))
    whole_row = clause.kind is Kind.ROW and shown == clause.text
    figures = _row_figures(clause.cells, text) if whole_row else _figures(text, found, pieces)
    told = [one for one in plan.indicators if one.clause_id == clause.id]
    heading = frozenset(pairs(plain(clause.heading)))
    names = (clause.heading, *clause.headings, *(unit.name for unit in clause.responsible_units), plan.title, plan.name)
    cells = (part for cell in clause.cells for part in cell)
    around = "\n".join(map(plain, (*names, *cells, plan.region, *plan.aliases)))
    return Evidence(
        plan,
        clause.id,
        clause.path,
        plain(clause.heading),
        text,
        _words("\n".join((text, around))),
        around,
        found,
        pieces,
        tuple(figures),
        frozenset().union(heading, *(piece.pairs for piece in pieces)),
        clause.responsible_units,
        bool(told) and all(one.achieved for one in told),
        clause.kind is Kind.ROW,
    )


@lru_cache(maxsize=8192)
def _is_word(run: str) -> bool:
    return len(segment(run, guess=False)) == 1


def _words(text: str) -> frozenset[str]:
    """Runs of two characters that begin and end with a word."""
    cut_at, edges = 0, {0}
    for word in segment(text, guess=False):
        cut_at += len(word)
        edges.add(cut_at)
    return frozenset(text[edge : edge + 2] for edge in edges if edge + 2 in edges)


def pairs(text: str) -> Iterator[str]:
    """Neighbouring characters within each run of ideographs or letters."""
    for run in IDEOGRAPHS.findall(text):
        yield from (run[i : i + 2] for i in range(len(run) - 1))


def share_of(said: Sequence[str], held: Collection[str]) -> float:
    """Share of the pairs said that are among those held; 0 when nothing is said."""
    return sum(pair in held for pair in said) / len(said) if said else 0.0


def cut(text: str, found: Iterable[Token]) -> Iterator[Piece]:
    """The pieces of a folded text. A year governs what follows it up to the next year or the paragraph's end."""
    years = [
        token for token in found if token.sort in (Sort.YEAR, Sort.DATE) and len(token.values) != 2 and token.values[0]
    ]
    start, sentence, year, row = 0, 0, None, 0
    for match in [*PIECE_ENDS.finditer(text), None]:
        end = match.start() if match else len(text)
        while row < len(years) and years[row].start < end:
            year = years[row].values[0]
            row += 1
        if end > start:
            body = text[start:end]
            yield Piece(body, start, sentence, year, frozenset(pairs(body)))
        if match is None:
            return
        if SENTENCE_ENDS.match(match.group()):
            sentence += 1
        if match.group() == "\n":
            year = None
        start = match.end()


def _figures(text: str, found: Iterable[Token], pieces: tuple[Piece, ...]) -> Iterator[Figure]:
    for token in found:
        if token.sort in (Sort.QUANTITY, Sort.ONE):
            piece = next((one for one in pieces if one.start <= token.start < one.start + len(one.text)), None)
            if piece:
                yield figure(text, token, piece)


def figure(text: str, token: Token, piece: Piece) -> Figure:
    """`token` with the words of its part of the piece: what 、 or 和 parts from it is about something else."""
    left, right = piece.start, piece.start + len(piece.text)
    marks = list(PARTS.finditer(text, left, right))
    left = max([match.end() for match in marks if match.end() <= token.start], default=left)
    right = min([match.start() for match in marks if match.start() >= token.end], default=right)
    about = frozenset([*pairs(text[left : token.start]), *pairs(text[token.end : right])])
    levels = _levels(text[left : token.start] + "|" + text[token.end : right])
    before = text[max(0, token.start - 20) : token.start]
    return Figure(token, piece.year, about, before, levels, part=text[left:right])


def _levels(text: str) -> frozenset[str]:
    return frozenset(word.removesuffix("级") for word in LEVELS.findall(text))


def _row_figures(cells: tuple[tuple[str, str], ...], text: str) -> Iterator[Figure]:
    """A row's cells: its name says what is counted and in which unit, its columns when."""
    name = text.partition("|")[0]
    header = ROW_UNIT.search(name)
    unit = header.group(1) if header else ""
    about = frozenset(pairs(name))
    years = sorted(token.values[0] for column, _ in cells for token in tokens(plain(column)) if token.sort is Sort.YEAR)
    for column, cell in cells:
        year = next((token.values[0] for token in tokens(plain(column)) if token.sort is Sort.YEAR), None)
        for token in tokens(plain(cell)) if year is not None else ():
            if token.sort is Sort.QUANTITY:
                own = Token(token.sort, token.text, 0, 0, token.values, token.unit or unit, token.bound)
                first, last = len(years) > 1 and year == years[0], len(years) > 1 and year == years[-1]
                yield Figure(own, year, about, "", _levels(name), first, last, name)
