"""The plan view: everything escaped, every clause anchored once, exactly the quote marked."""

import re
from html import unescape
from urllib.parse import quote

import httpx
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ingest.load import load_shipped_plans
from ingest.model import Plan
from tests.ui.canned import HOSTILE
from tests.ui.fake_api import FakeApi, client_of, fake_app
from tests.ui.plan_builders import clause, marked, plan_of, plan_text, rendered, words_of
from ui import reader_wording, wording
from ui.ask_client import AskClient
from ui.plan_outline import build_blocks, number_of
from ui.plan_page import quote_mark
from ui.plan_view import plan_routes

PLANS = load_shipped_plans().plans


@pytest.fixture
def view() -> TestClient:
    app = FastAPI()
    app.include_router(plan_routes(client_of(fake_app(FakeApi()))))
    return TestClient(app)


def test_hostile_text_stays_text() -> None:
    html = rendered(plan_of(clause(text=HOSTILE, heading=HOSTILE), title=HOSTILE, number='"><script>'), "三1", "0", "8")
    assert "<script" not in html
    assert "&lt;script&gt;alert(1)" in html
    assert marked(html) == ["<script>"]


@pytest.mark.parametrize("path", ['三"onmouseover="x', "三'><script>", "javascript:alert(1)"])
def test_hostile_paths_stay_attributes(path: str) -> None:
    html = rendered(plan_of(clause(clause_path=path)), path)
    assert "<script" not in html
    assert 'href="javascript:' not in html
    assert '"onmouseover' not in html


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("0", "1", ["甲"]),
        ("0", "5", ["甲。", "乙丙。"]),  # heading and body are two elements
        ("2", "4", ["乙丙"]),
        ("1", "3", ["。", "乙"]),
        ("3", "3", []),
        ("4", "2", []),
        ("0", "6", []),  # beyond the text: nothing wrong is marked
        ("-1", "3", []),
        ("a", "3", []),
        (None, "3", []),
        ("２", "４", ["乙丙"]),  # full-width digits are digits
    ],
)
def test_only_a_real_stretch_is_marked(start: str | None, end: str | None, expected: list[str]) -> None:
    assert marked(rendered(plan_of(clause()), "三1", start, end)) == expected


def test_the_quote_is_marked_in_its_own_clause_only() -> None:
    html = rendered(plan_of(clause(), clause(clause_path="三2")), "三2", "2", "4")
    assert marked(html) == ["乙丙"]
    assert html.index('id="三2"') < html.index("<mark>乙丙</mark>")


def test_a_chapter_s_numeral_does_not_read_as_a_dash() -> None:
    html = rendered(plan_of(clause(clause_path="一", heading="甲", kind="chapter")), "一")
    assert ">一、</a>" in html
    assert f"{wording.CITED_BANNER} 一、</span>" in html


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_every_clause_of_a_real_plan_is_there_once(plan: Plan) -> None:
    html = rendered(plan_text(plan))
    anchors = [unescape(found) for found in re.findall(r'<(?:section|tr) [^>]*?id="([^"]*)"', html)]
    assert anchors == [clause.path for clause in plan.clauses]
    printed = words_of(html)
    for each in plan.clauses:
        if not each.cells:  # whose columns are named once, above
            assert re.sub(r"[\s｜]", "", each.text) in printed, each.id


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_the_marked_text_is_the_quote(plan: Plan) -> None:
    text = plan_text(plan)
    for each in text.clauses:
        start, end = len(each.text) // 3, len(each.text)
        html = rendered(plan_of(clause(clause_path="前"), each), each.clause_path, str(start), str(end))
        shown = "".join(marked(html))
        if each.cells:  # whose columns are named once, above
            assert shown.endswith(each.cells[-1].value), each.clause_id
        else:
            assert shown == each.text[start:end].replace("\n", ""), each.clause_id


def test_headings_nest_without_gaps() -> None:
    for plan in PLANS:
        levels = [int(found) for found in re.findall(r"<h([1-6])[ >]", rendered(plan_text(plan)))]
        assert max(levels) <= 6
        assert levels.count(1) == 1


@pytest.mark.parametrize(
    ("kind", "path", "expected"),
    [
        ("heading", "三", "三、"),
        ("chapter", "十二", "十二、"),
        ("heading", "三(四)", "（四）"),
        ("section", "六(三十一)", "（三十一）"),
        ("item", "三(四)21", "21."),
        ("item", "四24", "24."),
        ("box", "专栏1", "专栏1"),
        ("row", "专栏1/10", "10."),
        ("box_item", "专栏2/1", "1."),
        ("article", "第三条", "第三条"),
        ("front", "题头", ""),
        ("back", "落款", ""),
    ],
)
def test_numbers_look_as_in_the_plan(kind: str, path: str, expected: str) -> None:
    assert number_of(clause(kind=kind, clause_path=path)) == expected


def test_a_box_ends_where_the_next_clause_begins() -> None:
    box = clause(clause_path="专栏1", kind="box", text="指标", heading="指标")
    item = clause(clause_path="专栏1/1", kind="box_item", heading="项", text="项。做事。")
    after = clause(clause_path="三", kind="heading", text="任务", heading="任务")
    blocks = build_blocks(plan_of(box, item, after), "", {})
    assert [block.path for block in blocks] == ["专栏1", "三"]
    assert len(blocks[0].parts) == 1


def test_without_a_clause_no_quote_is_marked() -> None:
    assert quote_mark(None, "0", "1") is None


def test_what_a_plan_lacks_is_said() -> None:
    html = rendered(plan_of(clause(), issued_on="2023-03-02"))
    assert wording.PLAN_SILENT in html
    assert "2023年3月2日" in html


STANDINGS = [
    ("superseded", "自2018年10月26日起已由《计量法》取代", ["已被取代", "自2018年10月26日起", wording.STANDS_MORE]),
    ("ahead", "自2099年1月1日起施行，尚未生效", ["尚未施行", "2099年1月1日"]),
]


@pytest.mark.parametrize(("standing", "note", "said"), STANDINGS)
def test_what_is_not_in_force_is_marked(standing: str, note: str, said: list[str]) -> None:
    html = rendered(plan_of(clause(), standing=standing, standing_note=note, expires_on="2028-06-30"))
    lapsed = html[html.index('class="lapsed"') : html.index("<dl")]
    assert all(words in lapsed for words in said)
    assert (wording.STANDS_MORE in lapsed) == (standing != "ahead")
    assert "2028年6月30日" in html


def test_what_is_in_force_today_is_not_spoken_of() -> None:
    html = rendered(plan_of(clause()))
    assert "lapsed" not in html
    assert wording.PLAN_EXPIRES not in html


@pytest.mark.parametrize(("told", "asked"), [("2024-06-30", ["2024-06-30"]), ("2024-02-30", []), ("<b>", [])])
def test_the_day_is_asked_of_the_api_if_it_is_one(told: str, asked: list[str]) -> None:
    seen: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request)
        return httpx.Response(200, json={"plan_id": "p", "title": "某规划", "clauses": []})

    app = FastAPI()
    app.include_router(plan_routes(AskClient("http://api.test", transport=httpx.MockTransport(answer))))
    page = TestClient(app).get("/plans/p", params={"as_of": told})
    assert [request.url.params["as_of"] for request in seen if request.url.params] == asked
    assert (wording.STANDS_ON.format(day="2024年6月30日") in page.text) == bool(asked)


def test_the_page_answers_with_a_strict_policy(view: TestClient) -> None:
    path = quote("三(四)21")
    response = view.get(f"/plans/xiamen?clause={path}&start=0&end=11")
    assert response.status_code == 200
    assert "default-src 'none'" in response.headers["content-security-policy"]
    assert "<script" not in response.text
    assert marked(response.text) == ["建立诚信计量长效机制。"]
    assert "form-action 'self'" in response.headers["content-security-policy"]
    assert wording.UNITS in response.text


def test_an_unknown_clause_is_a_404_with_the_plan(view: TestClient) -> None:
    response = view.get("/plans/xiamen?clause=九99")
    assert response.status_code == 404
    assert reader_wording.CITED_UNKNOWN.format(path="九99") in response.text
    assert "重点任务" in response.text


@pytest.mark.parametrize("typed", ["三（四）21", "三(四) 21", "三（四）２１"])
def test_a_clause_as_people_type_it(view: TestClient, typed: str) -> None:
    response = view.get("/plans/xiamen", params={"clause": typed})
    assert response.status_code == 200
    assert 'class="clause kind-item cited" id="三(四)21"' in response.text


def test_an_unknown_plan_is_a_404_in_chinese(view: TestClient) -> None:
    response = view.get("/plans/atlantis")
    assert (response.status_code, wording.PLAN_NOT_FOUND in response.text) == (404, True)
    assert '<a href="/plans/quanzhou">' in response.text  # a way on


def test_an_absent_api_is_a_503_in_chinese() -> None:
    def refuse(request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("refused")

    app = FastAPI()
    app.include_router(plan_routes(AskClient("http://api.test", transport=httpx.MockTransport(refuse))))
    response = TestClient(app).get("/plans/xiamen")
    assert response.status_code == 503
    assert wording.UNREACHABLE in response.text
