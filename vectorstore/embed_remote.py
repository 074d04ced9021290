"""Embeddings from any server that speaks OpenAI's `POST /embeddings`."""

from collections.abc import Sequence

import httpx
import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ValidationError

from ingest.errors import ModelTimeout, ModelUnavailable
from vectorstore.embed_prompts import prompts_for
from vectorstore.embed_rows import unit_rows

_BATCH = 64  # texts a request: within the limits of the common servers


class _Item(BaseModel):
    index: int
    embedding: list[float]


class _Reply(BaseModel):
    data: list[_Item]


class OpenAICompatibleEmbedder:
    """Raises ModelTimeout and ModelUnavailable, from any method and from `dimension`."""

    def __init__(
        self,
        base_url: str,
        model: str,
        key: str = "",
        timeout: float = 30.0,  # seconds a request
        *,
        client: httpx.Client | None = None,
    ) -> None:
        self._url = base_url.rstrip("/") + "/embeddings"
        self._model, self._timeout = model, timeout
        self._headers = {"Authorization": f"Bearer {key}"} if key else {}
        self._client = client or httpx.Client()
        self._prompts = prompts_for(model)
        self._dimension: int | None = None
        # The server does not show its weights: name and address are all there is to tell models apart.
        self.id = f"openai:{model}@{base_url.rstrip('/')}"

    @property
    def dimension(self) -> int:
        """Known from the first answer; asks for one when there was none yet."""
        if self._dimension is None:
            self._request(["计量"])
        assert self._dimension is not None
        return self._dimension

    def embed_queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), rows of length 1."""
        return self._embed([self._prompts.query + text for text in texts])

    def embed_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """(n, dimension), rows of length 1."""
        return self._embed([self._prompts.passage + text for text in texts])

    def _embed(self, texts: list[str]) -> NDArray[np.float32]:
        if not texts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        batches = [self._request(texts[at : at + _BATCH]) for at in range(0, len(texts), _BATCH)]
        return np.concatenate(batches)

    def _request(self, texts: list[str]) -> NDArray[np.float32]:
        try:
            response = self._client.post(
                self._url,
                json={"model": self._model, "input": texts, "encoding_format": "float"},
                headers=self._headers,
                timeout=self._timeout,
            )
            response.raise_for_status()
            reply = _Reply.model_validate_json(response.content)
        except httpx.TimeoutException as error:
            raise ModelTimeout(self._url, self._timeout) from error
        except httpx.HTTPStatusError as error:
            reason = f"HTTP {error.response.status_code}: {error.response.text[:200]}"
            raise ModelUnavailable(self._url, reason) from error
        except httpx.HTTPError as error:
            raise ModelUnavailable(self._url, str(error) or type(error).__name__) from error
        except ValidationError as error:
            raise ModelUnavailable(self._url, "its reply is not an embeddings response") from error
        return self._rows(reply, len(texts))

    def _rows(self, reply: _Reply, expected: int) -> NDArray[np.float32]:
        items = sorted(reply.data, key=lambda item: item.index)  # servers may answer out of order
        lengths = {len(item.embedding) for item in items}
        if [item.index for item in items] != list(range(expected)) or len(lengths) != 1:
            raise ModelUnavailable(self._url, f"it sent {len(items)} embeddings for {expected} texts")
        rows = np.array([item.embedding for item in items], dtype=np.float32)
        if self._dimension not in (None, rows.shape[1]):
            raise ModelUnavailable(self._url, f"vectors changed from {self._dimension} to {rows.shape[1]} numbers")
        self._dimension = int(rows.shape[1])
        return unit_rows(rows)
