"""Places in a question: which plan is asked, which place the corpus does not hold, and what is no place at all."""

from itertools import pairwise

import pytest

from bot.question.fold import fold
from bot.question.places import without
from bot.question.read import Reader

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
    ],
)
def test_plans_of_a_question(reader: Reader, text: str, plans: tuple[str, ...], foreign: tuple[str, ...]) -> None:
    question = reader.read(text)
    assert (question.plans, question.foreign) == (plans, foreign)
