"""What a reader of a plan is told beside its text. `start` and `end` count code points in a clause's text."""

from pydantic import BaseModel, Field

from bot.api.schema import Citation
from bot.api.time_schema import Stands


class Place(BaseModel):
    """条款正文的一段：text[start:end]。"""

    clause_id: str
    clause_path: str
    start: int
    end: int


class Words(BaseModel):
    """一份规划里出现某些字词的各处。"""

    plan_id: str
    query: str
    spelled: str = Field(description="实际查找的写法：全半角、繁简、大小写与空白不计；为空则无可查找。")
    total: int = Field(description="共有几处；places 至多列出前 300 处。")
    places: list[Place] = Field(description="按原文顺序。")


class Cited(Place):
    """原文中提到另一份所收文件的一处。"""

    cited_plan_id: str
    cited_plan_title: str
    cited_region: str
    cited_level: str = Field(description="national 为国家文件。")


class CitedPlans(BaseModel):
    """一份规划原文所提到的其他所收文件：凭文号或标题相同认定。"""

    plan_id: str
    cited: list[Cited]


class Neighbour(Citation, Stands):
    """另一份规划中与所问条款最相近的一条，以其最相近的一句为引文。index 为次序。"""

    similarity: float = Field(description="两条款向量的余弦，1 为相同；所存向量算得，不含阅读判断。")
    level: str


class Neighbours(BaseModel):
    clause_id: str
    threshold: float = Field(description="相似度低于此值的不列。")
    neighbours: list[Neighbour] = Field(description="每份其他规划至多一条，国家规划在前。")
