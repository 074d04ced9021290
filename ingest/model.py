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
    ANNEX = "annex"  # 附件N: its title, and its text before its own numbers
    PARAGRAPH = "paragraph"  # of a document without any numbers
    BOX = "box"  # 专栏N: its title, and its text when it is not a list
    BOX_ITEM = "box_item"
    TABLE = "table"  # 表N: its caption, and the notes under it
    ROW = "row"  # a row of a table, in a box or not


TITLED = (Kind.BOX, Kind.TABLE, Kind.ANNEX)


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
        """Whether the clause says something; a bare heading, a box's, table's or annex's title does not."""
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
    passed_on: Fact | None = None  # 通过, ISO, as all dates
    published_on: Fact | None = None  # 公布
    revised_on: Fact | None = None  # the last 修正 or 修订
    references: tuple[Reference, ...] = ()


class DocumentKind(StrEnum):
    """What a document is, by its title or the catalogue."""

    PLAN = "plan"  # 规划 方案 意见 计划 纲要
    LAW = "law"  # …法
    REGULATION = "regulation"  # 条例, and the 实施细则 of a law
    RULE = "rule"  # 办法 规定 细则 规则
    NOTICE = "notice"  # 通知 公告 通告 决定
    STANDARD = "standard"  # 规程 规范 标准


class Standing(StrEnum):
    """Whether a document is in force on a day."""

    IN_FORCE = "in_force"
    AHEAD = "ahead"  # not yet
    EXPIRED = "expired"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Validity:
    """When a document is in force; what it says itself is a `Fact`. Days are ISO, or a year alone; empty: not known."""

    effective: Fact | None = None  # 自2023年7月1日起施行
    expiry: Fact | None = None  # 有效期至, 有效期五年
    abolished: tuple[Reference, ...] = ()  # documents it puts out of force
    version: str = ""  # 2018年修正
    since: str = ""  # the first day in force: of an amended law, of the amendment
    until: str = ""  # the last
    superseded_by: str = ""  # id of the document that took its place
    superseded_on: str = ""

    def standing(self, day: str) -> Standing:
        """On an ISO day. What nobody puts an end to is in force."""
        if self.superseded_by and self.superseded_on <= day:
            return Standing.SUPERSEDED
        if self.until and self.until < day:
            return Standing.EXPIRED
        return Standing.AHEAD if self.since > day else Standing.IN_FORCE


@dataclass(frozen=True, slots=True)
class Discard:
    """A stretch of source that is in no clause, and why."""

    reason: str  # pinyin | bookmark | blank | page_rule | table_rule | invisible | markup | those of ingest/webpage.py
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Plan:
    """One document, understood."""

    id: str
    name: str  # how people call it, e.g. 厦门实施方案
    region: str
    level: str  # national | provincial | municipal | county | other
    file: str
    source: str = field(repr=False)  # decoded source text
    clauses: tuple[Clause, ...] = field(repr=False)
    indicators: tuple[Indicator, ...] = field(repr=False)
    conflicts: tuple[Conflict, ...]
    metadata: Metadata
    discards: tuple[Discard, ...] = field(repr=False)
    headings: tuple[tuple[int, int], ...] = field(repr=False)  # source spans of numbers and bare headings
    aliases: tuple[str, ...] = ()  # of its place: 泉州市
    kind: DocumentKind = DocumentKind.PLAN
    issuer: str = ""  # by the document, else by the catalogue
    names: tuple[str, ...] = ()  # by which the document itself is asked for: 计量法
    validity: Validity = Validity()
    label: str = ""  # how an answer calls it where its place has several; set by the corpus
    record: Record = AS_TEXT  # how the file was read: format, pages, OCR

    def __hash__(self) -> int:
        return hash(self.id)

    @property
    def title(self) -> str:
        """The title the document bears, else the catalogue's name for it."""
        return self.metadata.title.value if self.metadata.title else self.name
