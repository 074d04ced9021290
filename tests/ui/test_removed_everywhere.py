"""A plan is removed while a service runs: afterwards no way leads to its text."""

import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import anyio
import pytest
from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from starlette.testclient import TestClient

from bot.api.metrics import Metrics
from bot.api.parts import Parts
from bot.api.present import SAME_HOST
from bot.api.readiness import Readiness
from bot.live import LiveBot
from bot.settings import Settings
from tests.bot.held import ONE, TWO, folder_of
from ui.desk import desk_of
from ui.mcp import announce, mcp_server
from ui.serve import build_app
from ui.state import open_state
from ui.wire import open_live

SAID, TITLE = "每年组织两次能力比对", "乙市计量工作方案"
QUESTION = "乙市每年组织几次能力比对？"
SESSION = "s-1"


@dataclass
class Service:
    """A service over two plans, in this process, and what changes its documents."""

    api: TestClient
    bot: LiveBot
    server: MCPServer[Any]
    index: Path
    remove: Callable[[], Any]


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    place = tmp_path_factory.mktemp("service")
    settings = Settings(
        data_dir=place / "data", plans_dir=folder_of(place / "plans", one=ONE, two=TWO), embedder="hash"
    )
    bot, state = open_live(settings), open_state(settings)
    desk = desk_of(settings, state.records.database, switched=bot.look)
    app = build_app(bot, settings, "http://127.0.0.1:1", with_page=False, state=state, desk=desk)
    parts = Parts(bot, None, SAME_HOST, Metrics(), Readiness({}), 2000)
    server = mcp_server(parts)
    bot.listen(lambda _: announce(server, parts))
    with TestClient(app) as api:
        yield Service(api, bot, server, settings.data_dir / "index", lambda: desk.curator.remove(["two"], "test"))
    bot.close()
    state.records.close()
    shutil.rmtree(place)


def asked(service: Service, **more: Any) -> str:
    return service.api.post("/v1/ask", json={"question": QUESTION, **more}).text


def asked_again(service: Service) -> str:
    """With the key of a request whose answer is kept."""
    return service.api.post("/v1/ask", json={"question": QUESTION}, headers={"Idempotency-Key": "k-1"}).text


def followed_up(service: Service) -> str:
    """In a conversation that was about the plan."""
    return "".join(
        service.api.post("/v1/ask", json={"question": text, "session_id": SESSION}).text
        for text in ("那一条的原文是什么？", "上一条呢？", "由谁负责？")
    )


def chatted(service: Service) -> str:
    messages = [{"role": "user", "content": QUESTION}, {"role": "user", "content": "原文是什么？"}]
    return service.api.post("/v1/chat/completions", json={"model": "metrology-auto", "messages": messages}).text


def over_mcp(service: Service) -> str:
    """What it says of itself, and every tool."""
    server = service.server

    async def called() -> list[str]:
        told = [str(server.instructions), *(str(tool.description) for tool in await server.list_tools())]
        for name, arguments in (
            ("ask", {"question": QUESTION}),
            ("search_clauses", {"query": QUESTION}),
            ("get_clause", {"clause_id": "two:二(一)"}),
            ("verify_quote", {"clause_id": "two:二(一)", "quote": SAID}),
        ):
            try:
                told.append(str(await server.call_tool(name, arguments)))
            except ToolError as error:  # it found nothing
                told.append(str(error))
        return told

    return "".join(anyio.run(called))


WAYS: dict[str, Callable[[Service], str]] = {
    "ask": asked,
    "a look without a model": lambda service: asked(service, deadline_ms=50),
    "ask in the plan": lambda service: asked(service, plans=["two"]),
    "ask within a session": lambda service: asked(service, session_id=SESSION),
    "the same request again": asked_again,
    "stream": lambda service: service.api.post("/v1/ask/stream", json={"question": QUESTION}).text,
    "search": lambda service: service.api.get("/v1/search", params={"q": SAID}).text,
    "plans": lambda service: service.api.get("/v1/plans").text,
    "the plan": lambda service: service.api.get("/v1/plans/two").text,
    "its clause": lambda service: service.api.get("/v1/clauses/two:二(一)").text,
    "verify": lambda service: service.api.post("/v1/verify", json={"clause_id": "two:二(一)", "quote": SAID[:4]}).text,
    "chat completions": chatted,
    "follow-ups": followed_up,
    "MCP": over_mcp,
}


def texts_of(index: Path) -> str:
    """Everything in every version on disk, what JSON writes as escapes too."""
    files = [path.read_bytes() for path in index.rglob("*") if path.is_file()]
    return "".join(content.decode("utf-8", "replace") for content in files)


def test_what_was_removed_comes_back_by_no_way(service: Service) -> None:
    before = {name: way(service) for name, way in WAYS.items()}
    told = [name for name, text in before.items() if SAID in text or json.dumps(SAID)[1:-1] in text]
    assert set(told) >= set(WAYS) - {"plans", "verify", "follow-ups"}, "the ways lead to the text as long as it is held"
    assert TITLE in before["plans"]
    assert SAID in texts_of(service.index)

    outcome = service.remove()

    assert outcome.waiting == ()
    after = {name: way(service) for name, way in WAYS.items()}
    shown = {name: text.replace(QUESTION, "").replace(f'"query":"{SAID}"', "") for name, text in after.items()}
    shown["verify"] = shown["verify"].replace(SAID[:4], "")
    assert [name for name, text in shown.items() if SAID in text or "能力比对" in text or TITLE in text] == []
    assert SAID not in texts_of(service.index)
    assert [path.name for path in (service.index / "versions").iterdir()] == [outcome.folder.name]
