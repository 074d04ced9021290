"""Our own kind of model, a table of token vectors, read without torch.

A folder holds `modules.json`, `tokenizer.json` and `model.safetensors` in the native layout of
sentence-transformers (`StaticEmbedding` + `Normalize`), so `SentenceTransformer(folder)` reads it too.
"""

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from tokenizers import Tokenizer

from ingest.errors import ModelUnavailable
from vectorstore.embed_rows import unit_rows

_WEIGHTS = "embedding.weight"
_FEW = 8  # up to here the tokenizer's thread pool costs more than it saves


class TokenIds:
    """Texts to token ids, as a `tokenizer.json` says, with no special tokens added."""

    def __init__(self, tokenizer_json: str) -> None:
        self._tokenizer = Tokenizer.from_str(tokenizer_json)
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    @property
    def size(self) -> int:
        """How many different tokens there are."""
        return int(self._tokenizer.get_vocab_size())

    def __call__(self, texts: Sequence[str]) -> list[list[int]]:
        if len(texts) <= _FEW:
            return [self._tokenizer.encode(text, add_special_tokens=False).ids for text in texts]
        encodings = self._tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)
        return [encoding.ids for encoding in encodings]


class StaticEmbedder:
    """A text's vector is the mean of its tokens' vectors, scaled to length 1: some 50 µs a question."""

    def __init__(self, folder: Path | str) -> None:
        """Raises ModelUnavailable when `folder` does not hold such a model."""
        folder = Path(folder)
        _require_static(folder)
        tokenizer, weights = _read(folder / "tokenizer.json"), _read(folder / "model.safetensors")
        try:
            self._tokens = TokenIds(tokenizer.decode("utf-8"))
            # As float32 a row is added twice as fast as in the float16 it is shipped in.
            self._vectors = load_tensors(weights)[_WEIGHTS].astype(np.float32)
        except (SafetensorError, KeyError, ValueError) as error:
            raise ModelUnavailable(str(folder), f"its files cannot be read ({error})") from error
        except Exception as error:  # tokenizers raises nothing narrower
            raise ModelUnavailable(str(folder), f"tokenizer.json cannot be read ({error})") from error
        digest = hashlib.sha256(tokenizer + weights).hexdigest()[:12]
        self.id = f"static:{folder.resolve().name}@{digest}"
        self.dimension = int(self._vectors.shape[1])

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), rows of length 1; all zero for a text with no token the model knows."""
        rows = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for row, ids in zip(rows, self._tokens(texts), strict=True):
            # The sum points where the mean does.
            self._vectors.take(ids, axis=0).sum(axis=0, out=row)
        return unit_rows(rows)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """As `embed_queries`: this kind of model makes no difference."""
        return self.embed_queries(texts)


def _require_static(folder: Path) -> None:
    try:
        modules = json.loads(_read(folder / "modules.json"))
        kinds = [str(module["type"]).rpartition(".")[2] for module in modules]
    except (ValueError, TypeError, KeyError) as error:
        raise ModelUnavailable(str(folder), f"modules.json cannot be read ({error})") from error
    if kinds not in (["StaticEmbedding"], ["StaticEmbedding", "Normalize"]):
        raise ModelUnavailable(str(folder), f"it is made of {kinds}, not of StaticEmbedding; give it as 'st:{folder}'")


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise ModelUnavailable(str(path.parent), f"cannot read {path.name} ({error.strerror})") from error
