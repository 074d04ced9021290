import json
import re
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
onnx = pytest.importorskip("onnx", reason="needs the [train] extra")

from torch import nn  # noqa: E402

from eval.judge.checkpoint import Networks  # noqa: E402
from eval.judge.cross_network import CrossNetwork  # noqa: E402
from eval.judge.export import export_cross, export_encoder, export_judge, export_router  # noqa: E402
from eval.judge.manifest import write_manifest  # noqa: E402
from eval.judge.network import JudgeNetwork  # noqa: E402
from eval.judge.recover import fill, recover, weights_of  # noqa: E402
from eval.judge.ship import Folders  # noqa: E402
from ingest.errors import ModelUnavailable  # noqa: E402
from tests.eval.judge.torch_builders import small_networks  # noqa: E402

pytestmark = pytest.mark.models

FILES = ("encoder.onnx", "judge.onnx", "cross.onnx", "router.onnx")
STEP = 0.02  # of an int8 weight whose row reaches to 2.5


def served(folder: Path, networks: Networks, cross: CrossNetwork) -> Path:
    folder.mkdir()
    export_encoder(networks, folder / "encoder.onnx")
    export_judge(networks, folder / "judge.onnx")
    export_cross(cross, folder / "cross.onnx")
    export_router(networks, folder / "router.onnx")
    told = {"seconds": 70, "heads": {"steps": 3}, "cross": {"steps": 5}}
    write_manifest(folder, {"thresholds": {}, "training": told})
    return folder


def trained(*networks: nn.Module) -> None:
    """No two weights alike, as after a training: the exporter writes equal ones once."""
    draw = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for weight in (one for network in networks for one in network.parameters()):
            weight.copy_(torch.randn(weight.shape, generator=draw) / 2)


@pytest.fixture(scope="module")
def networks() -> Networks:
    found = small_networks(3)
    trained(found.encoder, found.judge, found.router)
    return found


@pytest.fixture(scope="module")
def cross() -> CrossNetwork:
    found = CrossNetwork(1)
    trained(found)
    return found


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, networks: Networks, cross: CrossNetwork) -> Path:
    return served(tmp_path_factory.mktemp("served") / "first", networks, cross)


def test_every_weight_comes_back_as_near_as_int8_keeps_it(
    folder: Path, networks: Networks, cross: CrossNetwork
) -> None:
    found = recover(Folders(folder, folder, folder))
    pairs = [
        (networks.encoder, found.networks.encoder),
        (networks.judge, found.networks.judge),
        (networks.router, found.networks.router),
        (cross, found.cross),
    ]
    for before, after in pairs:
        then, now = dict(before.named_parameters()), dict(after.named_parameters())
        assert then.keys() == now.keys()
        for name, weight in then.items():
            assert (weight - now[name]).abs().max() < STEP, name


def test_written_again_untouched_the_files_are_the_same(folder: Path, tmp_path: Path) -> None:
    found = recover(Folders(folder, folder, folder))
    again = served(tmp_path / "again", found.networks, found.cross)
    for name in FILES:
        assert (again / name).read_bytes() == (folder / name).read_bytes(), name


def test_how_far_they_came_is_told_by_stage(folder: Path) -> None:
    found = recover(Folders(folder, folder, folder))
    assert (found.training.seconds, found.training.notes) == (70, {"heads": {"steps": 3}})
    assert (found.crossed.seconds, found.crossed.notes) == (0, {"cross": {"steps": 5}})


def test_how_the_exporter_counted_does_not_matter(folder: Path, networks: Networks) -> None:
    model = onnx.load(str(folder / "judge.onnx"))
    for tensor in model.graph.initializer:
        tensor.name = re.sub(r"(?<=_)\d+", lambda found: str(int(found[0]) + 700), tensor.name)
    path = folder / "renumbered.onnx"
    onnx.save(model, str(path))
    found = JudgeNetwork(blocks=1)
    filled = Networks(networks.encoder, found, networks.router)
    fill(found, weights_of(path), lambda aside: export_judge(filled, aside, quantise=False))
    now = dict(found.named_parameters())
    for name, weight in networks.judge.named_parameters():
        assert (weight - now[name]).abs().max() < STEP, name


def test_a_file_of_another_network_is_refused(folder: Path, tmp_path: Path) -> None:
    for name in (*FILES, "manifest.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    (tmp_path / "judge.onnx").write_bytes((folder / "router.onnx").read_bytes())
    with pytest.raises(ModelUnavailable, match=r"judge\.onnx.*another network"):
        recover(Folders(tmp_path, tmp_path, tmp_path))


def test_what_is_no_onnx_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "judge.onnx").write_text(json.dumps({}))
    with pytest.raises(ModelUnavailable, match=r"judge\.onnx"):
        weights_of(tmp_path / "judge.onnx")
