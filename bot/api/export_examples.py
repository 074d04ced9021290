"""Examples of files that are taken away, for the documentation."""

from typing import Any

from fastapi.openapi.models import Example

from bot.api.examples import ANSWER_IDS, Responses, responses
from bot.api.problems import ProblemType
from bot.export.formats import MEDIA_TYPES, Format

FORMATS: dict[str, Example] = {each.value: {"value": each.value} for each in Format}
TALK: dict[str, Example] = {
    "word": {"summary": "Word 文件", "value": {"answer_ids": [ANSWER_IDS["one"]["value"]], "format": "docx"}}
}
MARKDOWN = "# 计量规划问答\n\n## 问：厦门怎么推行诚信计量自我承诺？\n\n- **结论**：载明\n"
PLAN = "# 厦门市贯彻落实国务院《计量发展规划（2021-2035年）》实施方案\n\n- **适用地区**：厦门\n"


def files(*errors: ProblemType, example: str = MARKDOWN) -> Responses:
    """A file in one of the formats, or a problem. `example` is one as Markdown."""
    binary = {"schema": {"type": "string", "format": "binary"}, "example": "…"}
    content: dict[str, Any] = {MEDIA_TYPES[each]: binary for each in Format}
    content[MEDIA_TYPES[Format.MARKDOWN]] = {"schema": {"type": "string"}, "example": example}
    described = responses(None, *errors)
    headers = {"Content-Disposition": {"description": "文件名（RFC 6266）。", "schema": {"type": "string"}}}
    return {**described, 200: {"description": "文件", "headers": headers, "content": content}}
