"""The nouns of answering: question, citation, statement, answer."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from ingest.model import Clause, Plan


class Intent(StrEnum):
    """What kind of answer is asked for."""

    QUOTE = "quote"
    INDICATOR = "indicator"
    DIFFERENCE = "difference"
    UNITS = "units"
    COMPARISON = "comparison"
    WHICH = "which_plans"
    METADATA = "metadata"
    OUTLINE = "outline"
    SMALL_TALK = "smalltalk"
    OFF_TOPIC = "offtopic"


class Aspect(StrEnum):
    """What the asker wants to know of a topic; a clause may hold the topic and lack the aspect."""

    NUMBER = "number"
    AMOUNT = "amount"
    FEE = "fee"
    PENALTY = "penalty"
    REWARD = "reward"
    DEADLINE = "deadline"
    INTERVAL = "interval"
    FORM = "form"
    CONTACT = "contact"
    PROCEDURE = "how"
    CONDITION = "condition"
    LIST = "list"
    WHO = "who"
    PLACE = "place"
    OUTCOME = "result"
    REASON = "reason"


class Status(StrEnum):
    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_FOUND = "not_found"
    OUT_OF_SCOPE = "out_of_scope"


class Mode(StrEnum):
    EXTRACTIVE = "extractive"
    LLM = "llm"


@dataclass(frozen=True, slots=True)
class Address:
    """An address named in a question: 第21条, 专栏3, 三（四）. `path` is set once a plan resolves it."""

    wording: str  # as asked, e.g. 第21条
    kind: str  # item | box | path | chapter | section | annex | front | back
    number: int = 0
    inner: int = 0  # 专栏3第2项
    path: str = ""
    annex: str = ""  # 附件2, when it is an address within one
    within: tuple[int, int, int] = (0, 0, 0)  # 第二款, 第（三）项, 第4目 of the clause; 0 for none


@dataclass(frozen=True, slots=True)
class Question:
    """A question understood."""

    text: str
    folded: str
    bare: str = ""  # the folded text without places: what is searched and judged
    before: tuple[str, ...] = ()  # earlier questions of the conversation, bare, oldest first
    plans: tuple[str, ...] = ()  # plans of the corpus asked about, in its order
    foreign: tuple[str, ...] = ()  # named places the corpus does not hold
    years: tuple[int, ...] = ()
    address: Address | None = None
    intent: Intent = Intent.QUOTE
    aspects: tuple[Aspect, ...] = ()  # the likeliest first
    fields: tuple[str, ...] = ()  # of metadata: number, title, issued_on …
    compares: bool = False  # several plans are to be set side by side
    inherited: tuple[str, ...] = ()  # plans a follow-up took over, for the notes
    outside: tuple[str, ...] = ()  # plans named although the caller narrowed the question to others
    injected: str = ""  # an instruction to the bot that was cut out
    documents: tuple[str, ...] = ()  # of `plans` those named by their own names: 计量法
    versions: tuple[str, ...] = ()  # of these, those whose version was named, or every version
    above: tuple[str, ...] = ()  # documents that hold for the `foreign` places too: of their province
    as_of: str = ""  # ISO day the question is asked of; empty: today
    lapsed: tuple[str, ...] = ()  # documents of a named place that has none in force on that day
    scope: tuple[str, ...] = ()  # documents it may be asked of: in force on that day, of cities; empty: all
    districts: tuple[str, ...] = ()  # of a plan's city that are asked about themselves: 义乌要建几个

    def among(self, plans: Iterable[str]) -> tuple[str, ...]:
        """Those of `plans` that it may be asked of: one look a plan, of thousands too."""
        scope = frozenset(self.scope)
        return tuple(one for one in plans if not scope or one in scope)


@dataclass(frozen=True, slots=True, eq=False)
class Citation:
    """An exact slice of a clause. Cannot be made otherwise."""

    plan: Plan = field(repr=False)
    clause: Clause = field(repr=False)
    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end <= len(self.clause.text):
            raise ValueError(f"Span {self.start}:{self.end} is outside clause {self.clause.id}.")
        if self.clause.plan_id != self.plan.id:
            raise ValueError(f"Clause {self.clause.id} is not of plan {self.plan.id}.")

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Citation) and self.key == other.key

    @property
    def quote(self) -> str:
        return self.clause.text[self.start : self.end]

    @property
    def key(self) -> tuple[str, int, int]:
        return (self.clause.id, self.start, self.end)


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence of the answer and what it rests on. Without citations it is a fixed phrase that carries no facts."""

    text: str
    citations: tuple[Citation, ...] = ()
    computed: bool = False  # numbers were calculated from the cited ones; the text shows from which
    generated: bool = False  # a model wrote it


@dataclass(frozen=True, slots=True)
class Answer:
    """What the bot says. `related` are near clauses, offered but not claimed to answer."""

    status: Status
    statements: tuple[Statement, ...]
    related: tuple[Citation, ...] = ()
    notes: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()  # header and rows of a comparison, cells verbatim
    mode: Mode = Mode.EXTRACTIVE
    model: str = ""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """All citations once, in order of first use: their place, from 1, is their number."""
        seen: dict[tuple[str, int, int], Citation] = {}
        for statement in self.statements:
            for citation in statement.citations:
                seen.setdefault(citation.key, citation)
        return tuple(seen.values())

    @property
    def leading(self) -> tuple[Citation, ...]:
        """What the statements are about. What a sentence cites beside its first clause only proves something of it."""
        return tuple(
            citation
            for statement in self.statements
            for citation in (statement.citations if statement.computed else statement.citations[:1])
        )

    def numbers(self, statement: Statement) -> tuple[int, ...]:
        """The numbers of a statement's citations."""
        order = {citation.key: number for number, citation in enumerate(self.citations, start=1)}
        return tuple(dict.fromkeys(order[citation.key] for citation in statement.citations))
