"""The reader around the text: search, links, units, citations, the same topic elsewhere; its size and speed."""

import re
import time
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from urllib.parse import quote, unquote

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx2 import Response

from ingest.load import load_shipped_plans
from tests.ui.canned import HOSTILE
from tests.ui.fake_api import FakeApi, client_of, fake_app
from tests.ui.plan_builders import article, clause, found, plan_of, rendered, words_of
from ui import reader_wording, wording
from ui.ask_client import AskClient
from ui.plan_beside import MOST_HITS
from ui.plan_view import plan_routes
from ui.templates import serve_under

PLANS = load_shipped_plans().plans
ITEM, LINES = "三(四)21", "一段。\n二段。\n三段。"


def reader_of(client: AskClient, site: str = "") -> TestClient:
    app = FastAPI()
    app.include_router(plan_routes(client, site))
    return TestClient(app)


@pytest.fixture(scope="module")
def reader() -> TestClient:
    return reader_of(client_of(fake_app(FakeApi())))


def links(html: str, name: str) -> list[str]:
    return re.findall(rf'<a class="{name}" href="([^"]*)"', html)


class TestSearch:
    def test_every_hit_is_marked_and_counted(self, reader: TestClient) -> None:
        html = reader.get("/plans/xiamen", params={"q": "诚信 計量"}).text
        plan = next(plan for plan in PLANS if plan.id == "xiamen")
        count = sum(one.text.count("诚信计量") for one in plan.clauses)
        assert re.findall(r'id="hit-(\d+)"', html) == [str(number) for number in range(1, count + 1)]
        assert html.count('<mark class="hit"') == count
        assert reader_wording.FOUND.format(words="诚信 計量", total=count) in html
        assert f'#hit-1">{reader_wording.FIRST_HIT}' in html

    def test_each_hit_leads_to_its_neighbours(self) -> None:
        beside = found("乙", ("三1", 2, 3), ("三1", 3, 4), ("三1", 4, 5))
        steps = re.findall(r'<span class="step">(.*?)</span>', rendered(plan_of(clause()), beside=beside))
        assert [re.findall(r'href="#hit-(\d)"', step) for step in steps] == [["2"], ["1", "3"], ["2"]]
        assert [re.sub("<[^>]+>|[‹›]", "", step) for step in steps] == ["1/3", "2/3", "3/3"]

    def test_chapters_tell_how_many_are_in_them(self) -> None:
        head = clause(clause_path="三", kind="heading", heading="任务", text="任务")
        html = rendered(plan_of(head, clause(headings=["任务"])), beside=found("乙", ("三1", 2, 3), ("三1", 3, 4)))
        assert html.count(f'<b class="count">2{reader_wording.HITS}</b>') == 4  # chapter and item, desk and phone

    def test_of_very_many_the_first_are_marked(self) -> None:
        text = "乙" * (MOST_HITS + 9)
        places = [("三1", at, at + 1) for at in range(len(text))]
        html = rendered(plan_of(clause(text=text, heading="")), beside=found("乙", *places, total=700))
        assert html.count('<mark class="hit"') == MOST_HITS
        assert reader_wording.FOUND_SOME.format(shown=MOST_HITS) in html
        assert "共700处" in html

    def test_no_hit_is_said_with_a_way_to_ask(self, reader: TestClient) -> None:
        page = reader.get("/plans/xiamen", params={"q": "人工降雨&x"})
        assert page.status_code == 200
        assert reader_wording.NOT_FOUND.format(words="人工降雨&amp;x") in page.text
        address = re.search(r'href="(/\?q=[^"]*)"', page.text)
        assert address
        assert unquote(address[1]) == "/?q=人工降雨&x&amp;plan=xiamen"
        assert "<mark" not in article(page.text)

    def test_words_that_are_none_are_not_looked_for(self, reader: TestClient) -> None:
        assert 'class="banner"' not in reader.get("/plans/xiamen", params={"q": "  "}).text
        assert reader_wording.FIND_TOO_LONG in reader.get("/plans/xiamen", params={"q": "计" * 101}).text

    def test_hostile_words_stay_words(self, reader: TestClient) -> None:
        html = reader.get("/plans/xiamen", params={"q": HOSTILE}).text
        assert "<script" not in html
        assert "&lt;script&gt;alert(1)" in html

    def test_the_day_that_is_asked_of_is_kept(self, reader: TestClient) -> None:
        html = reader.get("/plans/xiamen", params={"q": "计量", "as_of": "2024-06-30"}).text
        assert '<input type="hidden" name="as_of" value="2024-06-30">' in html
        assert f'<a class="clear" href="?as_of=2024-06-30">{reader_wording.CLEAR_FIND}</a>' in html


class TestLinks:
    def test_every_clause_and_paragraph_has_its_own(self) -> None:
        html = rendered(plan_of(clause(text=LINES, heading="")))
        assert links(html, "permalink") == [f"?clause=三1#三1¶{number}" for number in (1, 2, 3)]
        assert re.findall(r'<p id="([^"]*)"', html) == ["三1¶1", "三1¶2", "三1¶3"]

    @pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
    def test_all_links_within_a_page_lead_somewhere(self, reader: TestClient, plan: object) -> None:
        html = reader.get(f"/plans/{plan.id}", params={"q": "计量"}).text  # type: ignore[attr-defined]
        anchors = set(re.findall(r' id="([^"]*)"', html))
        wanted = {unquote(found) for found in re.findall(r'href="(?:\?[^"#]*)?#([^"]*)"', html)}
        ties = {one for one in wanted if one.endswith("~")}  # made when the clause is asked for
        assert wanted - ties <= anchors
        assert {one[:-1] for one in ties} <= anchors
        assert len(anchors) == len(re.findall(r' id="([^"]*)"', html))

    @pytest.mark.parametrize("fragment", [ITEM, quote(ITEM), quote(ITEM, safe="()")])
    def test_old_addresses_still_lead_to_their_clause(self, reader: TestClient, fragment: str) -> None:
        html = reader.get(f"/plans/xiamen?clause={quote(ITEM)}&start=0&end=11#{fragment}").text
        assert f'id="{unquote(fragment)}"' in html

    def test_where_the_address_leads_is_marked_in_the_outline(self, reader: TestClient) -> None:
        page = reader.get("/plans/xiamen")
        style = re.findall("<style>(.*?)</style>", page.text)
        assert ':root:has([id="三(四)21"]:target,[id="三(四)21"] :target) .toc [href="#三(四)21"]' in style[0]
        digest = b64encode(sha256(style[0].encode()).digest()).decode()
        assert f"style-src 'self' 'sha256-{digest}';" in page.headers["content-security-policy"]

    def test_a_path_ends_no_rule_of_style(self) -> None:
        html = rendered(plan_of(clause(clause_path='三"]{}</style><script>')))
        style = html[html.index("<style>") + 7 : html.index("</style>")]
        assert style.count("{") == 1
        assert "<" not in style
        assert "<script" not in html

    def test_below_a_path_of_its_own(self, reader: TestClient) -> None:
        serve_under("/bot")
        try:
            html = reader.get("/plans/xiamen", params={"q": "无此"}).text
        finally:
            serve_under("")
        rooted = re.findall(r'(?:href|action|src)="(/[^"]*)"', html)
        assert rooted
        assert all(address.startswith("/bot/") for address in rooted)


class TestBeside:
    def test_units_are_shown_where_the_text_names_them(self, reader: TestClient) -> None:
        html = article(reader.get("/plans/xiamen").text)
        plan = next(plan for plan in PLANS if plan.id == "xiamen")
        assert html.count('<span class="unit ') == sum(len(one.responsible_units) for one in plan.clauses)
        assert words_of(html).count("责任单位") == sum(one.text.count("责任单位") for one in plan.clauses)

    def test_units_the_text_does_not_name_are_told_below(self) -> None:
        html = rendered(plan_of(clause(responsible_units=[{"name": "某局", "role": "lead"}])))
        assert f'<span class="unit lead"><b>{wording.LEAD}</b>某局</span>' in html

    def test_a_citation_leads_to_the_plan_it_names(self, reader: TestClient) -> None:
        html = reader.get("/plans/qingdao").text
        assert set(links(article(html), "cite")) == {"state-council"}
        facts = html[html.index("<dl") : html.index("</dl>")]
        assert re.findall(r'<dd><a href="([^"]*)">', facts) == ["state-council"]

    def test_the_same_topic_in_other_plans(self, reader: TestClient) -> None:
        html = reader.get("/plans/xiamen", params={"clause": ITEM}).text
        ties = html[html.index('<aside class="ties"') : html.index("</aside>")]
        assert f'id="{ITEM}~"' in ties
        assert re.findall(r'<li><a href="([^"]*)"', ties) == [
            "state-council?clause=六(三十一)#六(三十一)",
            "quanzhou?clause=三(四)16#三(四)16",
            "qingdao?clause=四(三)#四(三)",
        ]
        assert f"<b>{reader_wording.NATIONAL}</b>" in ties
        assert f"{reader_wording.SIMILARITY} 0.88" in ties
        compare = links(ties, "compare")[0]
        assert unquote(compare).endswith("topic=建立诚信计量长效机制&amp;plans=xiamen,state-council,quanzhou,qingdao")

    def test_of_a_row_too(self, reader: TestClient) -> None:
        html = reader.get("/plans/xiamen", params={"clause": "专栏1/9"}).text
        assert 'id="专栏1/9~"' in html
        assert reader_wording.TIES_NONE in html

    def test_a_clause_that_says_nothing_by_itself_has_no_way_there(self) -> None:
        head = clause(clause_path="三", kind="heading", heading="任务", text="任务")
        assert links(rendered(plan_of(head, clause())), "tie") == ["?clause=三1#三1~"]

    def test_where_the_api_tells_nothing_of_it_the_plan_is_read_all_the_same(self) -> None:
        html = page_of(lambda path: path.endswith(("/words", "/cited")) or "/neighbours/" in path)
        assert html.status_code == 200
        assert reader_wording.FIND_AWAY in html.text
        assert reader_wording.TIES_AWAY in html.text

    def test_who_asks_too_often_is_told_to_wait(self) -> None:
        page = page_of(lambda path: path.endswith("/words"), 429)
        assert page.status_code == 429
        assert wording.TOO_MANY in page.text


def page_of(refused: Callable[[str], bool], status: int = 404) -> Response:
    """A page whose API has not these routes."""
    plan = {"plan_id": "p", "title": "某规划", "clauses": [clause().model_dump()]}

    def answer(request: httpx.Request) -> httpx.Response:
        gone = refused(request.url.path)
        return httpx.Response(status if gone else 200, json={} if gone else plan)

    client = AskClient("http://api.test", transport=httpx.MockTransport(answer))
    return reader_of(client).get("/plans/p", params={"clause": "三1", "q": "乙"})


@pytest.mark.parametrize(
    ("members", "status", "said"),
    [
        ({"withdrawn": True, "withdrawn_on": "2026-03-02"}, 410, "已于2026年3月2日撤下"),
        ({"withdrawn": True, "withdrawn_on": None}, 410, reader_wording.WITHDRAWN_SOME_DAY),
        ({"withdrawn": "<b>"}, 404, wording.PLAN_NOT_FOUND),
    ],
)
def test_a_plan_that_was_withdrawn_is_gone(members: dict[str, object], status: int, said: str) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(404, json={"status": 404, "title": "Unknown plan", **members})

    for path in ("/plans/p", "/plans/p/plan.txt", "/plans/p/plan.docx", "/plans/p/plan.pdf"):
        page = reader_of(AskClient("http://api.test", transport=httpx.MockTransport(answer))).get(path)
        assert (page.status_code, said in page.text) == (status, True), path


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
@pytest.mark.parametrize("asked", ["q=的", "clause=三(四)21"])
def test_a_page_is_small(reader: TestClient, plan: object, asked: str) -> None:
    """As it is sent to who can read nothing squeezed."""
    address = f"/plans/{plan.id}?{asked}"  # type: ignore[attr-defined]
    page = reader.get(address, headers={"Accept-Encoding": "identity"})
    assert len(page.content) <= 100_000
    squeezed = reader.get(address, headers={"Accept-Encoding": "gzip"})
    assert int(squeezed.headers["content-length"]) < len(page.content) / 3
    assert squeezed.text == page.text
    assert squeezed.headers["vary"] == "Accept-Encoding"


def test_a_page_is_soon_made(reader: TestClient) -> None:
    """Of this thread and those of the page; the quickest of five, for a machine that does much else."""

    def seconds() -> float:
        began = time.process_time()
        reader.get("/plans/state-council", params={"q": "计量", "clause": "三(四)"})
        return time.process_time() - began

    assert min(seconds() for _ in range(5)) <= 0.150
