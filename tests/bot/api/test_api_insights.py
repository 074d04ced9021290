"""GET /v1/admin/insights: out of the records, for whom the gate lets in."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.api.insights_schema import Insights
from bot.api.routes_insights import EXAMPLE
from bot.records.database import Database
from bot.records.exchanges import today
from bot.records.keys import Scope
from bot.records.store import SqlRecords
from tests.bot.api.api_builders import client, problem
from tests.bot.api.gates import api, callers_with, key
from tests.bot.fakes import FakeBot
from tests.bot.records.insight_builders import FINES, PASTS, Past, kept

PATH = "/v1/admin/insights"
MARCH = {"from": "2026-03-01", "to": "2026-03-31"}


@pytest.fixture
def records() -> Iterator[SqlRecords]:
    records = kept([*PASTS, Past("罚款是多少", at=f"{today()}")])
    yield records
    records.close()


def test_a_period(bot: FakeBot, records: SqlRecords) -> None:
    bot.texts.nearest_to = {"罚款": FINES}
    response = client(bot, records=records).get(PATH, params=MARCH)
    assert response.status_code == 200
    assert response.headers["cache-control"] == "no-store"
    found: dict[str, Any] = response.json()
    assert list(found) == list(Insights.model_fields) == list(EXAMPLE)
    assert found["period"] == {"first": "2026-03-01", "last": "2026-03-31"}
    assert (found["asked"], found["left_out"]) == (len(PASTS), 0)
    assert found["reasons"] == {"detail_missing": 2, "no_clause": 1, "off_topic": 1}
    assert found["by_clause"][0]["name"] == FINES
    assert found["questions"][0].keys() == EXAMPLE["questions"][0].keys()
    assert bot.asked == [], "nothing is asked again"


def test_the_example_has_the_shape() -> None:
    Insights.model_validate(EXAMPLE)


def test_without_a_period_the_last_thirty_days(bot: FakeBot, records: SqlRecords) -> None:
    found = client(bot, records=records).get(PATH).json()
    assert found["asked"] == 1
    assert found["period"] == {"first": str(today() - timedelta(days=29)), "last": str(today())}


@pytest.mark.parametrize(
    ("params", "said"),
    [
        ({"from": "2026-03-02", "to": "2026-03-01"}, "from"),
        ({"from": "yesterday"}, "from"),
        ({"to": "2026-02-30"}, "to"),
        ({"to": "0"}, "to"),
    ],
)
def test_periods_that_are_none(bot: FakeBot, records: SqlRecords, params: dict[str, str], said: str) -> None:
    document = problem(client(bot, records=records).get(PATH, params=params))
    assert (document["status"], document["type"]) == (422, "/docs#invalid-request")
    assert said in document["detail"]


def test_without_records_or_models(bot: FakeBot, records: SqlRecords, tmp_path: Path) -> None:
    assert problem(client(bot).get(PATH))["type"] == "/docs#records-unavailable"
    (tmp_path / "file").write_text("x")
    broken = SqlRecords(Database(f"sqlite:///{tmp_path}/file/records.db"))
    assert problem(client(bot, records=broken).get(PATH))["type"] == "/docs#records-unavailable"
    del bot.texts
    assert problem(client(bot, records=records).get(PATH))["type"] == "/docs#model-unavailable"


def test_the_gate_stands_before_it(bot: FakeBot, records: SqlRecords) -> None:
    """One place says who may read what people asked."""
    (asks, asking), (staff, reading) = key(), key(Scope.STAFF)
    callers = callers_with(asks, staff)
    shown = {"": 401, asking: 403, reading: 200}
    assert {one: api(bot, callers, one, records=records).get(PATH).status_code for one in shown} == shown
