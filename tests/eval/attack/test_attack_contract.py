"""The contract tried by schemathesis: its report is read, and a service that breaks its own document is found out."""

import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from eval.attack.contract import Effort, NoReport, NoSchemathesis, read_report, require_schemathesis, try_contract
from eval.load.servers import HOST, Program, accepts, serving
from tests.eval.fakes_served import listener

API = """
import sys, uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
app = FastAPI()
class Question(BaseModel):
    question: str
@app.post("/v1/ask")
async def ask(asked: Question) -> dict[str, str]:
    raise RuntimeError
uvicorn.run(app, host="127.0.0.1", port=int(sys.argv[1]), log_level="critical")
"""
REPORT: dict[str, Any] = {
    "failures": [{"title": "Server error", "count": 2, "operations": ["POST /v1/ask", "GET /v1/plans"]}],
    "errors": [{"message": "no connection"}],
    "operations": {"selected": 3, "tested": 3},
    "test_cases": {"generated": 90},
}


def test_a_report_becomes_trials() -> None:
    whole, failed, error = read_report(REPORT, "noise\n===== FAILURES =====\ncurl -X POST\n")
    assert (whole.held, whole.said) == (True, "90 requests to 3 of 3 operations")
    assert (failed.name, failed.held) == ("Server error", False)
    assert failed.said.startswith("2 in POST /v1/ask, GET /v1/plans")
    assert "curl -X POST" in failed.said, "how to repeat it"
    assert not error.held
    assert "no connection" in error.said


@pytest.mark.parametrize(
    ("operations", "generated"), [({"selected": 3, "tested": 2}, 90), ({"selected": 0, "tested": 0}, 0)]
)
def test_what_was_not_tried_did_not_hold(operations: dict[str, int], generated: int) -> None:
    report = {"failures": [], "errors": [], "operations": operations, "test_cases": {"generated": generated}}
    (whole,) = read_report(report, "")
    assert not whole.held


def test_without_the_extra_it_says_how_to_get_it() -> None:
    with pytest.raises(NoSchemathesis, match=r"pip install .*\[proof\]"):
        require_schemathesis("no_such_product")


needs = pytest.mark.skipif(find_spec("schemathesis") is None, reason="needs the [proof] extra")


@needs
def test_a_service_that_breaks_its_document_is_found_out(tmp_path: Path) -> None:
    program = Program("api", lambda port: [sys.executable, "-c", API, str(port)], {}, accepts)
    with serving(program, tmp_path) as server:
        trials = try_contract(server, tmp_path, Effort(examples=2))
    assert trials[0].held, "all of it was tried"
    assert "Server error" in {trial.name for trial in trials[1:]}


@needs
def test_a_server_without_a_document_gives_no_report(tmp_path: Path) -> None:
    with serving(listener(tmp_path), tmp_path) as server, pytest.raises(NoReport, match="It said"):
        try_contract(server, tmp_path, Effort(seconds=60, examples=1))
    assert HOST in f"{server.address}"
