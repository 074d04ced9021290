"""Places in a question: which plan is asked, which place the corpus does not hold, and what is no place at all."""

from itertools import pairwise

import pytest

from bot.question.fold import fold
from bot.question.places import Gazetteer, without
from bot.question.read import Reader
from ingest.corpus import Corpus

XIAMEN, QUANZHOU, QINGDAO, JINHUA, NATIONAL = "xiamen", "quanzhou", "qingdao", "jinhua", "state-council"
NAMED = [
    ("厦门", (XIAMEN,), "a city by short name"),
    ("泉州市的规划", (QUANZHOU,), "a city in full"),
    ("青島", (QINGDAO,), "a city in traditional script"),
    ("金华方案", (JINHUA,), "a city before a document word"),
    ("即墨", (QINGDAO,), "a district by short name"),
    ("市南区的商户", (QINGDAO,), "a district whose name opens with 市"),
    ("思明区", (XIAMEN,), "a district in full"),
    ("思明的眼镜店", (XIAMEN,), "a district by short name"),
    ("鲤城", (QUANZHOU,), "a district of Quanzhou"),
    ("晋江", (QUANZHOU,), "a county-level city"),
    ("石狮市", (QUANZHOU,), "a county-level city in full"),
    ("义乌", (JINHUA,), "a county-level city of Jinhua"),
    ("永康和东阳", (JINHUA, JINHUA), "two of one city"),
    ("厦门和泉州", (XIAMEN, QUANZHOU), "two cities, in order of mention"),
    ("金华比青岛", (JINHUA, QINGDAO), "the order is the question's"),
    ("国务院", (NATIONAL,), "the national plan by its issuer"),
    ("国家层面", (NATIONAL,), "by level"),
    ("国家鼓励企业做什么", (NATIONAL,), "国家 as a subject"),
    ("国家对诚信计量的要求", (NATIONAL,), "国家 before a preposition"),
    ("全国的目标", (NATIONAL,), "全国 as a place"),
    ("国家规划和厦门", (NATIONAL, XIAMEN), "a nation and a city"),
    ("泉州市级社会公用计量标准", (QUANZHOU,), "市级 keeps its 市"),
    ("厦门国家级平台", (XIAMEN,), "国家级 is a grade, not the national plan"),
    ("金华市场", (JINHUA,), "市场 keeps its 市"),
    ("泉州市民", (QUANZHOU,), "so does 市民"),
    ("石狮市场", (QUANZHOU,), "in a county-level city too"),
    ("青岛市南区", (QINGDAO, QINGDAO), "a district whose name opens with 市, after its city"),
    ("金华市北区", (JINHUA,), "but not after another city"),
    ("国家规划", (NATIONAL,), "a document word"),
    ("国家的计量规划里", (NATIONAL,), "with 的 between, though 国家的计 stands in the plans"),
    ("国家级文件是哪条", (NATIONAL,), "a grade before a document word"),
    ("国家方案", (NATIONAL,), "another document word"),
    ("国家那份呢", (NATIONAL,), "that one"),
    ("国家有没有提", (NATIONAL,), "asked whether it says so"),
    ("国家和厦门", (NATIONAL, XIAMEN), "beside a city"),
    ("国家管不管到农村", (NATIONAL,), "asked how far it goes"),
    ("仪器的算法国家有无提及", (NATIONAL,), "法 before 国家 makes no 法国"),
    ("全国的社会公用计量标准", (NATIONAL,), "全国 as a sum"),
    ("国家(青岛)海洋计量实验室", (QINGDAO,), "an institution in a city"),
    ("厦门那个国家显示中心", (XIAMEN,), "an institution with 国家 in its name"),
    ("金砖国家和厦门", (XIAMEN,), "countries"),
    ("泉州在全国前列", (QUANZHOU,), "a rank"),
    ("除厦门外泉州", (QUANZHOU,), "the one left out is not asked about"),
    ("厦门除了泉州的", (XIAMEN, QUANZHOU), "除了 alone leaves nobody out"),
]
NOT_NAMED = [
    ("国家标准物质有几项", "国家标准物质 is the plans' own term"),
    ("国家计量基准", "so is 国家计量基准"),
    ("国家产业计量测试中心", "and this"),
    ("国家级平台", "国家级 is a grade"),
    ("贯彻国务院规划", "a document that is carried out is not the one asked"),
    ("公安部门负责什么", "公安 is not 公安县"),
    ("和平共处", "和平区 only in full"),
    ("长安汽车", "a county elsewhere only in full"),
    ("台湾同胞职业资格", "台湾 is a topic of the plans"),
    ("福建省能源计量中心", "a province that opens the plans' own term"),
    ("各个城市", "no name"),
    ("市辖区", "no name"),
    ("国家管不管?", "asks whether anyone minds"),
    ("这种事国家给不给", "asks whether anyone gives"),
    ("国家规定吗", "the plans speak of 国家规定"),
    ("全国第一", "a rank"),
    ("哪些国家", "countries"),
    ("援助了几个国家", "countries counted"),
    ("国家高速列车计量中心", "an institution not of the plans"),
    ("除厦门外还有谁写", "the one left out"),
    ("除了国家还有谁写", "the national one left out"),
    ("", "nothing"),
]
FOREIGN = [
    ("福州", "福州"),
    ("福州市", "福州市"),
    ("北京", "北京"),
    ("广东省", "广东省"),
    ("广东", "广东"),
    ("内蒙古", "内蒙古"),
    ("新疆", "新疆"),
    ("香港", "香港"),
    ("深圳的企业", "深圳"),
    ("西湖区", "西湖区"),
    ("公安县", "公安县"),
    ("日本", "日本"),
    ("美国", "美国"),
    ("恩施", "恩施"),
    ("法国", "法国"),
]


@pytest.mark.parametrize(("text", "expected", "why"), NAMED)
def test_named_plans(reader: Reader, text: str, expected: tuple[str, ...], why: str) -> None:
    places = reader.gazetteer.find(fold(text))
    assert tuple(place.plan for place in places) == expected, why


@pytest.mark.parametrize(("text", "why"), NOT_NAMED)
def test_no_place(reader: Reader, text: str, why: str) -> None:
    assert reader.gazetteer.find(fold(text)) == (), why


@pytest.mark.parametrize(("text", "name"), FOREIGN)
def test_places_the_corpus_does_not_hold(reader: Reader, text: str, name: str) -> None:
    (place,) = reader.gazetteer.find(fold(text))
    assert (place.name, place.plan) == (name, "")


def test_spans_are_slices_and_do_not_overlap(reader: Reader) -> None:
    text = "国务院和厦门市思明区、泉州晋江、福州市、日本与国家规划"
    places = reader.gazetteer.find(text)
    assert len(places) == 8
    assert all(text[place.start : place.end] == place.name for place in places)
    assert all(a.end <= b.start for a, b in pairwise(places))


def test_districts_are_narrower(reader: Reader) -> None:
    city, district = reader.gazetteer.find("厦门的思明区")
    assert (city.narrower, district.narrower) == (False, True)


def test_without_leaves_a_gap(reader: Reader) -> None:
    text = "厦门的诚信计量和泉州"
    assert without(text, reader.gazetteer.find(text)).split() == ["的诚信计量和"]
    assert without(text, ()) == text


@pytest.mark.parametrize(
    ("text", "rest", "why"),
    [
        ("厦门大学负责什么", "厦门大学负责什么", "a university's name is searched whole"),
        ("厦门大学生", "大学生", "but students are in a city"),
        ("青岛港的计量", "青岛港的计量", "a port"),
        ("厦门海关和泉州", "厦门海关和", "customs beside a city"),
        ("金华市场", "市场", "a market"),
        ("泉州市民", "市民", "citizens"),
        ("厦门市市场监管局", "市场监管局", "an office"),
    ],
)
def test_what_is_searched_keeps_longer_names(reader: Reader, text: str, rest: str, why: str) -> None:
    places = reader.gazetteer.find(text)
    assert places[0].plan
    assert without(text, places).strip() == rest, why


def test_a_mention_within_a_longer_one_is_none(reader: Reader) -> None:
    assert [place.name for place in reader.gazetteer.find("思明区国家规划")] == ["思明区", "国家规划"]
    assert len(reader.gazetteer.find("厦门国家规划" * 500)) == 1_000


def test_without_plans_every_city_is_foreign() -> None:
    places = Gazetteer(Corpus(())).find("厦门和国家的规划")
    assert [(place.name, place.plan) for place in places] == [("厦门", "")]


def test_names_are_the_corpus_own(reader: Reader) -> None:
    names = set(reader.gazetteer.names)
    assert {"厦门", "泉州市", "思明区", "思明", "义乌"} <= names
    assert not {"福州", "日本", "国家"} & names


@pytest.mark.parametrize(
    ("text", "plans", "foreign"),
    [
        ("四个城市的诚信计量", (XIAMEN, QUANZHOU, QINGDAO, JINHUA), ()),
        ("各市的诚信计量", (XIAMEN, QUANZHOU, QINGDAO, JINHUA), ()),
        ("五份规划的诚信计量", (NATIONAL, XIAMEN, QUANZHOU, QINGDAO, JINHUA), ()),
        ("所有文件里的诚信计量", (NATIONAL, XIAMEN, QUANZHOU, QINGDAO, JINHUA), ()),
        ("两地的诚信计量", (), ()),
        ("金华、厦门分别怎么规定", (XIAMEN, JINHUA), ()),
        ("福州和厦门的诚信计量", (XIAMEN,), ("福州",)),
        ("福建省厦门市的诚信计量", (XIAMEN,), ()),
        ("福建的诚信计量", (), ("福建",)),
        ("思明区和厦门市", (XIAMEN,), ()),
        ("金华和厦门", (XIAMEN, JINHUA), ()),
        ("四个城市里厦门排第几", (XIAMEN,), ()),
        ("五份文件里厦门和泉州", (NATIONAL, XIAMEN, QUANZHOU, QINGDAO, JINHUA), ()),
        ("所有规划里厦门怎么说", (XIAMEN,), ()),
        ("37号文有没有细则", (NATIONAL,), ()),
        ("国发2021 37号讲什么", (NATIONAL,), ()),
        ("泉政文〔2023〕14号由谁签发", (QUANZHOU,), ()),
        ("泉政文[2023]14号由谁签发", (QUANZHOU,), ()),
        ("泉政文〔2022〕14号由谁签发", (), ()),
        ("137号文和厦府办37号文", (), ()),
        ("厦门的方案提到国发〔2021〕37号吗", (XIAMEN,), ()),
    ],
)
def test_plans_of_a_question(reader: Reader, text: str, plans: tuple[str, ...], foreign: tuple[str, ...]) -> None:
    question = reader.read(text)
    assert (question.plans, question.foreign) == (plans, foreign)


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("哪些城市写了充电桩", (XIAMEN, QUANZHOU, QINGDAO, JINHUA)),
        ("哪些规划写了充电桩", ()),
        ("充电桩归哪个市场监管局管", ()),
    ],
)
def test_which_cities_asks_none_of_the_nation(reader: Reader, text: str, scope: tuple[str, ...]) -> None:
    question = reader.read(text)
    assert (question.plans, question.scope) == ((), scope)
