"""Where the back matter (落款) begins: signature, date, 此件公开发布, 抄送."""

import re

from ingest.marks import Mark, find_mark

DATE_LINE = re.compile(
    r"(?:\d{4}|[二〇零○一三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日(?:印发)?$"
)
OPENNESS_LINE = re.compile(r"（此件.{2,10}）$")
COPY_LINE = re.compile(r"抄送：")
# 泉州市人民政府 · 金华市人民政府办公室 · 国家市场监督管理总局
ISSUER_LINE = re.compile(r"[^，。；：（）]{2,24}(?:人民政府|国务院|办公厅|办公室|委员会|总局|局|厅|部)$")
BACK_PATTERNS = (DATE_LINE, OPENNESS_LINE, COPY_LINE, ISSUER_LINE)


def signature_start(lines: list[str]) -> int:
    """Index of the first line of the back matter; len(lines) when there is none."""
    last_mark = max((i for i, line in enumerate(lines) if _numbers_text(line)), default=len(lines))
    for index in range(last_mark + 1, len(lines)):
        if any(pattern.match(lines[index]) for pattern in BACK_PATTERNS):
            return index
    return len(lines)


def _numbers_text(line: str) -> bool:
    found = find_mark(line)
    return found is not None and found.mark is not Mark.BOX
