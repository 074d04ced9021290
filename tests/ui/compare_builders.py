"""Comparisons as the API tells them, and the page over an API in this process."""

from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.api import create_app
from tests.bot.topics import TopicBot
from tests.ui.fake_api import client_of
from ui.compare.told import Axis, Comparison, Counted, Point
from ui.compare.view import compare_routes

CLAUSE = {"clause_path": "专栏1/9", "url": "/plans/p?clause=x#x"}


def point(year: int | None = 2025, written: str | None = "850家", number: float | None = 850, **more: Any) -> Point:
    return Point.model_validate(
        {**CLAUSE, "year": year, "value": written, "written": written, "number": number, **more}
    )


def counted(plan_id: str = "p", name: str = "承诺单位", **given: Any) -> Counted:
    return Counted.model_validate({"plan_id": plan_id, "name": name, "unit": "家", "target": point(), **given})


def axis(*bars: Counted, **given: Any) -> Axis:
    return Axis.model_validate({"name": "承诺单位", "unit": "家", "bars": bars, **given})


def comparison(**given: Any) -> Comparison:
    plans = [{"plan_id": each, "title": f"{each}的规划", "name": f"{each}市", "says": False} for each in ("p", "q")]
    return Comparison.model_validate({"topic": "承诺", "plans": plans, **given})


def page_over(bot: TopicBot, **given: Any) -> TestClient:
    app = FastAPI()
    app.include_router(compare_routes(client_of(create_app(bot)), **given))
    return TestClient(app)
