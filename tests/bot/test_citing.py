"""A plan cites another that is held where its number stands, or exactly its title."""

from dataclasses import replace

import pytest

from bot.citing import cited
from ingest.corpus import Corpus
from ingest.model import Clause, Fact, Kind, Metadata, Plan
from tests.bot.fakes import shipped_corpus

CORPUS = shipped_corpus()


def plan(plan_id: str, title: str, text: str = "", number: str = "") -> Plan:
    clause = Clause(plan_id, "题头", Kind.FRONT, "", (), text, tuple(range(len(text))))
    told = Metadata(title=Fact(title, clause.id, 0, 0), number=Fact(number, clause.id, 0, 0) if number else None)
    return replace(CORPUS.plans[0], id=plan_id, name=title, names=(title,), clauses=(clause,), metadata=told)


def citing(text: str, *others: Plan) -> list[tuple[str, str]]:
    own = plan("own", "某市方案", text)
    corpus = Corpus([own, *others])
    return [(one.clause.text[one.start : one.end], one.plan.id) for one in cited(corpus.plan("own"), corpus)]


NATION = plan("nation", "计量发展规划（2021—2035年）", number="国发〔2021〕37号")


@pytest.mark.parametrize(
    ("text", "expected", "why"),
    [
        ("落实《某规划》（国发〔2021〕37号）。", ["《某规划》（国发〔2021〕37号）"], "the number is its own"),
        ("落实《计量发展规划(2021-2035年)》。", ["《计量发展规划(2021-2035年)》"], "its title, in another width"),
        ("《省关于贯彻〈计量发展规划（2021—2035年）〉的意见》", ["〈计量发展规划（2021—2035年）〉"], "within another"),
        ("《计量发展规划（2021—2035年）》（国发〔2013〕10号）", [], "the number is another's"),
        ("《计量发展规划》", [], "another title"),
        ("计量发展规划（2021—2035年）", [], "not cited as a document"),
        ("《某市方案》", [], "itself"),
    ],
)
def test_only_what_is_certain(text: str, expected: list[str], why: str) -> None:
    assert citing(text, NATION) == [(words, "nation") for words in expected], why


def test_of_two_of_one_title_none_is_meant() -> None:
    assert citing("《实施意见》", plan("a", "实施意见"), plan("b", "实施意见")) == []


def test_the_shipped_plans_lead_to_the_national_one() -> None:
    leads = {each.id: {one.plan.id for one in cited(each, CORPUS)} for each in CORPUS.plans}
    assert leads == {
        "state-council": set(),
        "xiamen": {"state-council"},
        "quanzhou": {"state-council"},
        "qingdao": {"state-council"},
        "jinhua": {"state-council"},
    }
