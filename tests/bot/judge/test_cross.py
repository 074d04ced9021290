"""What a plan's best clause states is read once more, question and sentences together."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from bot.judge.bears import SentenceJudge, log_odds, weighed
from bot.judge.cross import CrossEncoder, Reading
from bot.judge.judge import MOST_TOGETHER, OF_MANY, Judge
from bot.model import Question, Status
from ingest.errors import ModelUnavailable
from tests.bot.judge.judge_builders import of_clauses, question
from tests.bot.scripted import THRESHOLDS, Row, ScriptedBot, ScriptedEncoder, ScriptedIndex, ScriptedJudge, the_corpus
from vectorstore.encoder import FOLDER, Encoder
from vectorstore.passages import cut_passages
from vectorstore.states import MadeStates

XIAMEN, CITY = "xiamen:三(四)21", "quanzhou:三(四)16"


def said(bears: float, states: float) -> Row:
    return (1.0 - bears, bears - states, states)


class Together(CrossEncoder):
    """Says of sentences what is told of the first that holds the words; remembers what it was shown."""

    def __init__(self, told: dict[str, float], bears: float = 0.99) -> None:
        self.told, self.bears, self.shown = told, bears, list[tuple[str, tuple[str, ...]]]()

    def read(self, question: str, sentences: tuple[str, ...]) -> Reading:
        self.shown.append((question, sentences))
        return Reading(self.bears, next(states for words, states in self.told.items() if words in "".join(sentences)))


def judge_with(scripted: ScriptedBot, cross: CrossEncoder | None, weight: float = 0.5) -> Judge:
    thresholds = replace(THRESHOLDS, together=weight)
    index = ScriptedIndex(scripted.script, cut_passages(the_corpus().plans))
    model = ScriptedJudge(scripted.script, thresholds)
    return Judge(scripted.finder, SentenceJudge(ScriptedEncoder(), model, index, cross))


def test_between_two_probabilities_by_their_log_odds() -> None:
    assert weighed(0.9, 0.1, 0.5) == pytest.approx(0.5)
    assert weighed(0.9, 0.1, 0.0) == pytest.approx(0.9)
    assert weighed(0.9, 0.1, 1.0) == pytest.approx(0.1)
    assert 0 < weighed(0.0, 1.0, 0.5) < 1
    assert log_odds(np.array([0.5])) == [0]


@pytest.mark.parametrize(("together", "status"), [(0.02, Status.PARTIAL), (0.98, Status.ANSWERED)])
def test_it_decides_with_the_judge_whether_it_is_stated(scripted: ScriptedBot, together: float, status: Status) -> None:
    scripted.on("", {XIAMEN: said(0.9, 0.5)})
    found = judge_with(scripted, Together({"": together})).judge(question(), of_clauses(XIAMEN))
    assert found.status is status
    (plan,) = found.plans
    assert plan.states == plan.findings[0].states == pytest.approx(weighed(0.5, together, 0.5))


@pytest.mark.parametrize(("bears", "status"), [(0.001, Status.NOT_FOUND), (0.5, Status.ANSWERED)])
def test_it_decides_with_the_judge_whether_anything_bears(scripted: ScriptedBot, bears: float, status: Status) -> None:
    scripted.on("", {XIAMEN: said(0.6, 0.5), "xiamen:三(四)20": said(0.55, 0.5)})
    found = judge_with(scripted, Together({"": 0.5}, bears)).judge(question(), of_clauses(XIAMEN, "xiamen:三(四)20"))
    assert found.status is status
    (plan,) = found.plans
    assert plan.bears == (status is Status.ANSWERED)
    if not plan.bears:
        assert plan.near[0].clause.id == XIAMEN, "what looked best is still offered as near"
        assert {one.clause.id for one in plan.near} == {XIAMEN, "xiamen:三(四)20"}


def test_without_it_the_judge_decides_alone(scripted: ScriptedBot) -> None:
    scripted.on("", {XIAMEN: said(0.9, 0.6)})
    found = judge_with(scripted, None).judge(question(), of_clauses(XIAMEN))
    assert found.plans[0].states == pytest.approx(0.6)


def test_it_is_shown_the_sentences_that_would_be_quoted_as_the_models_read_them(scripted: ScriptedBot) -> None:
    scripted.on("", {"推行经营者": said(0.9, 0.9), "三位一体": said(0.8, 0.1)})
    cross = Together({"": 0.9})
    asked = Question("那厦门呢", "那厦门呢", bare="那 呢", before=("诚信计量",))
    found = judge_with(scripted, cross).judge(asked, of_clauses(XIAMEN))
    ((reading, sentences),) = cross.shown
    assert reading == "那 呢 前文：诚信计量"
    quoted = found.plans[0].findings[0].sentences
    assert [one.passage.text in sentence for one, sentence in zip(quoted, sentences, strict=True)] == [True, True]


def test_of_each_plan_the_best_clause_alone_is_read(scripted: ScriptedBot) -> None:
    scripted.on("", {XIAMEN: said(0.95, 0.9), "xiamen:三(四)20": said(0.9, 0.9), CITY: said(0.9, 0.3)})
    cross = Together({"三位一体": 0.9, "": 0.2})
    found = judge_with(scripted, cross).judge(question(), of_clauses(XIAMEN, "xiamen:三(四)20", CITY))
    assert len(cross.shown) == 2
    assert [len(plan.findings) for plan in found.plans] == [2, 1]
    assert found.plans[0].findings[1].states == pytest.approx(0.9), "as the judge alone has it"


def test_of_many_plans_those_that_bear_most(scripted: ScriptedBot) -> None:
    corpus = the_corpus()
    first = [next(clause.id for clause in plan.clauses if clause.searchable) for plan in corpus.plans]
    scripted.on("", {clause: said(0.9 - place / 100, 0.5) for place, clause in enumerate(first)})
    cross = Together({"": 0.9})
    judge_with(scripted, cross).judge(question(), of_clauses(*first))
    assert len(cross.shown) == min(MOST_TOGETHER, len(first))


def test_of_very_many_fewer(scripted: ScriptedBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A question of three thousand documents is to take no more than twice as long as one of five."""
    corpus = the_corpus()
    first = [next(clause.id for clause in plan.clauses if clause.searchable) for plan in corpus.plans]
    scripted.on("", {clause: said(0.9 - place / 100, 0.5) for place, clause in enumerate(first)})
    cross = Together({"": 0.9})
    judge = judge_with(scripted, cross)
    monkeypatch.setattr("bot.judge.judge.MOST_PLANS", len(first) - 1)
    judge.judge(question(), of_clauses(*first))
    assert len(cross.shown) == OF_MANY
    cross.shown.clear()
    judge.judge(replace(question(), plans=("xiamen",)), of_clauses(*first))
    assert len(cross.shown) == min(MOST_TOGETHER, len(first)), "of a plan that is named"


def test_what_does_not_bear_is_not_read(scripted: ScriptedBot) -> None:
    scripted.on("", {XIAMEN: said(0.1, 0.0)})
    cross = Together({"": 0.9})
    assert judge_with(scripted, cross).judge(question(), of_clauses(XIAMEN)).status is Status.NOT_FOUND
    assert cross.shown == []


@pytest.fixture(scope="module")
def cross() -> CrossEncoder:
    return CrossEncoder(Encoder(FOLDER))


class TestShipped:
    def test_a_sentence_that_says_it_states_more_than_one_that_does_not(self, cross: CrossEncoder) -> None:
        asked = "举报计量违法行为有奖励吗"
        said = cross.read(asked, ("建立举报奖励制度，对举报计量违法行为的给予奖励。",))
        not_said = cross.read(asked, ("推动集贸市场经营者开展诚信计量自我承诺。",))
        assert 0.5 < said.states <= said.bears <= 1
        assert 0 <= not_said.states <= not_said.bears < 0.1

    def test_sentences_are_encoded_once(self, cross: CrossEncoder) -> None:
        sentence = "对集贸市场的计量器具免费检定。"
        first = cross.read("免费吗", (sentence,))
        encoded = cross._encoder.passage.cache_info().misses
        assert cross.read("免费吗", (sentence,)) == first
        assert cross._encoder.passage.cache_info().misses == encoded

    def test_what_was_read_for_the_judge_is_not_encoded_again(self, cross: CrossEncoder) -> None:
        sentence = "对眼镜店的焦度计免费检定。"
        MadeStates(cross._encoder, [sentence]).of([0])
        encoded = cross._encoder.passage.cache_info().misses
        cross.read("免费吗", (sentence,))
        assert cross._encoder.passage.cache_info().misses == encoded

    def test_several_sentences_are_read_as_one_text(self, cross: CrossEncoder) -> None:
        one, other = "开展诚信计量自我承诺。", "对集贸市场的计量器具免费检定。"
        assert cross.read("检定收费吗", (one, other)) != cross.read("检定收费吗", (one,))

    def test_a_folder_without_one_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(ModelUnavailable, match="cross"):
            CrossEncoder(Encoder(FOLDER), tmp_path)
