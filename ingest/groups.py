"""The amounts that 分别 gives out to as many names: 受检率和合格率分别达到95%和98%."""

import re
from collections.abc import Iterable
from re import Match

BREAKS = "，。；：！？\n“”"
JOINS = re.compile(r"(?:、|，|和|及|与|以及){1,2}")
REACH = 12  # characters between 分别 and its first amount


def read_groups(text: str, start: int, following: Iterable[Match[str]]) -> list[list[Match[str]]]:
    """The amounts after 分别 as they are joined: [95%, 98%], or [30家, 20家] and [90家, 60家] after 由."""
    groups: list[list[Match[str]]] = []
    for match in following:
        between = text[start : match.start()]
        if groups and JOINS.fullmatch(between):
            groups[-1].append(match)
        elif len(between) <= REACH and _leads(between, bool(groups)) and len(groups) < 2:
            groups.append([match])
        else:
            break
        start = match.end()
    return groups


def _leads(between: str, again: bool) -> bool:
    """Whether words lead from 分别 to its amounts, or from the first amounts to the second ones: 增加到."""
    return not set(between) & set(BREAKS) and (not again or between.endswith(("到", "至", "为")))
