"""The staff's page over a desk whose index is built in no time, and people who open it."""

import re
from html import unescape
from typing import Any

from fastapi import FastAPI
from httpx2 import Response
from starlette.testclient import TestClient

from bot.api import create_app
from bot.api.callers import Callers
from bot.desk import Desk
from bot.records.store import SqlRecords
from tests.bot.fakes import FakeBot
from ui.framing import SafeHeaders
from ui.staff.office import Office
from ui.staff.routes import staff_routes
from ui.widget import mount_assets

HERE = ("127.0.0.1", 50000)
DOCUMENT = (
    "丙市计量工作方案\n丙政发〔2024〕8号\n一、总体要求\n守护民生计量。\n二、主要任务\n"
    "（一）抽查。到2025年，抽查加油机100台。（责任单位：市市场监管局、市商务局）\n"
    "表1 主要指标\n指标\t单位\t2020年\t2025年\n建标数\t项\t10\t20\n受检率\t%\t80\t95\n"
    "<script>alert(1)</script>\n"
)


def app_of(
    records: SqlRecords, desk: Desk | None = None, callers: Callers | None = None, bot: FakeBot | None = None
) -> FastAPI:
    """As `ui.serve` joins it, without the citizens' page."""
    bot, callers = bot or FakeBot(), callers or Callers()
    app = create_app(bot, records=records, callers=callers, desk=desk)
    app.include_router(staff_routes(Office(bot, records, desk, callers)))
    app.add_middleware(SafeHeaders)
    mount_assets(app)
    return app


def visitor(
    app: FastAPI, client: tuple[str, int] = HERE, base_url: str = "http://127.0.0.1:8000", **more: Any
) -> TestClient:
    return TestClient(app, base_url=base_url, client=client, raise_server_exceptions=False, **more)


def token(page: Response | TestClient) -> str:
    """Of the forms on a page."""
    shown = page if isinstance(page, Response) else page.get("/staff/documents")
    found = re.search(r'name="token" value="(\w+)"', shown.text)
    assert found, shown.text
    return found[1]


def words(page: Response) -> str:
    """What is read of a page."""
    return unescape(re.sub(r"<[^>]+>", "", page.text))


def hand_in(staff: TestClient, text: str = DOCUMENT, file: str = "three.txt", **told: str) -> Response:
    fields = {"token": token(staff), **told}
    return staff.post("/staff/documents", data=fields, files={"document": (file, text.encode())})


def decide(staff: TestClient, path: str, fate: str, **fields: str) -> Response:
    shown = staff.get(f"{path}/{fate}")
    return staff.post(f"{path}/{fate}", data={"token": token(shown), **fields})
