"""What the API answers with, fixed. `start` and `end` count Unicode code points in a clause's text."""

from pydantic import BaseModel, Field

from bot.api.time_schema import InTime, Stands
from bot.model import Mode, Status
from ingest.model import Kind, Role


class Citation(BaseModel):
    """引文：条款正文的一段原文，text[start:end] == quote。"""

    index: int = Field(description="编号，从 1 起；回答中的 [1] 即指它。")
    plan_id: str
    plan_title: str
    plan_number: str | None = Field(description="文号；文件未载明则为 null。")
    region: str
    clause_id: str
    clause_path: str
    heading: str
    quote: str
    start: int
    end: int
    url: str


class Statement(BaseModel):
    """回答中的一句话及其依据的引文编号。"""

    text: str
    citations: list[int]


class Answer(BaseModel):
    """回答。未找到依据或超出范围也是回答（HTTP 200），见 status。"""

    answer_id: str
    status: Status
    label: str = Field(description="文字的来历，须向用户显示，如“原文摘录”“人工智能生成合成内容”。")
    generated: bool = Field(description="true：文字由大模型写成，属人工智能生成合成内容。")
    answer: str = Field(description="Markdown；每句之后以 [n] 标出处。")
    plain_text: str = Field(description="不含 Markdown，首行标明文字的来历，出处列于文末，可直接发给用户。")
    statements: list[Statement]
    citations: list[Citation]
    related: list[Citation] = Field(description="相近条款，仅供参考，不作为依据；编号接在引文之后。")
    notes: list[str]
    mode: Mode
    corpus_version: str
    took_ms: float
    receipt_kept: bool = Field(
        False, description="true：回执已保存，可凭 answer_id 取得；false：未能保存，编号查不到。"
    )


class Label(BaseModel):
    """流中随后各句文字的来历，须向用户显示。"""

    label: str
    generated: bool


class Hit(Citation, Stands):
    """检索到的条款及其最相近的一段。index 为名次。"""

    score: float = Field(description="越大越相近；只在同一次检索内可比。")


class SearchResult(BaseModel):
    query: str
    hits: list[Hit]


class Fact(BaseModel):
    """文件自述的一项信息及其原文所在。"""

    value: str
    clause_id: str
    start: int
    end: int


class Reference(BaseModel):
    """文件提到的另一份文件。"""

    title: str
    number: str | None
    clause_id: str
    start: int
    end: int


class Metadata(BaseModel):
    """文件对自身的说明；null 表示本文本未载明。"""

    title: Fact | None
    number: Fact | None
    issuer: Fact | None
    issued_on: Fact | None
    printed_on: Fact | None
    openness: Fact | None
    addressee: Fact | None
    passed_on: Fact | None = None
    published_on: Fact | None = None
    effective_on: Fact | None = None
    revised_on: Fact | None = None
    references: list[Reference]


class Indicator(BaseModel):
    """一项有名称的数量；未载明的为 null，绝不为 0。"""

    clause_id: str
    name: str
    unit: str
    base_year: int | None
    base_value: str | None
    target_year: int | None
    target: str | None
    qualifier: str
    attribute: str
    achieved: bool = Field(description="true：文件所述的现状，而非目标。")
    start: int
    end: int


class ResponsibleUnit(BaseModel):
    name: str
    role: Role = Field(description="lead 牵头；support 配合；listed 责任单位（文件未分主次）。")


class Cell(BaseModel):
    column: str
    value: str


class Clause(BaseModel):
    """条款：规划中最小的编号单元。"""

    clause_id: str
    plan_id: str
    clause_path: str
    heading: str
    headings: list[str] = Field(description="上级标题，由外到内。")
    text: str
    kind: Kind
    responsible_units: list[ResponsibleUnit]
    cells: list[Cell] = Field(description="表格行的各格；其他条款为空。")
    source_lines: tuple[int, int] = Field(description="在原文件中的首行与末行，从 1 起。")


class ClauseInTime(Stands, Clause):
    """条款及其文件是否有效。"""


class PlanSummary(InTime):
    plan_id: str
    title: str
    name: str
    number: str | None
    issuer: str | None
    issued_on: str | None = Field(description="ISO 日期。")
    region: str
    level: str
    clauses: int = Field(description="条款数。")
    indicators: int = Field(description="指标数。")
    absent: list[str] = Field(description="本文本未载明的各项，如 number、issued_on。")


class Plan(InTime):
    plan_id: str
    title: str
    name: str
    number: str | None
    issuer: str | None
    issued_on: str | None
    region: str
    level: str
    absent: list[str]
    metadata: Metadata
    clauses: list[Clause]
    indicators: list[Indicator]


class Verdict(BaseModel):
    """核对结果。verified 为真时 quote 是条款原文中的那一段，否则为送来的文字。"""

    verified: bool
    exact: bool = Field(description="false 而 verified 为 true：只有全半角、繁简或空白不同。")
    start: int | None
    end: int | None
    clause_id: str
    quote: str
    url: str


class ReceiptCitation(BaseModel):
    index: int
    clause_id: str
    start: int
    end: int
    quote: str
    text_sha256: str = Field(description="作答时该条款正文（UTF-8）的 SHA-256。")


class Receipt(BaseModel):
    """回执：当时问了什么、答了什么、依据哪一版语料。"""

    answer_id: str
    question: str
    status: Status
    statements: list[Statement]
    citations: list[ReceiptCitation]
    notes: list[str]
    mode: Mode
    model: str
    corpus_version: str
    asked_at: str = Field(description="ISO 时刻，UTC。")


class FeedbackKept(BaseModel):
    answer_id: str
    useful: bool


class Rating(BaseModel):
    answer_id: str
    useful: bool
    comment: str
    given_at: str = Field(description="ISO 时刻，UTC。")


class Belongings(BaseModel):
    """所存的一位用户的数据，由旧到新。"""

    user_id: str
    answers: list[Receipt]
    feedback: list[Rating]


class Forgotten(BaseModel):
    """删去的条数；feedback 含他人对这些回答的评价。"""

    user_id: str
    answers: int
    feedback: int
