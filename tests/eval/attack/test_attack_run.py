"""A whole attack on tiny services: each part on a folder of its own, told and written down."""

import json
from pathlib import Path

import pytest

from eval.attack.kill import Killing
from eval.attack.run import Options, Part, run
from eval.attack.trial import Trial, told
from eval.load.questions import Kind
from eval.load.servers import Program
from tests.eval.fakes_served import fake_service, supply


@pytest.mark.parametrize("flaw", ["", "writes later"])
def test_a_run_is_told_and_written_down(tmp_path: Path, flaw: str) -> None:
    folders: list[Path] = []
    said: list[str] = []

    def service(data: Path) -> Program:
        folders.append(data)
        return fake_service(data, flaw)

    out = tmp_path / "out" / "attack.json"
    killing = Killing(kills=1, seconds=0.5, clients=2)
    options = Options((Part.KILL, Part.KILL), tmp_path / "index", killing=killing, json=out)
    trials = run(service, supply().of(Kind.LOOK_UP), options, said.append, lambda *_: None)
    report = json.loads(out.read_text(encoding="utf-8"))
    assert report["tried"] == len(trials) == 6
    assert report["failed"] == sum(not trial.held for trial in trials) == (4 if flaw else 0)
    assert report["settings"]["killing"]["seconds"] == 0.5
    assert str(tmp_path) not in json.dumps(report)
    assert len(set(folders)) == 2
    assert not any(folder.exists() for folder in folders)
    assert ("FAILED kill: receipts" in "\n".join(said)) is bool(flaw)


def test_failures_are_told_by_name_and_figures_too() -> None:
    trials = [
        Trial("fuzz", "a", True),
        Trial("fuzz", "b", False, "status 500"),
        Trial("kill", "c", True, "0 of 9 lost"),
    ]
    lines = told(trials).splitlines()
    assert [line.split() for line in lines[2:4]] == [["fuzz", "2", "1"], ["kill", "1", "0"]]
    assert lines[4:] == ["FAILED fuzz: b: status 500", "kill: c: 0 of 9 lost"]
