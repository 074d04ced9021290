"""Examples of the routes that read texts of others, for the documentation."""

from typing import Any

from fastapi.openapi.models import Example

from bot.api import examples, problems
from bot.api.texts_schema import EMBEDDER, MAX_TEXTS, RERANKER

_QUESTION = "厦门怎么推行诚信计量自我承诺？"
_ABOUT = "强化市场经营主体责任，推行经营者诚信计量自我承诺。"
_BESIDE = "加强计量人才队伍建设。"

EMBEDDING = (
    "OpenAI 的 embeddings 接口，用随附的编码模型（384 维）。"
    "长于一次所读（约 90 词元）的文字分段编码，按词元数加权平均。"
    f"一次至多 {MAX_TEXTS} 段。不收词元数组：LangChain 的 OpenAIEmbeddings 请设 `check_embedding_ctx_length=False`。"
    "错误为 OpenAI 的 `{error: …}`。"
)
RERANK = (
    "Cohere、Jina 的 rerank 接口，用随附的判别模型：它同读问题与文字，给出涉及所问的概率。"
    "长文逐句读，取最相关的一句。模型以计量规划训练，别的题材只供参考。"
)

EMBEDDINGS: dict[str, Example] = {
    "two": {"summary": "两段文字", "value": {"model": EMBEDDER, "input": [_ABOUT, _BESIDE]}},
    "query": {
        "summary": "一个问题，base64",
        "value": {"model": EMBEDDER, "input": _QUESTION, "input_type": "query", "encoding_format": "base64"},
    },
}
RERANKS: dict[str, Example] = {
    "two": {
        "summary": "两段文字",
        "value": {"model": RERANKER, "query": _QUESTION, "documents": [_BESIDE, _ABOUT], "return_documents": True},
    }
}
_EMBEDDED: dict[str, Any] = {
    "object": "list",
    "data": [{"object": "embedding", "index": 0, "embedding": [0.0713, -0.0402, 0.0128]}],
    "model": EMBEDDER,
    "usage": {"prompt_tokens": 15, "total_tokens": 15},
}
_RANKED: dict[str, Any] = {
    "id": "rerank-5d0c2b6f",
    "model": RERANKER,
    "results": [
        {"index": 1, "relevance_score": 0.98, "states": 0.91, "document": {"text": _ABOUT}},
        {"index": 0, "relevance_score": 0.02, "states": 0.0, "document": {"text": _BESIDE}},
    ],
    "usage": {"prompt_tokens": 37, "total_tokens": 37},
}
EMBEDDED = examples.responses(_EMBEDDED)
RANKED = examples.responses(
    _RANKED,
    *problems.READING,
    problems.BLANK_TEXT,
    problems.TEXT_TOO_LONG,
    problems.UNKNOWN_MODEL,
    problems.MODEL_UNAVAILABLE,
)
