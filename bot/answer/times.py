"""Marks on what is not in force, and notes on the day an answer is given for."""

import re
from dataclasses import replace
from datetime import date

from bot import wording
from bot.answer.quote import place_name
from bot.model import Answer, Question, Statement
from ingest.corpus import Corpus
from ingest.model import Plan, Standing

# 到2025年: what is to be reached by then; not 2025年10月
TARGET_YEAR = re.compile(r"(?<!\d)(?:到|至)(?P<year>20\d\d)年(?!\d{1,2}月)")


def how(plan: Plan, day: str, corpus: Corpus) -> str:
    """Why a document is not in force on a day: 已于2025年12月31日后失效; empty when it is."""
    validity = plan.validity
    standing = validity.standing(day)
    if standing is Standing.SUPERSEDED:
        other = replacing(plan, corpus)
        if not validity.superseded_on:
            return wording.SUPERSEDED.format(other=other)
        return wording.SUPERSEDED_ON.format(day=in_words(validity.superseded_on), other=other)
    if standing is Standing.EXPIRED:
        return wording.EXPIRED.format(day=in_words(validity.until))
    return wording.AHEAD.format(day=in_words(validity.since)) if standing is Standing.AHEAD else ""


def replacing(plan: Plan, corpus: Corpus) -> str:
    """The name of the document that took its place."""
    later = next((one for one in corpus.plans if one.id == plan.validity.superseded_by), None)
    return full_name(later) if later else "其他文件"


def full_name(plan: Plan) -> str:
    """Its title, and its version where it has one."""
    version = plan.validity.version
    return f"《{plan.title}》（{version}）" if version else f"《{plan.title}》"


def in_words(iso: str) -> str:
    """2023-07-01 → 2023年7月1日; a year alone → 2018年."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return f"{iso}年"
    return f"{day.year}年{day.month}月{day.day}日"


def lapsed(question: Question, corpus: Corpus, today: date) -> list[str]:
    """That what is held of a place is not in force, by name."""
    day = question.as_of or today.isoformat()
    plans = map(corpus.plan, question.lapsed)
    return [
        wording.LAPSED.format(name=place_name(plan), how=how(plan, day, corpus) or wording.NOT_THEN) for plan in plans
    ]


def marked(answer: Answer, corpus: Corpus, today: date) -> Answer:
    """`answer` with every statement marked that quotes what is not in force today, and notes that say why."""
    if corpus.timeless:
        return answer
    day = today.isoformat()
    statements = tuple(_marked(statement, day) for statement in answer.statements)
    plans = dict.fromkeys(citation.plan for citation in answer.citations)
    notes = tuple(_note(plan, day, corpus) for plan in plans if how(plan, day, corpus))
    return replace(answer, statements=statements, notes=(*answer.notes, *notes))


def _marked(statement: Statement, day: str) -> Statement:
    standings = {citation.plan.validity.standing(day) for citation in statement.citations[:1]}
    mark = next((wording.MARKS[one] for one in standings if one in wording.MARKS), "")
    return replace(statement, text=mark + statement.text) if mark else statement


def _note(plan: Plan, day: str, corpus: Corpus) -> str:
    ahead = plan.validity.standing(day) is Standing.AHEAD
    phrase = wording.MARKED_AHEAD if ahead else wording.MARKED
    return phrase.format(name=full_name(plan), how=how(plan, day, corpus))


def day_note(question: Question, today: date) -> list[str]:
    """Said only when another day than today is asked of."""
    past = question.as_of and question.as_of != today.isoformat()
    return [wording.AS_OF.format(day=in_words(question.as_of))] if past else []


def past_targets(answer: Answer, today: date) -> list[str]:
    """That the years of quoted targets are over, where no note says so yet."""
    years = {int(match["year"]) for one in answer.leading for match in TARGET_YEAR.finditer(one.quote)}
    told = {year for year in years for note in answer.notes if note.startswith(f"{year}年是规划写明的目标年份")}
    return [wording.PAST_YEAR.format(year=year) for year in sorted(years - told) if year < today.year]
