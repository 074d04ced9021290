"""What is asked: enough of it that nothing is remembered when it should be worked on, and always the same."""

import json
from itertools import islice

import pytest

from bot.ask import Turn, understood
from bot.firsts import REMEMBERED
from bot.model import Intent
from eval.judge.rows import DATA, Labelled, read_labelled
from eval.load.questions import REPEATED, Kind, Questions, judged, look_ups
from ingest.corpus import Corpus
from ingest.model import Plan
from tests.bot.scripted import ScriptedBot


@pytest.fixture(scope="module")
def corpus(plans: dict[str, Plan]) -> Corpus:
    return Corpus(plans.values())


@pytest.fixture(scope="module")
def labelled(corpus: Corpus) -> list[Labelled]:
    return list(read_labelled(corpus, DATA))


def question_of(request: bytes) -> str:
    return str(json.loads(request.partition(b"\r\n\r\n")[2])["question"])


def test_more_is_asked_than_two_processes_remember(corpus: Corpus, labelled: list[Labelled]) -> None:
    for asked in (look_ups(corpus), judged(labelled)):
        assert len(set(asked)) == len(asked) > 2 * REMEMBERED


def test_look_ups_are_answered_without_judging(corpus: Corpus) -> None:
    bot = ScriptedBot()
    known = [plan.name for plan in bot.corpus.plans]
    asked = [one for one in look_ups(corpus) if one.startswith(tuple(known))][::40]
    read = [understood(bot.chain.read(Turn(one))) for one in asked]
    assert len(read) > 5
    assert all(question.address for question in read)


def test_judged_questions_want_sentences(labelled: list[Labelled]) -> None:
    looked_up = {Intent.METADATA, Intent.OUTLINE, Intent.SMALL_TALK, None}
    opening = [each.row for each in labelled if not each.row.history]
    assert set(judged(labelled)) <= {row.question for row in opening if row.route not in looked_up}


def test_each_kind_goes_on_where_it_stopped() -> None:
    supply = Questions([f"l{n}" for n in range(40)], [f"j{n}" for n in range(3)])
    assert [question_of(each) for each in islice(supply.of(Kind.JUDGED), 2)] == ["j0", "j1"]
    assert [question_of(each) for each in islice(supply.of(Kind.JUDGED), 2)] == ["j2", "j0"]
    repeated = [question_of(each) for each in islice(supply.of(Kind.REPEATED), 2 * (REPEATED + 3))]
    assert set(repeated) == {*(f"l{n}" for n in range(REPEATED)), "j0", "j1", "j2"}


def test_mixed_are_all_kinds_in_turn() -> None:
    supply = Questions(["l"], ["j"])
    assert [question_of(each) for each in islice(supply.mixed(), 4)] == ["l", "l", "j", "l"]


def test_the_empty_endpoint_is_sent_the_same() -> None:
    supply = Questions(["l"], ["j", "k"])
    assert list(islice(supply.of(Kind.EMPTY), 40)) == list(islice(supply.of(Kind.REPEATED), 40))
