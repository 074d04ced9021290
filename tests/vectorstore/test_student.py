"""A student gives the vectors of passages of which no states are kept. Its worth is measured where it is made."""

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import ModelUnavailable
from vectorstore.encoder import DIMENSION, FOLDER, Encoder
from vectorstore.student import ABOUT, MODEL, open_student

TEXTS = ("诚信计量自我承诺", "强制检定的工作计量器具，应当按期检定。", "鼓励企业配备计量器具。", "")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(FOLDER, tmp_path / "model")
    return tmp_path / "model"


def test_the_shipped_one_gives_nearly_the_encoder_s_vectors(encoder: Encoder) -> None:
    own = encoder.embed_passages(TEXTS[:3])
    theirs = np.stack([one.vector for one in encoder.passages(TEXTS[:3])])
    assert not np.array_equal(own, theirs), "a student reads them"
    assert ((own * theirs).sum(1) > 0.8).all()
    assert np.linalg.norm(own, axis=1) == pytest.approx(1, abs=1e-4)


@pytest.mark.parametrize("cores", [1, 2, 3, 16])
def test_in_their_order_on_any_number_of_cores(encoder: Encoder, cores: int, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = np.concatenate([encoder.embed_passages([text]) for text in TEXTS])
    monkeypatch.setattr("vectorstore.encoder.cores", lambda: cores)
    assert np.array_equal(encoder.embed_passages(TEXTS), expected)
    assert encoder.embed_passages([]).shape == (0, DIMENSION)


def test_what_it_gives_is_not_what_the_judge_reads(encoder: Encoder) -> None:
    """States come from the encoder alone."""
    (vector,) = encoder.embed_passages(TEXTS[:1])
    assert not np.array_equal(encoder.passage(TEXTS[0]).vector, vector)


def test_a_folder_without_one(folder: Path) -> None:
    taught = Encoder(folder)
    (folder / MODEL).unlink()
    alone = Encoder(folder)
    assert alone.id != taught.id, "other vectors, another index"
    assert np.array_equal(alone.embed_passages(TEXTS), np.stack([one.vector for one in alone.passages(TEXTS)]))


@pytest.mark.parametrize("about", ["", "[]", "{}", json.dumps({"teacher": "0" * 12})])
def test_whose_student_it_is_must_be_told_and_right(folder: Path, about: str) -> None:
    (folder / ABOUT).write_text(about, encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="student"):
        Encoder(folder)


def test_a_file_that_is_no_model(folder: Path) -> None:
    (folder / MODEL).write_bytes(b"no model")
    with pytest.raises(ModelUnavailable, match="no model that can be run"):
        Encoder(folder)


def test_a_model_that_reads_something_else(folder: Path) -> None:
    shutil.copyfile(Path("bot/question/router/router.onnx"), folder / MODEL)
    with pytest.raises(ModelUnavailable, match="student"):
        open_student(folder, "")
