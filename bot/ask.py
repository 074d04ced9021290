"""Question → retrieve → answer → verify, as a LangChain runnable of plain functions."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from langchain_core.runnables import Runnable, RunnableConfig

from bot import wording
from bot.answer.cite import verified
from bot.answer.gates import gated, names_other_law
from bot.answer.indicators import IndicatorAnswerer
from bot.answer.metadata import MetadataAnswerer, names_number
from bot.answer.outline import OutlineAnswerer
from bot.answer.quote import cite_clause, place_name, quote_statement
from bot.answer.topic import TopicAnswerer
from bot.answer.units import UnitsAnswerer
from bot.model import Answer, Aspect, Intent, Question, Statement, Status
from bot.question.followup import Memory, leaves_out_topic, resume
from bot.question.patterns import UNITS
from bot.question.read import Reader, is_off_topic, is_small_talk, narrowed
from bot.retrieve.evidence import Topic
from bot.retrieve.find import Retriever
from ingest.model import Clause
from vectorstore.vocabulary import Relation

# 厦门有哪些指标 · 青岛2025年的目标 — 金华方案主要讲什么
LISTS_TARGETS = re.compile(r"指标|目标")
WHOLE = re.compile(
    r"内容|讲(?:了|的)?(?:些|的)?(?:什么|啥)|说(?:了|的)?(?:些)?(?:什么|啥)|概括|总结|介绍|重点|概述|大意|主旨|干(?:什么|啥)|任务"
)
ASKS_MORE = re.compile(r"怎么|如何|条件|什么|多少|哪些|吗|能不能|有没有|内容|原文|咋")
LOOSE_END = re.compile(r"^[\s的]+|[\s的是有为]+$")  # 自我承诺单位的 是: what a question word left behind
OFF_TOPIC_WEIGHT = 7.0  # of known words that outweigh a word such as 笑话
INDICATOR_INTENTS = (Intent.INDICATOR, Intent.DIFFERENCE)


@dataclass(frozen=True, slots=True)
class Turn:
    """One turn on its way through the chain."""

    text: str
    plans: tuple[str, ...] = ()  # set by the caller, not by the question
    memory: Memory | None = None
    question: Question | None = None
    focus: tuple[Clause, ...] = ()
    topic: Topic | None = None
    answer: Answer | None = None


class Step(Runnable[Turn, Turn]):
    """A plain function as a runnable; RunnableLambda reads its signature anew at every call, for a millisecond."""

    def __init__(self, function: Callable[[Turn], Turn]) -> None:
        self.function = function
        self.name = function.__name__

    def invoke(self, input: Turn, config: RunnableConfig | None = None, **_: Any) -> Turn:  # noqa: ARG002
        return self.function(input)


class Chain:
    """Holds the concrete parts; `runnable` is the chain others may compose."""

    def __init__(self, reader: Reader, retriever: Retriever, today: Callable[[], date] = date.today) -> None:
        self.reader, self.retriever, self.today = reader, retriever, today
        self.corpus = retriever.corpus
        self.topics = TopicAnswerer(retriever)
        self.units = UnitsAnswerer(self.topics)
        self.outline = OutlineAnswerer(self.corpus)
        self.metadata = MetadataAnswerer(self.corpus)
        self.runnable: Runnable[Turn, Turn] = Step(self.understand) | Step(self.respond) | Step(self.check)

    def understand(self, turn: Turn) -> Turn:
        """Read the question, let it take over what it left out, cut its topic into units."""
        question = self.reader.read(turn.text)
        focus: tuple[Clause, ...] = ()
        if not is_small_talk(question) and not is_off_topic(question):
            question, focus = resume(question, turn.memory)
        if turn.plans:
            question = narrowed(question, turn.plans)
        return replace(turn, question=question, focus=focus, topic=self.retriever.topic(question))

    def respond(self, turn: Turn) -> Turn:
        question, topic = turn.question, turn.topic
        if question is None or topic is None:
            raise ValueError("A turn must be understood before it is answered.")
        answer = self._decline_outright(question, topic) or self._answer(question, topic, turn.focus)
        return replace(turn, answer=replace(answer, notes=self._notes(question, topic, answer)))

    def check(self, turn: Turn) -> Turn:
        return replace(turn, answer=verified(turn.answer)) if turn.answer else turn

    def _decline_outright(self, question: Question, topic: Topic) -> Answer | None:
        if not question.folded:
            return _out_of_scope(wording.EMPTY_QUESTION)
        if is_small_talk(question):
            return _out_of_scope(wording.GREETING)
        known = [unit for unit in topic.units if unit.known]
        if is_off_topic(question) and sum(unit.weight for unit in known) < OFF_TOPIC_WEIGHT:
            return _out_of_scope(wording.OUT_OF_SCOPE)
        structural = question.intent in (Intent.METADATA, Intent.OUTLINE, Intent.UNITS)
        if structural or question.address or names_number(question):
            return None
        if not topic.units:
            return self._without_topic(question)
        return None if known or question.plans else _out_of_scope(wording.OUT_OF_SCOPE)

    def _without_topic(self, question: Question) -> Answer | None:
        """A place and nothing to look for, a formal aspect alone, or no question at all."""
        whole = WHOLE.search(question.folded) or LISTS_TARGETS.search(question.folded)
        if (question.plans and whole) or (question.foreign and not question.plans):
            return None
        if question.plans and question.aspects:
            lines = [wording.MISSING_ASPECT.format(aspect=wording.ASPECT_NAMES[one]) for one in question.aspects]
            return Answer(Status.NOT_FOUND, (Statement(wording.NOT_FOUND),), notes=tuple(lines))
        named = question.plans or question.foreign
        return _out_of_scope(wording.NEED_TOPIC if named and leaves_out_topic(question) else wording.OUT_OF_SCOPE)

    def _answer(self, question: Question, topic: Topic, focus: tuple[Clause, ...]) -> Answer:
        """By look-up where the question allows it, else by quotation."""
        return (
            self._not_held(question, topic)
            or self._placed(question, topic, focus)
            or self.indicators(question, topic)
            or gated(question, topic, self.topics.answer(question, topic), self.corpus)
        )

    def _not_held(self, question: Question, topic: Topic) -> Answer | None:
        """Another city's plan, or an article of a law."""
        lines: list[str] = []
        if question.foreign and not question.plans:
            lines = [wording.NOT_IN_CORPUS.format(name=name) for name in question.foreign]
        elif law := names_other_law(question, self.corpus):
            lines = [wording.NOT_HELD.format(title=law)]
        if not lines:
            return None
        related = self.topics.related(topic, question.plans) if topic.units else ()
        return Answer(Status.NOT_FOUND, tuple(map(Statement, lines)), related)

    def _placed(self, question: Question, topic: Topic, focus: tuple[Clause, ...]) -> Answer | None:
        """What the structure answers: metadata, an address, responsible units, a plan as a whole."""
        if question.intent is Intent.METADATA or names_number(question):
            return self.metadata.answer(question)
        if question.intent is Intent.OUTLINE and (told := self.outline.answer(question)):
            return told
        if question.intent is Intent.UNITS:
            return self._units(question, topic, focus)
        if not topic.says_something and (whole := self._of_the_whole(question)):
            return whole
        return self.outline.answer(question) if question.address else None

    def _of_the_whole(self, question: Question) -> Answer | None:
        """A plan asked about as a whole: all its targets, or its chapters."""
        if LISTS_TARGETS.search(question.folded):
            return IndicatorAnswerer(self.corpus, self.today()).overview(question)
        return self.outline.chapters(question) if WHOLE.search(question.folded) and question.plans else None

    def _units(self, question: Question, topic: Topic, focus: tuple[Clause, ...]) -> Answer:
        if question.address:
            clauses = self.outline.clauses_at(question.address, question.plans)
            if not clauses and question.plans:
                return self.outline.missing(question.address, self.corpus.plan(question.plans[0]))
            focus = clauses or focus
        answer = self.units.answer(question, topic, focus)
        rest = UNITS.sub(" ", question.bare)
        if answer.status is not Status.ANSWERED or not ASKS_MORE.search(rest):
            return answer
        told = [
            quote_statement(citation.plan, citation.clause, cite_clause(citation.plan, citation.clause, topic))
            for citation in {c.clause.id: c for s in answer.statements for c in s.citations[:1]}.values()
        ]
        return replace(answer, statements=(*told, *answer.statements))

    def indicators(self, question: Question, topic: Topic) -> Answer | None:
        """An answer from indicators, None when the question does not want one or none is named."""
        wants = question.intent in INDICATOR_INTENTS or Aspect.OUTCOME in question.aspects
        named = any(word in question.folded for word in ("目标", "指标"))
        if not (wants or named or question.compares or question.years):
            return None
        if not topic.says_something:
            return None
        answer = IndicatorAnswerer(self.corpus, self.today()).answer(question, topic)
        if answer is None or wants:
            return answer
        told = {citation.plan.id for citation in answer.citations}
        complete = len(told) == max(len(question.plans), 1) and question.intent is not Intent.WHICH
        return answer if complete and answer.status is Status.ANSWERED else None

    def _notes(self, question: Question, topic: Topic, answer: Answer) -> tuple[str, ...]:
        notes = list(answer.notes)
        if answer.status in (Status.PARTIAL, Status.NOT_FOUND):
            told = (Relation.ABSENT, Relation.CONFUSED)
            notes += [term.note for term in topic.terms if term.relation in told and term.note]
            notes += _hand_over(question)
        elif answer.status is Status.ANSWERED:
            notes += [term.note for term in topic.terms if term.relation is Relation.CONFUSED and term.note]
        if question.inherited and not question.address and answer.status is not Status.OUT_OF_SCOPE:
            notes += self._taken_over(question)
        if question.injected:
            notes.append(wording.INJECTION_IGNORED)
        return tuple(dict.fromkeys(notes))

    def _taken_over(self, question: Question) -> list[str]:
        """What a follow-up took over. A document's number is asked of a place: the topic before is no part of it."""
        names = [place_name(self.corpus.plan(plan_id)) for plan_id in question.plans]
        topic = LOOSE_END.sub("", question.topic.replace(",", " "))
        if question.intent is Intent.METADATA:
            topic, names = "", [name for name in names if name not in question.folded]
        about = "，".join(part for part in ("、".join(names), topic) if part)
        return [wording.INHERITED.format(what=about)] if about else []


def _hand_over(question: Question) -> list[str]:
    asked = set(question.aspects)
    lines = [line for aspects, word, line in wording.HAND_OVER if asked & aspects and re.search(word, question.folded)]
    return lines[:1]


def _out_of_scope(text: str) -> Answer:
    return Answer(Status.OUT_OF_SCOPE, (Statement(text),))
