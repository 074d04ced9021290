import httpx
import pytest

from ingest.errors import ModelTimeout, ModelUnavailable
from tests.vectorstore.fake_embeddings import URL, FakeServer, remote


class TestOpenAICompatible:
    def test_sends_batches_and_the_key(self) -> None:
        server = FakeServer()
        remote(server, key="secret").embed_passages([f"第{number}条" for number in range(130)])
        assert [len(server.inputs(at)) for at in range(len(server.requests))] == [64, 64, 2]
        assert server.requests[0].headers["authorization"] == "Bearer secret"
        assert str(server.requests[0].url) == f"{URL}/embeddings"

    def test_without_a_key_no_header_is_sent(self) -> None:
        server = FakeServer()
        remote(server).embed_queries(["计量"])
        assert "authorization" not in server.requests[0].headers

    def test_puts_the_models_prompts_in_front(self) -> None:
        server = FakeServer()
        embedder = remote(server, "intfloat/multilingual-e5-small")
        embedder.embed_queries(["问"])
        embedder.embed_passages(["答"])
        assert [server.inputs(0), server.inputs(1)] == [["query: 问"], ["passage: 答"]]

    def test_timeout(self) -> None:
        def slow(request: httpx.Request) -> httpx.Response:
            raise httpx.ReadTimeout("slow", request=request)

        with pytest.raises(ModelTimeout, match=r"2\.5 s"):
            remote(slow).embed_queries(["计量"])

    def test_no_connection(self) -> None:
        def refused(request: httpx.Request) -> httpx.Response:
            raise httpx.ConnectError("refused", request=request)

        with pytest.raises(ModelUnavailable, match="refused"):
            remote(refused).embed_queries(["计量"])

    @pytest.mark.parametrize(
        ("response", "reason"),
        [
            (httpx.Response(401, text="wrong key"), "HTTP 401: wrong key"),
            (httpx.Response(200, text="<html>"), "not an embeddings response"),
            (httpx.Response(200, json={"data": [{"index": 0}]}), "not an embeddings response"),
            (httpx.Response(200, json={"data": []}), "0 embeddings for 1"),
            (httpx.Response(200, json={"data": [{"index": 1, "embedding": [1.0]}]}), "1 embeddings for 1"),
        ],
    )
    def test_a_useless_reply_is_told_and_the_key_is_not(self, response: httpx.Response, reason: str) -> None:
        with pytest.raises(ModelUnavailable, match=reason) as raised:
            remote(lambda _: response, key="secret").embed_queries(["计量"])
        assert "secret" not in str(raised.value)

    def test_vectors_of_another_length_are_refused(self) -> None:
        replies = [httpx.Response(200, json={"data": [{"index": 0, "embedding": [1.0] * n}]}) for n in (2, 3)]
        embedder = remote(lambda _: replies.pop(0))
        embedder.embed_queries(["计量"])
        with pytest.raises(ModelUnavailable, match="from 2 to 3"):
            embedder.embed_queries(["计量"])
