"""How the service tells of itself."""

from typing import Literal

from pydantic import BaseModel, Field


class Health(BaseModel):
    status: Literal["ok"]


class PartState(BaseModel):
    """服务的一个组成部分此刻的状况。"""

    state: Literal["ok", "unavailable"]
    reason: str = Field(description="不可用的类别；可用时为空。")


class Readiness(BaseModel):
    status: Literal["ready"]
    corpus_version: str
    parts: dict[str, PartState] = Field(description="index 索引；records 回执与评价；shared 多进程共享的值。")
