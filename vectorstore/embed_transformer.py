"""Any sentence-transformers model, behind the extra [models]; torch is loaded only when one is opened."""

import hashlib
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from ingest.errors import ModelUnavailable
from vectorstore.embed_prompts import Prompts, prompts_for
from vectorstore.embed_rows import unit_rows

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

INSTALL = 'pip install "integrity-metrology-bot[models]"'


class SentenceTransformerEmbedder:
    """A published model by name (fetched and cached by sentence-transformers), or a folder."""

    def __init__(self, name_or_path: str, *, threads: int = 1) -> None:
        """`threads` is torch's: one serves fastest when neighbours use the other cores.

        Raises ModelUnavailable when the extra is not installed or the model cannot be loaded.
        """
        self._model = _load(name_or_path, threads)
        self._prompts = prompts_for(name_or_path, self._model.prompts)
        self.id = f"st:{name_or_path}@{_content_hash(self._model, self._prompts)}"
        self.dimension = int(self._model.get_embedding_dimension() or 0)

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), rows of length 1."""
        return self._embed(texts, self._prompts.query)

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), rows of length 1."""
        return self._embed(texts, self._prompts.passage)

    def _embed(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        vectors = self._model.encode(list(texts), prompt=prompt, convert_to_numpy=True, show_progress_bar=False)
        # Scaled here and not by the model: in float16 its rows are off by some 5e-4.
        return unit_rows(vectors)


def _load(name_or_path: str, threads: int) -> "SentenceTransformer":
    try:
        import torch
        from sentence_transformers import SentenceTransformer
    except ImportError as error:
        raise ModelUnavailable(name_or_path, f"sentence-transformers is not installed; run `{INSTALL}`") from error
    torch.set_num_threads(threads)
    try:
        return SentenceTransformer(name_or_path, device="cpu")
    except (OSError, ValueError, RuntimeError, KeyError) as error:
        reason = str(error).strip().split("\n")[0] or type(error).__name__
        raise ModelUnavailable(name_or_path, reason) from error


def _content_hash(model: Any, prompts: Prompts) -> str:
    """Of the weights and the prompts: two models that give other vectors must not share an id."""
    import torch

    digest = hashlib.sha256(repr(prompts).encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.detach().cpu().contiguous().reshape(-1).view(torch.uint8).numpy())
    return digest.hexdigest()[:12]


class CrossEncoderReranker:
    """A published cross-encoder by name, or a folder: reads question and passage together, slower and sharper."""

    def __init__(self, name_or_path: str, *, threads: int = 1) -> None:
        """Raises ModelUnavailable when the extra is not installed or the model cannot be loaded."""
        try:
            import torch
            from sentence_transformers import CrossEncoder
        except ImportError as error:
            raise ModelUnavailable(name_or_path, f"sentence-transformers is not installed; run `{INSTALL}`") from error
        torch.set_num_threads(threads)
        try:
            self._model = CrossEncoder(name_or_path, device="cpu")
        except (OSError, ValueError, RuntimeError, KeyError) as error:
            reason = str(error).strip().split("\n")[0] or type(error).__name__
            raise ModelUnavailable(name_or_path, reason) from error

    def scores(self, question: str, texts: Sequence[str]) -> NDArray[np.float32]:
        """One score per text, higher is better; (0,) for none."""
        if not texts:
            return np.zeros(0, dtype=np.float32)
        pairs = [(question, text) for text in texts]
        found = self._model.predict(pairs, convert_to_numpy=True, show_progress_bar=False)
        return np.asarray(found, dtype=np.float32).reshape(len(texts), -1)[:, 0]
