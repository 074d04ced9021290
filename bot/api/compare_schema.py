"""What a comparison of plans answers with. `start` and `end` count Unicode code points in a clause's text."""

from pydantic import BaseModel, Field

from bot.answer.unlike import Unlike
from bot.api.schema import Citation
from bot.api.time_schema import Stands


class Word(BaseModel):
    """引文的一段；各段相连即引文。"""

    text: str
    differs: bool = Field(description="true：对照的条款没有这几个字。")


class Quoted(Citation):
    """所摘的一段原文，按词与对照条款比较。"""

    words: list[Word]


class ComparedClause(BaseModel):
    """一份规划就此题目所说的一条。"""

    row: int = Field(description="同一 row 的条款并排；从 0 起。")
    plan_id: str
    clause_id: str
    clause_path: str
    heading: str
    url: str
    against: str | None = Field(description="逐词对照的条款标识；作为对照的条款自身，或同排没有可对照的，为 null。")
    quotes: list[Quoted]


class ComparedPlan(Stands):
    plan_id: str
    title: str
    name: str = Field(description="并列时的简称，一般是地区。")
    region: str
    says: bool = Field(description="false：就此题目没有摘到条款。")
    silence: str | None = Field(description="没有摘到时的说明；有摘到则为 null。")


class Point(BaseModel):
    """一个数值及其在原文中的位置。"""

    year: int | None
    value: str | None = Field(description="原文的数；未给出为 null，绝不为 0。")
    written: str | None = Field(description="连同单位和限定，如“300家以上”。")
    number: float | None = Field(description="可以画成条形的数；区间、约数、文字为 null。")
    clause_id: str
    clause_path: str
    quote: str
    start: int
    end: int
    url: str


class Bar(BaseModel):
    """一份规划的一项指标：基期与目标。"""

    plan_id: str
    name: str = Field(description="原文的指标名称。")
    unit: str
    base: Point | None = Field(description="基期；没有写到基期则为 null。")
    target: Point = Field(description="目标；achieved 为 true 时是文件所述的现状。")
    attribute: str
    achieved: bool = Field(description="true：文件所述的现状，而非目标。")
    conflicts: list[Point] = Field(description="同一文件对同一指标、同一年份所写的其他数值。")


class Chart(BaseModel):
    """可以画在同一坐标上的指标：名称、单位、口径相同。"""

    name: str
    unit: str
    shared: bool = Field(description="true：两份以上规划共用一个坐标。")
    apart: Unlike | None = Field(
        description="为何不与第一张图同轴：state 现状、name 名称、unit 单位、bound 只写上下限、value 非确数。"
    )
    reason: str | None = Field(description="apart 的中文说明。")
    bars: list[Bar]


class Comparison(BaseModel):
    """几份规划就一个题目的对照。plans 依请求的次序，第一份是逐词对照的底本。"""

    topic: str
    plans: list[ComparedPlan]
    clauses: list[ComparedClause]
    charts: list[Chart]
    uncounted: list[str] = Field(description="没有相应数值指标的规划（plan_id）；没有图时为全部。")
    notes: list[str]
    corpus_version: str


class Subject(BaseModel):
    """可以对照的题目。"""

    name: str
    counted: bool = Field(description="true：指标；false：条款标题。")
    plans: list[str] = Field(description="哪些规划有（plan_id）。")


class Subjects(BaseModel):
    subjects: list[Subject] = Field(description="指标在前；有的规划多的在前。")
