"""Plans and comparisons with English labels: what is left in Chinese are quotations, and marked as such."""

from collections.abc import Iterator

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ingest.load import load_shipped_plans
from tests.ui.fake_api import FakeApi, client_of, fake_app
from tests.ui.plan_builders import clause, found, plan_of, plan_text, rendered
from tests.ui.test_language import HAN, unmarked
from ui import reader_wording_en, wording, wording_en
from ui.api_errors import ApiProblem
from ui.failures import explain
from ui.language import Speaks
from ui.plan_beside import Beside, CitedPlans, Finding, Neighbours
from ui.plan_view import plan_routes
from ui.replies import PlanEntry
from ui.spoken import speaking
from ui.unavailable import render_unavailable

# A plan whose own words are not Chinese: then nothing Chinese may be left at all.
UNITS = [{"name": "Office", "role": "lead"}, {"name": "Bureau", "role": "support"}]
CLAUSES = (
    clause(clause_path="0", kind="front", heading="", text="Addressee"),
    clause(clause_path="1", kind="heading", heading="Alpha", text="Alpha"),
    clause(
        clause_path="1(2)", heading="Beta", headings=["Alpha"], text="Beta. First.\nSecond.", responsible_units=UNITS
    ),
    clause(clause_path="B1", kind="box", heading="Box", text="Box"),
    clause(clause_path="B1/1", kind="row", heading="Rate（%）", text="Rate（%）｜2020：86｜2025：95"),
    clause(clause_path="9", kind="back", heading="", text="Signature"),
)
CITED = {"clause_path": "1(2)", "start": 0, "end": 4, "cited_plan_id": "q", "cited_plan_title": "Other"}
NEAR = {"plan_id": "q", "plan_title": "Other", "clause_path": "2", "quote": "Gamma.", "similarity": 0.9}
BESIDE = {
    "alone": Beside(),
    "near": Beside(
        None,
        CitedPlans.model_validate({"cited": [CITED]}).cited,
        Neighbours.model_validate({"neighbours": [NEAR, {**NEAR, "level": "national"}]}).neighbours,
    ),
    "nothing near": Beside(near=()),
    "found": found("First", ("1(2)", 6, 11), ("1(2)", 13, 19), total=900),
    "not found": found("Nothing"),
    "too long": Beside(Finding("x" * 101, None)),
    "away": Beside(Finding("First", None)),
}
STANDINGS = [
    {},
    {"standing": "expired", "standing_note": "Repealed", "version": "2", "expires_on": "2024-06-30"},
    {"standing": "ahead", "standing_note": "Begins later"},
]


@pytest.fixture(autouse=True)
def _in_english() -> Iterator[None]:
    with speaking("en"):
        yield


def chinese(html: str) -> str:
    """What is left in it beside the way to the other language."""
    return "".join(HAN.findall(html.replace(f">{wording_en.SWITCH}<", "><")))


@pytest.mark.parametrize("beside", BESIDE.values(), ids=BESIDE)
@pytest.mark.parametrize("path", ["", "1(2)", "B1/1", "77"])
def test_every_label_of_the_reader_is_english(beside: Beside, path: str) -> None:
    html = rendered(plan_of(*CLAUSES, title="Plan"), path, "0", "4", beside=beside)
    assert chinese(html) == ""
    assert (reader_wording_en.TIES in html) == (path != "1(2)")  # the way to others, but from the clause itself
    assert wording_en.FRONT_TITLE in html


@pytest.mark.parametrize("standing", STANDINGS)
@pytest.mark.parametrize("day", ["", "2024-07-01"])
def test_what_is_told_of_a_plan_s_time_is_english(standing: dict[str, str], day: str) -> None:
    html = rendered(plan_of(*CLAUSES, title="Plan", issued_on="2023-03-02", **standing), day=day)
    assert chinese(html) == ""
    assert "2023-3-2" in html


def test_the_words_of_a_real_plan_are_marked_as_chinese() -> None:
    plan = next(plan for plan in load_shipped_plans().plans if plan.id == "xiamen")
    near = BESIDE["near"]
    for path in ("三(四)21", "专栏1/9", "无此"):
        html = rendered(plan_text(plan), path, "0", "4", beside=near)
        assert unmarked(body(html)) == []
        assert '<article lang="zh-CN">' in html
        assert '<a class="tie" lang="en"' in html
    looked_for = rendered(plan_text(plan), beside=found("计量", ("三(四)21", 2, 4)))
    assert unmarked(body(looked_for)) == []
    assert reader_wording_en.FOUND.format(words='<span lang="zh-CN">计量</span>', total=1) in looked_for


def test_in_chinese_the_reader_marks_nothing_as_chinese() -> None:
    with speaking("zh"):
        html = rendered(plan_of(*CLAUSES, title="Plan"), "1(2)", beside=BESIDE["near"])
    assert " lang=" not in body(html).replace(' lang="en" hreflang="en"', "")
    assert ">English</a>" in html


def body(html: str) -> str:
    return html.partition("<body")[2].partition(">")[2].partition("</body>")[0]


def test_the_page_of_what_is_not_there_is_english_too() -> None:
    others = (PlanEntry(plan_id="p", title="某规划"),)
    html = render_unavailable(wording_en.PLAN_NOT_FOUND, wording_en.PLAN_NOT_FOUND_MORE, others)
    assert unmarked(body(html)) == []
    assert reader_wording_en.OTHER_PLANS in html


@pytest.fixture(scope="module")
def reader() -> TestClient:
    app = FastAPI()
    app.include_router(plan_routes(client_of(fake_app(FakeApi()))))
    app.add_middleware(Speaks, root="")
    return TestClient(app)


def test_the_reader_speaks_as_its_address_asks_and_keeps_what_is_looked_for(reader: TestClient) -> None:
    page = reader.get("/plans/xiamen", params={"lang": "en", "q": "计量"})
    assert page.headers["content-language"] == "en"
    assert '<html lang="en">' in page.text
    assert 'href="?q=%E8%AE%A1%E9%87%8F&amp;lang=zh"' in page.text
    assert len(page.content) <= 100_000


def test_a_file_is_chinese_as_the_plan_is(reader: TestClient) -> None:
    text = reader.get("/plans/xiamen/plan.txt?lang=en").content.decode()
    with speaking("zh"):
        assert f"{wording.PLAN_REGION}：" in text
    assert "\r\n网址：" in text
    assert wording_en.PLAN_REGION not in text


def test_a_failure_is_told_in_the_visitor_s_language() -> None:
    refused = ApiProblem(429, "Quota", "", retry_after=7)
    assert explain(refused) == wording_en.TOO_MANY + wording_en.WAIT_SECONDS.format(seconds=7)
    assert explain(ApiProblem(401, "", "")) == wording_en.NOT_ALLOWED
    with speaking("zh"):
        assert explain(ApiProblem(413, "", "")) == wording.TOO_LONG
