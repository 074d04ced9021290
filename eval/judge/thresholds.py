"""Thresholds chosen on answers: what the models said of each question is kept, and sorted anew by other thresholds.

The curves of single sentences do not tell what an answer of several plans and clauses makes of a threshold; the share
of dev questions answered right does. The models are run once a question, so that a trial takes seconds.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from bot.ask import Chain
from bot.judge.bears import Judged, SentenceJudge
from bot.judge.cross import Reading
from bot.judge.judge import Judge
from bot.judge.model import Thresholds
from bot.local import LocalBot
from bot.model import Question
from bot.question.read import Reader, query_of
from bot.retrieve.find import Candidate, Finder
from eval.ablation.variants import ChainBot
from eval.answers.asker import InProcessAsker
from eval.answers.judgement import ClauseText
from eval.answers.sets import QuestionSet

# in this order, each with the others as they were chosen so far
TRIED: Mapping[str, tuple[float, ...]] = {
    "together": (0.0, 0.3, 0.4, 0.6, 0.7, 1.0),
    "states": (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.5, 0.6),
    "bears": (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.4),
    "anywhere": (0.0, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    "detail": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    "beside": (0.7, 0.8, 0.85, 0.9, 0.95, 1.0),
    "quoted": (0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
    "peer": (0.7, 0.8, 0.85, 0.9, 0.95),
    "on_topic": (0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8),
}
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Trial:
    """One threshold's value: the share right, each set weighing the same."""

    name: str
    value: float
    right: float

    def as_json(self) -> list[object]:
        return [self.name, self.value, round(self.right, 4)]


@dataclass(frozen=True, slots=True)
class Choice:
    """The thresholds chosen, the share right with them, and all that was tried."""

    thresholds: Thresholds
    right: float
    questions: Mapping[str, int]  # of each set
    trials: tuple[Trial, ...]

    def as_json(self) -> dict[str, object]:
        return {
            "thresholds": asdict(self.thresholds),
            "chosen_on": {
                "questions": dict(self.questions),
                "right": round(self.right, 4),
                "trials": [trial.as_json() for trial in self.trials],
            },
        }


class KnownReader(Reader):
    """Reads each question once."""

    def __init__(self, reader: Reader) -> None:
        super().__init__(reader.corpus, reader.encoder, reader.router, reader.gazetteer)
        self._known: dict[tuple[str, tuple[str, ...]], Question] = {}

    def read(self, text: str, before: tuple[str, ...] = ()) -> Question:
        if (text, before) not in self._known:
            self._known[text, before] = super().read(text, before)
        return self._known[text, before]


class KnownFinder(Finder):
    """Searches for each question once."""

    def __init__(self, finder: Finder) -> None:
        super().__init__(finder.corpus, finder.index, finder.channel)
        self._known: dict[object, list[Candidate]] = {}

    def find(self, question: Question, plans: tuple[str, ...] | None = None) -> list[Candidate]:
        key = (question.bare, question.before, question.plans if plans is None else plans)
        if key not in self._known:
            self._known[key] = super().find(question, plans)
        return self._known[key]


class KnownSentences(SentenceJudge):
    """Judges each question's candidates once."""

    def __init__(self, sentences: SentenceJudge) -> None:
        super().__init__(sentences.encoder, sentences.model, sentences.index, sentences.cross)
        self._known: dict[object, list[Judged]] = {}
        self._together: dict[object, Reading | None] = {}

    def read(self, question: Question, candidates: Sequence[Candidate]) -> list[Judged]:
        key = (query_of(question).reading, tuple(one.row for one in candidates))
        if key not in self._known:
            self._known[key] = super().read(question, candidates)
        return self._known[key]

    def together(self, question: Question, sentences: Sequence[Judged]) -> Reading | None:
        key = (query_of(question).reading, tuple(one.candidate.row for one in sentences))
        if key not in self._together:
            self._together[key] = super().together(question, sentences)
        return self._together[key]


class Trials:
    """The share of `sets` answered right, by thresholds."""

    def __init__(self, bot: LocalBot, sets: Sequence[QuestionSet[Any]], clause_text: ClauseText) -> None:
        self.bot, self.sets, self.clause_text = bot, sets, clause_text
        self._reader, self._finder = KnownReader(bot.reader), KnownFinder(bot.finder)
        self._sentences = KnownSentences(bot.judge.sentences)

    def right(self, thresholds: Thresholds) -> float:
        judge = Judge(self._finder, self._sentences, thresholds)
        chain = Chain(self._reader, self._finder, judge, self.bot.today)
        asker = InProcessAsker(ChainBot(chain.ask, self.bot))
        shares = []
        for one in self.sets:
            judgements = one.judged(asker, self.clause_text)
            shares.append(sum(not judgement.reasons for judgement in judgements) / len(judgements))
        return sum(shares) / len(shares)


def choose(trials: Trials, start: Thresholds, say: Say, tried: Mapping[str, Sequence[float]] = TRIED) -> Choice:
    """One threshold after the other; what is no better than before is not taken. Raises AskFailed."""
    best, right = start, trials.right(start)
    say(f"{right:.4f} with {asdict(start)}")
    made: list[Trial] = []
    for name, values in tried.items():
        for value in values:
            if value == getattr(best, name):
                continue
            changed = replace(best, **{name: value})
            made.append(Trial(name, value, trials.right(changed)))
            say(f"{made[-1].right:.4f} with {name} {value}")
        top = max((trial for trial in made if trial.name == name), key=lambda trial: trial.right, default=None)
        if top and top.right > right:
            best, right = replace(best, **{name: top.value}), top.right
    questions = {one.name: len(one.questions) for one in trials.sets}
    return Choice(best, right, questions, tuple(made))
