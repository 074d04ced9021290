"""Programs for what starts servers: the fake service, and a thing it depends on."""

import sys
from pathlib import Path

from eval.load.questions import Questions
from eval.load.servers import HOST, Program, accepts, ready_at

LISTENS = """
import socket, sys
with socket.create_server(("127.0.0.1", int(sys.argv[1]))) as server:
    while True:
        server.accept()[0].close()
"""


def fake_service(data: Path, flaw: str = "") -> Program:
    def command(port: int) -> list[str]:
        options = ["--host", HOST, "--port", str(port), "--log-level", "warning", "--no-access-log"]
        return [sys.executable, "-m", "uvicorn", "tests.eval.fake_service:app", *options]

    environment = {"FLAW": flaw, "METROLOGY_DATA_DIR": str(data), "REDIS_URL": None}
    return Program("service", command, environment, ready_at("/readyz"))


def listener(_folder: Path) -> Program:
    """Takes connections and closes them."""
    return Program("listener", lambda port: [sys.executable, "-c", LISTENS, str(port)], {}, accepts)


def supply() -> Questions:
    return Questions([f"look up {number}" for number in range(50)], [f"judge {number}" for number in range(50)])
