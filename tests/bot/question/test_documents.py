"""Documents named by their own names: which name means which, and what only looks like a name."""

import pytest

from bot.question.documents import Titles, of_places
from bot.question.fold import fold
from bot.question.places import Gazetteer
from ingest.corpus import Corpus
from tests.documents import TEXTS, corpus_of


@pytest.fixture(scope="module")
def held() -> Corpus:
    return corpus_of(*TEXTS)


@pytest.fixture(scope="module")
def titles(held: Corpus) -> Titles:
    return Titles(held)


@pytest.fixture(scope="module")
def gazetteer(held: Corpus) -> Gazetteer:
    return Gazetteer(held)


BOTH = ("law-2018", "law-2015")
NAMED = [
    ("计量法何时施行", "计量法", BOTH),
    ("《中华人民共和国计量法》第三条", "中华人民共和国计量法", BOTH),
    ("根据计量法规定怎么罚", "计量法", BOTH),
    ("计量法实施细则第二条", "计量法实施细则", ("law-rules",)),
    ("实施细则第二条", "实施细则", ("law-rules",)),
    ("在实施细则里", "实施细则", ("law-rules",)),
    ("上海条例讲什么", "上海条例", ("shanghai-regulation",)),
    ("上海市计量监督管理条例", "上海市计量监督管理条例", ("shanghai-regulation",)),
    ("計量法", "计量法", BOTH),
    ("集贸市场计量管理办法", "集贸市场计量管理办法", ("quanzhou-rule",)),
    ("国务院计量发展规划的目标", "国务院计量发展规划", ("state-council",)),
]
NOT_NAMED = [
    ("计量法规有哪些", "法规 is no 法"),
    ("计量法律", "nor is 法律"),
    ("计量法制工作", "nor 法制"),
    ("计量法庭", "nor 法庭"),
    ("某某实施细则第二条", "another one's"),
    ("《地方计量法》第三条", "the whole title in 《》 counts"),
    ("《计量法解读》", "so it does at its end"),
    ("计量法实施条例第三条", "a document that is not held"),
    ("落实计量法的措施", "what carries it out"),
    ("贯彻落实国务院《计量发展规划（2021—2035年）》", "so does another plan"),
    ("泉州市计量发展规划", "whose it is must be said"),
    ("条例第三条", "two are called so"),
    ("青岛实施意见", "a place's only plan is called by its place"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "name", "plans"), NAMED)
def test_a_name(titles: Titles, text: str, name: str, plans: tuple[str, ...]) -> None:
    (mention,) = titles.find(fold(text))
    assert (mention.name, mention.plans) == (name, plans)
    assert fold(text)[mention.start : mention.end] == mention.name


@pytest.mark.parametrize(("text", "why"), NOT_NAMED)
def test_no_name(titles: Titles, text: str, why: str) -> None:
    assert titles.find(fold(text)) == (), why


VERSIONS = [
    ("2015年版计量法第三条", ("law-2015",), True),
    ("计量法（2015修正）第三条", ("law-2015",), True),
    ("《计量法》（2015年修正）第三条", ("law-2015",), True),
    ("计量法2018年版", ("law-2018",), True),
    ("2018年第五次修正的计量法", ("law-2018",), True),
    ("新旧计量法有什么不同", BOTH, True),
    ("计量法两个版本", BOTH, True),
    ("1999年版计量法", BOTH, False),
    ("2015年的计量法", BOTH, False),
]


@pytest.mark.parametrize(("text", "plans", "version"), VERSIONS)
def test_a_version(titles: Titles, text: str, plans: tuple[str, ...], version: bool) -> None:
    (mention,) = titles.find(fold(text))
    assert (mention.plans, mention.version) == (plans, version)


QUANZHOU = ("quanzhou", "quanzhou-rule", "quanzhou-old", "quanzhou-expired")
BESIDE = [
    ("泉州的公平秤", [QUANZHOU], "a place means all its documents"),
    ("泉州的办法", [("quanzhou-rule", "quanzhou-old")], "of its documents those of that kind"),
    ("泉州方案", [("quanzhou",)], "any word for a plan means its plan"),
    ("泉州市通知", [("quanzhou-rule", "quanzhou-expired")], "a notice, and one that brings an office's rule"),
    ("泉州的条例", [QUANZHOU], "a kind it has none of narrows nothing"),
    ("国家规划", [("state-council",)], "of the nation's too"),
    ("国家的规定", [("state-council", *BOTH, "law-rules", "national-notice")], "国家 alone is all of them"),
    ("国务院怎么说", [("state-council",)], "what it issued itself"),
    ("上海计量监督管理条例", [], "within a name a place is none"),
    ("上海的计量监督管理条例", [], "and beside its own document only says whose it is"),
    ("计量法和泉州的规划", [("quanzhou",)], "a place beside a name of another stands"),
]


@pytest.mark.parametrize(("text", "plans", "why"), BESIDE)
def test_places_beside_names(
    held: Corpus, titles: Titles, gazetteer: Gazetteer, text: str, plans: list[tuple[str, ...]], why: str
) -> None:
    folded = fold(text)
    places = of_places(gazetteer.find(folded), titles.find(folded), folded, held)
    assert [place.plans for place in places] == plans, why


def test_a_county_has_its_own_documents(gazetteer: Gazetteer) -> None:
    assert gazetteer.find("晋江市")[0].plans == gazetteer.find("晋江")[0].plans == ("jinjiang-notice",)
    assert gazetteer.find("石狮")[0].plans == QUANZHOU


def test_a_foreign_place_knows_its_provinces_documents(gazetteer: Gazetteer) -> None:
    (place,) = gazetteer.find("福州")
    assert (place.plans, place.above) == ((), ("fujian-regulation",))
    assert gazetteer.find("鼓楼区")[0].plans == ()
    assert gazetteer.find("广州")[0].above == ()


def test_a_name_said_a_thousand_times_takes_linear_time(titles: Titles) -> None:
    assert len(titles.find("计量法" * 5_000)) == 5_000


def test_with_the_shipped_plans_nothing_has_a_name() -> None:
    assert list(Titles(corpus_of()).names) == []
