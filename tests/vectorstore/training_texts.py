"""A few lines of each kind of text that training reads."""

import gzip
import json
from collections.abc import Iterable
from pathlib import Path

ARTICLES: list[dict[str, str | None]] = [
    {
        "title": "中华人民共和国计量法",
        "section": "第一章　总 则",
        "text": "为了加强计量监督管理，制定本法。适用范围由本法规定。",
    },
    {
        "title": "中华人民共和国计量法",
        "section": "第三章 计量器具管理",
        "text": "制造计量器具的企业应当经考核合格。未经考核不得制造。",
    },
    {"title": "某市计量条例", "section": None, "text": "制造计量器具的企业应当经考核合格。未经考核不得制造。"},
]
STORY = (
    "[ 2023-07-28 16：40 ] ，正文：新华社北京7月28日电 （记者刘某）"
    "今天天气很好，许多市民到公园散步，孩子们在草地上放风筝。"
    "大家都说秋天来了，公园的银杏开始变黄。湖边的长椅上坐满了人，有人读书，有人下棋。"
)
PAIRS = [
    {"query": "秤不准怎么办？", "positive": "可以向市场监督管理部门投诉。", "title": "计量法第二十条"},
    {"query": "没有答案的问题", "positive": float("nan")},
]


def write_lines(path: Path, lines: Iterable[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(line + "\n" for line in lines)


def write_texts(folder: Path) -> Path:
    """The layout `read_corpus` expects."""
    write_lines(folder / "statutes.jsonl.gz", map(json.dumps, ARTICLES))
    write_lines(folder / "news" / "one.gz", [STORY, STORY, "[ 2023 ] ，正文：太短"])
    write_lines(folder / "pairs" / "lay.jsonl.gz", map(json.dumps, PAIRS))
    return folder
