"""What a quotation leaves unanswered: a number asked for, a document named, the word a yes-or-no question turns on.

Each gate lowers an answer to `partial` and says why; none adds or removes what is quoted.
"""

import re
from dataclasses import replace

from bot import wording
from bot.model import Answer, Intent, Question, Status
from bot.question.patterns import NUMBER_ASKED
from bot.retrieve.evidence import MISSING, Topic, Unit, held
from bot.retrieve.find import searched_text
from ingest.corpus import Corpus
from vectorstore.vocabulary import Relation

# 350项 · 1—2个 · ｜2025年：850
VALUE_SAID = re.compile(
    r"\d+(?:\.\d+)?(?:[—–-]\d+)?(?:万|亿)?余?(?:台套|项|个|家|次|名|人|%|kg|克|件|条|类|种|级|千)|"
    r"[一二两三四五六七八九十]+(?:个|项|批|类)|\d{4}年：\d"
)
CLAIMED = re.compile(r"(?<![\d〕第])\d{1,6}(?:家|项|个百分点|%)")
TITLED = re.compile(r"《([^《》]{4,40})》")
# 计量法第二十六条 · 监督管理办法第十条: an article of another document
OTHER_LAW = re.compile(
    r"(?P<law>[\u4e00-\u9fff]{1,20}?(?:法|条例|办法|细则|规程|司法解释))》?\s?(?=第?[一二三四五六七八九十百\d]+条)"
)
YES_OR_NO = re.compile(
    r"(?:吗|么|嘛|不|没|没有)[?]?$|能不能|可不可以|是不是|要不要|会不会|有没有|算不算|用不用|需不需要|行不行|还要.{0,6}吗"
)
PREDICATE_WEIGHT = 3.5


def gated(question: Question, topic: Topic, answer: Answer, corpus: Corpus) -> Answer:
    """`answer` lowered by the first gate it does not pass."""
    if answer.status is not Status.ANSWERED or not answer.citations:
        return answer
    for gate in (_without_document, _without_number, _without_predicate):
        note = gate(question, topic, answer, corpus)
        if note:
            return replace(answer, status=Status.PARTIAL, notes=(*answer.notes, note))
    return replace(answer, notes=(*answer.notes, *_unheard_of(question, topic, answer)))


def _unheard_of(question: Question, topic: Topic, answer: Answer) -> tuple[str, ...]:
    """A word no plan knows may be the point or only talk: the answer stands, and says that the word does not."""
    last = _unheld_predicate(question, topic, answer)
    return (wording.WORD_NOT_THERE.format(word=last.word),) if last and not last.known else ()


def names_other_law(question: Question, corpus: Corpus) -> str:
    """The law whose article is asked for, when it is no plan of the corpus; else empty."""
    match = OTHER_LAW.search(question.folded)
    if match is None or any(match["law"] in plan.title for plan in corpus.plans):
        return ""
    return match["law"]


def _without_document(question: Question, topic: Topic, answer: Answer, corpus: Corpus) -> str:  # noqa: ARG001
    """A document named by title that the corpus does not hold: what is quoted is not what it says."""
    titles = [title for title in TITLED.findall(question.text) if title not in corpus.text]
    return wording.NOT_HELD.format(title="》《".join(titles)) if titles else ""


def _without_number(question: Question, topic: Topic, answer: Answer, corpus: Corpus) -> str:  # noqa: ARG001
    """A number was asked for, or claimed, and the plans spoken of do not hold it."""
    quotes = "".join(citation.quote for citation in answer.citations)
    claimed = CLAIMED.findall(question.bare)
    if claimed:
        plans = {citation.plan.id: citation.plan for citation in answer.citations}
        whole = "".join(clause.text for plan in plans.values() for clause in plan.clauses)
        claimed = [number for number in claimed if not _said(number, whole)]
    if claimed:
        return wording.NUMBER_NOT_THERE.format(number="、".join(claimed))
    counts = question.intent in (Intent.INDICATOR, Intent.DIFFERENCE)
    if (counts or NUMBER_ASKED.search(question.folded)) and not VALUE_SAID.search(quotes):
        return wording.NO_NUMBER
    return ""


def _said(number: str, text: str) -> bool:
    """Whether a plan states the number, in running text or in a table's cell."""
    digits = re.match(r"\d+", number)
    return number in text or (digits is not None and bool(re.search(rf"：{digits.group()}(?!\d)", text)))


def _without_predicate(question: Question, topic: Topic, answer: Answer, corpus: Corpus) -> str:  # noqa: ARG001
    """能匿名吗: the last word asked about stands in nothing quoted."""
    absent = [term for term in topic.terms if term.relation is Relation.ABSENT]
    if absent and YES_OR_NO.search(question.folded):
        return wording.WORD_NOT_THERE.format(word=absent[-1].colloquial)
    last = _unheld_predicate(question, topic, answer)
    telling = last is not None and last.known and last.weight >= PREDICATE_WEIGHT
    return wording.WORD_NOT_THERE.format(word=last.word) if last and telling else ""


def _unheld_predicate(question: Question, topic: Topic, answer: Answer) -> Unit | None:
    """The last word of a yes-or-no question, when no cited clause holds it."""
    if not topic.units or not YES_OR_NO.search(question.folded):
        return None
    last = topic.units[-1]
    clauses = {citation.clause.id: citation.clause for citation in answer.citations}
    return last if all(held(last, searched_text(clause)) < MISSING for clause in clauses.values()) else None
