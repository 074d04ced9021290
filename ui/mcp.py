"""The bot as a Model Context Protocol server: four tools that only read. Alone imports mcp.

A tool's text is Chinese and names its sources; its structured content is what the HTTP API answers with.
"""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from mcp.server.mcpserver import MCPServer
from mcp.server.mcpserver.exceptions import ToolError
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import BaseModel, Field
from starlette.applications import Starlette

from bot.api import asking, present, render, schema, standings
from bot.api.fields import folded_id, is_blank
from bot.api.gate import Gate
from bot.api.parts import Parts
from bot.api.problems import Problem, of_metrology
from bot.api.requests import MAX_QUOTE, AskRequest, Day
from bot.api.routes_corpus import MAX_HITS, searched
from bot.live import one_version
from bot.service import Bot
from ingest.errors import MetrologyError
from ingest.model import Clause
from ui.listen import STOP_SECONDS, server_of
from ui.mcp_text import ANNOUNCED, ASK, GET_CLAUSE, SEARCH, VERIFY, clause_text, search_text, verdict_text

PATH = "/mcp"
DESCRIBED = {"ask": ASK, "search_clauses": SEARCH, "get_clause": GET_CLAUSE, "verify_quote": VERIFY}
READS = ToolAnnotations(read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False)

Question = Annotated[str, Field(description="问题原文，须自成一句（写明城市、事项），不依赖上文。")]
Wanted = Annotated[str, Field(description="要找的内容，如“诚信计量自我承诺”。")]
PlanIds = Annotated[list[str] | None, Field(max_length=100, description="只在这些规划里找，填 plan_id；省略即全部。")]
AskMode = Annotated[
    Literal["auto", "extractive"], Field(description="auto：配置了大模型则用；extractive：只摘录条款原文。")
]
AsOf = Annotated[
    Day | None, Field(description="按哪一天有效的文件（ISO 日期，如 2024-06-30）；省略即今天。问题里写明的日期优先。")
]
Limit = Annotated[int, Field(ge=1, le=MAX_HITS, description="最多几条。")]
ClauseId = Annotated[
    str, Field(max_length=200, description="条款标识，如 xiamen:三(四)21、xiamen:专栏1/9、xiamen:题头。")
]
Quote = Annotated[str, Field(max_length=MAX_QUOTE, description="要核对的文字，照原样。")]


class FoundClause(schema.ClauseInTime):
    """条款及其所在的规划。"""

    plan_title: str
    plan_number: str | None
    url: str


class Tools:
    """What the tools do. What goes wrong is a ToolError in Chinese, for the model to read and mend."""

    def __init__(self, parts: Parts) -> None:
        self.parts = parts

    def ask(
        self, question: Question, plans: PlanIds = None, mode: AskMode = "auto", as_of: AsOf = None
    ) -> Annotated[CallToolResult, schema.Answer]:
        def answered() -> CallToolResult:
            answer = asking.answer(self.parts, AskRequest(question=question, plans=plans, mode=mode, as_of=as_of))
            return _result(answer, answer.plain_text)

        return _explained(self.parts.bot, answered)

    def search_clauses(
        self, query: Wanted, plans: PlanIds = None, limit: Limit = 10, as_of: AsOf = None
    ) -> Annotated[CallToolResult, schema.SearchResult]:
        def found() -> CallToolResult:
            text = self.parts.legible(query, "query")
            result = searched(self.parts, text, plans, limit, as_of)
            return _result(result, search_text(result))

        return _explained(self.parts.bot, found)

    def get_clause(self, clause_id: ClauseId, as_of: AsOf = None) -> Annotated[CallToolResult, FoundClause]:
        def found() -> CallToolResult:
            clause = self._clause(clause_id)
            corpus = self.parts.bot.corpus
            plan = corpus.plan(clause.plan_id)
            number = plan.metadata.number
            shown = FoundClause(
                **present.clause_detail(plan, clause).model_dump(),
                **standings.stands(plan, standings.on(as_of), corpus),
                plan_title=plan.title,
                plan_number=number.value if number else None,
                url=render.clause_url(self.parts.present.public_url, plan.id, clause.path),
            )
            return _result(shown, clause_text(shown, shown.plan_title, shown.plan_number))

        return _explained(self.parts.bot, found)

    def verify_quote(self, clause_id: ClauseId, quote: Quote) -> Annotated[CallToolResult, schema.Verdict]:
        def verified() -> CallToolResult:
            if is_blank(quote):
                raise ToolError("quote 不能为空。")
            clause = self._clause(clause_id)
            verdict = self.parts.present.verdict(clause, self.parts.bot.verify(clause.id, quote), quote)
            return _result(verdict, verdict_text(verdict, clause.text))

        return _explained(self.parts.bot, verified)

    def _clause(self, clause_id: str) -> Clause:
        corpus = self.parts.bot.corpus
        return corpus.clause(clause_id if corpus.has_clause(clause_id) else folded_id(clause_id))


def mcp_server(parts: Parts, version: str = "") -> MCPServer[Any]:
    server: MCPServer[Any] = MCPServer(
        "metrology",
        title="诚信计量规划问答",
        instructions="",
        version=version,
        log_level="WARNING",  # below that, the arguments of failed calls are logged: they are what someone asked
    )
    tools = Tools(parts)
    for tool, title in (
        (tools.ask, "提问"),
        (tools.search_clauses, "检索条款"),
        (tools.get_clause, "读条款"),
        (tools.verify_quote, "核对引文"),
    ):
        server.add_tool(tool, title=title, annotations=READS)
    announce(server, parts)
    return server


def announce(server: MCPServer[Any], parts: Parts) -> None:
    """Say which plans there are, also when they are others than before.

    In place, for a tool that was taken away for a moment could not be called in it; it has no public way.
    """
    plans = "\n".join(f"- {plan.id}：{plan.region}，{plan.title}" for plan in parts.bot.corpus.plans)
    server._lowlevel_server.instructions = ANNOUNCED.format(plans=plans)
    for name, described in (
        ("ask", ASK),
        ("search_clauses", SEARCH),
        ("get_clause", GET_CLAUSE),
        ("verify_quote", VERIFY),
    ):
        if tool := server._tool_manager.get_tool(name):
            tool.description = described.format(plans=plans)


def http_app(server: MCPServer[Any], host: str) -> Starlette:
    """Streamable HTTP at PATH. Nothing is kept between calls, so that any number of processes may serve.

    On a loopback `host` requests under other names are refused, which keeps web pages of other sites out.
    """
    return server.streamable_http_app(streamable_http_path=PATH, host=host, stateless_http=True, json_response=True)


def gated(app: Starlette, parts: Parts) -> Gate:
    """Whoever may ask over the API may ask here, with the same key and within the same quota."""
    return Gate(app, parts.callers, {})


def serve_http(server: MCPServer[Any], parts: Parts, host: str, port: int) -> None:
    """Until stopped."""
    server_of(gated(http_app(server, host), parts), host, port, stop_seconds=STOP_SECONDS).run()


def _result(found: BaseModel, text: str) -> CallToolResult:
    return CallToolResult(
        content=[TextContent(type="text", text=text)], structured_content=found.model_dump(mode="json")
    )


def _explained(bot: Bot, act: Callable[[], CallToolResult]) -> CallToolResult:
    """What `act` gives; our own errors become ToolErrors, which the caller is shown, others stay on the server."""
    try:
        with one_version(bot):
            return act()
    except MetrologyError as error:
        problem = error if isinstance(error, Problem) else of_metrology(error)
        known = problem.members.get("known")
        hint = f"可用的有：{'、'.join(map(str, known))}。" if isinstance(known, list | tuple) else ""
        raise ToolError(problem.detail + hint) from error
