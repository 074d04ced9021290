"""Amounts as figures or as numerals, with their units: 5万元 is 五万元 and 50000元, 三十日 is 30天."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from ingest.numerals import numeral_value

NUMERAL = r"[一二两三四五六七八九十百千零〇]{1,8}"
FIGURE = rf"(?:\d{{1,9}}(?:\.\d{{1,4}})?|{NUMERAL})"
UNITS = (
    "个百分点 个工作日 工作日 个月 个 家 项 人 名 台 种 批次 批 份 次 倍 元 天 日 小时 年 % 公里 公斤 千克 吨"
).split()
# 1—5万元 · 5万余家 · 三十日 · 92%; not of 3月15日, 第15日, 〔2021〕37
AMOUNT = re.compile(
    rf"(?<![\d〕第.月年])(?:(?P<low>{FIGURE})(?P<lows>[万亿千百]?)[—～~至-])?(?P<figure>{FIGURE})(?P<times>[万亿]?)余?(?P<unit>{'|'.join(UNITS)})"
)
TIMES = {"": 1, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
SAME = {"天": "日", "名": "人", "工作日": "个工作日", "千克": "公斤"}


@dataclass(frozen=True, slots=True)
class Amount:
    """`wording` as it is said; equal amounts have equal `value` and `unit`."""

    wording: str
    value: Decimal
    unit: str

    @property
    def key(self) -> tuple[Decimal, str]:
        return self.value, self.unit


def amounts(text: str) -> Iterator[Amount]:
    """Those of `text`, of a range both ends."""
    for match in AMOUNT.finditer(text):
        unit = SAME.get(match["unit"], match["unit"])
        high = _value(match["figure"]) * TIMES[match["times"]]
        if match["low"]:
            low = _value(match["low"])
            shared = low * TIMES[match["lows"] or match["times"]]
            yield Amount(match.group(), shared if shared < high else low, unit)  # 1—5万元, but 五千至一万元
        yield Amount(match.group(), high, unit)


def _value(figure: str) -> Decimal:
    return Decimal(figure) if figure[0].isdecimal() else Decimal(numeral_value(figure.replace("两", "二")))
