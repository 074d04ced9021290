"""The day a question is asked of: 截至2024年6月, 现行; and which documents were in force on it."""

import calendar
import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from bot.model import Intent, Question
from bot.question.documents import Mention
from bot.question.patterns import TERM_FIELDS
from ingest.corpus import Corpus
from ingest.standing import place_of, titles_of

# 截至2024年 · 截止到2024年6月 · 截至2024年6月30日
AS_OF = re.compile(
    r"截[至止]到?(?P<year>(?:19|20)\d\d)(?:年(?:(?P<month>\d{1,2})月(?:(?P<day>\d{1,2})日)?)?|-(?P<m>\d{1,2})-(?P<d>\d{1,2}))?"
)
# 2016年时有效的计量法 · 2016年当时施行的规定
AT_YEAR = re.compile(r"(?P<year>(?:19|20)\d\d)年(?:时|当时|那时|期间)?(?:有效|施行|适用|生效)的")
NOW = re.compile(r"现行|(?:现在|目前|当前|如今|今天)(?:还|仍)?(?:有效|施行|适用|执行)|最新")


def day_asked(folded: str, today: date) -> str:
    """The ISO day a question names, its last where it names a month or a year; empty when none, or one to come.

    截至2035年的目标 asks what is to be reached by then, of documents that are in force now.
    """
    if NOW.search(folded):
        return today.isoformat()
    match = AS_OF.search(folded) or AT_YEAR.search(folded)
    if match is None:
        return ""
    said = match.groupdict()
    month, day = (int(said.get(long) or said.get(short) or 0) for long, short in (("month", "m"), ("day", "d")))
    try:
        asked = _last(int(said["year"]), month, day)
    except ValueError:  # 截至2024年13月
        return ""
    return asked.isoformat() if asked <= today else ""


def _last(year: int, month: int, day: int) -> date:
    month = month or 12
    return date(year, month, day or calendar.monthrange(year, month)[1])


def timed(question: Question, corpus: Corpus, today: date, as_of: str = "", chosen: tuple[str, ...] = ()) -> Question:
    """`question` kept to what is in force on the day it is asked of; `as_of` and `chosen` are the caller's.

    What is expired or replaced is left out, unless it is asked for itself: by its name, its version or the caller.
    """
    asked = day_asked(question.folded, today)
    question = _of_its_time(replace(question, as_of=asked or as_of), corpus)
    if corpus.timeless:
        return question
    day = question.as_of or today.isoformat()
    in_force = corpus.holding(day, ahead=not question.as_of)
    meant = {one for one in question.plans if one in chosen or _is_meant(one, question, in_force, corpus)}
    kept = tuple(one for one in question.plans if one in meant or one in in_force)
    left = tuple(one for one in question.plans if one not in kept)
    places = {place_of(corpus.plan(one)) for one in kept}
    lapsed = tuple(one for one in left if place_of(corpus.plan(one)) not in places)
    scope = question.among(in_force)
    scope = () if len(scope) == len(corpus.plans) else scope
    named = tuple(one for one in question.documents if one in kept)
    inherited = tuple(one for one in question.inherited if one in kept)
    return replace(question, plans=kept, documents=named, lapsed=lapsed, scope=scope, inherited=inherited)


def _of_its_time(question: Question, corpus: Corpus) -> Question:
    """Asked when a document begins or ends to be in force, where that is known: 计量法何时施行."""
    asked = tuple(name for name, pattern in TERM_FIELDS if pattern.search(question.folded))
    terms = [corpus.plan(plan).validity for plan in question.plans]
    known = any(term.effective or term.expiry or term.superseded_by for term in terms)
    return replace(question, intent=Intent.METADATA, fields=asked) if asked and known else question


def _is_meant(plan_id: str, question: Question, in_force: Iterable[str], corpus: Corpus) -> bool:
    """Whether a document that is not in force is asked for all the same: by version, or by a name that no other has."""
    if plan_id in question.versions:
        return True
    titles = set(titles_of(corpus.plan(plan_id)))
    others = (one for one in in_force if one in question.documents and titles & set(titles_of(corpus.plan(one))))
    return plan_id in question.documents and next(others, None) is None


def versions(mentions: Iterable[Mention]) -> tuple[str, ...]:
    """Documents of which a version was named, or every one."""
    return tuple(dict.fromkeys(plan for one in mentions if one.version for plan in one.plans))
