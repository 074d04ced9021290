"""The page that sets plans side by side: without scripts, everything escaped, every clause linked."""

import re
from html import unescape
from urllib.parse import parse_qs, urlsplit

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from tests.bot.topics import TopicBot
from tests.ui.canned import HOSTILE
from tests.ui.compare_builders import axis, comparison, counted, page_over, point
from ui import wording as everywhere
from ui.ask_client import AskClient
from ui.compare import wording
from ui.compare.told import Subject
from ui.compare.view import MOST_PLANS, Wish, compare_routes, page_of
from ui.templates import render, serve_under

PLEDGES = "诚信计量自我承诺单位"
HERE = Wish("承诺", ("p", "q"), "")


@pytest.fixture(scope="module")
def bot() -> TopicBot:
    return TopicBot()


@pytest.fixture(scope="module")
def page(bot: TopicBot) -> TestClient:
    return page_over(bot)


@pytest.fixture(autouse=True)
def _anew(bot: TopicBot) -> None:
    bot.asked.clear()


def read(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def test_an_address_alone_offers_what_can_be_compared(page: TestClient, bot: TopicBot) -> None:
    html = page.get("/compare").text
    assert bot.asked == []
    assert html.count('type="checkbox"') == html.count(" checked") == 5
    assert '<form class="wish" method="get"' in html
    assert wording.CHOOSE in html
    links = [unescape(found) for found in re.findall(r'href="(/compare\?[^"]+)"', html)]
    assert len(links) > 5
    for link in links:
        query = parse_qs(urlsplit(link).query)
        assert 2 <= len(query["plans"]) <= MOST_PLANS
        assert f'value="{query["topic"][0]}"' in unescape(html)


def test_clauses_stand_side_by_side_with_words_marked(page: TestClient) -> None:
    html = page.get("/compare", params={"topic": "一次性扣除", "plans": ["xiamen", "quanzhou"]}).text
    cards = re.findall(r'<article class="card">(.*?)</article>', html, re.DOTALL)
    assert len(cards) == 2
    assert "<mark>" not in cards[0]
    assert "国家有关" in "".join(re.findall("<mark>(.*?)</mark>", cards[1]))
    assert wording.MARKED.format(base="厦门") in html
    for card, plan in zip(cards, ("xiamen", "quanzhou"), strict=True):
        assert re.search(rf'href="/plans/{plan}\?clause=[^"]+start=\d+&amp;end=\d+#', card)
    assert "允许一次性计入当期成本费用，在计算应纳税所得额时扣除" in read(cards[1])


def test_the_address_is_what_the_form_sends(page: TestClient) -> None:
    html = page.get("/compare?topic=一次性扣除&plans=quanzhou&plans=xiamen&as_of=2024-06-30").text
    assert 'name="topic"' in html
    assert 'value="一次性扣除"' in html
    assert 'value="2024-06-30"' in html
    checked = re.findall(r'value="([\w-]+)" checked', html)
    assert checked == ["quanzhou", "xiamen"]  # the base stays the first when it is sent again
    (swap,) = [unescape(link) for link in re.findall(rf'href="([^"]+)"[^>]*>{wording.MAKE_BASE}', html)]
    assert parse_qs(urlsplit(swap).query) == {
        "topic": ["一次性扣除"], "plans": ["xiamen", "quanzhou"], "as_of": ["2024-06-30"],
    }  # fmt: skip


def test_plans_may_be_parted_by_commas(page: TestClient, bot: TopicBot) -> None:
    page.get("/compare", params={"topic": "一次性扣除", "plans": "quanzhou, xiamen"})
    assert bot.asked[0][2] == ("xiamen", "quanzhou")


def test_a_silent_plan_is_said_to_be_plainly(page: TestClient) -> None:
    html = page.get("/compare", params={"topic": "一次性扣除", "plans": ["xiamen", "qingdao"]}).text
    silent = html[html.index('class="card silent"') :]
    assert "青岛：收录的文件中没有与所问相应的条款。" in silent
    assert 'href="/plans/qingdao"' in silent
    nothing = page.get("/compare", params={"topic": "天气", "plans": ["xiamen", "qingdao"]}).text
    assert wording.NOTHING in nothing
    assert nothing.count('class="card silent"') == 2
    assert wording.NO_CHARTS in nothing


def test_a_plan_that_only_counts_is_not_said_to_be_silent() -> None:
    silent = {"says": False, "silence": "没有载明数值。", "title": "某规划"}
    plans = [{"plan_id": each, "name": f"{each}市", **silent} for each in ("p", "q")]
    html = page_of(HERE, (), (), comparison(plans=plans, charts=(axis(counted("p")),)))
    assert html.count(f"<p>{wording.NUMBER_BELOW}</p>") == html.count("<p>没有载明数值。</p>") == 1


def test_a_row_is_a_table_with_its_differing_cells_marked() -> None:
    words: list[dict[str, object]] = [
        {"text": "检定覆盖率（%）｜2020年："}, {"text": "86", "differs": True}, {"text": "｜属性：预期性"},
    ]  # fmt: skip
    clause = {
        "row": 0, "plan_id": "q", "clause_path": "专栏1/11", "against": "p:专栏1/1",
        "quotes": [{"quote": "".join(str(one["text"]) for one in words), "words": words}],
    }  # fmt: skip
    html = page_of(HERE, (), (), comparison(clauses=[clause]))
    table = html[html.index('<table class="row"') : html.index("</table>")]
    assert "<caption>检定覆盖率（%）</caption>" in table
    assert '<tr><th scope="row">2020年</th><td data-sign="%"><mark>86</mark></td></tr>' in table
    assert '<tr><th scope="row">属性</th><td>预期性</td></tr>' in table


def test_a_chart_and_its_table_tell_the_same(page: TestClient) -> None:
    html = page.get("/compare", params={"topic": PLEDGES, "plans": ["xiamen", "quanzhou", "jinhua"]}).text
    chart, table = html[html.index("<svg") : html.index("</svg>")], html[html.index("</svg>") :]
    drawn = re.findall(r'<a href="([^"]+)" aria-label="([^"]+)"', chart)
    assert [says for _, says in drawn] == [
        "厦门，2020年，506家，查看条款", "厦门，2025年，850家，查看条款",
        "泉州，2020年，1254家，查看条款", "泉州，2025年，2020家，查看条款",
    ]  # fmt: skip
    assert chart.count('<rect class="bar ') == 4
    for address, says in drawn:
        value = says.split("，")[2]
        assert f'<a href="{address}">{value}</a>' in table
    assert 'role="group"' in chart
    assert wording.UNCOUNTED.format(names="金华") in html
    assert '<svg class="chart"' in html


def test_those_apart_say_why(page: TestClient) -> None:
    html = page.get("/compare", params={"topic": "社会公用计量标准", "plans": "xiamen,quanzhou,qingdao,jinhua"}).text
    assert html.count("<svg") == html.count(wording.APART) + 1 == 3
    assert html.count(wording.SHARED) == 1
    assert html.count("统计口径不一定相同") == 2


def test_conflicts_are_flagged_in_chart_and_table(page: TestClient) -> None:
    html = page.get("/compare", params={"topic": "诚信计量示范单位", "plans": "qingdao,xiamen"}).text
    assert html[: html.index("</svg>")].count(wording.CONFLICT) == 2
    assert "青岛同一文件中另写有未写年份350家以上（四(三)）" in html


def test_the_csv_is_a_file_with_the_same_values(page: TestClient) -> None:
    html = page.get("/compare", params={"topic": PLEDGES, "plans": ["xiamen", "quanzhou"]}).text
    (link,) = re.findall(r'href="(/compare\.csv\?[^"]+)"', html)
    response = page.get(unescape(link))
    assert response.headers["content-type"] == "text/csv; charset=utf-8"
    assert response.headers["content-disposition"].startswith('attachment; filename="compare.csv"')
    assert response.content.startswith(b"\xef\xbb\xbf")
    assert "1254" in response.text
    refused = page.get("/compare.csv", params={"topic": PLEDGES, "plans": "xiamen"})
    assert (refused.status_code, "至少选 2 份" in refused.text) == (422, True)


REFUSED = [
    ({"topic": "扣除", "plans": "xiamen"}, "至少选 2 份规划才能对照，选了 1 份。"),
    ({"topic": "扣除"}, "至少选 2 份规划才能对照，选了 0 份。"),
    ({"topic": "扣除", "plans": "xiamen,atlantis"}, "没有这些规划：atlantis。"),
]


@pytest.mark.parametrize(("query", "said"), REFUSED)
def test_a_wrong_choice_is_told_beside_the_form(page: TestClient, query: dict[str, str], said: str) -> None:
    response = page.get("/compare", params=query)
    assert response.status_code == 422
    assert said in response.text
    assert 'role="alert"' in response.text
    assert 'value="扣除"' in response.text


def test_an_absent_api_is_a_503_in_chinese() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    app = FastAPI()
    app.include_router(compare_routes(AskClient("http://api.test", transport=httpx.MockTransport(refuse))))
    response = TestClient(app).get("/compare", params={"topic": "扣除", "plans": "p,q"})
    assert response.status_code == 503
    assert everywhere.UNREACHABLE in response.text
    assert wording.PLANS_MISSING in response.text


def test_the_visitor_is_told_to_the_api() -> None:
    seen: list[tuple[str, str]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.url.path, request.headers.get("x-metrology-visitor", "")))
        body = {"topic": "扣除", "plans": [], "subjects": []}
        return httpx.Response(200, json=[] if request.url.path == "/v1/plans" else body)

    client = AskClient("http://api.test", transport=httpx.MockTransport(answer), token="t")
    app = FastAPI()
    app.include_router(compare_routes(client))
    TestClient(app).get("/compare", params={"topic": "扣除", "plans": "p,q"})
    assert seen == [("/v1/plans", ""), ("/v1/compare/subjects", ""), ("/v1/compare", "testclient")]


def test_hostile_text_stays_text() -> None:
    words = [{"text": HOSTILE, "differs": True}]
    clause = {
        "row": 0, "plan_id": "p", "clause_path": '三"><script>', "heading": HOSTILE, "url": "javascript:alert(1)",
        "against": 'q:"><script>', "quotes": [{"quote": HOSTILE, "words": words}],
    }  # fmt: skip
    evil = counted(name=HOSTILE, unit=HOSTILE, attribute=HOSTILE, target=point(written=HOSTILE), conflicts=(point(),))
    found = comparison(
        topic=HOSTILE, clauses=[clause], charts=(axis(evil, name=HOSTILE, reason=HOSTILE),), notes=(HOSTILE,)
    )
    html = page_of(Wish(HOSTILE, ("p", '"><script>'), ""), (), (Subject(name=HOSTILE, plans=("p", "q")),), found)
    assert html.count("<script") == 1  # its own
    assert "javascript:" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_the_page_answers_with_a_strict_policy(page: TestClient) -> None:
    response = page.get("/compare")
    policy = response.headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "style=" not in response.text
    assert len(re.findall(r"<script[^>]*>", response.text)) == 1


def test_below_a_path_everything_leads_below_it(page: TestClient) -> None:
    serve_under("/bot")
    try:
        html = page.get("/compare", params={"topic": "一次性扣除", "plans": "xiamen,qingdao"}).text
    finally:
        serve_under("")
    own = re.findall(r'(?:href|action|src)="(/[^"]+)"', html)
    assert [link for link in own if not link.startswith(("/bot/", "/plans/xiamen?"))] == []  # the API's own links


def test_the_footer_of_the_front_page_leads_here() -> None:
    assert f'href="/compare">{everywhere.COMPARE}</a>' in render("footer.html")
