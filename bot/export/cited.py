"""A receipt's citation as the documents stand today: its address, its link, and what became of the clause since."""

from collections.abc import Callable
from dataclasses import dataclass

from bot.answer.quote import place_name, titled
from bot.export import wording
from bot.export.document import Quote
from bot.records.receipt_check import CitationCheck, check_citation
from bot.records.receipts import ReceiptCitation
from ingest.corpus import Corpus
from ingest.model import Clause, Kind, Plan

Link = Callable[[str, str, tuple[int, int] | None], str]  # plan id, clause path, span → an address, or nothing


NUMERALS = frozenset("一二三四五六七八九十")


@dataclass(frozen=True, slots=True)
class Cited:
    """`plan` and `clause` are None where they are no longer held: then only what the receipt itself says is said."""

    check: CitationCheck
    plan: Plan | None
    clause: Clause | None

    @property
    def index(self) -> int:
        return self.check.cited.index

    @property
    def mark(self) -> str:
        return f"[{self.index}]"

    @property
    def quote(self) -> str:
        return self.check.cited.quote

    @property
    def plan_id(self) -> str:
        return self.check.cited.clause_id.partition(":")[0]

    @property
    def path(self) -> str:
        return self.check.cited.clause_id.partition(":")[2]

    @property
    def cells(self) -> tuple[tuple[str, str], ...]:
        """(column, cell) where all of a table's row is cited and it still stands."""
        whole = self.clause is not None and self.quote == self.clause.text
        return self.clause.cells if self.clause and whole and self.clause.kind is Kind.ROW else ()

    @property
    def place(self) -> str:
        """Of a row in a table: 厦门 专栏1/9 [1]."""
        return f"{place_name(self.plan) if self.plan else self.plan_id} {self.path} {self.mark}"

    @property
    def address(self) -> str:
        """《题名》（文号） · 四24 · 加大政策支持"""
        named = title_of(self.plan) if self.plan else self.plan_id
        return wording.BETWEEN.join((named, called(self.path, self.clause.heading if self.clause else "")))

    @property
    def remark(self) -> str:
        if not self.check.exists:
            return wording.GONE
        if self.check.same_text:
            return ""
        stands = self.check.exact or self.check.moved_to is not None
        return wording.REWORDED if stands else wording.LOST

    def as_quote(self, link: Link, *, said: bool = False) -> Quote:
        """`said`: its words stand above already."""
        opened = link(self.plan_id, self.path, self._span) if self.check.exists else ""
        return Quote("" if said else self.quote, self.address, opened, self.mark, self.remark)

    @property
    def _span(self) -> tuple[int, int] | None:
        """Where the quote stands now, for the reader to mark."""
        check = self.check
        start = check.cited.start if check.exact else check.moved_to
        return None if start is None else (start, start + len(self.quote))


def look_up(cited: ReceiptCitation, corpus: Corpus) -> Cited:
    check = check_citation(cited, corpus)
    plan_id = cited.clause_id.partition(":")[0]
    plan = next((plan for plan in corpus.plans if plan.id == plan_id), None)
    return Cited(check, plan, corpus.clause(cited.clause_id) if check.exists else None)


def called(path: str, heading: str) -> str:
    """四24 · 加大政策支持"""
    if not heading or heading == path:
        return path
    if set(path) <= NUMERALS:  # 一 alone reads as a dash
        return f"{path}、{heading}"
    return f"{path}{wording.BETWEEN}{heading}"


def title_of(plan: Plan) -> str:
    """《题名》（文号）"""
    return titled(plan.title, plan.metadata.number.value if plan.metadata.number else None)
