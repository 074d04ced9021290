"""The back matter (落款): who signed and when, 此件公开发布, 抄送, and the list of annexes above them."""

import re

from ingest.dates import DATE
from ingest.marks import Mark, find_mark

SEAL = r"（(?:盖章|公章|代章|印章|章|印)）"
# 2023年3月2日 · 二〇二三年三月二日 · 某市人民政府2023年3月2日 · 某市人民政府办公室2023年3月3日印发
DATE_LINE = re.compile(
    rf"(?P<issuer>[^，。；：（）《》\d\t]{{2,60}}(?<![二〇零○ОOＯ一三四五六七八九自于至起]))?(?:{SEAL})?{DATE}(?:印发)?$"
)
OPENNESS_LINE = re.compile(r"[（【]?此件.{2,10}[）】]?$")
COPY_LINE = re.compile(r"抄送：|主题词：|联系人：|联系电话：|（联系人")
# 泉州市人民政府 · 金华市人民政府办公室 · 国家市场监督管理总局
BODY_ENDS = "人民政府|国务院|供销合作社|办公厅|办公室|政府办|委员会|[局厅部委院会署]|中心|银行|法院|公司"
ISSUER_LINE = re.compile(rf"[^，。；：（）\t]{{2,40}}(?:{BODY_ENDS})(?:{SEAL})?$")
SEALED = re.compile(rf"{SEAL}$")
SIGNER_MAX = 40
SIGNERS = 12


def signature_block(lines: list[str], start: int) -> int:
    """Where the back matter that begins at `start` ends; `start` when none begins there."""
    index = start
    while index < len(lines) and index - start < SIGNERS and _signs(lines, index):
        index += 1
    if index >= len(lines) or not (DATE_LINE.match(lines[index]) or (index == start and _closes(lines[index]))):
        return start
    copied = False
    while index < len(lines) and (copied or _belongs(lines, index)):
        copied = copied or lines[index].startswith("抄送")
        found = find_mark(lines[index])
        if found and found.mark is Mark.ANNEX:
            break
        index += 1
    return index


def is_signed(lines: list[str], start: int, end: int) -> bool:
    """Whether somebody signs there, be it on the line of the date."""
    dated = [match for line in lines[start:end] if (match := DATE_LINE.match(line))]
    return bool(dated) and (DATE_LINE.match(lines[start]) is None or dated[0]["issuer"] is not None)


def signers_alone(lines: list[str], start: int, end: int) -> int:
    """Where the issuers begin that end `lines[start:end]` without a date; `end` when none do."""
    index = end
    while index > start + 1 and ISSUER_LINE.fullmatch(lines[index - 1]) and find_mark(lines[index - 1]) is None:
        index -= 1
    return index if index < end and lines[index - 1].endswith(("。", "；", "）", "】")) else end


def _signs(lines: list[str], index: int) -> bool:
    """A short line right above a date, or an authority's name above another such line."""
    line = SEALED.sub("", lines[index])
    if len(line) > SIGNER_MAX or any(char in line for char in "，。；：（）《》｜\t") or DATE_LINE.match(line):
        return False
    if find_mark(line) is not None or index + 1 >= len(lines):
        return False
    return bool(DATE_LINE.match(lines[index + 1])) or (bool(ISSUER_LINE.fullmatch(line)) and _signs(lines, index + 1))


def _belongs(lines: list[str], index: int) -> bool:
    return _closes(lines[index]) or bool(DATE_LINE.match(lines[index])) or _signs(lines, index)


def _closes(line: str) -> bool:
    return bool(OPENNESS_LINE.match(line) or COPY_LINE.match(line))
