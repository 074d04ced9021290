"""The whole chain over the shipped plans, its models told what to say. Nothing is loaded but the plans."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.ask import Chain
from bot.firsts import Firsts
from bot.judge.bears import SentenceJudge
from bot.judge.judge import Judge
from bot.judge.model import JudgeModel, Thresholds
from bot.local import LocalBot
from bot.model import Answer, Aspect, Intent
from bot.question.places import Gazetteer
from bot.question.read import Reader
from bot.question.route import Route, Router
from bot.question.sessions import MAX_SESSIONS, Notebook, Sessions
from bot.question.several import split_questions
from bot.records.shared import InMemory
from bot.retrieve.find import Finder
from bot.stages import Watch
from ingest.corpus import Corpus
from ingest.model import Passage
from tests.bot.fakes import shipped_corpus
from vectorstore.encoder import Encoder, Encoding
from vectorstore.index import Channel, Found, Hit, Query
from vectorstore.passages import cut_passages

if TYPE_CHECKING:
    from bot.write.assistant import Chat

Row = tuple[float, float, float]  # does not bear, bears, states
Judged = Mapping[str, Row]  # by clause id, or by a stretch of the sentence
TODAY = date(2026, 6, 1)
BEFORE = " 前文："  # stands between a question and what was asked before it
STATES: Row = (0.02, 0.08, 0.90)
BEARS: Row = (0.35, 0.50, 0.15)
NOTHING: Row = (0.94, 0.05, 0.01)
THRESHOLDS = Thresholds(bears=0.5, states=0.5, detail=0.6, beside=0.8, quoted=0.5, near=0.0)
BLANK = np.zeros((1, 4), dtype=np.float32)  # all as near to each other: what bears most comes first


@dataclass(frozen=True, slots=True, eq=False)
class Seen(Encoding):
    """An encoding that remembers what it was made of."""

    text: str = ""
    clause_id: str = ""


@dataclass(frozen=True, slots=True)
class Cue:
    """What the models say to a question that holds `words`."""

    words: str = ""
    judged: Judged = field(default_factory=dict)
    intent: Intent = Intent.QUOTE
    aspects: tuple[Aspect, ...] = ()


class Script:
    """Cues, the latest first; a question without one is a plain question on which nothing bears."""

    def __init__(self, *cues: Cue) -> None:
        self._cues = list(cues)
        self.read: list[str] = []  # what the judge was shown, question by question

    def add(self, cue: Cue) -> None:
        self._cues.insert(0, cue)

    def cue(self, reading: str) -> Cue:
        """By the question's own words, else by what was asked before it."""
        own = reading.partition(BEFORE)[0]
        found = (cue for text in (own, reading) for cue in self._cues if cue.words in text)
        return next(found, Cue())

    def row(self, reading: str, text: str, clause_id: str) -> Row:
        judged = self.cue(reading).judged
        said = (row for words, row in judged.items() if words in text)
        return next(said, judged.get(clause_id, NOTHING))


class Wilful(Script):
    """Says anything at all, but always the same: kind, aspects and probabilities are drawn from the words."""

    def cue(self, reading: str) -> Cue:
        kinds, aspects = list(Intent), list(Aspect)
        drawn = crc32(reading.encode())
        return Cue(intent=kinds[drawn % len(kinds)], aspects=tuple(aspects[drawn % 7 :: 7]))

    def row(self, reading: str, text: str, clause_id: str) -> Row:
        drawn = crc32(f"{reading} {clause_id} {text}".encode())
        parts = [drawn % 97, drawn // 97 % 89, (drawn // 9_973 % 83) * (drawn % 3)]
        return (parts[0] / (sum(parts) or 1), parts[1] / (sum(parts) or 1), parts[2] / (sum(parts) or 1))


class ScriptedEncoder(Encoder):
    def __init__(self) -> None:
        self.id = "scripted"
        self.query = lru_cache(maxsize=1_000)(lambda text: Seen(BLANK, BLANK[0], text=text))

    def count(self, text: str) -> int:
        return len(text)


class ScriptedRouter(Router):
    asked_from = 0.5

    def __init__(self, script: Script) -> None:
        self.script = script

    def route(self, encoding: Encoding) -> Route:
        assert isinstance(encoding, Seen)
        cue = self.script.cue(encoding.text)
        return Route({cue.intent: 1.0}, {aspect: 0.9 - 0.01 * place for place, aspect in enumerate(cue.aspects)})


class ScriptedJudge(JudgeModel):
    def __init__(self, script: Script, thresholds: Thresholds = THRESHOLDS) -> None:
        self.script, self.thresholds, self.id = script, thresholds, "scripted"

    def read(self, question: Encoding, sentences: Sequence[Encoding]) -> NDArray[np.float32]:
        assert isinstance(question, Seen)
        self.script.read.append(question.text)
        rows = [self.script.row(question.text, one.text, one.clause_id) for one in sentences if isinstance(one, Seen)]
        return np.array(rows, dtype=np.float32).reshape(len(sentences), 3)


class ScriptedIndex:
    """Finds what the script speaks of, then what shares most pairs of characters; as many as wanted, as vectors do."""

    corpus_version = "scripted"

    def __init__(self, script: Script, passages: Sequence[Passage]) -> None:
        self.script, self.passages = script, passages
        self.queries: list[Query] = []

    def passages_for(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Found]:  # noqa: ARG002
        self.queries.append(query)
        found = [
            Found(row, one, self._score(query, one), 0.0, 0.0)
            for row, one in enumerate(self.passages)
            if query.plans is None or one.plan_id in query.plans
        ]
        return sorted(found, key=lambda one: (-one.score, one.row))[:limit]

    def search(self, query: Query, limit: int = 10, channel: Channel = Channel.HYBRID) -> list[Hit]:
        hits = {
            one.passage.clause_id: Hit(one.passage.clause_id, one.passage.plan_id, one.score, 0.0, 0.0, 0, 1)
            for one in reversed(self.passages_for(query, len(self.passages), channel))
        }
        return list(hits.values())[::-1][:limit]

    def states(self, rows: Sequence[int]) -> list[Encoding]:
        return [
            Seen(BLANK, BLANK[0], text=one.text, clause_id=one.clause_id)
            for one in map(self.passages.__getitem__, rows)
        ]

    def close(self) -> None:
        pass

    def _score(self, query: Query, passage: Passage) -> float:
        bears = 1.0 - self.script.row(query.reading, passage.text, passage.clause_id)[0]
        shared = len(pairs(query.text) & pairs(passage.text))
        return 1_000.0 * bears + shared if bears > 0.1 else float(shared)


class ScriptedBot(LocalBot):
    """A `LocalBot` of scripted parts; places are read once for all of them, which takes seconds."""

    def __init__(
        self,
        script: Script | None = None,
        chat: "Chat | None" = None,
        corpus: Corpus | None = None,
        today: Callable[[], date] = lambda: TODAY,
    ) -> None:
        self.script = script or Script()
        self.corpus = corpus or the_corpus()
        gazetteer = the_gazetteer() if corpus is None else None
        encoder = ScriptedEncoder()
        self.index = ScriptedIndex(self.script, cut_passages(self.corpus.plans))
        self.corpus_version = self.index.corpus_version
        self.reader = Reader(self.corpus, encoder, ScriptedRouter(self.script), gazetteer)
        self.finder = Finder(self.corpus, self.index)
        self.judge = Judge(self.finder, SentenceJudge(encoder, ScriptedJudge(self.script), self.index))
        self.watch = Watch()
        self.chain, self.today = Chain(self.reader, self.finder, self.judge, today, self.watch), today
        self.firsts = Firsts(self.chain, self.watch, today)
        self._parts = lambda text: tuple(split_questions(text))
        self.notebook: Notebook = InMemory(MAX_SESSIONS)
        self.sessions = Sessions(self.notebook, self.corpus)
        self.assistant = self._assistant(chat) if chat else None

    def on(
        self, words: str, judged: Judged | None = None, intent: Intent = Intent.QUOTE, aspects: Sequence[Aspect] = ()
    ) -> None:
        """What the models say from now on to questions that hold `words`."""
        self.script.add(Cue(words, judged or {}, intent, tuple(aspects)))
        self.firsts = Firsts(self.chain, self.watch, self.today)

    def tell(
        self, text: str, judged: Judged | None = None, intent: Intent = Intent.QUOTE, aspects: Sequence[Aspect] = ()
    ) -> Answer:
        """The answer to `text` when the models say this of it."""
        self.on("", judged, intent, aspects)
        return self.ask(text).answer


@cache
def the_corpus() -> Corpus:
    return shipped_corpus()


@cache
def the_gazetteer() -> Gazetteer:
    return Gazetteer(the_corpus())


@lru_cache(maxsize=10_000)
def pairs(text: str) -> frozenset[str]:
    """Neighbouring characters."""
    return frozenset(a + b for a, b in pairwise(text))


def texts(answer: Answer) -> str:
    """All that is said, a line each."""
    return "\n".join(statement.text for statement in answer.statements)


def clause_ids(answer: Answer) -> list[str]:
    """The clauses cited, in order of first use."""
    return list(dict.fromkeys(citation.clause.id for citation in answer.citations))
