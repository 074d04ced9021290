"""The models by themselves: vectors for OpenAI's client, ranks in Cohere's shape; bounded, refused in words."""

import base64
from collections.abc import Iterator
from typing import Any

import numpy as np
import openai
import pytest
from openai import OpenAI
from starlette.testclient import TestClient

from bot.api import create_app
from bot.api.texts_schema import EMBEDDER, MAX_CHARACTERS, MAX_TEXT, MAX_TEXTS, RERANKER
from tests.bot.api.api_builders import client, problem
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot
from vectorstore.encoder import DIMENSION

EMBEDDINGS, RERANK = "/v1/embeddings", "/v1/rerank"
QUERY = "诚信计量自我承诺"
DOCUMENTS = ["天气晴朗", "推行诚信计量自我承诺", "诚信计量", "诚信计量"]


@pytest.fixture(scope="module")
def talk() -> Iterator[OpenAI]:
    with (
        served(create_app(FakeBot())) as address,
        OpenAI(base_url=f"{address}/v1", api_key="x", max_retries=0) as client,
    ):
        yield client


class TestEmbeddings:
    def test_the_official_client_reads_them(self, bot: FakeBot, talk: OpenAI) -> None:
        """It asks for base64 by itself and unpacks it."""
        texts = ["诚信计量", "强制检定"]
        given = talk.embeddings.create(model=EMBEDDER, input=texts)
        assert [each.index for each in given.data] == [0, 1]
        assert np.array_equal(np.array([each.embedding for each in given.data]), bot.texts.vectors(texts))
        assert (given.model, given.usage.prompt_tokens, given.usage.total_tokens) == (EMBEDDER, 8, 8)

    def test_floats_and_base64_are_the_same_numbers(self, talk: OpenAI) -> None:
        floats = talk.embeddings.create(model=EMBEDDER, input="诚信", encoding_format="float").data[0].embedding
        packed: Any = talk.embeddings.create(model=EMBEDDER, input="诚信", encoding_format="base64").data[0].embedding
        numbers = np.frombuffer(base64.b64decode(packed), dtype="<f4")
        assert numbers.shape == (DIMENSION,)
        assert numbers.tolist() == floats

    def test_a_question_is_read_as_one_when_told(self, bot: FakeBot, talk: OpenAI) -> None:
        given = talk.embeddings.create(model=EMBEDDER, input="诚信", extra_body={"input_type": "query"}, dimensions=384)
        assert np.array_equal(np.array(given.data[0].embedding), bot.texts.vectors(["诚信"], asked=True)[0])

    @pytest.mark.parametrize(
        ("change", "param", "code", "said"),
        [
            ({"input": [1, 2]}, "input", "unsupported_parameter", "check_embedding_ctx_length"),
            ({"input": [[1, 2]]}, "input", "unsupported_parameter", "词元"),
            ({"input": []}, "input", "blank_text", "空"),
            ({"input": ["诚信", " \u200b"]}, "input", "blank_text", "空"),
            ({"input": ["量"] * (MAX_TEXTS + 1)}, "input", "text_too_long", str(MAX_TEXTS)),
            ({"input": "量" * (MAX_TEXT + 1)}, "input", "text_too_long", str(MAX_TEXT)),
            ({"input": ["量" * 1_900] * 11}, "input", "text_too_long", str(MAX_CHARACTERS)),
            ({"dimensions": 256}, "dimensions", "unsupported_parameter", "384"),
            ({"input": 5}, "input", "unsupported_parameter", "只收文字"),
            ({"input": None}, "input", "unsupported_parameter", "只收文字"),
            ({"extra_body": {"input_type": "poem"}}, "input_type", "invalid_request", "input_type"),
        ],
    )
    def test_refusals(self, talk: OpenAI, change: dict[str, Any], param: str, code: str, said: str) -> None:
        with pytest.raises(openai.BadRequestError) as caught:
            talk.embeddings.create(**{"model": EMBEDDER, "input": "诚信", **change})
        assert (caught.value.param, caught.value.code) == (param, code)
        assert said in caught.value.message

    def test_other_models_are_not_pretended(self, talk: OpenAI) -> None:
        with pytest.raises(openai.NotFoundError, match=EMBEDDER):
            talk.embeddings.create(model="text-embedding-3-small", input="诚信")

    def test_without_models_there_are_none(self, bot: FakeBot) -> None:
        del bot.texts
        response = client(bot).post(EMBEDDINGS, json={"model": EMBEDDER, "input": "诚信"})
        assert (response.status_code, response.json()["error"]["code"]) == (503, "model_unavailable")


@pytest.fixture(scope="module")
def api() -> TestClient:
    return client(FakeBot())


def ranked(api: TestClient, **change: Any) -> dict[str, Any]:
    response = api.post(RERANK, json={"model": RERANKER, "query": QUERY, "documents": DOCUMENTS, **change})
    assert response.status_code == 200, response.text
    ranking: dict[str, Any] = response.json()
    return ranking


class TestRerank:
    def test_best_first_and_ties_in_their_order(self, api: TestClient) -> None:
        ranking = ranked(api)
        assert [each["index"] for each in ranking["results"]] == [1, 2, 3, 0]
        assert [each["relevance_score"] for each in ranking["results"]] == [1.0, 0.4286, 0.4286, 0.0]
        assert ranking["results"][1]["states"] == 0.2143
        assert ranking["model"] == RERANKER
        assert ranking["usage"]["total_tokens"] == len(QUERY) + sum(map(len, DOCUMENTS))
        assert all("document" not in each for each in ranking["results"])

    def test_only_the_first_and_their_texts(self, api: TestClient) -> None:
        ranking = ranked(api, top_n=2, return_documents=True)
        assert [each["document"]["text"] for each in ranking["results"]] == [DOCUMENTS[1], DOCUMENTS[2]]
        assert len(ranked(api, top_n=99)["results"]) == len(DOCUMENTS)

    def test_documents_may_be_objects_and_the_model_unnamed(self, api: TestClient) -> None:
        body = {"query": QUERY, "documents": [{"text": "天气", "id": 7}, {"text": QUERY}], "max_chunks_per_doc": 3}
        response = api.post(RERANK, json=body)
        assert [each["index"] for each in response.json()["results"]] == [1, 0]

    @pytest.mark.parametrize(
        ("change", "status", "slug"),
        [
            ({"query": ""}, 422, "blank-text"),
            ({"query": "量" * 2_001}, 422, "text-too-long"),
            ({"documents": []}, 422, "invalid-request"),
            ({"documents": [""]}, 422, "blank-text"),
            ({"documents": [{"title": "x"}]}, 422, "invalid-request"),
            ({"documents": ["量"] * (MAX_TEXTS + 1)}, 422, "text-too-long"),
            ({"documents": ["量" * (MAX_TEXT + 1)]}, 422, "text-too-long"),
            ({"top_n": 0}, 422, "invalid-request"),
            ({"return_documents": "0"}, 422, "invalid-request"),
            ({"model": "rerank-v3.5"}, 404, "unknown-model"),
        ],
    )
    def test_refusals(self, api: TestClient, change: dict[str, Any], status: int, slug: str) -> None:
        response = api.post(RERANK, json={"query": QUERY, "documents": DOCUMENTS, **change})
        assert response.status_code == status
        assert problem(response)["type"] == f"/docs#{slug}"

    def test_without_models_there_is_none(self, bot: FakeBot) -> None:
        del bot.texts
        response = client(bot).post(RERANK, json={"query": QUERY, "documents": DOCUMENTS})
        assert problem(response)["type"] == "/docs#model-unavailable"
