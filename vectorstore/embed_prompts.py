"""What a published embedding model wants put before a query and before a passage."""

import re
from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Prompts:
    """Words put in front of each text; empty where the model wants none."""

    query: str = ""
    passage: str = ""


# From the models' own cards. Without its prompt such a model answers, only worse, and nothing says so.
_BY_NAME = (
    (
        re.compile(r"e5-.*instruct", re.I),  # intfloat/multilingual-e5-large-instruct
        Prompts("Instruct: Given a web search query, retrieve relevant passages that answer the query\nQuery: "),
    ),
    (
        re.compile(r"(^|[/-])e5-(small|base|large|mistral)", re.I),  # intfloat/multilingual-e5-small
        Prompts("query: ", "passage: "),
    ),
    (
        re.compile(r"bge-(small|base|large)-zh", re.I),  # BAAI/bge-small-zh-v1.5
        Prompts("为这个句子生成表示以用于检索相关文章："),
    ),
    (
        re.compile(r"bge-(small|base|large)-en", re.I),
        Prompts("Represent this sentence for searching relevant passages: "),
    ),
)
_PASSAGE_KEYS = ("document", "passage", "corpus")  # names in use for the same thing


def prompts_for(name: str, own: Mapping[str, str | None] | None = None) -> Prompts:
    """The prompts of model `name`; `own`, what the model's files say, wins where it says anything."""
    own = own or {}
    query = own.get("query") or ""
    passage = next((text for key in _PASSAGE_KEYS if (text := own.get(key))), "")
    if query or passage:
        return Prompts(query, passage)
    return next((prompts for pattern, prompts in _BY_NAME if pattern.search(name)), Prompts())
