"""`metrology train …` as far as it goes without torch."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from tests.eval.judge.four_bit_file import four_bit_file
from ui.cli import app as whole
from ui.cli_train import app

STAGES = ["static", "base", "understanding", "heads", "export", "recover", "student", "ship-student"]


@pytest.mark.parametrize("stage", STAGES)
def test_every_stage_explains_itself(stage: str) -> None:
    told = CliRunner().invoke(whole, ["train", stage, "--help"])
    assert told.exit_code == 0
    assert "--out" in told.stdout


def test_the_base_is_made(tmp_path: Path) -> None:
    source = tmp_path / "small.bin"
    source.write_bytes(four_bit_file())
    told = CliRunner().invoke(app, ["base", "--out", str(tmp_path / "base"), "--source", str(source)])
    assert told.exit_code == 0
    assert (tmp_path / "base" / "model.safetensors").is_file()


def test_a_file_that_is_no_base_is_one_line(tmp_path: Path) -> None:
    told = CliRunner().invoke(app, ["base", "--out", str(tmp_path / "base"), "--source", str(tmp_path / "no.bin")])
    assert told.exit_code == 1
    assert told.stderr.startswith("Error: ")
    assert "no.bin" in told.stderr


ASKED = [
    ["understanding", "--base", "b", "--out", "o"],
    ["heads", "--checkpoint", "c", "--out", "o"],
    ["export", "--base", "b", "--checkpoint", "c"],
    ["recover", "--out", "o", "--cross", "c"],
    ["static", "--data", "d", "--out", "o"],
    ["student", "--out", "o"],
    ["ship-student", "--checkpoint", "c"],
]


@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: asked[0])
def test_without_torch_the_extra_is_named(monkeypatch: pytest.MonkeyPatch, asked: list[str]) -> None:
    monkeypatch.setattr("ui.cli_train.find_spec", lambda _: None)
    told = CliRunner().invoke(whole, ["train", *asked])
    assert told.exit_code == 1
    assert "[train]" in told.stderr
