"""The nouns of the corpus: plan, clause, passage, indicator. Frozen, free of third-party types."""

from dataclasses import dataclass, field
from enum import StrEnum

from ingest.formats.reading import AS_TEXT, Record


class Kind(StrEnum):
    """What a clause is in its plan's outline."""

    FRONT = "front"  # 题头: title, number, addressee, preamble before 一、
    BACK = "back"  # 落款: signature, date, 抄送
    HEADING = "heading"  # a numbered heading with no text of its own
    CHAPTER = "chapter"  # unnumbered text directly under 一、
    SECTION = "section"  # （一）
    ITEM = "item"  # 1.
    ARTICLE = "article"  # 第一条, in statutes
    BOX = "box"  # 专栏N: its title, and its text when it is not a list
    BOX_ITEM = "box_item"
    TABLE = "table"  # 表N: its caption, and the notes under it
    ROW = "row"  # a row of a table, in a box or not


TITLED = (Kind.BOX, Kind.TABLE)


class Role(StrEnum):
    """How a plan names a responsible unit. LEAD only where the plan says so."""

    LEAD = "lead"  # 牵头
    SUPPORT = "support"  # 配合
    LISTED = "listed"  # 责任单位, no order said


@dataclass(frozen=True, slots=True)
class ResponsibleUnit:
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class Position:
    """Where a character stands in the source file; both count from 1, columns in code points."""

    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Clause:
    """The smallest numbered unit of a plan: what is cited.

    `text` is clean; `origins[i]` is the offset in the decoded source of the character `text[i]`
    (for a line break between two paragraphs, of the character before the second; for a mark between two cells of a
    row, of a neighbour of the cell).
    """

    plan_id: str
    path: str
    kind: Kind
    heading: str
    headings: tuple[str, ...]  # of the units above, outermost first
    text: str
    origins: tuple[int, ...] = field(repr=False)
    responsible_units: tuple[ResponsibleUnit, ...] = ()
    cells: tuple[tuple[str, str], ...] = ()  # (column, cell) of a table row, e.g. ("2025年", "850")

    def __hash__(self) -> int:
        return hash((self.plan_id, self.path))  # the default would hash every origin

    @property
    def id(self) -> str:
        """Public id, e.g. `xiamen:三(四)21`."""
        return f"{self.plan_id}:{self.path}"

    @property
    def searchable(self) -> bool:
        """Whether the clause says something; a bare heading or box title does not."""
        return self.kind is not Kind.HEADING and not (self.kind in TITLED and self.text == self.heading)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a clause, mostly one sentence: what is searched and judged. `clause.text[start:end]` is its text."""

    id: str
    clause_id: str
    plan_id: str
    start: int
    end: int
    text: str
    heading: str  # the clause's own heading
    context: str  # headings above it
    lead: str = ""  # what stands before it when a model reads it


@dataclass(frozen=True, slots=True)
class Indicator:
    """A named quantity of a plan. Absent is None, never 0; `target` keeps the plan's own wording."""

    plan_id: str
    clause_id: str
    name: str
    unit: str
    base_year: int | None
    base_value: str | None
    target_year: int | None
    target: str | None
    qualifier: str  # 以上, 余, 不超过, ≥, or empty
    attribute: str  # 预期性 / 约束性 from a table, else empty
    start: int  # span in the clause's text that states it
    end: int
    achieved: bool = False  # a present state told by the plan, not a target; its year, if told, is the base's


@dataclass(frozen=True, slots=True)
class Conflict:
    """One indicator with different values inside one plan."""

    plan_id: str
    name: str
    indicators: tuple[Indicator, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A document another document names, e.g. 国发〔2021〕37号."""

    title: str
    number: str | None
    clause_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fact:
    """A metadatum and the words of the plan that say it: `clause.text[start:end]`."""

    value: str
    clause_id: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the document says of itself. None is an answer: this copy does not say."""

    title: Fact | None = None
    number: Fact | None = None
    issuer: Fact | None = None
    issued_on: Fact | None = None  # value as ISO date
    printed_on: Fact | None = None  # 印发 date where it stands apart, ISO
    openness: Fact | None = None  # 主动公开 / 公开发布
    addressee: Fact | None = None
    copied_to: Fact | None = None  # 抄送
    references: tuple[Reference, ...] = ()


@dataclass(frozen=True, slots=True)
class Discard:
    """A stretch of source that is in no clause, and why."""

    reason: str  # pinyin | bookmark | blank | page_rule | table_rule | invisible
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One document, understood."""

    id: str
    name: str  # how people call it, e.g. 厦门实施方案
    region: str
    level: str  # national | provincial | municipal
    file: str
    source: str = field(repr=False)  # decoded source text
    clauses: tuple[Clause, ...] = field(repr=False)
    indicators: tuple[Indicator, ...] = field(repr=False)
    conflicts: tuple[Conflict, ...]
    metadata: Metadata
    discards: tuple[Discard, ...] = field(repr=False)
    headings: tuple[tuple[int, int], ...] = field(repr=False)  # source spans of numbers and bare headings
    aliases: tuple[str, ...] = ()
    record: Record = AS_TEXT  # how the file was read: format, pages, OCR

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def title(self) -> str:
        """The title the document bears, else the catalogue's name for it."""
        return self.metadata.title.value if self.metadata.title else self.name
