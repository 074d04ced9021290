"""The shipped models by themselves, under the addresses and in the shapes that other programs know."""

import base64
import uuid
from collections.abc import Sequence
from typing import Annotated

import numpy as np
from fastapi import APIRouter, Body

from bot.api import problems, texts_examples
from bot.api.fields import is_blank, keepable
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.texts_schema import (
    EMBEDDER,
    MAX_CHARACTERS,
    MAX_TEXT,
    MAX_TEXTS,
    RERANKER,
    Document,
    Embedding,
    EmbeddingRequest,
    Embeddings,
    Ranked,
    Ranking,
    RerankRequest,
    TextUsage,
)
from bot.texts import Texts
from vectorstore.encoder import DIMENSION, Floats

Embedded = Annotated[EmbeddingRequest, Body(openapi_examples=texts_examples.EMBEDDINGS)]
Reranked = Annotated[RerankRequest, Body(openapi_examples=texts_examples.RERANKS)]
DIGITS = 4  # of a probability that are told


def text_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["模型"])

    @router.post(
        "/embeddings",
        summary="文字转为向量（OpenAI 兼容）",
        description=texts_examples.EMBEDDING,
        responses=texts_examples.EMBEDDED,
    )
    def embeddings(request: Embedded) -> Embeddings:
        _known(request.model, EMBEDDER)
        if request.dimensions not in (None, DIMENSION):
            raise Problem(problems.UNSUPPORTED, f"dimensions 只能是 {DIMENSION}。", param="dimensions")
        wanted = _wanted(request.input)
        _bounded(wanted, "input")
        texts = _open(parts)
        vectors = texts.vectors(wanted, asked=request.input_type == "query")
        return Embeddings(
            data=[
                Embedding(index=index, embedding=_packed(row) if request.encoding_format == "base64" else row.tolist())
                for index, row in enumerate(vectors)
            ],
            model=EMBEDDER,
            usage=_usage(texts, wanted),
        )

    @router.post(
        "/rerank",
        summary="按相关程度排序（Cohere、Jina 兼容）",
        description=texts_examples.RERANK,
        responses=texts_examples.RANKED,
        response_model_exclude_none=True,
    )
    def rerank(request: Reranked) -> Ranking:
        _known(request.model, RERANKER)
        parts.legible(request.query, "query")
        documents = [each.text if isinstance(each, Document) else each for each in request.documents]
        _bounded(documents, "documents")
        texts = _open(parts)
        found = texts.bearing(request.query, documents)
        order = sorted(range(len(documents)), key=lambda row: (-found[row].bears, row))[: request.top_n]
        ranked = [
            Ranked(
                index=row,
                relevance_score=round(found[row].bears, DIGITS),
                states=round(found[row].states, DIGITS),
                document=Document(text=documents[row]) if request.return_documents else None,
            )
            for row in order
        ]
        usage = _usage(texts, [request.query, *documents])
        return Ranking(id=f"rerank-{uuid.uuid4().hex}", model=RERANKER, results=ranked, usage=usage)

    return router


def _known(asked: str, model: str) -> None:
    if asked != model:
        detail = f"没有这个模型：{problems.echo(asked)}。可用的有 {model}。"
        raise Problem(problems.UNKNOWN_MODEL, detail, param="model", known=[model])


def _open(parts: Parts) -> Texts:
    if parts.texts is None:
        raise Problem(problems.MODEL_UNAVAILABLE, "本服务未载入编码模型。")
    return parts.texts


def _wanted(given: object) -> list[str]:
    """The texts of an `input`, which may be one. Raises Problem for what is no text."""
    texts = given if isinstance(given, list) else [given]
    words = [text for text in texts if isinstance(text, str)]
    if len(words) < len(texts):
        detail = "input 只收文字，不收词元数组；LangChain 请设 check_embedding_ctx_length=False。"
        raise Problem(problems.UNSUPPORTED, detail, param="input")
    return [keepable(text) for text in words]


def _bounded(texts: Sequence[str], name: str) -> None:
    """Raises Problem for too few, too many, a blank or too long ones."""
    if not texts or any(map(is_blank, texts)):
        raise Problem(problems.BLANK_TEXT, f"{name} 中不能有空的文字。", param=name)
    if len(texts) > MAX_TEXTS:
        detail = f"{name} 有 {len(texts)} 段，最多 {MAX_TEXTS} 段；请分批。"
        raise Problem(problems.TEXT_TOO_LONG, detail, param=name, limit=MAX_TEXTS)
    longest, all_of_them = max(map(len, texts)), sum(map(len, texts))
    if longest > MAX_TEXT or all_of_them > MAX_CHARACTERS:
        detail = f"{name} 中每段最多 {MAX_TEXT} 字，合计最多 {MAX_CHARACTERS} 字；请切短或分批。"
        limit = MAX_TEXT if longest > MAX_TEXT else MAX_CHARACTERS
        raise Problem(problems.TEXT_TOO_LONG, detail, param=name, limit=limit)


def _packed(row: Floats) -> str:
    return base64.b64encode(np.ascontiguousarray(row, dtype="<f4").tobytes()).decode()


def _usage(texts: Texts, read: Sequence[str]) -> TextUsage:
    tokens = sum(map(texts.count, read))
    return TextUsage(prompt_tokens=tokens, total_tokens=tokens)
