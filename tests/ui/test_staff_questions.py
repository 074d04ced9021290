"""What was asked, on the staff's page: numbers, groups, reasons, a chart; answers become evaluation cases."""

import json
import re
from collections.abc import Iterator
from datetime import date

import pytest
from starlette.testclient import TestClient

from bot.model import Status
from bot.records.asked import disliked, most_asked
from bot.records.exchanges import Period, today
from bot.records.insights import Volume
from bot.records.receipts import Feedback
from bot.records.store import SqlRecords
from tests.bot.fakes import FakeBot
from tests.bot.records.insight_builders import FINES, PASTS, PLEDGE, Past, kept
from tests.ui.staff_builders import app_of, visitor, words
from ui.staff import wording
from ui.staff.chart import BARS_MAX, HEIGHT, LEFT, WIDTH, chart_of

MARCH = {"from": "2026-03-01", "to": "2026-03-31"}
WHY = "没说罚多少，请打13812345678"


@pytest.fixture(scope="module")
def records() -> Iterator[SqlRecords]:
    records = kept([*PASTS, Past("罚款是多少", at=f"{today()}"), Past("<b>粗</b>", Status.NOT_FOUND, at="2026-03-13")])
    (asked,) = [one for one in records.exchanges("2026-03-11", "2026-03-12") if one.disliked]
    records.rate(Feedback(asked.answer_id, False, WHY, asked.asked_at, caller="another"))
    yield records
    records.close()


@pytest.fixture
def staff(records: SqlRecords) -> TestClient:
    bot = FakeBot()
    bot.texts.nearest_to = {"罚款": FINES}
    return visitor(app_of(records, bot=bot))


def test_a_period_is_told_in_numbers_and_groups(staff: TestClient) -> None:
    shown = staff.get("/staff/insights", params=MARCH)
    told = words(shown)
    assert wording.ASKED_COUNT.format(first="2026-03-01", last="2026-03-31", asked=len(PASTS) + 1) in told
    assert '<a href="/plans/quanzhou?clause=%E4%B8%89%28%E5%9B%9B%2917#' in shown.text
    group = told[told.index(FINES) :]
    assert "罚款 多少钱？" in group[: group.index(wording.DISLIKED_TITLE)]
    assert "条款未写明所问" in told
    assert "&lt;b&gt;粗&lt;/b&gt;" in shown.text
    assert "<b>粗" not in shown.text
    assert "<script" not in shown.text


def test_without_a_period_the_last_thirty_days(staff: TestClient) -> None:
    assert "共 1 次提问" in words(staff.get("/staff/insights"))


def test_reasons_of_the_disliked_are_told_without_what_is_personal(staff: TestClient) -> None:
    told = words(staff.get("/staff/insights", params=MARCH))
    told = told[told.index(wording.DISLIKED_TITLE) :]
    assert "厦门怎么推行自我承诺？" in told
    assert "没说罚多少" in told
    assert "13812345678" not in told


def test_the_chart_and_its_table_tell_the_same(staff: TestClient) -> None:
    shown = staff.get("/staff/insights", params=MARCH).text
    chart, table = shown[shown.index("<svg") : shown.index("</svg>")], shown[shown.index("</svg>") :]
    drawn = dict(re.findall(r"<title>(2026-\d\d-\d\d)：(\d+)</title>", chart))
    assert len(drawn) == 31, "days on which nothing was asked stand too"
    listed = dict(re.findall(r'<th scope="row">(2026-\d\d-\d\d)</th><td class="n">(\d+)</td>', table))
    assert {day: count for day, count in drawn.items() if count != "0"} == listed
    assert sum(map(int, listed.values())) == len(PASTS) + 1
    assert 'role="img"' in chart


def test_one_click_makes_a_case(staff: TestClient, records: SqlRecords) -> None:
    asked = next(one for one in records.exchanges("2026-03-10", "2026-03-11") if one.status is Status.PARTIAL)
    shown = staff.get(f"/staff/answers/{asked.answer_id}").text
    assert f'href="/staff/cases/{asked.answer_id}.jsonl"' in shown
    given = staff.get(f"/staff/cases/{asked.answer_id}.jsonl")
    assert given.headers["content-disposition"] == f'attachment; filename="case-{asked.answer_id}.jsonl"'
    (row,) = [json.loads(line) for line in given.text.splitlines()]
    assert (row["turns"], row["also"], row["aspect"]) == (["罚款多少钱？"], [FINES], "detail_missing")
    assert row["status"] == [], "what is right a person has to say"


def test_every_question_in_doubt_makes_a_case_at_once(staff: TestClient) -> None:
    given = staff.get("/staff/cases.jsonl", params=MARCH)
    rows = [json.loads(line) for line in given.text.splitlines()]
    assert {row["turns"][0] for row in rows} >= {"罚款 多少钱？", "罚款几万？", "天气怎么样", "厦门怎么推行自我承诺？"}
    assert given.headers["content-type"].startswith("application/x-ndjson")
    shown = staff.get("/staff/insights", params=MARCH).text
    assert 'href="/staff/cases.jsonl?from=2026-03-01&amp;to=2026-03-31"' in shown


def test_an_answer_is_shown_with_what_was_said_of_it(staff: TestClient, records: SqlRecords) -> None:
    asked = next(one for one in records.exchanges("2026-03-11", "2026-03-12") if one.disliked)
    told = words(staff.get(f"/staff/answers/{asked.answer_id}"))
    for said in ("厦门怎么推行自我承诺？", PLEDGE, "引。[1]", "没说罚多少", wording.RATING[False]):
        assert said in told


@pytest.mark.parametrize("path", ["/staff/answers/none", "/staff/cases/none.jsonl"])
def test_an_answer_nobody_gave_is_not_found(staff: TestClient, path: str) -> None:
    refused = staff.get(path)
    assert (refused.status_code, wording.UNKNOWN_ANSWER in refused.text) == (404, True)


@pytest.mark.parametrize("params", [{"from": "gestern"}, {"from": "2026-03-02", "to": "2026-03-01"}])
@pytest.mark.parametrize("path", ["/staff/insights", "/staff/cases.jsonl"])
def test_periods_that_are_none(staff: TestClient, path: str, params: dict[str, str]) -> None:
    refused = staff.get(path, params=params)
    assert (refused.status_code, wording.BAD_PERIOD in refused.text) == (422, True)


def test_nothing_asked_is_said(staff: TestClient) -> None:
    shown = staff.get("/staff/insights", params={"from": "2020-01-01", "to": "2020-01-02"})
    assert wording.NOTHING_ASKED in shown.text
    assert "<svg" not in shown.text


def test_without_models_it_is_said(records: SqlRecords) -> None:
    bot = FakeBot()
    del bot.texts
    refused = visitor(app_of(records, bot=bot)).get("/staff/insights")
    assert (refused.status_code, "编码模型" in refused.text) == (503, True)


def test_what_is_asked_most_comes_first(records: SqlRecords) -> None:
    often = most_asked(records.exchanges("2026-03-01", "2026-04-01"))
    assert [(one.question, one.times) for one in often[:2]] == [("罚款 多少钱？", 2), ("厦门怎么推行自我承诺？", 2)]
    assert len(most_asked(records.exchanges("2026-03-01", "2026-04-01"), most=1)) == 1


def test_the_latest_disliked_comes_first_and_no_more_than_wanted(records: SqlRecords) -> None:
    exchanges = records.exchanges("2026-03-01", "2026-04-01")
    (one,) = disliked(exchanges, records.feedback)
    assert (one.times, one.reasons) == (2, ("没说罚多少，请打***",))
    assert disliked(exchanges, records.feedback, most=0) == ()


def volume(day: str, **counts: int) -> Volume:
    statuses = {status: counts.get(status.value, 0) for status in Status}
    return Volume(day, sum(counts.values()), statuses, 0)


def test_a_bar_is_as_high_as_its_number() -> None:
    period = Period(date(2026, 3, 1), date(2026, 3, 3))
    chart = chart_of(period, [volume("2026-03-01", answered=3, partial=1), volume("2026-03-03", not_found=8)])
    first, second, third = chart.bars
    assert (first.asked, second.asked, third.asked) == (4, 0, 8)
    assert second.pieces == ()
    heights = [sum(piece.height for piece in bar.pieces) for bar in chart.bars]
    assert heights[2] == pytest.approx(2 * heights[0], abs=0.05)
    assert [piece.status for piece in first.pieces] == [Status.ANSWERED, Status.PARTIAL]
    assert first.pieces[0].y == pytest.approx(first.pieces[1].y + first.pieces[1].height, abs=0.05)
    assert [mark.text for mark in chart.lines] == ["0", "2", "4", "6", "8"]
    assert all(bar.x >= LEFT and bar.x + bar.width <= WIDTH for bar in chart.bars)
    assert all(0 <= piece.y <= HEIGHT for bar in chart.bars for piece in bar.pieces)


def test_many_days_are_put_together() -> None:
    period = Period(date(2025, 1, 1), date(2026, 12, 31))
    days = [volume(f"2025-01-{day:02}", answered=1) for day in range(1, 32)]
    chart = chart_of(period, days)
    assert len(chart.bars) <= BARS_MAX
    assert sum(bar.asked for bar in chart.bars) == 31
    assert chart.bars[0].name.startswith("2025-01-01 – ")


def test_a_chart_of_nothing_has_a_scale() -> None:
    chart = chart_of(Period(date(2026, 3, 1), date(2026, 3, 1)), [])
    assert [mark.text for mark in chart.lines] == ["0", "1", "2", "3", "4"]
