"""Schemathesis over the OpenAPI document, in a process of its own: no 5xx, and nothing the document does not say."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from eval.attack.trial import Trial
from eval.load.servers import Program, Server, serving
from ingest.errors import EvalError

PART = "contract"
PRODUCT = "schemathesis"
FAILURES = "= FAILURES ="  # of its output, what follows tells how to repeat each
DETAIL, TOLD = 6_000, 800  # characters
# of its checks those of replies; the others try clients' rights and stateful links, which are not told in the document
CHECKS = (
    "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
    "response_schema_conformance,negative_data_rejection,unsupported_method"
)


class NoSchemathesis(EvalError):
    """The extra is not installed."""

    def __init__(self) -> None:
        super().__init__(
            "No schemathesis: the contract cannot be tried. Run `python -m pip install "
            '"integrity-metrology-bot[proof]"`, or leave it out with --part.'
        )


class NoReport(EvalError):
    """Schemathesis ended without a report."""

    def __init__(self, said: str) -> None:
        super().__init__(f"Schemathesis gave no report. It said: {said}")


@dataclass(frozen=True, slots=True)
class Effort:
    seconds: float = 1_200.0  # then it is ended
    examples: int = 30  # an operation
    seed: int = 1


def require_schemathesis(product: str = PRODUCT) -> None:
    if find_spec(product) is None:
        raise NoSchemathesis


def contract(program: Program, folder: Path, effort: Effort) -> list[Trial]:
    """Raises NoSchemathesis, NoReport, ServerFailed."""
    require_schemathesis()
    with serving(program, folder) as server:
        return try_contract(server, folder, effort)


def try_contract(server: Server, folder: Path, effort: Effort) -> list[Trial]:
    """One trial for the whole, and one for each kind of failure."""
    report = folder / "contract.json"
    address = f"http://{server.address.host}:{server.port}/openapi.json"
    options = ["--max-examples", str(effort.examples), "--seed", str(effort.seed), "--continue-on-failure"]
    writing = ["--report", "json", "--report-json-path", str(report), "--checks", CHECKS, "--no-color"]
    command = [sys.executable, "-m", "schemathesis.cli", "run", address, *options, *writing]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
            timeout=effort.seconds,
        )
        said = done.stdout + done.stderr
    except subprocess.TimeoutExpired:
        said = f"nothing within {effort.seconds:g} s"
    content = json.loads(report.read_text(encoding="utf-8")) if report.is_file() else {}
    if not content.get("operations"):  # it had no document to work on
        raise NoReport(said[-TOLD:])
    return read_report(content, said)


def read_report(report: Mapping[str, Any], said: str) -> list[Trial]:
    """What its JSON says: each kind of failure, and how much was tried at all. `said` has the requests that failed."""
    failures = said[said.find(FAILURES) :][:DETAIL] if FAILURES in said else ""
    failed = [Trial(PART, str(one["title"]), False, f"{_where(one)}\n{failures}") for one in report["failures"]]
    failed += [
        Trial(PART, "could not be tried", False, json.dumps(one, ensure_ascii=False)) for one in report["errors"]
    ]
    operations, cases = report["operations"], report["test_cases"]["generated"]
    told = f"{cases} requests to {operations['tested']} of {operations['selected']} operations"
    whole = cases > 0 and operations["tested"] == operations["selected"]
    return [Trial(PART, "every operation", whole, told), *failed]


def _where(failure: Mapping[str, Any]) -> str:
    return f"{failure['count']} in {', '.join(failure['operations'])}"
