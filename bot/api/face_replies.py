"""Chores of chat clients done from the conversation and the clauses it led to, without a language model."""

import json
import uuid
from collections.abc import Iterable, Iterator, Sequence

from bot.api.face_asking import askable
from bot.api.face_chores import Chore, Kind
from bot.api.parts import Parts
from bot.model import Answer, Citation, Mode
from bot.service import Asked

HEARD = 3  # questions of the conversation that are gone through
SEARCHED = 6  # clauses, for what to ask next
TITLE_LENGTH = 20  # characters
UNTITLED = "计量规划问答"
UNSORTED = "General"  # as open-webui words it for what has no theme
DOMAIN = "计量"
TAGS = 6
FOLLOW_UPS = 4
ASKED_BEFORE = "此前问过："
WHO = "{plan}中“{heading}”由哪些单位负责？"
WHAT = "{region}对“{heading}”是怎么规定的？"
STARTERS = ("诚信计量自我承诺是什么？", "企业新购置的计量器具能一次性税前扣除吗？", "收录了哪些计量规划文件？")


def reply_to(parts: Parts, chore: Chore) -> str:
    """JSON with the one key that is wanted, or plain text. Raises what asking raises."""
    value = _made(parts, chore)
    if chore.as_json:
        return json.dumps({chore.kind.value: value}, ensure_ascii=False)
    return value if isinstance(value, str) else "\n".join(value)


def _made(parts: Parts, chore: Chore) -> str | list[str]:
    match chore.kind:
        case Kind.TITLE:
            return _title(chore.questions)
        case Kind.SUMMARY:
            return ASKED_BEFORE + "；".join(map(_title, zip(chore.questions)))
        case Kind.TAGS:
            return _tags([asked.answer for asked in _heard(parts, chore.questions)])
        case Kind.FOLLOW_UPS:
            return list(_follow_ups(parts, chore.questions))[:FOLLOW_UPS]
        case Kind.QUERIES:
            return _queries(parts, chore.questions)
        case Kind.TOOLS:
            return []
        case Kind.COMPLETION | Kind.PICTURE:
            return ""  # what these clients take for nothing to offer


def _title(questions: Sequence[str]) -> str:
    """The first question, shortened."""
    first = next((" ".join(text.split()) for text in questions if text.strip()), "").strip(" ？?。.！!，,")
    return (first if len(first) <= TITLE_LENGTH else f"{first[: TITLE_LENGTH - 1]}…") or UNTITLED


def _heard(parts: Parts, questions: Sequence[str]) -> list[Asked]:
    """The latest questions asked again, of the clauses alone, in a session of their own that nobody records."""
    session = uuid.uuid4().hex
    try:
        latest = askable(parts, questions)[-HEARD:]
        return [parts.bot.ask(text, session, None, Mode.EXTRACTIVE) for text in latest]
    finally:
        parts.bot.forget(session)


def _tags(answers: Iterable[Answer]) -> list[str]:
    """Regions and headings of what was cited."""
    cited = [citation for answer in answers for citation in answer.citations]
    named = (citation.clause.heading for citation in cited if _is_named(citation))
    tags = dict.fromkeys((DOMAIN, *(citation.plan.region for citation in cited), *named))
    return list(tags)[:TAGS] if cited else [UNSORTED]


def _follow_ups(parts: Parts, questions: Sequence[str]) -> Iterator[str]:
    """Questions the plans can answer: what stands near, who acts, what else they hold. None was asked before."""
    heard = _heard(parts, questions)
    suggested = [*_near(parts, heard[-1]), *STARTERS] if heard else STARTERS
    asked = {text.strip() for text in questions}
    yield from (one for one in dict.fromkeys(suggested) if one not in asked)


def _near(parts: Parts, asked: Asked) -> Iterator[str]:
    """Of an answer that cites: who does what it cites, and what the clauses offered beside it say, else found so."""
    answer = asked.answer
    for citation in filter(_is_named, answer.citations[:1]):
        if citation.clause.responsible_units:
            yield WHO.format(plan=citation.plan.name, heading=citation.clause.heading)
    cited = {citation.clause.id for citation in answer.citations}
    found = parts.bot.search(asked.question.text, None, SEARCHED) if cited and not answer.related else []
    for citation in (*answer.related, *(citation for _, citation in found)):
        if _is_named(citation) and citation.clause.id not in cited:
            yield WHAT.format(region=citation.plan.region, heading=citation.clause.heading)


def _queries(parts: Parts, questions: Sequence[str]) -> list[str]:
    """What to search for: the last question, and before it both of the last two where it follows on the other."""
    latest = askable(parts, questions)[-HEARD:]
    heard = _heard(parts, latest)
    follows = len(heard) > 1 and bool(heard[-1].question.before)
    return [*([" ".join(latest[-2:])] if follows else []), *latest[-1:]]


def _is_named(citation: Citation) -> bool:
    """Whether the clause has a heading that says something, short enough to repeat."""
    return citation.clause.heading != citation.clause.path and 0 < len(citation.clause.heading) <= TITLE_LENGTH
