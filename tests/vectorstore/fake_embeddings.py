"""A server of embeddings that needs no network."""

import json
from collections.abc import Callable

import httpx

from vectorstore.embed_hash import HashEmbedder
from vectorstore.embed_remote import OpenAICompatibleEmbedder

URL = "https://models.example/v1"


class FakeServer:
    """Answers `POST /embeddings` out of order with vectors that are not unit rows, and keeps the requests."""

    def __init__(self, dimension: int = 16) -> None:
        self.embedder = HashEmbedder(dimension)
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        vectors = 3 * self.embedder.embed_passages(self.inputs(-1))
        data = [{"index": at, "embedding": vector.tolist()} for at, vector in enumerate(vectors)]
        return httpx.Response(200, json={"object": "list", "data": data[::-1]})

    def inputs(self, at: int) -> list[str]:
        texts: list[str] = json.loads(self.requests[at].content)["input"]
        return texts


def remote(
    server: Callable[[httpx.Request], httpx.Response], model: str = "any", key: str = ""
) -> OpenAICompatibleEmbedder:
    client = httpx.Client(transport=httpx.MockTransport(server))
    return OpenAICompatibleEmbedder(URL, model, client=client, timeout=2.5, key=key)
