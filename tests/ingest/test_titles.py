"""Title and issuer → kind, level, region and names; the catalogue goes before both."""

from dataclasses import replace

import pytest

from ingest.catalogue import Entry
from ingest.model import DocumentKind, Fact, Metadata
from ingest.titles import bare_title, carried, identify, identity_of, noun_of

LAW, REGULATION, RULE = DocumentKind.LAW, DocumentKind.REGULATION, DocumentKind.RULE
NOTICE, STANDARD, PLAN = DocumentKind.NOTICE, DocumentKind.STANDARD, DocumentKind.PLAN
# title, issuer, kind, level, region
WHOSE = [
    ("中华人民共和国计量法", "", LAW, "national", "全国"),
    ("计量法", "", LAW, "national", "全国"),
    ("中华人民共和国计量法（2018修正）", "", LAW, "national", "全国"),
    ("中华人民共和国计量法实施细则", "", REGULATION, "national", "全国"),
    ("上海市计量监督管理条例", "", REGULATION, "provincial", "上海"),
    ("某某计量器具管理办法", "国家市场监督管理总局", RULE, "national", "全国"),
    ("某某计量器具管理办法", "工业和信息化部", RULE, "national", "全国"),
    ("集贸市场计量管理规定", "泉州市人民政府", RULE, "municipal", "泉州"),
    ("泉州市人民政府关于印发《泉州市集贸市场计量管理办法》的通知", "", RULE, "municipal", "泉州"),
    ("国务院关于印发计量发展规划（2021—2035年）的通知", "", PLAN, "national", "全国"),
    ("关于印发福建省计量条例的通知", "", REGULATION, "provincial", "福建"),
    ("市场监管总局关于开展专项检查的通知", "", NOTICE, "national", "全国"),
    ("电子计价秤检定规程", "", STANDARD, "other", ""),
    ("海州市计量发展规划", "", PLAN, "municipal", "海州"),
    ("大型超市计量管理办法", "", RULE, "other", ""),
    ("城市供水计量办法", "", RULE, "other", ""),
    ("农贸市场计量管理办法", "", RULE, "other", ""),
    ("县级计量工作方案", "", PLAN, "other", ""),
    ("东港区人民政府关于计量的意见", "", PLAN, "county", "东港"),
    ("计量测试方法", "", PLAN, "other", ""),
    ("", "", PLAN, "other", ""),
]


@pytest.mark.parametrize(("title", "issuer", "kind", "level", "region"), WHOSE)
def test_whose_document_it_is(title: str, issuer: str, kind: DocumentKind, level: str, region: str) -> None:
    found = identify(title, issuer)
    assert (found.kind, found.level, found.region) == (kind, level, region)


NAMES = [
    ("中华人民共和国计量法（2018修正）", {"中华人民共和国计量法", "计量法"}, {"中华人民共和国计量法（2018修正）"}),
    ("中华人民共和国计量法实施细则", {"计量法实施细则", "实施细则"}, {"计量法"}),
    (
        "上海市计量监督管理条例",
        {"上海条例", "上海市条例", "上海计量监督管理条例", "计量监督管理条例"},
        {"监督管理条例"},
    ),
    ("泉州市人民政府关于印发《泉州市计量办法》的通知", {"泉州市计量办法", "泉州计量办法", "泉州办法"}, {"人民政府"}),
    ("国务院关于印发计量发展规划（2021—2035年）的通知", {"计量发展规划（2021—2035年）"}, {"规划", "计量发展规划"}),
]


@pytest.mark.parametrize(("title", "held", "lacking"), NAMES)
def test_what_it_is_called(title: str, held: set[str], lacking: set[str]) -> None:
    names = set(identify(title).names)
    assert held <= names
    assert not lacking & names


@pytest.mark.parametrize(
    ("title", "version", "bare"),
    [
        ("计量法（2018修正）", "2018修正", "计量法"),
        ("计量条例（2022年修订本）", "2022年修订本", "计量条例"),
        ("计量办法（试行）", "试行", "计量办法"),
        ("计量发展规划（2021—2035年）", "", "计量发展规划（2021—2035年）"),
        ("《 计量 办法 》", "", "计量办法"),
        ("《甲》和《乙》", "", "《甲》和《乙》"),
    ],
)
def test_a_version_is_no_part_of_the_title(title: str, version: str, bare: str) -> None:
    assert identify(title).version == version
    assert bare_title(title) == bare


def test_what_a_notice_brings() -> None:
    assert carried("关于印发《办法》的通知") == "", "a title has four characters at least"
    assert carried("关于印发《泉州计量办法》的通知") == "泉州计量办法"
    assert carried("关于印发泉州计量办法的通知") == "泉州计量办法"
    assert carried("关于加强计量工作的通知") == ""


def test_the_word_that_says_what_it_is() -> None:
    assert [noun_of(title) for title in ("甲条例", "甲实施细则", "甲实施意见", "甲规划（2021—2035年）", "甲法")] == [
        "条例",
        "实施细则",
        "意见",
        "规划",
        "",
    ]


TITLE = Metadata(title=Fact("福建省计量条例", "a:题头", 0, 7), issuer=Fact("福建省人民政府", "a:题头", 8, 15))


def test_the_catalogue_goes_before_the_title() -> None:
    entry = Entry(
        "a", "a.txt", "我们的条例", "泉州", "municipal", ("泉州市",), kind="notice", names=("老条例",), version="二版"
    )
    found = identity_of(entry, TITLE)
    assert (found.kind, found.level, found.region, found.version) == (NOTICE, "municipal", "泉州", "二版")
    assert {"我们的条例", "老条例", "福建省计量条例"} <= set(found.names)
    assert "泉州市" in found.place_names


def test_where_it_is_silent_the_title_speaks() -> None:
    found = identity_of(Entry("a", "a.txt", "a", "", "other"), TITLE)
    assert (found.kind, found.level, found.region) == (REGULATION, "provincial", "福建")
    assert "a" not in found.names, "a file's name is no name"
    untitled = identity_of(Entry("b", "b.txt", "b", "", "other"), replace(TITLE, title=None))
    assert (untitled.level, untitled.region) == ("provincial", "福建"), "the issuer says whose it is"
    named = identity_of(Entry("c", "c.txt", "上海计量条例", "", "other"), Metadata())
    assert (named.region, named.kind) == ("上海", REGULATION), "a file may be named as the document is"
