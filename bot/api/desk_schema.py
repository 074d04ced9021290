"""What is sent and answered where documents are handed in, looked at and decided on."""

from typing import Annotated

from pydantic import Base64Bytes, BaseModel, ConfigDict, Field

from bot.api import schema
from bot.api.fields import Kept
from ingest.model import Kind

Short = Annotated[Kept, Field(max_length=200)]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid")


class DocumentRequest(_Request):
    """送来一份文件，先作稿件，不上线。"""

    file: Annotated[Kept, Field(min_length=1, max_length=120)] = Field(description="文件名，须带后缀。")
    content: Base64Bytes = Field(description="文件内容，Base64。")
    plan_id: Annotated[str, Field(max_length=63)] | None = Field(
        default=None, description="标识；已有同标识的文件，即是它的新版本。省略则由文件名得出。"
    )
    name: Short | None = Field(default=None, description="通常怎么称呼它。")
    region: Short | None = Field(default=None, description="地区，如 厦门。")
    level: Short | None = Field(default=None, description="national、provincial、municipal、county 或 other。")


class DecisionRequest(_Request):
    note: Annotated[Kept, Field(max_length=1000)] = Field(default="", description="缘由，记入日志。")


class OutlineEntry(BaseModel):
    path: str
    kind: Kind
    heading: str
    depth: int
    characters: int


class LeftOut(BaseModel):
    """未入任何条款的内容。"""

    reason: str
    times: int
    characters: int


class Warned(BaseModel):
    """须留意之处：not_said 未载明、same_address 地址重复、long_clause 条款过长、conflict 数值不一、
    much_left_out 略去过多、unchanged 与现有版本无异。"""

    code: str
    what: str


class Reworded(BaseModel):
    clause_id: str
    before: str
    after: str


class Moved(BaseModel):
    before: str
    after: str


class Corrected(BaseModel):
    name: str
    before: str | None
    after: str | None


class Changes(BaseModel):
    """与现有版本的不同，按内容比较。"""

    same: int = Field(description="一字未改的条款数。")
    added: list[str]
    removed: list[str]
    reworded: list[Reworded]
    moved: list[Moved] = Field(description="文字未改而换了地址的条款。")
    metadata: list[Corrected]
    indicators_added: list[schema.Indicator]
    indicators_removed: list[schema.Indicator]


class Review(schema.Plan):
    """一份文件读懂了什么：与 /v1/plans/{plan_id} 同，另有提纲、略去的内容、须留意之处和与现有版本的不同。"""

    file: str
    replaces: str | None = Field(description="现有的同标识文件；没有则为 null。")
    outline: list[OutlineEntry]
    left_out: list[LeftOut]
    warnings: list[Warned]
    changes: Changes | None


class Skipped(BaseModel):
    file: str
    reason: str


class Ingested(BaseModel):
    """`metrology ingest --json`。"""

    plans: list[Review]
    skipped: list[Skipped]


class Draft(BaseModel):
    draft_id: str
    plan_id: str
    file: str
    replaces: str
    sha256: str
    made_at: str
    made_by: str = Field(description="密钥的标识；由命令送来的是 cli:用户。")
    status: str = Field(description="pending 待定、accepted 已采用、rejected 已退回。")
    decided_at: str
    decided_by: str
    note: str


class DraftDetail(Draft):
    review: Review | None = Field(description="已处理的稿件为 null。")


class Done(BaseModel):
    """已上线。各进程两秒内换用新版本，正在作答的以旧版本答完。"""

    action: str
    plan_ids: list[str]
    corpus_version: str
    version: str
    seconds: float
    switched: bool = Field(description="true：已无进程以旧版本作答，旧版本已从磁盘删除。")


class Step(BaseModel):
    """日志中的一步。before、after 为此前、此后的 corpus_version。"""

    at: str
    who: str
    action: str
    plan_id: str
    draft_id: str
    before: str
    after: str
    note: str
