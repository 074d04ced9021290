"""`metrology mcp` as assistants start it: a process whose standard output speaks the protocol and nothing else."""

import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from subprocess import PIPE

import anyio
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult
from typer.testing import CliRunner

from ui.cli import app

ROOT = Path(__file__).parents[2]
ITEM = "xiamen:三(四)21"


START = ("-m", "ui.cli", "mcp")
HELLO = {
    "protocolVersion": "2025-06-18",
    "capabilities": {},
    "clientInfo": {"name": "test", "version": "0"},
}


def test_nothing_but_the_protocol_is_said_on_standard_output(tmp_path: Path, small_plans: Path) -> None:
    """Progress of the first build, notes and the log of every answer go elsewhere."""
    env = {"METROLOGY_DATA_DIR": str(tmp_path / "data"), "METROLOGY_PLANS_DIR": str(small_plans)}
    asked = {"name": "ask", "arguments": {"question": "某市二（一）怎么检定电子秤？"}}
    sent = (
        {"id": 1, "method": "initialize", "params": HELLO},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": asked},
    )
    with subprocess.Popen(
        [sys.executable, *START], stdin=PIPE, stdout=PIPE, stderr=PIPE, cwd=ROOT, env={**os.environ, **env}, text=True
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        for message in sent:
            process.stdin.write(json.dumps({"jsonrpc": "2.0", **message}) + "\n")
        process.stdin.flush()
        said = [json.loads(process.stdout.readline()) for _ in range(2)]
        process.stdin.close()
        assert process.stdout.read() == ""
        beside = process.stderr.read()
    assert [each["id"] for each in said] == [1, 2]
    assert said[1]["result"]["structuredContent"]["status"]
    assert "Building the index" in beside
    assert '"event": "answered"' in beside
    assert "电子秤" not in beside


def test_an_assistant_asks_verifies_and_the_receipt_holds(indexed: Path) -> None:
    env = {"METROLOGY_DATA_DIR": str(indexed)}
    server = StdioServerParameters(command=sys.executable, args=list(START), env=env, cwd=ROOT)

    async def main() -> tuple[list[str], CallToolResult, CallToolResult]:
        async with Client(server, read_timeout_seconds=120) as client:
            tools = [tool.name for tool in (await client.list_tools()).tools]
            asked = await client.call_tool("ask", {"question": "厦门第21条讲什么？", "plans": ["xiamen"]})
            cited = (asked.structured_content or {})["citations"][0]
            quoted = {"clause_id": cited["clause_id"], "quote": cited["quote"]}
            return tools, asked, await client.call_tool("verify_quote", quoted)

    tools, asked, verified = anyio.run(main)
    assert tools == ["ask", "search_clauses", "get_clause", "verify_quote"]
    answer, verdict = asked.structured_content or {}, verified.structured_content or {}
    assert answer["status"] == "answered"
    assert verdict["exact"] is True
    result = CliRunner().invoke(app, ["verify-receipt", answer["answer_id"]], env=env)
    assert result.exit_code == 0
    assert "全部成立" in result.stdout


def test_a_taken_port_is_one_line(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        result = CliRunner().invoke(app, ["mcp", "--http", "--port", port], env={"METROLOGY_DATA_DIR": str(tmp_path)})
    assert result.exit_code == 1
    assert port in result.stderr
    assert "Traceback" not in result.stderr


def test_other_commands_do_without_the_sdk() -> None:
    program = "import sys, ui.cli, bot.api, ui.serve; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert not {"mcp", "openai"} & set(run.stdout.split())
