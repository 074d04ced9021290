"""What an answer says, made comparable: marks, blanks and width do not count."""

import re
import unicodedata
from collections.abc import Iterable

from eval.answers.asker import Reply

LINE_MARK = re.compile(r"^[ \t]*(?:>+|#{1,6}[ \t]|[-*+][ \t])[ \t]*", re.MULTILINE)
CITATION_MARK = re.compile(
    r"""
    \[\[?\^?\d+(?:[,，、][ ]?\d+)*\]?\]   # [1]  [1,2]  [^1]  [[1]]
    (?:\([^)\s]*\))?                       # (link)
    """,
    re.VERBOSE,
)
# The lists under a plain-text answer name titles and document numbers that the answer itself need not say.
SOURCES = re.compile(r"^(?:出处|相近条款)[^\n]*$.*", re.MULTILINE | re.DOTALL)
EMPHASIS = re.compile(r"[*`~\\]|\s+")


def answer_texts(reply: Reply) -> tuple[str, str]:
    """What the answer says, in its two forms, folded for comparing; its list of sources is left out."""
    return fold(reply.answer), fold(SOURCES.sub("", reply.plain_text))


def holds_any(said: Iterable[str], wanted: Iterable[str]) -> bool:
    """Whether any of `wanted` stands in any of the folded texts."""
    needles = [fold(text) for text in wanted]
    return any(needle and needle in text for text in said for needle in needles)


def fold(text: str) -> str:
    """Blanks, width, emphasis, list and citation marks taken out; the bars of tables stay, they part cells.

    >>> fold("- **850 家**[1]")
    '850家'
    """
    text = LINE_MARK.sub("", CITATION_MARK.sub("", text))
    return EMPHASIS.sub("", unicodedata.normalize("NFKC", text)).casefold()
