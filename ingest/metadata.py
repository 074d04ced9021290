"""What a document says of itself in its front and back matter. Nothing is filled in from outside."""

import re
from collections.abc import Callable, Iterable
from re import Match, Pattern

from ingest.covers import Cover, find_cover
from ingest.dates import PASSED, PUBLISHED, REVISED, iso_date
from ingest.head import Span, find_addressee, find_number, is_prose
from ingest.issuers import (
    find_issuer,
    masthead,
    numbered_by,
    ordered_by,
    passed_by,
    printed_above,
    printed_date,
    signed_date,
    titled,
)
from ingest.model import Clause, Fact, Kind, Metadata, Reference
from ingest.title_line import ends_as_title
from ingest.title_run import find_title

# 国发〔2021〕37号
NUMBER = r"[\u4e00-\u9fff]{1,8}〔\d{4}〕\d{1,4}号"
# 《国务院关于印发…的通知》（国发〔2021〕37号）
CITED = re.compile(rf"《(?P<title>[^《》]+(?:〈[^〉]*〉[^《》]*)?)》(?:（(?P<number>{NUMBER})）)?")
OPENNESS = re.compile(r"^[（【]?此件(主动公开|公开发布|依申请公开|不予公开)[）】]?$", re.M)
# 抄送：市委办公室… and the lines after it, up to who printed it
COPIED = re.compile(r"^抄送：(.+(?:\n(?!.*(?:人民政府|办公室|办公厅|印发)$).+)*)", re.M)


def read_metadata(clauses: tuple[Clause, ...]) -> Metadata:
    """Facts of 题头 and 落款, each with the words that state it; None where this copy is silent."""
    front = next((clause for clause in clauses if clause.kind is Kind.FRONT), None)
    backs = [clause for clause in clauses if clause.kind is Kind.BACK]
    back = next((clause for clause in backs if "/" not in clause.path), None)
    back = back or next(reversed(backs), None)  # a list that belongs to the text is signed below it
    ends = [clause for clause in (back, front) if clause]
    cover = (front and find_cover(front.text)) or Cover()
    title = _of(front, cover.title) or _first([front] if front else [], find_title) or _attached_title(clauses)
    issuer = _of(front, cover.issuer) or _issuer(front, back, title)
    issued_on = _of(front, cover.issued_on) or _first(ends, signed_date)
    if front and not issuer:
        issuer, day = (_fact(front, span) for span in printed_above(front.text))
        issued_on = issued_on or day
    return Metadata(
        title=title,
        number=_of(front, cover.number) or _first(ends[::-1], find_number),
        issuer=issuer,
        issued_on=issued_on,
        printed_on=_first([*ends, *backs], printed_date),
        openness=_match(ends, OPENNESS),
        addressee=_first(ends[::-1], find_addressee),
        copied_to=_match(ends, COPIED),
        passed_on=_dated(front, PASSED),
        published_on=_dated(front, PUBLISHED),
        revised_on=_dated(front, REVISED, last=True),
        references=tuple(_references(clauses, _own_titles(title, front))),
    )


def _fact(clause: Clause, span: Span | None) -> Fact | None:
    return Fact(span.value, clause.id, span.start, span.end) if span else None


def _of(front: Clause | None, span: Span | None) -> Fact | None:
    return _fact(front, span) if front else None


def _first(clauses: Iterable[Clause], find: Callable[[str], Span | None]) -> Fact | None:
    return next((fact for clause in clauses if (fact := _fact(clause, find(clause.text)))), None)


def _match(clauses: Iterable[Clause], pattern: Pattern[str]) -> Fact | None:
    found = ((clause, match) for clause in clauses if (match := pattern.search(clause.text)))
    return next((Fact(match[1], clause.id, match.start(1), match.end(1)) for clause, match in found), None)


def _attached_title(clauses: Iterable[Clause]) -> Fact | None:
    """A notice without a title of its own goes by that of what it issues."""
    annex = next((clause for clause in clauses if clause.kind is Kind.ANNEX and clause.text == clause.heading), None)
    return Fact(annex.text, annex.id, 0, len(annex.text)) if annex and ends_as_title(annex.text) else None


def _issuer(front: Clause | None, back: Clause | None, title: Fact | None) -> Fact | None:
    """Who signed; else who heads the paper; else whom the title names before 关于."""
    own = (title.start, title.end) if title and front and title.clause_id == front.id else None
    signed = [
        _fact(clause, find_issuer(clause, own if clause is front else None)) for clause in (back, front) if clause
    ]
    found = next((fact for fact in signed if fact), None)
    if found or front is None:
        return found
    if heads := masthead(front.text):
        return _fact(front, heads)
    named = titled(front.text[title.start : title.end].replace("\n", ""), title.start) if title and own else None
    told = numbered_by(front.text) or ordered_by(front.text) or passed_by(front.text)
    return _fact(front, named or told)


def _dated(front: Clause | None, pattern: Pattern[str], last: bool = False) -> Fact | None:
    """The first or last thing of its sort that 题头 dates."""
    found = list(pattern.finditer(front.text)) if front else []
    return _date(front, found[-1 if last else 0]) if front and found else None


def _date(clause: Clause, match: Match[str]) -> Fact | None:
    iso = iso_date(match["date"])
    return Fact(iso, clause.id, match.start("date"), match.end("date")) if iso else None


def _own_titles(title: Fact | None, front: Clause | None) -> set[str]:
    """What the document calls itself: its title, a 《…》 in it, a line of the front such as an inner title."""
    named = {title.value, *(match["title"] for match in CITED.finditer(title.value))} if title else set()
    return named | (set(front.text.split("\n")) if front else set())


def _references(clauses: Iterable[Clause], own_titles: set[str]) -> Iterable[Reference]:
    """Documents cited by title, once each; the plan's own title and inner titles are left out."""
    seen: set[str] = set()
    for clause in clauses:
        for match in CITED.finditer(clause.text):
            line_start = clause.text.rfind("\n", 0, match.start()) + 1
            line_end = clause.text.find("\n", match.end())
            line = clause.text[line_start : line_end if line_end >= 0 else len(clause.text)]
            heads = clause.kind is Kind.FRONT and not is_prose(line)
            key = match["number"] or match["title"]
            if heads or key in seen or match["title"] in own_titles:
                continue
            seen.add(key)
            yield Reference(match["title"], match["number"], clause.id, match.start(), match.end())
