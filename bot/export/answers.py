"""Receipts of answers → a document: what was asked, what was said, every quote with its address, what it rests on."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from itertools import chain, groupby

from bot.export import wording
from bot.export.cited import Cited, Link, look_up, title_of
from bot.export.document import Block, Document, Facts, Heading, Paragraph, Points, Remark, Table
from bot.model import Mode
from bot.records.labels import FIXED, Labels
from bot.records.receipts import Receipt, ReceiptStatement
from bot.wording import MARKS
from ingest.corpus import Corpus

BEIJING = timezone(timedelta(hours=8))  # all of the country keeps this time
LONGEST_HEADING = 60  # characters of a question that a heading takes
GAP = "……"  # between two quotes of one sentence


@dataclass(frozen=True, slots=True)
class Today:
    """What receipts are read against. `at` is aware."""

    corpus: Corpus
    corpus_version: str
    at: datetime
    labels: Labels
    link: Link

    @property
    def day(self) -> str:
        return self.at.astimezone(BEIJING).date().isoformat()


def answer_document(receipt: Receipt, today: Today) -> Document:
    """One answer."""
    return _document(wording.ANSWER_TITLE, [receipt], 0, today)


def talk_document(receipts: Sequence[Receipt], missing: int, today: Today) -> Document:
    """A conversation in the order given; `missing` answers of it have no receipt."""
    return _document(wording.TALK_TITLE.format(count=len(receipts) + missing), receipts, missing, today)


def _document(title: str, receipts: Sequence[Receipt], missing: int, today: Today) -> Document:
    numbered = len(receipts) + missing > 1
    cited = [[look_up(one, today.corpus) for one in receipt.citations] for receipt in receipts]
    blocks: list[Block] = [Remark(wording.MISSING.format(count=missing))] if missing else []
    for number, (receipt, found) in enumerate(zip(receipts, cited, strict=True), start=1):
        blocks += _exchange(receipt, number if numbered else 0, found, today)
    blocks += [Heading(wording.PLANS), *_plans(list(chain(*cited)), today)]
    blocks.append(Facts(((wording.TAKEN_AT, _moment(today.at)),)))
    labels = dict.fromkeys(_label(receipt, today.labels) for receipt in receipts)
    return Document(title, tuple(blocks), wording.NOTICE, "；".join(filter(None, labels)))


def _exchange(receipt: Receipt, number: int, cited: Sequence[Cited], today: Today) -> Iterator[Block]:
    """A question and its answer; `number` counts the questions of a conversation, 0 where there is one alone."""
    asked = " ".join(receipt.question.split())
    short = asked if len(asked) <= LONGEST_HEADING else f"{asked[:LONGEST_HEADING]}…"
    named = wording.NUMBERED.format(number=number, question=short) if number else short
    yield Heading(named if number else wording.QUESTION.format(question=short))
    if short != asked:
        yield Paragraph(receipt.question)
    yield Facts(_facts(receipt, today))
    yield from _told(receipt, {one.index: one for one in cited}, today.link)
    if receipt.notes:
        yield Heading(wording.NOTES, 3)
        yield Points(receipt.notes)


def _facts(receipt: Receipt, today: Today) -> tuple[tuple[str, str], ...]:
    version, same = receipt.corpus_version, receipt.corpus_version == today.corpus_version
    rows = (
        (wording.STATUS_NAME, wording.STATUS[receipt.status]),
        (wording.ASKED_AT, _moment(datetime.fromisoformat(receipt.asked_at))),
        (wording.LABEL_NAME, _label(receipt, today.labels)),
        (wording.RECEIPT, receipt.answer_id),
        (wording.CORPUS_VERSION, version if same else wording.CORPUS_CHANGED.format(version=version)),
    )
    return tuple((name, value) for name, value in rows if value)


def _label(receipt: Receipt, labels: Labels) -> str:
    """Where its wording comes from. What was computed a receipt does not tell, so it is said of all that is quoted."""
    if receipt.mode is Mode.LLM:
        return labels.generated
    if not receipt.citations:
        return FIXED
    return labels.extractive + wording.BY_RULES if labels.extractive else ""


@dataclass(frozen=True, slots=True)
class _Point:
    """A statement. `lead`: the words before its quotes, None where it says more than whose words they are."""

    text: str
    lead: str | None
    cited: tuple[Cited, ...]
    fresh: tuple[Cited, ...]  # not quoted further up

    @property
    def is_rows(self) -> bool:
        """Whether it quotes rows of tables and does nothing else."""
        return self.lead is not None and self.fresh == self.cited and all(one.cells for one in self.cited)


def _told(receipt: Receipt, cited: dict[int, Cited], link: Link) -> Iterator[Block]:
    """Statements in order; neighbours that only quote rows share a table."""
    for bare, points in groupby(_points(receipt.statements, cited), key=lambda point: point.is_rows):
        if bare:
            yield from _quotes([one for point in points for one in point.fresh], "", link)
            continue
        for point in points:
            yield from _said(point, link)


def _points(statements: Iterable[ReceiptStatement], cited: dict[int, Cited]) -> Iterator[_Point]:
    seen: set[int] = set()
    for statement in statements:
        known = tuple(cited[index] for index in statement.citations if index in cited)
        fresh = tuple(one for one in known if one.index not in seen)
        seen.update(one.index for one in known)
        yield _Point(statement.text, _lead(statement.text, known), known, fresh)


def _lead(text: str, cited: Sequence[Cited]) -> str | None:
    """厦门（四24）：「…」 → 厦门（四24）：, 「…」 → empty."""
    quoted = GAP.join(one.quote.replace("\n", "") for one in cited)
    return text.removesuffix(f"「{quoted}」") if cited and text.endswith(f"「{quoted}」") else None


def _said(point: _Point, link: Link) -> Iterator[Block]:
    fresh = {one.index for one in point.fresh}
    above = "".join(one.mark for one in point.cited if one.index not in fresh)
    if point.lead is None:
        yield Paragraph(point.text + "".join(one.mark for one in point.cited))
    elif point.lead or above:
        yield Paragraph(point.lead + (f"{wording.SEEN_ABOVE}{above}" if above else ""))
    yield from _quotes(point.fresh, _flat(point.text) if point.lead is None else "", link)


def _quotes(cited: Sequence[Cited], said: str, link: Link) -> Iterator[Block]:
    """What stands in `said` already is not repeated; neighbouring rows of the same columns are a table."""

    def columns(one: Cited) -> tuple[str, ...]:
        """But for the one with the rows' names, which each document calls otherwise: 指标, 主要指标."""
        return () if _flat(one.quote) in said else tuple(column for column, _ in one.cells[1:])

    for found, ones in groupby(cited, key=columns):
        rows = list(ones)
        if found:
            yield _table(found, rows)
        yield from (one.as_quote(link, said=bool(found) or _flat(one.quote) in said) for one in rows)


def _table(columns: tuple[str, ...], rows: Sequence[Cited]) -> Table:
    named = {one.cells[0][0] for one in rows}
    names = named.pop() if len(named) == 1 else wording.ROW_NAME
    told = tuple((one.place, *(value for _, value in one.cells)) for one in rows)
    return Table((wording.SOURCE_COLUMN, names, *columns), told)


def _plans(cited: Sequence[Cited], today: Today) -> Iterator[Block]:
    """Each document once, in the order of use, and whether it is in force."""
    plans = {one.plan_id: one.plan for one in cited}
    named = tuple(
        f"{title_of(plan)}{MARKS.get(plan.validity.standing(today.day), '')}"
        if plan
        else wording.PLAN_GONE.format(plan_id=plan_id)
        for plan_id, plan in plans.items()
    )
    yield Points(named) if named else Remark(wording.NO_PLANS)


def _moment(at: datetime) -> str:
    local = at.astimezone(BEIJING)
    day = wording.DAY.format(year=local.year, month=local.month, day=local.day)
    return wording.MOMENT.format(day=day, time=local.strftime("%H:%M"))


def _flat(text: str) -> str:
    return "".join(text.split())
