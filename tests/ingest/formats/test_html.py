"""Saved web pages give their text, and what was around it is told."""

import pytest

from ingest.errors import UnreadableDocument
from ingest.formats import html

PAGE = """<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset=gb2312">
<title>海州市计量实施方案_海州市人民政府</title><style>.x{color:red}</style></head><body>
<div class="nav"><a href="/">首页</a> &gt; <a href="/zw">政务公开</a> &gt; <a href="/wj">文件</a></div>
<script>document.write("广告")</script>
<div id="main"><h1>海州市计量实施方案</h1>
<table><tr><td>索引号：</td><td>HZ-1</td><td>文号：</td><td>海政发〔2024〕3号</td></tr>
<tr><td>机构：</td><td>市政府</td><td>日期：</td><td>2024-3-2</td></tr></table>
<div class="article"><p>&emsp;&emsp;一、总体要求</p><p>到2025年，建成<b>十个</b>中心，
受检率达到95%。</p><p>&nbsp;</p><p>二、保障<br>措施</p>
<table><tr><th rowspan="2">类别</th><th>指标</th><th>2025年</th></tr>
<tr><td>专利（项）</td><td>80</td></tr>
<tr><td colspan="2">合计</td><td>80</td></tr></table>
<ol start="3"><li>建立档案。</li><li>公开承诺。</li></ol>
<ruby>镕<rt>róng</rt></ruby><img src="a.png">
<span style="display:none">看不见</span></div></div>
<ul><li><a href="1">上一篇</a></li><li><a href="2">下一篇</a></li></ul>
<footer>版权所有 <a href="m">网站地图</a></footer></body></html>"""


def page(body: str) -> list[str]:
    return [line for line in html.read(f"<html><body>{body}</body></html>".encode(), "a.html").text.split("\n") if line]


def test_a_government_page() -> None:
    found = html.read(PAGE.encode("gb18030"), "a.html")
    assert found.text.split("\n") == [
        "海州市计量实施方案",
        "",
        "索引号：HZ-1",
        "文号：海政发〔2024〕3号",
        "机构：市政府",
        "日期：2024-3-2",
        "",
        "\u2003\u2003一、总体要求",
        "到2025年，建成十个中心， 受检率达到95%。",
        "\xa0",
        "二、保障",
        "措施",
        "",
        "| 类别 | 指标 | 2025年 |",
        "|---|---|---|",
        "|  | 专利（项） | 80 |",
        "| 合计 |  | 80 |",
        "",
        "3.建立档案。",
        "4.公开承诺。",
        "镕",
        "",
    ]
    assert found.record.pictures == 1
    assert "看不见" in found.record.set_aside


# why each: how a page says its encoding, or does not
ENCODINGS = [
    ('<meta charset="gb2312">', "gb18030", "gb2312 is often more than that"),
    ('<meta charset="utf-8">', "utf-8", "said and true"),
    ('<meta charset="utf-8">', "gb18030", "said and false"),
    ("", "gb18030", "not said"),
    ('<meta charset="no-such">', "utf-8", "unknown"),
    ("", "utf-16", "by its mark"),
]


@pytest.mark.parametrize(("meta", "encoding", "why"), ENCODINGS)
def test_encodings(meta: str, encoding: str, why: str) -> None:
    text = "<p>一、建立和完善国家计量体系，镕铸诚信的计量文化，提升计量服务的能力。</p>" * 3
    raw = f"<html><head>{meta}</head><body>{text}</body></html>".encode(encoding)
    assert html.read(raw, "a.html").text.startswith("一、建立和完善国家计量体系，镕铸诚信"), why


def test_layout_tables_are_no_tables_and_menus_go() -> None:
    menu = '<div><a href="1">部门</a><a href="2">区县</a></div>'
    text = "<p>一、总则，为加强管理。</p><p>二、附则，自发布之日起施行。</p>"
    body = f"<table><tr><td>{menu}</td><td>{text}</td></tr></table>"
    assert page(body) == ["一、总则，为加强管理。", "二、附则，自发布之日起施行。"]


def test_the_heading_a_page_is_named_after_stays_though_there_is_another_within() -> None:
    text = "<article><h3>申报指南</h3><p>一、总则，为加强管理。</p><p>二、附则，自发布之日起施行。</p></article>"
    head = "<title>海州市计量申报指南_通知公告_海州市计量局</title>"
    above = "<h1>海州市计量局</h1>"
    named = "<h2>海州市计量局关于印发《海州市计量申报指南》的通知</h2>"
    read = html.read(f"<html><head>{head}</head><body>{above}{named}{text}</body></html>".encode(), "a.html").text
    assert "关于印发《海州市计量申报指南》的通知" in read
    other = html.read(f"<html><head>{head}</head><body>{above}{text}</body></html>".encode(), "a.html").text
    assert other.split("\n")[0] == "申报指南", "a site's name is no document's"


@pytest.mark.parametrize(
    ("above", "first"),
    [
        ('<div class="title"><p>海州市2025年度</p><p>申报指南</p></div>', "海州市2025年度"),
        ('<p id="title">海州市申报指南</p>', "海州市申报指南"),
        ('<div class="title">公告</div>', "一、总则，为加强管理。"),  # too little to be one
        ('<div class="site-title">海州市计量局</div>', "一、总则，为加强管理。"),  # of the site
    ],
)
def test_a_title_that_is_no_heading_element_stands_above_the_text(above: str, first: str) -> None:
    text = '<div class="content"><p>一、总则，为加强管理。</p><p>二、附则，自发布之日起施行。</p></div>'
    assert page(f"{above}{text}")[0] == first


@pytest.mark.parametrize(
    ("around", "stays"),
    [
        ('<ul class="nav"><li>首页</li><li>要闻动态</li></ul>', False),
        ('<div id="bread-crumb">首页 政务公开</div>', False),
        ('<div class="share_box">微信 微博</div>', False),
        ('<div class="nav-info">计量所</div>', True),  # another word
        ('<div class="menu"><table><tr><td>甲</td></tr></table></div>', True),
        ('<ul class="menu"><li>计量标准10项</li></ul>', True),
        ('<div class="share"><h4>计量所</h4></div>', True),
        ('<div class="nav">本市实行诚信计量。</div>', True),  # says something
        ('<div class="main-nav"><h1>海州市计量条例</h1></div>', True),
    ],
)
def test_what_is_named_a_menu_goes_unless_it_says_something(around: str, stays: bool) -> None:
    assert len(page(f"{around}<p>一、总则，为加强管理。</p>")) == 1 + stays


def test_literal_text_keeps_its_lines() -> None:
    assert page("<pre>一、总则，甲\n二、附则，乙</pre>") == ["一、总则，甲", "二、附则，乙"]


def test_a_paragraph_of_links_that_says_something_stays() -> None:
    body = '<div>依据<a href="1">《计量法》</a>、<a href="2">《计量法实施细则》</a>制定本办法。</div>'
    assert page(body) == ["依据《计量法》、《计量法实施细则》制定本办法。"]


def test_a_page_without_text() -> None:
    with pytest.raises(UnreadableDocument, match="without text"):
        html.read(b"<html><body><script>load()</script></body></html>", "a.html")


def test_damaged_bytes_are_told() -> None:
    raw = "<html><meta charset='utf-8'><body><p>一、建立和完善诚信计量体系。</p>".encode().replace(
        "诚".encode(), b"\xe8\xaf"
    )
    assert html.read(raw, "a.html").record.repaired == 1
