"""The embedder port: texts in, unit vectors out, and the one place where a name becomes an embedder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from ingest.errors import BadSetting
from vectorstore.embed_hash import HashEmbedder
from vectorstore.embed_remote import OpenAICompatibleEmbedder
from vectorstore.embed_static import StaticEmbedder
from vectorstore.embed_transformer import SentenceTransformerEmbedder
from vectorstore.encoder import Encoder

SHIPPED_MODEL = Path(__file__).parent / "models" / "metrology-static-zh"
_EXPECTED = (
    "'encoder' (the shipped model), 'static' (a smaller one), the folder of a static model, "
    "'st:<name or folder>' "
    "(any sentence-transformers model), 'openai:<model>@<http(s) base url>', or 'hash' (spelling only, for tests)"
)


class Embedder(Protocol):
    """Turns texts into vectors whose dot product is their likeness, -1 to 1.

    Rows are float32 and of length 1; a text in which the model knows nothing may give an all-zero row.
    Raises the ModelError family.
    """

    @property
    def id(self) -> str:
        """Name and content, e.g. `static:metrology-static-zh@0123456789ab`: equal ids, equal vectors."""

    @property
    def dimension(self) -> int:
        """Numbers in a row."""

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) for what people ask."""

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension) for what is searched."""


def open_embedder(spec: str = "encoder", *, key: str = "", timeout: float = 30.0) -> Embedder:
    """The embedder `spec` names, e.g. `st:BAAI/bge-small-zh-v1.5`.

    `key` and `timeout` (seconds) are for `openai:` alone. Raises BadSetting when `spec` names nothing,
    ModelUnavailable when what it names cannot be opened.
    """
    kind, colon, rest = spec.partition(":")
    if spec == "encoder":
        return Encoder()
    if spec == "static":
        return StaticEmbedder(SHIPPED_MODEL)
    if spec == "hash":
        return HashEmbedder()
    if kind == "st" and rest:
        return SentenceTransformerEmbedder(rest)
    if kind == "openai" and colon:
        model, _, base_url = rest.partition("@")
        if model and base_url.startswith(("http://", "https://")):
            return OpenAICompatibleEmbedder(base_url, model, key, timeout)
    elif spec and Path(spec).is_dir():
        return StaticEmbedder(spec)
    raise BadSetting("embedder", spec, _EXPECTED)
