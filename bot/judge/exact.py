"""What needs no model to be known: an article of a law not held, a title not held, a number no clause states."""

import re
from collections.abc import Iterable

from bot.model import Question
from ingest.corpus import Corpus
from ingest.model import Clause

CLAIMED = re.compile(r"(?<![\d〕第.])\d{1,6}(?:\.\d+)?(?:家|项|个百分点|%|个(?!月)|人|台|种)")
TITLED = re.compile(r"《([^《》]{4,40})》")
# 计量法第二十六条 · 监督管理办法第十条: an article of another document
OTHER_LAW = re.compile(
    r"(?P<law>[\u4e00-\u9fff]{1,20}(?:法|条例|办法|细则|规程|司法解释))》?\s?第?[一二三四五六七八九十百\d]{1,5}条"
)


def other_law(question: Question, corpus: Corpus) -> str:
    """The law whose article is asked for, when it is no plan of the corpus; else empty."""
    match = OTHER_LAW.search(question.folded)
    if match is None or any(match["law"] in plan.title for plan in corpus.plans):
        return ""
    return match["law"]


def unheld_titles(question: Question, corpus: Corpus) -> tuple[str, ...]:
    """Documents named by title that no plan is, or even names."""
    return tuple(title for title in TITLED.findall(question.text) if title not in corpus.text)


def unstated_numbers(question: Question, clauses: Iterable[Clause]) -> tuple[str, ...]:
    """Amounts the question claims that none of `clauses` states."""
    whole = "\n".join(clause.text for clause in clauses)
    return tuple(said for said in CLAIMED.findall(question.bare) if not _is_said(said, whole))


def _is_said(claimed: str, text: str) -> bool:
    """In running text with its unit, or as a table's cell."""
    digits = re.match(r"[\d.]+", claimed)
    return claimed in text or (digits is not None and bool(re.search(rf"：{digits.group()}(?!\d)", text)))
