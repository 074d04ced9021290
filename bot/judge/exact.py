"""What needs no model to be known: an article of a law not held, a title not held, a number no clause states."""

import re
from collections.abc import Iterable
from decimal import Decimal

from bot.judge.amounts import amounts
from bot.model import Question
from bot.question.fold import fold
from ingest.corpus import Corpus
from ingest.model import Clause
from ingest.titles import bare_title

CLAIMED = re.compile(
    r"(?<![\d〕第.])\d{1,9}(?:\.\d+)?[万亿]?(?:家|项|个百分点|%|个工作日|个(?!月)|人|台|种|元)"
    r"|(?<![\d〕第.月年])\d{1,3}(?:日|天)(?![\u4e00-\u9fff]?用品)"
)
TITLED = re.compile(r"《([^《》]{4,40})》")
# 计量法第二十六条 · 监督管理办法第十条: an article of another document
OTHER_LAW = re.compile(
    r"(?P<law>[\u4e00-\u9fff]{1,20}(?:法|条例|办法|细则|规程|司法解释))》?\s?第?[一二三四五六七八九十百\d]{1,5}条"
)


def other_law(question: Question, corpus: Corpus) -> str:
    """The law whose article is asked for, when it is no document of the corpus; else empty."""
    match = OTHER_LAW.search(question.folded)
    if match is None or any(match["law"] in plan.title for plan in corpus.plans):
        return ""
    named = (fold(name) for plan_id in question.documents for name in corpus.plan(plan_id).names)
    return "" if any(match["law"].endswith(name) for name in named) else match["law"]


def unheld_titles(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """Documents named by title that no plan is, or even names."""
    named = TITLED.findall(question.text)
    held = {fold(name) for plan in corpus.plans for name in (plan.title, *plan.names)} if named else set()
    return tuple(title for title in named if title not in corpus.text and fold(bare_title(title)) not in held)


def unstated_numbers(question: Question, clauses: Iterable[Clause]) -> tuple[str, ...]:
    """Amounts the question claims that none of `clauses` states."""
    claimed = CLAIMED.findall(question.bare)
    if not claimed:
        return ()
    whole = "\n".join(clause.text for clause in clauses)
    stated = {one.key for one in amounts(whole)}
    return tuple(said for said in claimed if not _is_said(said, whole) and not _is_stated(said, stated))


def _is_stated(claimed: str, stated: set[tuple[Decimal, str]]) -> bool:
    """In other figures or in numerals."""
    return any(one.key in stated for one in amounts(claimed))


def _is_said(claimed: str, text: str) -> bool:
    """In running text with its unit, or as a table's cell."""
    digits = re.match(r"[\d.]+", claimed)
    return claimed in text or (digits is not None and bool(re.search(rf"：{digits.group()}(?!\d)", text)))
