"""Markdown's signs go, each a named discard; what they mark stays text. Only in documents that are Markdown."""

import re

from ingest.model import Discard
from ingest.traced import Traced

REASON = "markup"
# ## 一、总体要求 — a hash and a blank at the beginning of a line
HEADING = re.compile(r"^[ \t]{0,3}#{1,6}[ \t]++", re.M)
BOLD = re.compile(r"(?<!\*)\*\*(?!\*)[^*\n]{1,300}\*\*(?!\*)")
SIGNS = (
    re.compile(r"\A---[ \t]{0,8}\n(?:[A-Za-z_-]{1,30}:[^\n]{0,300}\n){0,40}---[ \t]{0,8}(?=\n)"),  # front matter
    HEADING,
    re.compile(r"(?<=[^\s#])[ \t]{1,8}#{1,6}[ \t]{0,8}$", re.M),  # ## 一、总体要求 ##
    re.compile(r"(?<!\*)\*\*(?!\*)|(?<!\*)\*\*\*(?!\*)"),
    re.compile(r"(?<![*\\])\*(?=[^\s*][^*\n]{0,80}[^\s*]\*)|(?<=[^\s*\d\\])\*(?!\*)"),
    re.compile(r"(?<!_)__(?=[^_\s])|(?<=[^_\s])__(?!_)"),
    # _责任单位：市教育局_ — but not a_b, nor ____ to be filled in
    re.compile(r"(?<![\w\\])_(?=[\u4e00-\u9fff“（【][^_\n]{0,300}_(?!\w))|(?<=[\u4e00-\u9fff”）】。；：，])_(?!\w)"),
    re.compile(r"^[ \t]{0,3}(?:-{3,20}|\*{3,20}|_{3,20})[ \t]{0,8}$", re.M),  # a rule
    re.compile(r"^[ \t]{0,3}>[ \t]?", re.M),
    re.compile(r"^[ \t]{0,8}[*+-][ \t]++(?=[^\s*+-])", re.M),  # a bullet
    re.compile(r"\\(?=[.()#*_\[\]+!>|-])"),
    re.compile(r"!?\[(?=[^\[\]\n]{1,200}\]\()|\]\([^()\n]{0,300}\)"),  # [text](address)
    re.compile(r"`{1,3}|<br ?/?>|<!--[^\n]{0,300}?-->"),
)
LEVEL = re.compile(r"[ \t]{0,3}(#{1,6})[ \t]")


def drop_markup(text: Traced) -> tuple[Traced, list[Discard]]:
    """Headings' hashes, emphasis, bullets, rules, links' addresses."""
    if not (HEADING.search(text.text) or BOLD.search(text.text)):
        return text, []
    discards: list[Discard] = []
    for sign in SIGNS:
        text, dropped = text.drop(sign, REASON)
        discards += dropped
    return text, discards


def heading_level(source: str, offset: int) -> int:
    """How many hashes begin the source line that holds `offset`; 0 for none."""
    match = LEVEL.match(source, source.rfind("\n", 0, offset) + 1, offset)
    return len(match.group(1)) if match else 0
