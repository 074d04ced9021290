"""The words that lead to an amount: where they begin, and whose name they go on from when they bear none."""

import re
from dataclasses import dataclass, replace
from re import Match

from ingest.names import Bound, first_name
from ingest.quantity import Quantity

BREAKS = "，。；：！？\n"
SEGMENT_MAX = 120  # characters before an amount that may hold its name
RISES = re.compile(r"(?:年均|每年|平均|同比|环比)?(?:增速|增幅|提高|提升|增加|增长|上升|下降|降低|减少)$")
# 数量翻一番，达到240家 · 稳步提升，达到95%
RISEN = re.compile(
    r"(?:实现)?(?:翻[一两二三]?番|(?:稳步|明显|显著|大幅|持续|逐[年步]|不断|进一步|有效)(?:提高|提升|增加|增长|上升|下降|降低|减少|扩大|缩短))$"
)
# 其中2025年新建2个: by a verb that makes it the same, or none
OF_WHICH = re.compile(r"其中(?:到|至)?20\d\d年(?:年?[底末])?(?P<verb>[\u4e00-\u9fff]{2})?$")
MADE = ("新建", "建成", "完成", "新增", "达到")
GOES_ON = re.compile(r"20\d\d年|累计|合计|共计|总计")
TOTAL, NEW = re.compile(r"总[数量计]|总共"), re.compile(r"^新[增建]")  # 新增基站1000个，总数达到5000个
EACH = ("每", "各")
SAME_TIME = ("同比", "环比")


@dataclass(frozen=True, slots=True)
class Lead:
    """What leads to the amount `match` from `start` on: a name, how it is bound, and since which year."""

    text: str
    start: int
    match: Match[str]
    name: str
    bound: Bound
    since: int | None

    @property
    def before(self) -> str:
        return self.text[self.start : self.match.start()]


def phrase_start(text: str, position: int, least: int = 0) -> int:
    """Where the words before `position` begin: after the last break that no bracket or quote holds, or at `least`."""
    depth, quoted, least = 0, 0, max(least, position - SEGMENT_MAX, 0)
    unopened = least  # after the last ” whose “ is further away
    for index in range(position - 1, least - 1, -1):
        char = text[index]
        depth += (char == "）") - (char == "（")
        unopened = index + 1 if char == "”" and not quoted else unopened
        quoted += (char == "”") - (char == "“")
        if depth < 0 or quoted < 0 or (char in BREAKS and depth <= 0 and not quoted):
            return index + 1
    return unopened if quoted else least


def carried(lead: Lead, last: int, told: Quantity | None) -> Lead:
    """With the name of what was told before, where an amount has none of its own. No phrase begins before `last`."""
    if not lead.name and lead.bound.reaches and (risen := _risen(lead, last)):
        return risen
    if not told or "。" in lead.text[told.at : lead.match.start()]:
        return lead
    before = lead.before
    part = OF_WHICH.search(before)
    if part and (not part["verb"] or part["verb"] in (*MADE, told.name[:2])) and (name := _goes_on(told, lead.match)):
        return replace(lead, name=name)
    if not lead.name and (lead.bound.reaches or GOES_ON.search(before)) and not set(before) & set(EACH):
        name = _goes_on(told, lead.match)
        return replace(lead, name=NEW.sub("", name) if TOTAL.search(before) else name)
    if RISES.fullmatch(lead.name) and (lead.bound.since or lead.name.startswith(SAME_TIME)):
        return replace(lead, name=RISES.sub("", told.name) + lead.name)  # 达到300人，较2020年增长50%
    return lead


def _risen(lead: Lead, last: int) -> Lead | None:
    """示范单位较2020年翻一番，达到240家: what rises in the phrase before."""
    if lead.text[lead.start - 1 : lead.start] != "，":
        return None
    name, bound = first_name(lead.text[phrase_start(lead.text, lead.start - 1, last) : lead.start - 1])
    shorter = RISEN.sub("", name)
    return replace(lead, name=first_name(shorter)[0], since=bound.since) if shorter != name else None


def _goes_on(told: Quantity, match: Match[str]) -> str:
    """已达150项，到2025年达到200项: the thing just told, counted in the same unit; else empty."""
    risen = RISES.sub("", told.name)
    if told.amount.unit == "个百分点" and match["unit"] in "%％":
        return risen
    if told.amount.unit == "%" and match["unit"] not in "%％" and risen != told.name:
        return risen  # 收入年均增长8%，2025年达到1.5亿元
    return told.name if told.amount.unit == match["unit"].replace("％", "%") else ""
