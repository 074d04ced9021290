"""When a document says it is in force: from what day, to what day, and which documents it puts an end to."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from re import Match

from ingest.dates import DATE, iso_date
from ingest.model import Clause, Fact, Kind, Metadata, Reference, Validity
from ingest.numerals import numeral_value

STARTS = r"(?:正式)?(?:施行|试行|实施|执行|生效)"
BEGINS = rf"(?:零时)?(?:起|之日起|开始)?{STARTS}"
# 自2023年7月1日起施行 · 于2023年7月1日施行
FROM_DAY = re.compile(rf"[自从于](?P<day>{DATE}){BEGINS}")
# 2021年3月3日施行, in the head of a statute · 2025-06-20发布2025-08-01实施, on the cover of a standard
DATED = re.compile(rf"(?:^|(?<=[（，；\s])|(?<=发布))(?P<day>{DATE}){BEGINS}", re.M)
# 自发布之日起施行 · 自印发之日起30日后施行
FROM_ISSUE = re.compile(
    rf"自(?:公布|发布|印发|颁布|下发)之日起(?:(?P<later>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})日后)?{STARTS}"
)
# 施行日期：2023年7月1日, in the head of a page
LABELLED = re.compile(rf"^(?:施行|实施|生效)日期[：:\t](?P<day>{DATE})$", re.M)
# 失效日期：2023年12月31日 · 有效期：至2024年12月31日, on its line or beside other labels
ENDED = re.compile(rf"(?:(?:失效|废止|截止)(?:日期|时间)|有效期限?)[：:\t](?:有效期)?(?:截?止?[至到])?(?P<day>{DATE})")
# 有效期至2025年12月31日 · 有效期自…至… · 施行…至2025年12月31日止
UNTIL_DAY = re.compile(
    rf"(?:有效期(?:限)?(?:自{DATE}起?)?|{STARTS}，?)(?:截止到|截止至|截至|至|到|执行至)"
    rf"(?P<day>{DATE})"
)
# 有效期为五年 · 有效期2年
FOR_YEARS = re.compile(
    r"(?:有效|试行)期(?:限)?(?:为|是)?(?P<count>\d{1,2}|[一二两三四五六七八九十]{1,2})(?P<unit>年|个月)"
)
# 本办法自…, 本通知有效期…, 现予公布，自…: of the document itself; 计量器具型式批准证书有效期 is of something else
TERM = re.compile(r"(?:有效|试行)期")
OWN = re.compile(
    r"本(?:法|条例|办法|规定|细则|规则|规范|规程|制度|通知|公告|通告|意见|方案|规划|计划|决定|文件|标准|解释)"
    r"|现予(?:公布|发布|印发)|予以(?:公布|发布)"
)
# 《某办法》（自2012年1月1日起施行，有效期五年）: of the document named
ASIDE = re.compile(r"(?<=》)（[^（）]{0,120}）")
OF_A_PART = re.compile(r"(?:其中|第[^，。]{1,12}[条款项])[^，。]{0,12}$")
PARTLY = re.compile(r"第[^。]{1,12}[条款项]|前款|本条(?!例)|《[^》]{1,80}》$")
ABOLISHED = re.compile(r"废止|停止执行|失效")
STAYS = re.compile(r"(?:不得|不予|未|非|不)废止")
NAMED = re.compile(
    r"《(?P<title>[^《》]{2,80})》(?:（(?P<number>[\u4e00-\u9fff]{1,8}〔\d{4}〕\d{1,4}号)[^（）]{0,20}）)?"
)
# 根据2018年10月26日…《关于修改…的决定》第五次修正 · 2020年5月1日修订
AMENDED = re.compile(rf"(?P<day>{DATE})[^。；）\n年]{{0,100}}?(?P<how>修正|修订)")
SENTENCE = re.compile(r"[^。；\n]+[。；]?")
TWO = {"两": 2}
ENDS = (Kind.FRONT, Kind.BACK)


def read_validity(clauses: tuple[Clause, ...], metadata: Metadata) -> Validity:
    """What the document's own words say; a day that must be reckoned (有效期五年) is reckoned from its first."""
    issued = metadata.issued_on or metadata.printed_on
    effective = _effective(clauses, issued)
    amended, how = _amended(clauses)
    expiry = _expiry(clauses, effective or issued)
    return Validity(
        effective=effective,
        expiry=expiry,
        abolished=tuple(_abolished(clauses)),
        version=f"{amended[:4]}年{how}" if amended else "",
        since=max(effective.value if effective else "", amended),
        until=expiry.value if expiry else "",
    )


def _sentences(clauses: Iterable[Clause]) -> Iterator[tuple[Clause, int, str]]:
    for clause in clauses:
        for match in SENTENCE.finditer(clause.text):
            yield clause, match.start(), match.group()


def _fact(clause: Clause, at: int, match: Match[str], value: str | None) -> Fact | None:
    return Fact(value, clause.id, at + match.start(), at + match.end()) if value else None


def _effective(clauses: tuple[Clause, ...], issued: Fact | None) -> Fact | None:
    """What the head of a page says; else the last such sentence, which is where a statute says it."""
    labelled = _headed(LABELLED, clauses)
    said = [_starting(clause, at, sentence, issued) for clause, at, sentence in _sentences(clauses)]
    found = (*labelled, *reversed(said), *reversed(_headed(DATED, clauses)))
    return next(filter(None, found), None)


def _headed(pattern: re.Pattern[str], clauses: Iterable[Clause]) -> list[Fact | None]:
    """What head and end of a document date."""
    heads = [clause for clause in clauses if clause.kind in ENDS]
    found = ((clause, match) for clause in heads for match in pattern.finditer(clause.text))
    return [_fact(clause, 0, match, iso_date(match["day"])) for clause, match in found]


def _starting(clause: Clause, at: int, sentence: str, issued: Fact | None) -> Fact | None:
    match = FROM_DAY.search(sentence)
    if match and _own(sentence, match, clause):
        return _fact(clause, at, match, iso_date(match["day"]))
    match = FROM_ISSUE.search(sentence)
    if match and issued and not PARTLY.search(sentence[: match.start()]):
        return _fact(clause, at, match, _later(issued.value, match["later"]))
    return None


def _own(sentence: str, match: Match[str], clause: Clause) -> bool:
    before = sentence[: match.start()]
    if PARTLY.search(before):
        return False
    return clause.kind in ENDS or _is_subject(before)


def _is_subject(before: str) -> bool:
    """本办法, or nothing, stands right before; or it does further back, and only 由市政府解释， between."""
    last = before.rpartition("，")[2]
    if not last:
        return not before or OWN.search(before) is not None
    return any(match.end() == len(last) for match in OWN.finditer(last))


def _later(day: str, days: str | None) -> str:
    start = date.fromisoformat(day)
    return (start + timedelta(days=numeral_value(days))).isoformat() if days else day


def _expiry(clauses: tuple[Clause, ...], first: Fact | None) -> Fact | None:
    for clause, at, said in _sentences(clauses):
        sentence = ASIDE.sub(lambda aside: "　" * len(aside.group()), said)
        if not _speaks_of_itself(sentence):
            continue
        until = UNTIL_DAY.finditer(sentence)
        if match := next((one for one in until if not OF_A_PART.search(sentence[: one.start()])), None):
            return _fact(clause, at, match, iso_date(match["day"]))
        match = FOR_YEARS.search(sentence)
        if match and first:
            return _fact(clause, at, match, _after(first.value, match))
    return next(filter(None, _headed(ENDED, clauses)), None)


def _speaks_of_itself(sentence: str) -> bool:
    """自…起施行，有效期五年 · 本通知有效期至…"""
    term = TERM.search(sentence)
    head = sentence[: term.start()] if term else sentence
    starts = FROM_DAY.search(head) or FROM_ISSUE.search(head)
    return starts is not None or (term is not None and _is_subject(head))


def _after(day: str, match: Match[str]) -> str | None:
    """The last day of so many years from `day`."""
    count = TWO.get(match["count"]) or numeral_value(match["count"])
    start = date.fromisoformat(day)
    months = start.month - 1 + count * (12 if match["unit"] == "年" else 1)
    try:
        end = start.replace(year=start.year + months // 12, month=months % 12 + 1)
    except ValueError:  # 29 February
        end = start.replace(year=start.year + months // 12, month=months % 12 + 2, day=1)
    return (end - timedelta(days=1)).isoformat()


def _abolished(clauses: Iterable[Clause]) -> Iterator[Reference]:
    for clause, at, sentence in _sentences(clauses):
        if ABOLISHED.search(sentence) and not STAYS.search(sentence):
            for match in NAMED.finditer(sentence):
                yield Reference(match["title"], match["number"], clause.id, at + match.start(), at + match.end())


def _amended(clauses: Iterable[Clause]) -> tuple[str, str]:
    """The day of the last amendment that the head of a statute tells of, and 修正 or 修订; empty where none is."""
    fronts = [clause.text for clause in clauses if clause.kind is Kind.FRONT]
    found = [(iso_date(match["day"]) or "", match["how"]) for text in fronts for match in AMENDED.finditer(text)]
    return max(found, default=("", ""))
