"""What clients of the OpenAI API send and are sent. What they send beyond this is ignored, as they send much."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from bot.api.fields import Kept
from bot.api.requests import TIMEOUTS_MS, USER, UserId
from bot.model import Mode, Status


class Part(BaseModel):
    """A part of a message; only text is read."""

    model_config = ConfigDict(extra="ignore")

    type: str = "text"
    text: Kept = ""


class ChatMessage(BaseModel):
    model_config = ConfigDict(extra="ignore")

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Kept | list[Part] | None = None

    @property
    def text(self) -> str:
        """What the message says; its text parts one below the other."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""

    @property
    def other_parts(self) -> tuple[str, ...]:
        """Types of the parts that are not text: images, sound, files."""
        parts = self.content if isinstance(self.content, list) else ()
        return tuple(part.type for part in parts if part.type != "text")


class StreamOptions(BaseModel):
    model_config = ConfigDict(extra="ignore")

    include_usage: StrictBool | None = None


# parameters these clients send that have nothing to act on here
WITHOUT_EFFECT = (
    *("tools", "functions", "parallel_tool_calls", "tool_choice", "function_call"),
    *("temperature", "top_p", "top_k", "min_p", "frequency_penalty", "presence_penalty", "repetition_penalty"),
    *("stop", "seed", "logit_bias", "reasoning_effort", "verbosity", "prediction", "web_search_options"),
)


class ChatRequest(BaseModel):
    """一段对话；最后一条 user 消息即所问，其前的 user 消息用于理解追问。"""

    model_config = ConfigDict(extra="allow")

    model: str = Field(description="metrology-auto 或 metrology-extractive。")
    messages: list[ChatMessage] = Field(min_length=1)
    stream: StrictBool | None = None
    stream_options: StreamOptions | None = None
    max_tokens: int | None = Field(
        default=None, ge=1, description="回答至多几个词元（以随附编码模型的分词器计）；在整句处截止。"
    )
    max_completion_tokens: int | None = Field(default=None, ge=1, description="同 max_tokens；两者都填以小者为准。")
    n: int | None = None
    tool_choice: str | dict[str, Any] | None = None
    function_call: str | dict[str, Any] | None = None
    response_format: dict[str, Any] | None = None
    modalities: list[str] | None = None
    audio: dict[str, Any] | None = None
    logprobs: StrictBool | None = None
    user: UserId | None = Field(default=None, description=USER)
    plans: Annotated[list[Kept], Field(max_length=100)] | None = Field(
        default=None, description="本服务增设：只在这些规划里找，填 plan_id。"
    )
    timeout_ms: int | None = Field(
        default=None, ge=TIMEOUTS_MS[0], le=TIMEOUTS_MS[1], description="本服务增设：等候大模型的毫秒数。"
    )

    @property
    def ignored(self) -> list[str]:
        """What was asked for and has no effect, by name."""
        sent = {**(self.model_extra or {}), "tool_choice": self.tool_choice, "function_call": self.function_call}
        return [name for name in WITHOUT_EFFECT if sent.get(name) is not None]


class UrlCitation(BaseModel):
    """`content[start_index:end_index]` is the citation's mark, e.g. [1]; both count Unicode code points."""

    start_index: int
    end_index: int
    title: str
    url: str
    index: int
    clause_id: str
    quote: str = Field(description="条款原文。")


class Annotation(BaseModel):
    type: Literal["url_citation"]
    url_citation: UrlCitation


class Provenance(BaseModel):
    """What the OpenAI API has no words for."""

    answer_id: str = Field(description="回执号，见 /v1/answers/{answer_id}。")
    status: Status
    mode: Mode
    label: str = Field(description="文字的来历，须向用户显示。")
    generated: bool = Field(description="true：文字由大模型写成，属人工智能生成合成内容。")
    notes: list[str]
    corpus_version: str
    ignored: list[str] = Field(default=[], description="请求中不起作用的参数，如 tools、temperature。")


class Usage(BaseModel):
    """Tokens of the shipped encoder's tokenizer; of the prompt, those of the user messages that were read."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


Finish = Literal["stop", "length"]


class Message(BaseModel):
    role: Literal["assistant"] = "assistant"
    content: str
    refusal: None = None
    annotations: list[Annotation]


class Choice(BaseModel):
    index: int = 0
    message: Message
    logprobs: None = None
    finish_reason: Finish = "stop"


class ChatCompletion(BaseModel):
    id: str
    object: Literal["chat.completion"] = "chat.completion"
    created: int = Field(description="Unix 秒。")
    model: str
    choices: list[Choice]
    usage: Usage | None = Field(default=None, description="未载入分词器时为 null。")
    metrology: Provenance | None = Field(default=None, description="标题、标签等客户端自用的请求没有。")


class Delta(BaseModel):
    role: Literal["assistant"] | None = None
    content: str | None = None
    annotations: list[Annotation] | None = None


class ChunkChoice(BaseModel):
    index: int
    delta: Delta
    finish_reason: Finish | None


class Chunk(BaseModel):
    """Sent with the fields that were set, and no others."""

    id: str
    object: Literal["chat.completion.chunk"]
    created: int
    model: str
    choices: list[ChunkChoice]
    usage: Usage | None = None
    metrology: Provenance | None = None


class Model(BaseModel):
    id: str
    object: Literal["model"] = "model"
    created: int
    owned_by: str = "metrology"


class ModelList(BaseModel):
    object: Literal["list"] = "list"
    data: list[Model]
