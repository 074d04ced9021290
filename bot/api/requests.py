"""What callers may send. Unknown fields are refused: a misspelt `plans` would silently widen a question."""

from datetime import date
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from bot.api.fields import Kept

MAX_COMMENT = 2000
MAX_QUOTE = 10_000
MAX_EXPORTED = 50
TIMEOUTS_MS = (100, 120_000)
DEADLINES_MS = (50, 120_000)
BYTES = (120, 65_536)
UserId = Annotated[Kept, Field(min_length=1, max_length=128)]
USER = "调用方对用户的标识（不透明），只以带密钥的散列保存，供按用户导出、删除。"


def day(text: str) -> str:
    """An ISO day of the calendar, for pydantic: raises ValueError for another."""
    return date.fromisoformat(text).isoformat()


Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$"), AfterValidator(day)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)


class AskRequest(_Request):
    """问一个问题。"""

    question: Kept = Field(description="问题原文；繁体、全角、表情符号均可。长度上限见 /docs。")
    session_id: Annotated[Kept, Field(min_length=1, max_length=128)] | None = Field(
        default=None, description="会话标识；同一会话内的追问承接上文（地区、年份、主题）。"
    )
    plans: Annotated[list[Kept], Field(max_length=100)] | None = Field(
        default=None, description="只在这些规划里找，填 plan_id；省略或空列表即全部。"
    )
    mode: Literal["auto", "extractive", "llm"] | None = Field(
        default=None, description="auto：配置了大模型则用，否则摘录原文；extractive：只摘录原文；llm：用大模型。"
    )
    timeout_ms: int | None = Field(
        default=None,
        ge=TIMEOUTS_MS[0],
        le=TIMEOUTS_MS[1],
        description="等候大模型的毫秒数；超时改为摘录原文作答。",
    )
    deadline_ms: int | None = Field(
        default=None,
        ge=DEADLINES_MS[0],
        le=DEADLINES_MS[1],
        description=(
            "整个回答的限时，自服务端收到请求起算的毫秒数：限内必有一个完整的回答。来不及用大模型则摘录原文，"
            "来不及细读则如实说明并列出相近条款（status 为 partial），不会因超时报错。"
        ),
    )
    max_bytes: int | None = Field(
        default=None,
        ge=BYTES[0],
        le=BYTES[1],
        description="plain_text 至多的字节数（UTF-8）；放不下时从末尾省略并注明，不截断字、编号与引号。",
    )
    user_id: UserId | None = Field(default=None, description=USER)
    as_of: Day | None = Field(
        default=None,
        description=(
            "按哪一天有效的文件作答（ISO 日期，如 2024-06-30）；省略即今天。"
            "已失效、已被取代的文件只在那一天有效时才引用，并注明。问题里写明的日期（截至2024年6月、现行）优先。"
        ),
    )


class VerifyRequest(_Request):
    """核对一句引文是否确在某条款中。"""

    clause_id: Kept = Field(max_length=200, description="条款标识，如 xiamen:三(四)21；全角括号亦可。")
    quote: Kept = Field(max_length=MAX_QUOTE, description="要核对的文字。")


class FeedbackRequest(_Request):
    """对一次回答的评价。"""

    answer_id: Kept = Field(min_length=1, max_length=64)
    useful: bool
    comment: Annotated[Kept, Field(max_length=MAX_COMMENT)] | None = None
    user_id: UserId | None = Field(default=None, description=f"{USER}同一用户对同一回答只留最后一次评价。")


class ExportRequest(_Request):
    """把一段对话的回答导出为一个文件，按所给的次序。"""

    answer_ids: Annotated[
        list[Annotated[Kept, Field(min_length=1, max_length=64)]], Field(min_length=1, max_length=MAX_EXPORTED)
    ]
    format: Literal["md", "docx", "pdf"]
