"""What is sent and answered where the models read texts of others: OpenAI's embeddings, Cohere's and Jina's rerank."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from bot.api.fields import Kept

EMBEDDER, RERANKER = "metrology-encoder-zh", "metrology-judge-zh"
MAX_TEXTS = 64  # in one request
MAX_TEXT = 2_000  # characters of one
MAX_CHARACTERS = 20_000  # of all


class EmbeddingRequest(BaseModel):
    """文字转为向量。"""

    model_config = ConfigDict(extra="ignore")

    model: str = Field(description=EMBEDDER)
    input: Any = Field(  # told apart by its route, whose words are better than those of a union
        description=f"一段文字，或至多 {MAX_TEXTS} 段；每段至多 {MAX_TEXT} 字，合计至多 {MAX_CHARACTERS} 字。",
        json_schema_extra={"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
    )
    encoding_format: Literal["float", "base64"] | None = Field(
        default=None, description="float（默认）或 base64（小端 float32）。"
    )
    dimensions: int | None = Field(default=None, description="只能是 384。")
    input_type: Literal["passage", "query"] | None = Field(
        default=None, description="本服务增设：passage（默认）为被检索的文字，query 为问题；两者编码不同。"
    )


class Embedding(BaseModel):
    object: Literal["embedding"] = "embedding"
    index: int
    embedding: list[float] | str = Field(description="长度为 1 的向量，384 维；点积即相似度。")


class TextUsage(BaseModel):
    prompt_tokens: int
    total_tokens: int


class Embeddings(BaseModel):
    object: Literal["list"] = "list"
    data: list[Embedding]
    model: str
    usage: TextUsage


class Document(BaseModel):
    model_config = ConfigDict(extra="ignore")

    text: Kept


class RerankRequest(BaseModel):
    """把文字按与问题的相关程度排序。"""

    model_config = ConfigDict(extra="ignore")

    model: str = Field(default=RERANKER, description=RERANKER)
    query: Kept = Field(description="问题。")
    documents: Annotated[list[Kept | Document], Field(min_length=1)] = Field(
        description=f"至多 {MAX_TEXTS} 段，每段至多 {MAX_TEXT} 字，合计至多 {MAX_CHARACTERS} 字；或 {{text: …}}。"
    )
    top_n: int | None = Field(default=None, ge=1, description="只要前几段。")
    return_documents: StrictBool | None = Field(default=None, description="true：结果中带原文。")


class Ranked(BaseModel):
    """`relevance_score`：最相关的一句涉及所问的概率；`states`：那一句写明所问的概率（本服务增设）。"""

    index: int = Field(description="在 documents 中的位置，从 0 起。")
    relevance_score: float
    states: float
    document: Document | None = None


class Ranking(BaseModel):
    """排序，最相关的在前。"""

    id: str
    model: str
    results: list[Ranked]
    usage: TextUsage
