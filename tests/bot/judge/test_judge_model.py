"""The weights as a file: rows are probabilities, whatever order and length the sentences have."""

import json
from copy import copy
from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from bot.judge.model import FOLDER, JudgeModel, Thresholds
from ingest.errors import ModelUnavailable
from vectorstore.encoder import DIMENSION, Encoding
from vectorstore.onnx import Arrays, OnnxModel


@pytest.fixture(scope="module")
def model() -> JudgeModel:
    return JudgeModel()


def encoding(tokens: int, seed: int = 1) -> Encoding:
    states = np.random.default_rng(seed).normal(size=(tokens, DIMENSION)).astype(np.float32)
    mean = states.mean(axis=0)
    return Encoding(states, mean / np.linalg.norm(mean))


def test_rows_are_probabilities(model: JudgeModel) -> None:
    found = model.read(encoding(9), [encoding(tokens, tokens) for tokens in range(3, 19)])
    assert found.shape == (16, 3)
    assert np.all(found >= 0)
    assert np.allclose(found.sum(axis=1), 1, atol=1e-4)


def test_no_sentence_no_row(model: JudgeModel) -> None:
    assert model.read(encoding(9), []).shape == (0, 3)


def test_rows_stand_where_their_sentences_do(model: JudgeModel) -> None:
    sentences = [encoding(tokens, tokens) for tokens in (30, 4, 17, 9, 25, 6, 12, 21, 5, 40)]
    found = model.read(encoding(9), sentences)
    assert np.array_equal(model.read(encoding(9), sentences[::-1]), found[::-1])
    assert len({tuple(row) for row in found.round(6)}) > 1


class Recorder(OnnxModel):
    """Keeps what it is given."""

    def __init__(self) -> None:
        self.given: list[Arrays] = []

    def run(self, inputs: Arrays) -> list[NDArray[np.float32]]:
        self.given.append(inputs)
        return [np.full((len(inputs["x"]), 3), 1 / 3, dtype=np.float32)]


def test_each_sentence_is_run_by_itself_without_padding(model: JudgeModel) -> None:
    watched, recorder = copy(model), Recorder()
    watched._model = recorder
    sentences = [encoding(tokens, tokens) for tokens in (30, 4, 17)]
    question = encoding(9)
    watched.read(question, sentences)
    assert [one["x"].shape[:2] for one in recorder.given] == [(1, 30), (1, 4), (1, 17)]
    for given, sentence in zip(recorder.given, sentences, strict=True):
        assert np.array_equal(given["x"][0], sentence.states)
        assert np.array_equal(given["xv"][0], sentence.vector)
        assert given["xm"].all()
        assert np.array_equal(given["q"][0], question.states)
        assert np.array_equal(given["qv"][0], question.vector)


def test_what_is_read_beside_it_changes_nothing(model: JudgeModel) -> None:
    sentences = [encoding(tokens, tokens) for tokens in (30, 4, 17)]
    together = model.read(encoding(9), sentences)
    alone = [model.read(encoding(9), [one])[0] for one in sentences]
    assert np.array_equal(together, np.stack(alone))


def test_it_names_its_weights(model: JudgeModel) -> None:
    assert model.id.startswith("judge@")
    assert len(model.id) > len("judge@")


def test_thresholds_are_probabilities(model: JudgeModel) -> None:
    said = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))["thresholds"]
    assert model.thresholds == Thresholds(**said)
    assert all(0 < said[name] < 1 for name in ("bears", "states", "beside", "quoted"))
    assert model.thresholds.near >= 0


@pytest.mark.parametrize(
    "content", ["", "{}", '{"thresholds": {"bears": 0.5}}', '{"thresholds": {"bears": 1, "else": 2}}', "[]"]
)
def test_a_manifest_that_cannot_be_read(tmp_path: Path, content: str) -> None:
    (tmp_path / "judge.onnx").symlink_to(FOLDER / "judge.onnx")
    (tmp_path / "manifest.json").write_text(content)
    with pytest.raises(ModelUnavailable, match=r"manifest\.json"):
        JudgeModel(tmp_path)


def test_weights_that_are_not_there(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"judge\.onnx"):
        JudgeModel(tmp_path)
