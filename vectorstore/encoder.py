"""The shipped encoder: a text → one vector for the search, and a state per token for whoever reads more closely.

A folder holds `encoder.onnx` (12 layers of 384, int8), `tokenizer.json`, and it may hold a student, which gives the
vectors of passages of which no states are kept. A text is always run by itself: int8 scales depend on what shares a
batch, and equal texts must give equal vectors.
"""

import hashlib
import os
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field
from functools import lru_cache
from math import ceil
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from ingest.errors import ModelUnavailable
from vectorstore.onnx import OnnxModel
from vectorstore.student import open_student

FOLDER = Path(__file__).parent / "models" / "metrology-encoder-zh"
QUERY, PASSAGE = "query: ", "passage: "  # as the model was trained (multilingual-e5)
LONGEST_QUERY = 72  # tokens
LONGEST_PASSAGE = 96
PREFIX_ROOM = 8  # tokens that are kept for `QUERY` or `PASSAGE`
CHARACTERS = 4  # that are looked at for every token that is read
SENTENCE_ENDS = "。！？；!?;\n"
DIMENSION = 384
REMEMBERED = 1_024  # questions, and as many passages: some 100 MB of their states, 300 at most
CORES_MAX = 4  # that reading a collection takes of a machine
MARKS = ("<s>", "</s>")  # of a text's first and last token
INPUTS = {"ids", "mask"}

Floats = NDArray[np.float32]
Asked = TypeVar("Asked")
Done = TypeVar("Done")


def cores() -> int:
    """That this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def at_once() -> int:
    """Pieces of work that go side by side."""
    return min(cores(), CORES_MAX)


def on_cores(work: Callable[[Asked], Done], asked: Sequence[Asked]) -> list[Done]:
    """Each piece of work in its caller's context, several at once: while a model runs, another thread may."""
    if len(asked) < 2:
        return [work(one) for one in asked]
    callers = [copy_context() for _ in asked]  # one may not be entered twice at once
    with ThreadPoolExecutor(at_once()) as threads:
        return list(threads.map(lambda caller, one: caller.run(work, one), callers, asked))


def not_kept() -> Floats:
    return np.zeros((0, DIMENSION), dtype=np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Encoding:
    """`states` is (tokens, DIMENSION); `vector` their mean, of length 1.

    `below`, as wide, is what the lower layers give, which a cross-encoder reads; empty where only the others were kept.
    """

    states: Floats
    vector: Floats
    below: Floats = field(default_factory=not_kept)


def open_tokenizer(path: Path) -> Tokenizer:
    """Of a `tokenizer.json`; it neither pads nor cuts. Raises ModelUnavailable."""
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # tokenizers raises nothing narrower
        raise ModelUnavailable(str(path), f"it cannot be read ({error})") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


class Encoder:
    """Implements `vectorstore.embed.Embedder`. Safe to share between threads."""

    dimension = DIMENSION

    def __init__(self, folder: Path = FOLDER) -> None:
        """Raises ModelUnavailable when `folder` does not hold such a model."""
        self._model = OnnxModel(folder / "encoder.onnx")
        try:
            content = (folder / "tokenizer.json").read_bytes()
            self._tokenizer = Tokenizer.from_buffer(content)
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelUnavailable(str(folder), f"tokenizer.json cannot be read ({error})") from error
        self._first, self._last = (self._tokenizer.token_to_id(mark) for mark in MARKS)
        if None in (self._first, self._last) or self._model.inputs != INPUTS:
            raise ModelUnavailable(str(folder), f"no encoder: it needs the tokens {MARKS} and the inputs {INPUTS}")
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()
        self._student = open_student(folder, self._model.digest)
        read_by = self._model.digest + (self._student.digest if self._student else "")
        digest = hashlib.sha256(read_by.encode() + content).hexdigest()[:12]
        self.id = f"encoder:{folder.resolve().name}@{digest}"
        self.query = lru_cache(maxsize=REMEMBERED)(self._query)
        self.passage = lru_cache(maxsize=REMEMBERED)(self._passage)

    def _query(self, text: str) -> Encoding:
        return self._encode(QUERY + text, LONGEST_QUERY)

    def _passage(self, text: str) -> Encoding:
        return self._encode(PASSAGE + text, LONGEST_PASSAGE)

    def passages(self, texts: Sequence[str]) -> list[Encoding]:
        """Each as `passage` has it; none is remembered."""
        return on_cores(self._passage, texts)

    def embed_queries(self, texts: Sequence[str]) -> Floats:
        """(n, DIMENSION), rows of length 1."""
        return _rows([self.query(text) for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> Floats:
        """(n, DIMENSION), rows of length 1; a student's are nearly those that `passages` has."""
        student = self._student
        if student is None:
            return _rows(self.passages(texts))
        share = ceil(len(texts) / at_once()) or 1  # a text takes less than handing it over
        shares = [texts[start : start + share] for start in range(0, len(texts), share)]
        found = on_cores(lambda few: [student.vector(self.passage_ids(text)) for text in few], shares)
        return np.array([row for rows in found for row in rows], dtype=np.float32).reshape(-1, DIMENSION)

    def passage_ids(self, text: str) -> NDArray[np.int64]:
        """What is read of a passage: (1, tokens), first and last mark among them."""
        return self._ids(PASSAGE + text, LONGEST_PASSAGE)

    def count(self, text: str) -> int:
        """How many tokens a text is, by itself."""
        return len(self._tokenizer.encode(text, add_special_tokens=False).ids)

    def stretches(self, text: str, longest: int = LONGEST_PASSAGE) -> list[str]:
        """`text` in parts that can each be read whole, cut after a sentence where one ends in a part's later half."""
        starts = [start for start, _ in self._tokenizer.encode(text, add_special_tokens=False).offsets]
        return list(_parts(text, starts, longest - PREFIX_ROOM)) or [text]

    def _ids(self, text: str, longest: int) -> NDArray[np.int64]:
        ids = self._tokenizer.encode(text[: CHARACTERS * longest], add_special_tokens=False).ids[:longest]
        return np.array([[self._first, *ids, self._last]], dtype=np.int64)

    def _encode(self, text: str, longest: int) -> Encoding:
        row = self._ids(text, longest)
        states, vector, below = self._model.run({"ids": row, "mask": np.ones(row.shape, dtype=np.float32)})
        return Encoding(states[0], vector[0], below[0])


def _rows(encodings: Sequence[Encoding]) -> Floats:
    if not encodings:
        return np.zeros((0, DIMENSION), dtype=np.float32)
    return np.stack([encoding.vector for encoding in encodings])


def _parts(text: str, starts: Sequence[int], tokens: int) -> Iterator[str]:
    """`starts` of the text's tokens, in order; several may share one."""
    at, first = 0, 0  # a character, and the first token that is not before it
    while first < len(starts):
        wide = bisect_left(starts, at + (CHARACTERS - 1) * tokens, first + 1)
        last = min(first + tokens, wide, len(starts))
        stop = starts[last] if last < len(starts) else len(text)
        if last < len(starts):
            half = at + (stop - at) // 2
            ends = [found + 1 for end in SENTENCE_ENDS if (found := text.rfind(end, half, stop)) >= 0]
            stop = max(ends, default=max(stop, at + 1))
        yield text[at:stop]
        at, first = stop, bisect_left(starts, stop, first) if stop < len(text) else len(starts)
