"""Examples for the routes of who reads a plan, true to the shipped plans: a test holds them to it."""

from typing import Any

from fastapi.openapi.models import Example

_TITLE = "计量发展规划（2021—2035年）"

SOUGHT: dict[str, Example] = {"topic": {"value": "诚信计量自我承诺"}}
WORDS: dict[str, Any] = {
    "plan_id": "xiamen",
    "query": "诚信计量自我承诺",
    "spelled": "诚信计量自我承诺",
    "total": 2,
    "places": [
        {"clause_id": "xiamen:专栏1/9", "clause_path": "专栏1/9", "start": 4, "end": 12},
        {"clause_id": "xiamen:三(四)21", "clause_path": "三(四)21", "start": 77, "end": 85},
    ],
}
CITED: dict[str, Any] = {}
NEIGHBOURS: dict[str, Any] = {}
