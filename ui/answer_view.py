"""An answer as cards: one for each plan it rests on, each quote once beneath the words that rest on it."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import urlsplit

from ui.replies import Citation, Draft, Reply, Statement
from ui.rows import Row, read_row

GAP = "……"  # between two quotes of one sentence
LONG_QUOTE = 130  # characters: what six lines of a phone hold
NUMERALS = frozenset("一二三四五六七八九十")
_LISTED = re.compile("(?<=[：；])([一二三四五六七八九十]{1,3}) ")


@dataclass(frozen=True, slots=True)
class Passage:
    """A citation's own words, or its row."""

    index: int
    quote: str
    link: str
    row: Row | None

    @property
    def is_long(self) -> bool:
        return len(self.quote) > LONG_QUOTE


@dataclass(frozen=True, slots=True)
class Source:
    """A clause, and what of it is quoted: at least one passage."""

    region: str
    title: str
    number: str | None
    path: str
    place: str  # 三(四)21 建立诚信计量长效机制
    passages: tuple[Passage, ...]

    @property
    def is_rows(self) -> bool:
        return all(one.row is not None for one in self.passages)

    def is_within(self, said: tuple[str, ...]) -> bool:
        """Whether its words stand in what is said already: 发文字号为国发〔2021〕37号."""
        text = "".join(said)
        return all(one.quote.replace("\n", "") in text for one in self.passages)


@dataclass(frozen=True, slots=True)
class SmallTable:
    """Rows of the same columns that follow each other: (row, its passage, its clause)."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Row, Passage, str], ...]


@dataclass(frozen=True, slots=True)
class Point:
    """A statement. `said` is empty where it says nothing but the quotes beneath; `seen` were quoted further up."""

    said: tuple[str, ...]
    seen: tuple[int, ...]
    sources: tuple[Source, ...]

    @property
    def is_rows(self) -> bool:
        return not self.said and not self.seen and all(source.is_rows for source in self.sources)


@dataclass(frozen=True, slots=True)
class Card:
    """What one plan says. Without `plan_id`: what rests on several plans, or on none."""

    plan_id: str
    title: str
    place: str
    points: tuple[Point, ...]

    @property
    def quotes(self) -> bool:
        """Whether it opens with the plan's own words."""
        return not self.points[0].said

    @property
    def blocks(self) -> tuple["Block", ...]:
        """Points in order; those that only quote rows are brought together, so that they share a table."""
        found: list[Block] = []
        for bare, points in groupby(self.points, key=lambda one: one.is_rows):
            if bare:
                found.append(Block(None, tuple(source for point in points for source in point.sources)))
            else:
                found += [Block(point, point.sources) for point in points]
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Block:
    """A point and its sources, or the sources of points that are rows."""

    point: Point | None
    sources: tuple[Source, ...]

    @property
    def said(self) -> tuple[str, ...]:
        return self.point.said if self.point else ()

    @property
    def tables(self) -> tuple[SmallTable, ...]:
        """Neighbours of the same columns share a table."""
        rows = [(one.row, one, source.path) for source in self.sources for one in source.passages if one.row]
        by_columns = groupby(rows, key=lambda row: row[0].columns)
        return tuple(SmallTable(columns, tuple(found)) for columns, found in by_columns)


def tables_of(source: Source) -> tuple[SmallTable, ...]:
    """The rows of one clause that stands by itself, as a clause that is only near."""
    return Block(None, (source,)).tables


def cards(told: Reply | Draft) -> tuple[Card, ...]:
    """Statements in order; what was looked up is brought together under its plan, a model's text stays as written."""
    rows = list(_keyed(told))
    if not told.generated:
        first: dict[str, int] = {}
        for key, _, _ in rows:
            first.setdefault(key, len(first))
        rows.sort(key=lambda row: first[row[0]])
    return tuple(_card(list(found)) for _, found in groupby(rows, key=lambda row: row[0]))


def sources(citations: Iterable[Citation]) -> tuple[Source, ...]:
    """Citations of one clause that follow each other are one source."""
    by_clause = groupby(citations, key=lambda one: (one.plan_id, one.clause_path))
    return tuple(_source(tuple(found)) for _, found in by_clause)


def place_of(path: str, heading: str) -> str:
    """`四24 加大政策支持`; a chapter's bare numeral takes its stop, for alone 一 reads as a dash: `一、总体要求`."""
    named = "" if heading == path else heading
    return f"{path}、{named}" if path and set(path) <= NUMERALS else f"{path} {named}".rstrip()


def safe_link(url: str) -> str:
    """A path of this site or an http(s) address as it is; anything else (`javascript:`, `//host`) → empty."""
    try:
        parts = urlsplit(url)
    except ValueError:  # e.g. an unclosed bracket of an IPv6 address
        return ""
    if parts.scheme in ("http", "https") and parts.netloc:
        return url
    local = not parts.scheme and not parts.netloc and url.startswith("/") and "\\" not in url
    return url if local else ""


def lines_of(text: str) -> tuple[str, ...]:
    """Lines with something on them; a listed chapter's numeral takes its stop: …：一 总体要求；二 …"""
    shown = _LISTED.sub(r"\1、", text)
    return tuple(line for line in (line.strip() for line in shown.splitlines()) if line)


Keyed = tuple[str, str, Point]  # the card's key, the place as the statement names it, the statement


def _keyed(told: Reply | Draft) -> Iterator[Keyed]:
    known = {citation.index: citation for citation in told.citations}
    seen: set[int] = set()
    for number, statement in enumerate(told.statements):
        cited = tuple(known[index] for index in statement.citations if index in known)
        fresh = tuple(citation for citation in cited if citation.index not in seen)
        place = _place(statement, cited)
        said = lines_of(statement.text) if place is None else ()
        point = Point(said, tuple(one.index for one in cited if one.index in seen), sources(fresh))
        seen.update(citation.index for citation in cited)
        plans = {citation.plan_id for citation in cited}
        yield plans.pop() if len(plans) == 1 else f"#{number}", place or "", point


def _place(statement: Statement, cited: tuple[Citation, ...]) -> str | None:
    """厦门（四24）：「…」 → 厦门, （专栏1/2）「…」 → empty; None for what says more than whose words they are."""
    quoted = GAP.join(citation.quote.replace("\n", "") for citation in cited)
    text = statement.text
    if not cited or not text.endswith(f"「{quoted}」"):
        return None
    before = text.removesuffix(f"「{quoted}」").removesuffix("：")
    place = before.removesuffix(f"（{cited[0].clause_path}）")
    return None if place == before or "：" in place else place


def _card(rows: list[Keyed]) -> Card:
    points = tuple(point for _, _, point in rows)
    first = next((source for point in points for source in point.sources), None)
    place = next((place for _, place, _ in rows if place), first.region if first else "")
    of_plan = first is not None and not rows[0][0].startswith("#")
    return Card(
        rows[0][0] if of_plan else "", first.title if first and of_plan else "", place if of_plan else "", points
    )


def _source(found: tuple[Citation, ...]) -> Source:
    one = found[0]
    passages = tuple(Passage(each.index, each.quote, safe_link(each.url), read_row(each.quote)) for each in found)
    return Source(
        one.region, one.plan_title, one.plan_number, one.clause_path, place_of(one.clause_path, one.heading), passages
    )
