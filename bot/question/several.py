"""Several questions in one message: each is asked by itself."""

import re

from bot.question.fold import fold
from bot.question.patterns import ORDERS
from bot.question.read import cut_orders

END = re.compile(r"(?<=[?？])|[,，。;；]\s*(?=(?:另外|还有|顺便|再问|再就是))")
MORE = re.compile(r"另外|还有|顺便|再问|再就是")
MOST = 4
SHORTEST = 4  # characters of a question worth splitting off


def split_questions(text: str) -> list[str]:
    """The message's questions, when each asks something; else the message as it is, an order to the bot included."""
    found = END.split(text)
    if len(found) == 1:
        return [text]
    parts = [part.strip() for part in found if len(fold(part)) >= SHORTEST]
    asked = [part for part in parts if part.endswith(("?", "？")) or MORE.match(part)]
    whole = len(asked) == len(parts) or (len(asked) == len(parts) - 1 and MORE.match(parts[-1]))
    splits = 2 <= len(parts) <= MOST and whole and not any(map(_is_mere_order, parts))
    return parts if splits else [text]


def _is_mere_order(part: str) -> bool:
    folded = fold(part)
    return ORDERS.search(folded) is not None and not cut_orders(folded)[1]
