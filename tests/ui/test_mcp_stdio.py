"""`metrology mcp` as assistants start it: a process whose standard output speaks the protocol and nothing else."""

import socket
import subprocess
import sys
from pathlib import Path

import anyio
from mcp import Client, StdioServerParameters
from mcp.types import CallToolResult
from typer.testing import CliRunner

from ui.cli import app

ROOT = Path(__file__).parents[2]
ITEM = "xiamen:三(四)21"


def test_an_assistant_asks_verifies_and_the_receipt_holds(tmp_path: Path) -> None:
    """The first start builds the index too, and says so beside the protocol."""
    env = {"METROLOGY_DATA_DIR": str(tmp_path), "METROLOGY_EMBEDDER": "hash"}
    server = StdioServerParameters(command=sys.executable, args=["-m", "ui.cli", "mcp"], env=env, cwd=ROOT)

    async def main() -> tuple[list[str], CallToolResult, CallToolResult]:
        async with Client(server, read_timeout_seconds=120) as client:
            tools = [tool.name for tool in (await client.list_tools()).tools]
            asked = await client.call_tool("ask", {"question": "厦门怎么推行诚信计量自我承诺？", "plans": ["xiamen"]})
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
