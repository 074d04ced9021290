"""A student's checkpoint → `student.onnx` beside the encoder it learned from, and `student.json` with what it does."""

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from eval.judge.checkpoint import Training
from eval.judge.export import write_model
from eval.judge.manifest import sha256
from eval.judge.network import EncoderNetwork
from eval.judge.tokens import pooled
from vectorstore.encoder import FOLDER, Encoder
from vectorstore.onnx import OnnxModel
from vectorstore.student import ABOUT, MODEL, Student

Say = Callable[[str], None]


class ServedStudent(nn.Module):
    """ids, mask → vector."""

    def __init__(self, network: EncoderNetwork) -> None:
        super().__init__()
        self.network = network

    def forward(self, ids: Tensor, mask: Tensor) -> Tensor:
        return pooled(self.network.run(self.network.embed(ids), mask), mask).vector


def export_student(network: EncoderNetwork, path: Path) -> None:
    ids, mask = torch.ones(2, 9, dtype=torch.long), torch.ones(2, 9)
    texts = {0: "n", 1: "t"}
    write_model(ServedStudent(network), (ids, mask), path, ["ids", "mask"], {"ids": texts, "mask": texts, "vector": {}})


def ship(network: EncoderNetwork, training: Training, held: Sequence[str], say: Say, folder: Path = FOLDER) -> None:
    """`held`: texts it did not learn from. Written and measured aside first. Raises ModelUnavailable."""
    teacher = OnnxModel(folder / "encoder.onnx").digest
    with tempfile.TemporaryDirectory() as aside:
        draft = Path(aside)
        export_student(network, draft / MODEL)
        about: dict[str, Any] = {"teacher": teacher, "sha256": sha256(draft / MODEL)}
        about["training"] = {"seconds": round(training.seconds), "steps": training.steps, **training.notes}
        (draft / ABOUT).write_text(json.dumps(about), encoding="utf-8")
        about["cosine"] = round(_cosine(Student(draft, teacher), Encoder(folder), held), 4)
        say(f"Cosine with the encoder over {len(held)} texts it never read: {about['cosine']}")
        (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        (folder / f"{MODEL}.draft").write_bytes((draft / MODEL).read_bytes())
        os.replace(folder / f"{MODEL}.draft", folder / MODEL)  # a model without its word would open nowhere
    say(f"Written: {folder / MODEL}. An index of the encoder is to be built anew: `metrology build`.")


def _cosine(student: Student, encoder: Encoder, texts: Sequence[str]) -> float:
    own = np.stack([student.vector(encoder.passage_ids(text)) for text in texts])
    theirs = np.stack([one.vector for one in encoder.passages(texts)])
    return float((own * theirs).sum(1).mean())
