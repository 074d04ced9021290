"""The MCP server, asked by the SDK's own client over streamable HTTP on this machine."""

from collections.abc import Awaitable, Callable, Iterator
from typing import Any, TypeVar

import anyio
import httpx
import pytest
from mcp import Client
from mcp.types import CallToolResult, TextContent
from pydantic import BaseModel

from bot.api import schema
from bot.api.metrics import Metrics
from bot.api.parts import Parts
from bot.api.present import Presenter
from bot.api.readiness import Readiness
from bot.model import Answer, Mode, Statement, Status
from bot.records.store import SqlRecords
from tests.bot.api.gates import callers_with, key
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot
from tests.documents import corpus_of
from ui.mcp import PATH, FoundClause, gated, http_app, mcp_server

ITEM = "xiamen:三(四)21"
TOOLS = ["ask", "search_clauses", "get_clause", "verify_quote"]
Given = TypeVar("Given")


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()


@pytest.fixture
def records() -> Iterator[SqlRecords]:
    records = SqlRecords.at("sqlite://")
    yield records
    records.close()


@pytest.fixture
def address(bot: FakeBot, records: SqlRecords) -> Iterator[str]:
    parts = Parts(bot, records, Presenter("https://bot.example"), Metrics(), Readiness({}), max_question=50)
    with served(http_app(mcp_server(parts, "9.9"), "127.0.0.1")) as address:
        yield address + PATH


def talk(address: str, act: Callable[[Client], Awaitable[Given]], mode: str = "auto") -> Given:
    async def main() -> Given:
        async with Client(address, mode=mode) as client:
            return await act(client)

    return anyio.run(main)


def call(address: str, tool: str, **arguments: Any) -> CallToolResult:
    return talk(address, lambda client: client.call_tool(tool, arguments))


def text(result: CallToolResult) -> str:
    (only,) = result.content
    assert isinstance(only, TextContent)
    return only.text


def failure(result: CallToolResult) -> str:
    assert result.is_error
    return text(result)


def test_four_tools_say_what_they_take_and_give(bot: FakeBot, address: str) -> None:
    tools = talk(address, lambda client: client.list_tools()).tools
    assert [tool.name for tool in tools] == TOOLS
    shapes: tuple[type[BaseModel], ...] = (schema.Answer, schema.SearchResult, FoundClause, schema.Verdict)
    for tool, shape in zip(tools, shapes, strict=True):
        assert tool.output_schema is not None
        assert set(tool.output_schema["properties"]) == set(shape.model_fields)
        assert all(each.get("description") for each in tool.input_schema["properties"].values())
        assert all(plan.id in (tool.description or "") for plan in bot.corpus.plans)
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is True
    assert tools[0].input_schema["required"] == ["question"]
    assert tools[0].input_schema["properties"]["mode"]["enum"] == ["auto", "extractive"]


@pytest.mark.parametrize("mode", ["auto", "legacy"])
def test_the_server_tells_clients_old_and_new_how_to_use_it(bot: FakeBot, address: str, mode: str) -> None:
    async def told(client: Client) -> tuple[str, str, list[str]]:
        tools = [tool.name for tool in (await client.list_tools()).tools]
        assert client.server_info is not None
        return client.instructions or "", client.server_info.name, tools

    instructions, name, tools = talk(address, told, mode)
    assert (name, tools) == ("metrology", TOOLS)
    assert "人工智能生成合成内容" in instructions
    assert all(plan.title in instructions for plan in bot.corpus.plans)


def test_ask_answers_as_the_api_does_and_keeps_a_receipt(bot: FakeBot, records: SqlRecords, address: str) -> None:
    result = call(address, "ask", question="诚信计量自我承诺", plans=["quanzhou", "xiamen"])
    answer = schema.Answer.model_validate(result.structured_content)
    assert text(result) == answer.plain_text
    assert "出处：" in text(result)
    assert text(result).startswith("【原文摘录】")
    for cited in answer.citations:
        assert bot.corpus.clause(cited.clause_id).text[cited.start : cited.end] == cited.quote
        assert cited.url.startswith("https://bot.example/plans/")
    assert bot.asked == [("诚信计量自我承诺", None, ("xiamen", "quanzhou"), "auto")]
    assert records.receipt(answer.answer_id) is not None


def test_what_a_model_wrote_keeps_its_label(bot: FakeBot, address: str) -> None:
    written = Statement("厦门推行自我承诺。", (bot.cite(ITEM),))
    bot.answers = [Answer(Status.ANSWERED, (written,), mode=Mode.LLM, model="m")]
    result = call(address, "ask", question="诚信计量自我承诺")
    assert text(result).startswith("【人工智能生成合成内容")
    assert (result.structured_content or {})["generated"] is True


def test_search_ranks_and_narrows(address: str) -> None:
    result = call(address, "search_clauses", query="诚信计量自我承诺", plans=["quanzhou"], limit=3)
    found = schema.SearchResult.model_validate(result.structured_content)
    assert [hit.index for hit in found.hits] == [1, 2, 3]
    assert {hit.plan_id for hit in found.hits} == {"quanzhou"}
    for hit in found.hits:
        assert f"（{hit.clause_id}）\n「{hit.quote}」" in text(result)
    assert text(call(address, "search_clauses", query="zzzz")) == "没有相近的条款。"


def test_a_day_may_be_asked_of_and_what_has_lapsed_is_marked(bot: FakeBot, address: str) -> None:
    bot.corpus = corpus_of("law-2018", "law-2015")
    call(address, "ask", question="罚款", as_of="2016-01-01")
    assert bot.days == ["2016-01-01"]
    asked = {"query": "责令停止使用", "plans": ["law-2015"]}
    assert text(call(address, "search_clauses", **asked)).startswith("（已被取代）[1]")
    assert text(call(address, "search_clauses", as_of="2016-01-01", **asked)).startswith("[1]")
    assert bot.searched[-2:] == ["", "2016-01-01"]
    old = call(address, "get_clause", clause_id="law-2015:第三条")
    assert text(old).startswith("注意：本文件自2018年10月26日起已由")
    assert (old.structured_content or {})["standing"] == "superseded"
    then = call(address, "get_clause", clause_id="law-2015:第三条", as_of="2016-01-01")
    assert (then.structured_content or {})["standing"] == "in_force"
    assert "as_of" in failure(call(address, "ask", question="计量", as_of="2016-02-30"))


@pytest.mark.parametrize("typed", [ITEM, "xiamen：三（四）21"])
def test_a_clause_is_read_however_its_id_is_typed(bot: FakeBot, address: str, typed: str) -> None:
    result = call(address, "get_clause", clause_id=typed)
    clause = FoundClause.model_validate(result.structured_content)
    assert clause.clause_id == ITEM
    assert clause.text == bot.corpus.clause(ITEM).text
    assert clause.plan_number is None
    assert clause.text in text(result)
    assert text(result).startswith("《厦门市贯彻落实国务院")
    assert "责任单位：市市场监管局、" in text(result)


@pytest.mark.parametrize(
    ("quote", "verified", "exact", "said"),
    [
        ("推行经营者诚信计量自我承诺。", True, True, "是原文，逐字一致"),
        ("强化市场经营主体责任,推行", True, False, "只有全半角、繁简或空白不同"),
        ("取消经营者诚信计量自我承诺。", False, False, "不是原文"),
    ],
)
def test_quotes_are_verified(address: str, quote: str, verified: bool, exact: bool, said: str) -> None:
    result = call(address, "verify_quote", clause_id=ITEM, quote=quote)
    verdict = schema.Verdict.model_validate(result.structured_content)
    assert (verdict.verified, verdict.exact) == (verified, exact)
    assert said in text(result)
    assert not result.is_error


@pytest.mark.parametrize(
    ("tool", "arguments", "said"),
    [
        ("ask", {"question": " \u200b"}, "question 不能为空"),
        ("ask", {"question": "量" * 51}, "最多 50 字"),
        ("ask", {"question": "计量", "plans": ["hangzhou"]}, "可用的有：state-council、xiamen"),
        ("ask", {"question": "计量", "mode": "magic"}, "mode"),
        ("ask", {}, "question"),
        ("search_clauses", {"query": ""}, "query 不能为空"),
        ("search_clauses", {"query": "计量", "limit": 0}, "limit"),
        ("get_clause", {"clause_id": "xiamen:九"}, "没有这一条款：xiamen:九"),
        ("verify_quote", {"clause_id": "xiamen:九", "quote": "计量"}, "没有这一条款"),
        ("verify_quote", {"clause_id": ITEM, "quote": "\n"}, "quote 不能为空"),
    ],
)
def test_mistakes_are_told_so_that_a_model_can_mend_them(
    bot: FakeBot, address: str, tool: str, arguments: dict[str, Any], said: str
) -> None:
    assert said in failure(call(address, tool, **arguments))
    assert bot.asked == []


def test_crashes_keep_their_secrets(bot: FakeBot, address: str, caplog: pytest.LogCaptureFixture) -> None:
    bot.answers = [RuntimeError("password=hunter2")]
    assert "hunter2" not in failure(call(address, "ask", question="计量"))
    assert "ask" in caplog.text


def test_other_names_for_this_machine_are_refused(address: str) -> None:
    """A web page elsewhere that has its own name lead here must not reach the tools."""
    asked = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
    headers = {"Host": "evil.example", "Accept": "application/json, text/event-stream"}
    response = httpx.post(address, json=asked, headers=headers)
    assert response.status_code in (403, 421)
    assert "ask" not in response.text


def test_over_http_a_key_is_asked_for_as_the_api_asks(bot: FakeBot, records: SqlRecords) -> None:
    made, told = key()
    parts = Parts(bot, records, Presenter(), Metrics(), Readiness({}), max_question=50, callers=callers_with(made))
    with served(gated(http_app(mcp_server(parts), "127.0.0.1"), parts)) as address:
        opening = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
        headers = {"Accept": "application/json, text/event-stream"}
        refused = httpx.post(address + PATH, json=opening, headers=headers, trust_env=False, timeout=60)
        assert refused.status_code == 401
        headers["Authorization"] = f"Bearer {told}"
        assert httpx.post(address + PATH, json=opening, headers=headers, trust_env=False, timeout=60).status_code != 401
