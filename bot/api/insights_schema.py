"""What staff are told of what was asked."""

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

from bot.model import Status
from bot.records.reasons import Reason


class _Shown(BaseModel):
    model_config = ConfigDict(from_attributes=True)


class Period(_Shown):
    """两端的日期都在内，北京时间。"""

    first: date
    last: date


class Volume(_Shown):
    name: str = Field(description="日期，或 plan_id。")
    asked: int
    statuses: dict[Status, int]
    disliked: int = Field(description="被评为无用的回答数。")


class AskedQuestion(_Shown):
    """一种问法，问过 times 次；电话、证件号码已隐去。"""

    question: str
    times: int
    disliked: int
    status: Status = Field(description="最近一次的。")
    reason: Reason | None = Field(description="最近一次为何未能作答；已作答则为 null。")
    clause_id: str = Field(description="所引的第一条，未引则为最接近的一条；空串即没有。")
    answer_id: str = Field(description="最近一次的回执号。")
    last_asked_at: str


class Group(_Shown):
    name: str = Field(description="clause_id；按主题分时为其中问得最多的一句。")
    heading: str
    times: int
    disliked: int
    questions: list[AskedQuestion]


class Insights(_Shown):
    """一段时间里问了什么、什么没能答上。"""

    period: Period
    asked: int
    days: list[Volume]
    statuses: dict[Status, int]
    plans: list[Volume] = Field(description="按所引的规划计；一次回答可引多份。")
    reasons: dict[Reason, int] = Field(description="未能（完全）作答的缘由。")
    questions: list[AskedQuestion] = Field(description="未能作答或被评为无用的各种问法，问得多的在前。")
    by_clause: list[Group]
    by_topic: list[Group]
    left_out: int = Field(description="问法太多而未列入的种数。")
