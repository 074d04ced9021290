"""Examples for the routes of who reads a plan, true to the shipped plans: a test holds them to it."""

from typing import Any

from fastapi.openapi.models import Example

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
CITED: dict[str, Any] = {
    "plan_id": "qingdao",
    "cited": [
        {
            "clause_id": "qingdao:题头",
            "clause_path": "题头",
            "start": start,
            "end": end,
            "cited_plan_id": "state-council",
            "cited_plan_title": "国务院关于印发计量发展规划（2021—2035年）的通知",
            "cited_region": "全国",
            "cited_level": "national",
        }
        for start, end in ((38, 71), (88, 108))
    ],
}
_ROW = "%E4%B8%93%E6%A0%8F1%2F10"
NEIGHBOURS: dict[str, Any] = {
    "clause_id": "xiamen:专栏1/9",
    "threshold": 0.6,
    "neighbours": [
        {
            "standing": "in_force",
            "standing_note": None,
            "index": 1,
            "plan_id": "quanzhou",
            "plan_title": "泉州市人民政府关于贯彻落实国务院计量发展规划（2021—2035年）的实施意见",
            "plan_number": "泉政文〔2023〕14号",
            "region": "泉州",
            "clause_id": "quanzhou:专栏1/10",
            "clause_path": "专栏1/10",
            "heading": "引导培育诚信计量自我承诺单位（家）",
            "quote": "引导培育诚信计量自我承诺单位（家）｜2020年：1254｜2025年：2020｜属性：预期性",
            "start": 0,
            "end": 46,
            "url": f"/plans/quanzhou?clause={_ROW}&start=0&end=46#{_ROW}",
            "similarity": 0.9504,
            "level": "municipal",
        }
    ],
}
