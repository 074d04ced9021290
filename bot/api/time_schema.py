"""What the API says of a document's kind, its names and its time."""

from pydantic import BaseModel, Field

from ingest.model import DocumentKind, Standing


class Stands(BaseModel):
    """是否有效，按所问的日期（as_of），省略即今天。"""

    standing: Standing = Field(
        Standing.IN_FORCE, description="in_force 有效、ahead 尚未施行、expired 已失效、superseded 已被取代。"
    )
    standing_note: str | None = Field(None, description="为何不在有效期内，如“已由《…》取代”；有效则为 null。")


class InTime(Stands):
    kind: DocumentKind = Field(DocumentKind.PLAN, description="文件种类，据标题判定，目录可改。")
    names: list[str] = Field([], description="文件的名称和简称，如“计量法”：由标题而来，目录可增。")
    effective_on: str | None = Field(None, description="施行日期（ISO；只知年份时为四位年份）；不详为 null。")
    expires_on: str | None = Field(None, description="有效期的最后一天（ISO）；不详为 null。")
    superseded_by: str | None = Field(None, description="取代它的文件的 plan_id；没有则为 null。")
    superseded_on: str | None = Field(None, description="被取代的日期；不详为 null。")
    version: str | None = Field(None, description="版本，如“2018年修正”。")
