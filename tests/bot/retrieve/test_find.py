"""Candidates: the sentences found, with their clause, within the plans that each must be judged."""

import pytest

from bot.model import Intent, Question
from bot.retrieve.find import ALONE, EACH, MOST_PLANS, NEAREST, OF_ONE, Finder
from ingest.corpus import Corpus
from tests.bot.scripted import STATES, Cue, Script, ScriptedIndex
from vectorstore.index import Query
from vectorstore.passages import cut_passages

EVERY = ("state-council", "xiamen", "quanzhou", "qingdao", "jinhua")


def asked(text: str = "诚信计量", intent: Intent = Intent.QUOTE, plans: tuple[str, ...] = ()) -> Question:
    return Question(text, text, bare=text, plans=plans, intent=intent)


@pytest.fixture
def script() -> Script:
    return Script()


@pytest.fixture
def index(corpus: Corpus, script: Script) -> ScriptedIndex:
    return ScriptedIndex(script, cut_passages(corpus.plans))


@pytest.fixture
def finder(corpus: Corpus, index: ScriptedIndex) -> Finder:
    return Finder(corpus, index)


def searched(index: ScriptedIndex) -> list[tuple[str, ...] | None]:
    """The plans of each search."""
    return [None if query.plans is None else tuple(sorted(query.plans)) for query in index.queries]


def test_a_candidate_is_a_sentence_of_its_clause(finder: Finder, index: ScriptedIndex) -> None:
    found = finder.find(asked("双随机", plans=("xiamen",)))
    assert "“双随机、一公开”" in found[0].passage.text
    for one in found:
        assert one.clause.text[one.passage.start : one.passage.end] == one.passage.text
        assert one.clause.id == one.passage.clause_id
        assert one.plan.id == one.clause.plan_id == "xiamen"
        assert index.passages[one.row] is one.passage
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


EACH_OF_ALL = [(one,) for one in EVERY]
WITHIN = [
    (("xiamen",), Intent.QUOTE, [("xiamen",)], "the plan named"),
    (("xiamen", "jinhua"), Intent.QUOTE, [("xiamen",), ("jinhua",)], "each of several by itself"),
    ((), Intent.QUOTE, EACH_OF_ALL, "no plan named: each may say it"),
    ((), Intent.WHICH, EACH_OF_ALL, "which plans: each is asked"),
    (("xiamen",), Intent.WHICH, [("xiamen",)], "a plan named is the one asked about"),
]


@pytest.mark.parametrize(("plans", "intent", "expected", "why"), WITHIN)
def test_what_is_searched(
    finder: Finder,
    index: ScriptedIndex,
    plans: tuple[str, ...],
    intent: Intent,
    expected: list[tuple[str, ...] | None],
    why: str,
) -> None:
    found = finder.find(asked(plans=plans, intent=intent))
    assert searched(index) == expected, why
    assert len(found) == (ALONE if len(expected) == 1 else EACH * len(expected))


def test_other_plans_can_be_asked(finder: Finder, index: ScriptedIndex) -> None:
    found = finder.find(asked(plans=("xiamen",)), ("state-council",))
    assert {one.plan.id for one in found} == {"state-council"}
    assert searched(index) == [("state-council",)]


def test_or_none_in_particular(finder: Finder, index: ScriptedIndex) -> None:
    finder.find(asked(plans=("xiamen",)), ())
    assert searched(index) == EACH_OF_ALL


def test_of_many_plans_those_with_the_nearest_sentences_are_read(corpus: Corpus, script: Script) -> None:
    class Copies(Corpus):
        """The corpus, said to hold many plans."""

    many = Copies(corpus.plans)
    many.plans = tuple(corpus.plans) * 4
    assert len(many.plans) > MOST_PLANS
    index = ScriptedIndex(script, cut_passages(corpus.plans))
    script.add(Cue("", {"jinhua:二(十)": STATES}))
    found = Finder(many, index).find(asked(intent=Intent.WHICH))
    assert searched(index) == [None], "one search, however many there are"
    assert found[0].clause.id == "jinhua:二(十)"
    by_plan = [[one for one in found if one.plan.id == plan] for plan in EVERY]
    assert max(map(len, by_plan)) == OF_ONE
    assert len(found) == NEAREST


def test_what_was_asked_before_is_searched_too(finder: Finder, index: ScriptedIndex) -> None:
    finder.find(Question("那泉州呢", "那泉州呢", bare="那 呢", before=("怎么扣除",), plans=("quanzhou",)))
    (query,) = index.queries
    assert (query.text, query.before) == ("那 呢", ("怎么扣除",))


def test_nothing_found_is_no_candidate(corpus: Corpus, script: Script) -> None:
    assert Finder(corpus, ScriptedIndex(script, [])).find(asked()) == []


def test_the_scripted_index_finds_what_its_script_speaks_of(finder: Finder, script: Script) -> None:
    script.add(Cue("", {"jinhua:二(十)": STATES}))
    assert finder.find(asked("双随机", plans=("jinhua",)))[0].clause.id == "jinhua:二(十)"
    assert finder.index.search(Query("双随机"), 1)[0].clause_id == "jinhua:二(十)"
