"""Search: what is looked up first, then what was read as it bears; the national plan after the city's."""

import pytest

from bot.model import Intent
from bot.search import LOOKED_UP
from tests.bot.scripted import BEARS, NOTHING, STATES, ScriptedBot
from vectorstore.index import Hit

CITIES = ("xiamen", "quanzhou", "qingdao", "jinhua")
NATIONAL = "state-council"


def found(bot: ScriptedBot, text: str, limit: int = 10, plans: tuple[str, ...] | None = None) -> list[Hit]:
    return [hit for hit, _ in bot.search(text, plans, limit)]


def ids(hits: list[Hit]) -> list[str]:
    return [hit.clause_id for hit in hits]


def test_best_first_as_it_was_judged(scripted: ScriptedBot) -> None:
    scripted.on("", {"xiamen:四24": BEARS, "quanzhou:四(二)": STATES, "jinhua:二(十)": NOTHING})
    hits = found(scripted, "一次性扣除")
    assert ids(hits)[:2] == ["quanzhou:四(二)", "xiamen:四24"]
    assert [hit.score for hit in hits[:2]] == pytest.approx([0.98, 0.65])
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert all(0 <= hit.score <= 1 for hit in hits)


LOOKED = [
    ("厦门第21条", Intent.QUOTE, "xiamen:三(四)21"),
    ("专栏1第9项", Intent.QUOTE, "xiamen:专栏1/9"),
    ("泉州文号", Intent.METADATA, "quanzhou:题头"),
    ("泉政文〔2023〕14号", Intent.QUOTE, "quanzhou:题头"),
]


@pytest.mark.parametrize(("text", "intent", "best"), LOOKED)
def test_what_is_looked_up_comes_before_what_was_read(
    scripted: ScriptedBot, text: str, intent: Intent, best: str
) -> None:
    scripted.on("", {"xiamen:四24": STATES, "quanzhou:四(二)": STATES}, intent)
    first, *rest = found(scripted, text)
    assert (first.clause_id, first.score) == (best, LOOKED_UP)
    scores = [hit.score for hit in rest]
    assert scores == sorted(scores, reverse=True)
    assert scores[-1] < LOOKED_UP


@pytest.mark.parametrize("city", CITIES)
@pytest.mark.parametrize("topic", ["一次性扣除", "双随机", "第21条", "国际原子时"])
def test_a_named_city_never_gives_a_third_place(scripted: ScriptedBot, city: str, topic: str) -> None:
    name = scripted.corpus.plan(city).region
    assert {hit.plan_id for hit in found(scripted, f"{name}{topic}", 30)} <= {city, NATIONAL}


def test_the_national_plan_follows_the_city(scripted: ScriptedBot) -> None:
    scripted.on("", {"xiamen:四24": BEARS, "state-council:五(二十三)": STATES})
    hits = found(scripted, "厦门一次性扣除", 30)
    plans = [hit.plan_id for hit in hits]
    assert hits[0].clause_id == "xiamen:四24"
    assert "state-council:五(二十三)" in ids(hits)
    assert plans == sorted(plans, key=lambda plan: plan == NATIONAL)


def test_the_national_plan_is_read_once(scripted: ScriptedBot) -> None:
    assert {hit.plan_id for hit in found(scripted, "国务院一次性扣除", 30)} == {NATIONAL}
    assert len(scripted.script.read) == 1


def test_the_callers_plans_bind(scripted: ScriptedBot) -> None:
    scripted.on("", {"xiamen:四24": STATES})
    assert {hit.plan_id for hit in found(scripted, "诚信计量", 30, ("jinhua",))} <= {"jinhua", NATIONAL}
    assert {hit.plan_id for hit in found(scripted, "厦门诚信计量", 30, ("jinhua",))} <= {"jinhua", NATIONAL}


def test_each_clause_once_and_no_more_than_wanted(scripted: ScriptedBot) -> None:
    hits = found(scripted, "厦门和泉州诚信计量自我承诺单位多少家", 7)
    assert len(ids(hits)) == len(set(ids(hits))) == 7


def test_citations_are_of_the_hits(scripted: ScriptedBot) -> None:
    scripted.on("", {"一次性计入": STATES})
    for hit, citation in scripted.search("一次性扣除"):
        assert (citation.clause.id, citation.plan.id) == (hit.clause_id, hit.plan_id)
        assert (citation.start, citation.end) == (hit.start, hit.end)
        assert citation.quote == citation.clause.text[hit.start : hit.end]


def test_nothing_is_found_for_nothing(scripted: ScriptedBot) -> None:
    assert scripted.search("") == []
    assert scripted.search("？！……“”") == []


def test_search_is_repeatable(scripted: ScriptedBot) -> None:
    assert scripted.search("诚信计量") == scripted.search("诚信计量")
