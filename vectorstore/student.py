"""The encoder's student: one layer that learned to give a passage nearly the vector its twelve would.

Distilled (Hinton et al. 2015, arXiv:1503.02531) for the search of large collections alone: a passage takes it .7 ms,
the encoder 10. What the judge reads, and every question, is the encoder's own. `metrology train student` makes one.
"""

import json
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from vectorstore.onnx import OnnxModel

MODEL, ABOUT = "student.onnx", "student.json"
INPUTS = {"ids", "mask"}


class Student:
    """Safe to share between threads."""

    def __init__(self, folder: Path, teacher: str) -> None:
        """`teacher`: the digest of the encoder whose vectors it is to give.

        Raises ModelUnavailable where `folder` holds no student, or another encoder's.
        """
        self._model = OnnxModel(folder / MODEL)
        self.digest = self._model.digest
        if self._model.inputs != INPUTS or _taught_by(folder / ABOUT) != teacher:
            raise ModelUnavailable(
                str(folder / MODEL),
                "it learned from another encoder than the one beside it; delete it, then run `metrology train student`",
            )

    def vector(self, ids: NDArray[np.int64]) -> NDArray[np.float32]:
        """Of a passage's token ids (1, tokens), first and last mark among them: (dimension,), of length 1."""
        (vectors,) = self._model.run({"ids": ids, "mask": np.ones(ids.shape, dtype=np.float32)})
        found: NDArray[np.float32] = vectors[0]
        return found


def open_student(folder: Path, teacher: str) -> Student | None:
    """None where there is none: then the encoder reads every passage itself. Raises ModelUnavailable."""
    return Student(folder, teacher) if (folder / MODEL).exists() else None


def _taught_by(path: Path) -> str:
    try:
        return str(json.loads(path.read_text(encoding="utf-8"))["teacher"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailable(str(path), f"it does not say whose student it is ({type(error).__name__})") from error
