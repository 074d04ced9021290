"""Thresholds are chosen by what becomes of the answers; the models are run once a question."""

from dataclasses import asdict, replace
from typing import Any

import pytest

from eval.answers.judgement import clause_texts
from eval.answers.labelled import judge_labelled
from eval.answers.sets import QuestionSet
from eval.judge.thresholds import Trials, choose
from tests.bot.scripted import THRESHOLDS, ScriptedBot, ScriptedIndex
from tests.eval.builders import labelled_case

GOLD = "xiamen:四24"
SUPPORT = [{"clause": GOLD, "sentence": "一次性计入当期成本费用"}]


@pytest.fixture
def bot() -> ScriptedBot:
    """Sure of what it says at .3 of the first, and sure of nothing at .2 of the second, which has no answer."""
    bot = ScriptedBot()
    bot.on("扣除", {GOLD: (0.4, 0.3, 0.3)})
    bot.on("罚款", {GOLD: (0.4, 0.4, 0.2)})
    return bot


@pytest.fixture
def trials(bot: ScriptedBot) -> Trials:
    answered = labelled_case(id="a", question="厦门一次性扣除可以吗", plans=["xiamen"], support=SUPPORT)
    nothing: dict[str, Any] = {"answerable": "no", "missing": "罚款", "support": []}
    declined = labelled_case(id="b", question="厦门罚款多少", plans=["xiamen"], **nothing)
    sets = [QuestionSet(name, "dev", (one,), judge_labelled) for name, one in (("yes", answered), ("no", declined))]
    return Trials(bot, sets, clause_texts(bot.corpus))


@pytest.mark.parametrize(
    ("states", "right", "why"),
    [(0.1, 0.5, "both are answered"), (0.25, 1.0, "the one that has an answer is"), (0.5, 0.5, "none is")],
)
def test_the_share_right_by_threshold(trials: Trials, states: float, right: float, why: str) -> None:
    assert trials.right(replace(THRESHOLDS, states=states)) == right, why


def test_the_models_are_run_once_a_question(bot: ScriptedBot, trials: Trials) -> None:
    trials.right(THRESHOLDS)
    assert isinstance(bot.index, ScriptedIndex)
    read, searched = len(bot.script.read), len(bot.index.queries)
    assert read >= 2
    trials.right(replace(THRESHOLDS, states=0.1, bears=0.1))
    assert (len(bot.script.read), len(bot.index.queries)) == (read, searched)


def test_the_best_of_each_is_taken_and_what_is_no_better_is_not(trials: Trials) -> None:
    said: list[str] = []
    tried = {"states": (0.1, 0.25, 0.28), "bears": (0.4, 0.9)}
    choice = choose(trials, THRESHOLDS, said.append, tried)
    assert choice.thresholds == replace(THRESHOLDS, states=0.25), "of equals the first; bears stays"
    assert choice.right == 1.0
    assert [(trial.name, trial.value, trial.right) for trial in choice.trials] == [
        ("states", 0.1, 0.5),
        ("states", 0.25, 1.0),
        ("states", 0.28, 1.0),
        ("bears", 0.4, 1.0),
        ("bears", 0.9, 0.5),
    ]
    assert len(said) == 6
    content = choice.as_json()
    assert content["thresholds"] == asdict(choice.thresholds)
    trials_told = [["states", 0.1, 0.5], ["states", 0.25, 1.0], ["states", 0.28, 1.0], ["bears", 0.4, 1.0]]
    assert content["chosen_on"] == {
        "questions": {"yes": 1, "no": 1},
        "right": 1.0,
        "trials": [*trials_told, ["bears", 0.9, 0.5]],
    }


def test_what_stands_already_is_not_tried_again(trials: Trials) -> None:
    assert choose(trials, THRESHOLDS, lambda _: None, {"bears": (THRESHOLDS.bears,)}).trials == ()
