"""A model file is opened, told apart from others, and run; one that cannot be is named."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import ModelUnavailable
from vectorstore.encoder import DIMENSION, FOLDER, INPUTS
from vectorstore.onnx import Arrays, OnnxModel

SHIPPED = FOLDER / "encoder.onnx"


def unlinked(path: Path) -> None:
    path.unlink()


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def holding(content: bytes) -> Callable[[Path], None]:
    def damage(path: Path) -> None:
        path.write_bytes(content)

    return damage


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        pytest.param(unlinked, "cannot read it .No such file", id="no file"),
        pytest.param(a_folder, "cannot read it .Is a directory", id="a folder"),
        pytest.param(holding(b""), "it is no model that can be run", id="empty"),
        pytest.param(holding(b"no model"), "it is no model that can be run", id="text"),
        pytest.param(holding(b"\xff" * 4096), "it is no model that can be run", id="garbage"),
        pytest.param(holding(SHIPPED.read_bytes()[:100_000]), "it is no model that can be run", id="cut short"),
    ],
)
def test_what_is_no_model_is_named(tmp_path: Path, damage: Callable[[Path], None], said: str) -> None:
    path = tmp_path / "some.onnx"
    path.write_bytes(b"x")
    damage(path)
    with pytest.raises(ModelUnavailable, match=said) as caught:
        OnnxModel(path)
    assert str(path) in str(caught.value)
    assert caught.value.__cause__ is not None, "what the library said is not lost"


@pytest.fixture(scope="module")
def model() -> OnnxModel:
    return OnnxModel(SHIPPED)


def test_outputs_come_in_the_file_s_order_and_are_the_same_each_time(model: OnnxModel) -> None:
    assert model.inputs == INPUTS
    ids = np.array([[0, 5, 6, 2]], dtype=np.int64)
    inputs: Arrays = {"ids": ids, "mask": np.ones(ids.shape, dtype=np.float32)}
    outputs = model.run(inputs)
    assert [one.shape for one in outputs] == [(1, 4, DIMENSION), (1, DIMENSION), (1, 4, DIMENSION)]
    assert {one.dtype for one in outputs} == {np.dtype(np.float32)}
    assert [one.tobytes() for one in model.run(inputs)] == [one.tobytes() for one in outputs]


def test_the_digest_is_of_the_content_not_of_the_place(model: OnnxModel, tmp_path: Path) -> None:
    (tmp_path / "copy.onnx").write_bytes(SHIPPED.read_bytes())
    assert OnnxModel(tmp_path / "copy.onnx").digest == model.digest
    assert len(model.digest) == 12
    assert int(model.digest, 16) >= 0
