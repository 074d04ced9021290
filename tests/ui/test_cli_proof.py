"""`metrology eval load` and `metrology eval attack`: what they are told, and what they start."""

from pathlib import Path

import pytest

from eval.attack.run import Part as AttackPart
from eval.load.run import Part as LoadPart
from tests.ui.cli_runner import Run, runner
from ui.cli_proof import ALONE, chosen, command, service


@pytest.fixture
def run(tmp_path: Path) -> Run:
    return runner(tmp_path)


@pytest.mark.parametrize(
    ("named", "known"),
    [("load", "one of grid, flood, soak"), ("attack", "one of fuzz, slow, contract, kill, outage, update")],
)
def test_a_slip_is_named_with_the_parts_there_are(run: Run, named: str, known: str) -> None:
    result = run("eval", named, "--part", "flod")
    assert result.exit_code == 1
    assert f"Setting '--part' has value 'flod'. Expected {known}." in result.output


def test_parts_are_taken_once_and_in_order() -> None:
    assert chosen(["soak", "grid", "soak"], LoadPart) == (LoadPart.SOAK, LoadPart.GRID)
    assert chosen(list(AttackPart), AttackPart) == tuple(AttackPart)


@pytest.mark.parametrize("named", ["load", "attack"])
def test_they_are_commands_of_eval(run: Run, named: str) -> None:
    result = run("eval", named, "--help")
    assert result.exit_code == 0
    assert "--part" in result.output


def test_the_service_is_a_server_of_our_own_that_touches_nothing_of_anyone(tmp_path: Path) -> None:
    program = service(tmp_path)
    assert program.command(8123)[-5:] == ["--no-page", "--host", "127.0.0.1", "--port", "8123"]
    assert program.environment["METROLOGY_DATA_DIR"] == str(tmp_path)
    assert {name for name, value in program.environment.items() if value is None} == set(ALONE)
    assert {"DATABASE_URL", "REDIS_URL", "CHROMA_URL", "LLM_MODEL"} <= set(ALONE)


def test_scale_asks_for_a_place_and_names_what_is_no_collection(run: Run, tmp_path: Path) -> None:
    assert "--place" in run("eval", "scale", "--help").output
    slip = run(
        "eval", "scale", str(tmp_path / "away.jsonl"), "--place", str(tmp_path), "--articles", "1", "--embedder", "no"
    )
    assert slip.exit_code == 1
    assert "'no'" in slip.output


def test_a_command_is_this_program() -> None:
    assert command(["add", "a.txt"])[1:] == ["-m", "ui.cli", "add", "a.txt"]
