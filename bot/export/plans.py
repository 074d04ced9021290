"""A plan → a document: what it says of itself, whether it is in force, its clauses in its words and their addresses."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from bot.answer.times import how, in_words
from bot.export import wording
from bot.export.cited import called
from bot.export.document import Block, Document, Facts, Heading, Quote, Remark, Table
from bot.wording import FIELD_NAMES
from ingest.corpus import Corpus
from ingest.model import Clause, Kind, Plan

DEEPEST = 4  # level of a heading
STOPS = "。：:；"
UNHEADED = (Kind.FRONT, Kind.BACK, Kind.ROW)  # stand outside the outline


@dataclass(frozen=True, slots=True)
class Reader:
    """Where the page shows the plan and its clauses, by their paths; empty where that cannot be told."""

    address: str
    clause: Callable[[str], str]


def plan_document(plan: Plan, standing: str, reader: Reader) -> Document:
    """`standing`: what is to be said of its being in force; empty for nothing."""
    blocks: list[Block] = [Facts(tuple(_facts(plan, reader.address)))]
    if standing:
        blocks.append(Remark(standing))
    for kind, clauses in groupby(plan.clauses, key=_tabled):
        if kind is Kind.ROW:
            blocks += _tables(clauses)
        elif kind is Kind.BOX_ITEM:
            blocks.append(_listed(clauses))
        else:
            blocks += (block for clause in clauses for block in _written(clause, reader))
    return Document(plan.title, tuple(blocks), wording.NOTICE)


def standing_of(plan: Plan, asked: str, today: str, corpus: Corpus) -> str:
    """That it is not in force, or of an ISO day that was asked of, that it was; else empty."""
    day = asked or today
    if why := how(plan, day, corpus):
        return wording.STANDS.format(day=in_words(day), how=why)
    return wording.STANDS.format(day=in_words(day), how=wording.IN_FORCE) if asked else ""


def _facts(plan: Plan, address: str) -> Iterator[tuple[str, str]]:
    said, validity = plan.metadata, plan.validity
    yield FIELD_NAMES["number"], said.number.value if said.number else wording.SILENT
    yield FIELD_NAMES["issuer"], said.issuer.value if said.issuer else wording.SILENT
    yield FIELD_NAMES["issued_on"], in_words(said.issued_on.value) if said.issued_on else wording.SILENT
    known = (
        (wording.REGION, plan.region),
        (wording.VERSION, validity.version),
        (FIELD_NAMES["effective"], in_words(validity.since) if validity.since else ""),
        (wording.UNTIL, in_words(validity.until) if validity.until else ""),
        (wording.READ_AT, address),
    )
    yield from ((name, value) for name, value in known if value)


def _tabled(clause: Clause) -> Kind | None:
    """Of what stands in a table with its neighbours of the same kind; a row that names no columns does not."""
    return clause.kind if clause.kind is Kind.BOX_ITEM or (clause.kind is Kind.ROW and clause.cells) else None


def _written(clause: Clause, reader: Reader) -> Iterator[Block]:
    """Under its heading, where it has one of its own; what the text begins with again is not repeated."""
    heading, text, units = _own_heading(clause), clause.text, _unnamed_units(clause)
    if heading:
        yield Heading(called(clause.path, heading.rstrip(STOPS)), min(2 + len(clause.headings), DEEPEST))
        text = text.removeprefix(heading)
        text = text if text == clause.text else text.lstrip(STOPS).lstrip()
    if text or units:
        yield Quote(text, _address(clause), reader.clause(clause.path), "", units)


def _own_heading(clause: Clause) -> str:
    """Empty for an item that only borrows its section's, and where the address is all there is."""
    borrowed = clause.headings[-1:] == (clause.heading,) and not clause.text.startswith(clause.heading)
    return "" if clause.kind in UNHEADED or borrowed or clause.heading == clause.path else clause.heading


def _listed(items: Iterable[Clause]) -> Table:
    """What is listed in a box, in a frame."""
    rows = (("\n".join(filter(None, (item.text, _unnamed_units(item)))), _address(item)) for item in items)
    return Table((wording.LISTED, wording.SOURCE_COLUMN), tuple(rows))


def _tables(rows: Iterable[Clause]) -> Iterator[Table]:
    """As the plan printed them. A row that lacks columns of its neighbours goes with them: a cell over several rows is
    told of the first alone.
    """
    columns: tuple[str, ...] = ()
    held: list[Clause] = []
    for row in rows:
        own = _columns(row)
        wider = max(columns, own, key=len)
        if not (_within(columns, wider) and _within(own, wider)):
            yield _table(columns, held)
            held, wider = [], own
        columns = wider
        held.append(row)
    yield _table(columns, held)


def _columns(clause: Clause) -> tuple[str, ...]:
    return tuple(column for column, _ in clause.cells)


def _within(few: tuple[str, ...], many: tuple[str, ...]) -> bool:
    """Whether all of `few` are among `many`, in their order, each once."""
    return few == many or (len(set(many)) == len(many) and tuple(one for one in many if one in few) == few)


def _table(columns: tuple[str, ...], rows: Iterable[Clause]) -> Table:
    return Table((*columns, wording.SOURCE_COLUMN), tuple((*_filled(row, columns), _address(row)) for row in rows))


def _filled(row: Clause, columns: tuple[str, ...]) -> tuple[str, ...]:
    if _columns(row) == columns:
        return tuple(value for _, value in row.cells)
    own = dict(row.cells)
    return tuple(own.get(column, "") for column in columns)


def _address(clause: Clause) -> str:
    return wording.PATH.format(path=clause.path)


def _unnamed_units(clause: Clause) -> str:
    """责任单位：甲、乙 where the text does not name each of them; else empty."""
    names = [unit.name for unit in clause.responsible_units]
    if all(name in clause.text for name in names):
        return ""
    return wording.UNITS.format(names="、".join(names))
