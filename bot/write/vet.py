"""The gate between a model's sentences and the reader: a sentence passes with its citations, or the clause speaks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from bot.answer.quote import cite_near, place_name, quote_statement
from bot.check.draft import Excerpt, Fault, FaultKind, Sentence
from bot.check.sentence import attributed, check_sentence
from bot.model import Citation, Question, Statement
from bot.write.excerpts import cited_excerpt
from bot.write.prompt import MOST_SENTENCES, NO_ANSWER
from bot.write.tally import Tally
from ingest.model import Plan

MOST = 2 * MOST_SENTENCES  # sentences looked at; a model that goes on is not heard out
MOST_REPEATED = 4  # sentences in a row that were said before: a small model may go round for ever
NATIONAL_NAMES = ("国家", "全国", "国务院")
UNITS_TOLD = re.compile(r"责任单位|责任部门|牵头|配合|负责")
ANNOUNCES = re.compile(r"[:：]\s*$|^.{0,6}[。.]?$|^(?:下面|以下|综上|总之)[^，,]{0,12}[。.]?$")
OF_WHOM = re.compile(r"^[^，。；：]{0,16}：")  # 厦门的方案写明：
ENDS = re.compile(r"[。！？!?\n]")
# of the question said again, that it asks; what answers it may be its very words: 厦门推行自我承诺。
ASKS = re.compile(r"[?？吗呢么谁哪几]|(.)不\1|有没有|没有?[。]?$|怎|什么|多少|如何|是否|多久|何时")
MARKS = re.compile(r"[\s。，、；：！？,.;:!?\"'“”‘’（）()\[\]【】]+")


class Vetter:
    """Takes a reply's sentences in order. `statements` is what may be said, `clauses` the ids they cite."""

    def __init__(
        self,
        excerpts: Sequence[Excerpt],
        quotes: Sequence[Statement],
        question: Question,
    ) -> None:
        self.tally = Tally()
        self.statements: list[Statement] = []
        self.clauses: set[str] = set()
        self._excerpts = {one.handle: one for one in excerpts}
        self._quotes = {quote.citations[0].clause.id: quote for quote in quotes}
        self._question = question
        self._seen: set[str] = set()
        self._repeated = 0
        self._asked = {MARKS.sub("", part) for part in (question.text, *ENDS.split(question.text))}
        self._several = len({one.plan.id for one in excerpts}) > 1

    @property
    def full(self) -> bool:
        looped = self._repeated >= MOST_REPEATED
        return looped or self.tally.written >= MOST or self.tally.verified >= MOST_SENTENCES

    def take(self, sentence: Sentence) -> Iterator[Statement]:
        """The statement that may be said for `sentence`, if any."""
        bare = MARKS.sub("", sentence.text)
        if not bare or bare in self._seen:
            self._repeated += bool(bare)
            return
        self._seen.add(bare)
        self._repeated = 0
        if bare == NO_ANSWER:
            self.tally.declined = True
            return
        asked = bare in self._asked and ASKS.search(sentence.text)
        if asked or (not sentence.handles and ANNOUNCES.search(sentence.text)):
            return  # 下面分城市说明：tells nothing, nor does what was asked, and its absence is no loss
        sentence, faults = self._checked(sentence)
        self.tally.written += 1
        self.tally.faults.update(fault.kind.value for fault in faults)
        own = None if faults else self._cited(sentence)
        statement = own or self._in_clause_words(sentence)
        if own:
            self.tally.verified += 1
        elif statement:
            self.tally.replaced += 1
        else:
            self.tally.dropped += 1
        if statement:
            self.statements.append(statement)
            self.clauses |= {citation.clause.id for citation in statement.citations}
            yield statement

    def _checked(self, sentence: Sentence) -> tuple[Sentence, tuple[Fault, ...]]:
        """A sentence without handles gets those of what bears it out; where nothing does, it stays without."""
        shown = tuple(self._excerpts.values())
        found = attributed(sentence, shown)
        faults = check_sentence(found, shown)
        if found is not sentence:
            self.tally.attributed += not faults
            return (sentence, (Fault(FaultKind.UNCITED, sentence.text), *faults)) if faults else (found, ())
        return found, faults

    def _cited(self, sentence: Sentence) -> Statement | None:
        """A sentence with the slices that bear it out, its place named where several could be meant.

        None when it is no longer borne out with its place before it: what is said is what was checked.
        """
        cited = [self._excerpts[handle] for handle in dict.fromkeys(sentence.handles)]
        plans = {one.plan.id: one.plan for one in cited}
        place = self._place(sentence.text, next(iter(plans.values()))) if len(plans) == 1 else ""
        said = replace(sentence, text=place + sentence.text)
        for slices in (self._bearing(sentence, cited), [_whole(one) for one in cited]):
            checked = [cited_excerpt(one.handle, citation) for one, citation in zip(cited, slices, strict=True)]
            if not check_sentence(said, checked):  # else the proof stands outside the nearest sentences
                return Statement(said.text, tuple(dict.fromkeys(slices)), generated=True)
        return None

    def _bearing(self, sentence: Sentence, cited: Sequence[Excerpt]) -> list[Citation]:
        """Of each cited excerpt the stretch with the sentences nearest to what is said."""
        found = []
        own = OF_WHOM.sub("", sentence.text)
        for one in cited:
            at = one.text.find(own)
            if at >= 0:  # its very words
                found.append(Citation(one.plan, one.clause, one.start + at, one.start + at + len(own)))
                continue
            inside = [
                near
                for near in cite_near(one.plan, one.clause, sentence.text)
                if one.start <= near.start and near.end <= one.start + len(one.text)
            ]
            if UNITS_TOLD.search(sentence.text) and one.clause.responsible_units:
                inside = []  # the list of units stands after the sentences
            start, end = min((near.start for near in inside), default=0), max((near.end for near in inside), default=0)
            found.append(Citation(one.plan, one.clause, start, end) if inside else _whole(one))
        return found

    def _place(self, text: str, plan: Plan) -> str:
        """`厦门：` before a sentence that leaves its place to be guessed."""
        if not self._several and self._question.plans == (plan.id,):
            return ""
        name = place_name(plan)
        names = NATIONAL_NAMES if plan.level == "national" and not plan.label else (name,)
        return "" if any(each in text for each in names) else f"{name}："

    def _in_clause_words(self, sentence: Sentence) -> Statement | None:
        """What the first cited clause that was not spoken for says itself."""
        for handle in sentence.handles:
            one = self._excerpts.get(handle)
            if one is None or one.clause.id in self.clauses:
                continue
            ready = self._quotes.get(one.clause.id)
            near = (one.start, one.start + len(one.text))
            return ready or quote_statement(
                one.plan, one.clause, cite_near(one.plan, one.clause, self._question.bare, near)
            )
        return None


def _whole(excerpt: Excerpt) -> Citation:
    return Citation(excerpt.plan, excerpt.clause, excerpt.start, excerpt.start + len(excerpt.text))
