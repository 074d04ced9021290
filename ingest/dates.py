"""Dates as official documents write them, and what is said to have happened on them."""

import re
from datetime import date
from re import Match

from ingest.numerals import numeral_value

DIGIT = r"[\d〇零○ОOＯ０一二三四五六七八九]"
NUMBER = r"[\d〇零○一二三四五六七八九十]"
# 2023年3月2日 · 二〇二三年三月二日 · 2023-03-02
DATE = rf"(?:{DIGIT}{{4}}年{NUMBER}{{1,3}}月{NUMBER}{{1,3}}日|(?<!\d)\d{{4}}[-./]\d{{1,2}}[-./]\d{{1,2}}(?!\d))"
PARTS = re.compile(rf"({DIGIT}{{4}})[年\-./]({NUMBER}{{1,3}})[月\-./]({NUMBER}{{1,3}})")
YEAR_DIGITS = str.maketrans("〇零○ОOＯ０一二三四五六七八九", "0000000123456789")
# what follows a date in its sentence, up to the next year
SAME = r"(?:(?!\d{4}年)[^，。；\n]){0,90}?"
# 2013年7月26日某省第十二届人民代表大会常务委员会第四次会议通过 — but not …通过的《关于修改…的决定》
PASSED = re.compile(rf"(?P<date>{DATE}){SAME}(?:通过|批准)(?!的|〉|》)")
# 2013年7月26日某省人民代表大会常务委员会公告第5号公布
PUBLISHED = re.compile(rf"(?P<date>{DATE}){SAME}(?:公布|发布|颁布)(?!之日|的|〉|》)")
# 2018年12月20日…《关于修改〈…〉的决定》第二次修正
REVISED = re.compile(rf"(?P<date>{DATE}){SAME}(?:修正|修订)(?!的|〉|》|本|稿|案)")


def iso_date(written: str) -> str | None:
    """二〇二三年三月二日 → 2023-03-02; None for a misprint such as 2月30日, which states no day."""
    match = PARTS.search(written)
    return _iso(match) if match else None


def _iso(match: Match[str]) -> str | None:
    year, month, day = match.groups()
    try:
        numbers = numeral_value(year.translate(YEAR_DIGITS)), numeral_value(month), numeral_value(day)
        return date(*numbers).isoformat()
    except ValueError:
        return None
