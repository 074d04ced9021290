"""What a quantity is called: the words beside an amount without the verbs, times and joints around them.

力争到2025年全市诚信计量示范单位总数达到 → 全市诚信计量示范单位
"""

import re
from dataclasses import dataclass
from itertools import product

from ingest.amounts import BEFORE
from ingest.times import PERIOD, SO_FAR, TO_YEAR, period_end

NAME_MAX = 60
NAME_MIN = 4
# short words that are names all the same: 覆盖率, 受检率, 人数
MEASURES = tuple(
    "率 数 量 额 度 资金 经费 投入 投资 比例 比重 占比 人才 标准 周期 时间 时限 收入 税收 面积 里程 值 款".split()
)
NO_NAMES = {"数量", "总量", "总数", "比例", "总额", "到", "达", "人数", "家数", "件数", "增加量", "个数"}
VERBS = (
    "并|和|及|争取|力争|争创|完成|引导并?|创建|建成|建设|建立|培育|引导培育|引导并培育"
    "|推动|引进|安排|设立|组建|打造|评选|认定|累计|现有|拥有|已"
)
BESIDE = ("高于", "低于", "优于", "快于", "超过")  # 高于全国平均水平0.2个百分点
LEADING_VERBS = re.compile(rf"^(?:{VERBS})+(?=[“\u4e00-\u9fff]{{4}})")
# 2025年完成15家: what is counted is not named here
NAMELESS = re.compile(rf"(?:{VERBS}|其中|新增|再|共|达|使|将|全年){{0,4}}")
SUBJECT = re.compile(
    r"(?:全|我|本)[省市区县州]{1,2}(?:范围内)?(?:已|共|累计|现)?(?:建成|建有|拥有|培育|创建|有|完成|建立)了?(?=[\u4e00-\u9fff]{2})"
)
# of a longer name: 存储总量, 能源消费总量 are names of their own
TOTAL = "(?<![费耗放水电能值产储])总量"
REACHES = re.compile(
    rf"(?:总数|{TOTAL}|数量)?(?:(?:达到|达|提升|提高|增加|增长|扩大|扩充|发展|增|升|降|降低|下降|减少|压减|压缩|缩短|控制|稳定|保持|维持|巩固|累计达)(?:到|至|在|为)了?|达到了?|达|突破|不少于|不低于|为|(?<!赶)超|有|共|(?<![节预签契条公制违特])约|(?<![附最邻远])近|(?<=[率例度重比])(?:实现|保持|维持|稳定|在)|(?<=[量额值])(?:累计)?完成)$"
)
RISE = "提高|提升|增加|增长|上升|下降|降低|减少|翻[一两二三]?番"
# 五年累计服务企业, 三年培养骨干: for how long is no part of a name, but 九年义务教育 and 三年行动计划 are
DURATION = re.compile(
    r"[近用]?[一二两三四五六七八九十\d]{1,2}年(?:[来内间](?:累计)?|累计|(?=新[增建]|培[养育训]|完成|服务|建[成立]|改造|开展|组织|引进|$))"
)
YEARLY = re.compile(r"^.{1,40}?每年(?=.{4})")  # 省财政每年安排专项资金
WITHIN = re.compile(r"(?:年内|年底前|[上下]半年|[今当明后去]年|(?:\d{1,2}月?[—–至-])?\d{1,2}月[底份]?前?)，?")
SPAN = re.compile(r"20\d\d年?[—–~～至到-]{1,2}20\d\d年(?:期间)?，?")
IN_WORDS = re.compile(r"(?:[节预签契条公制违特]约|赶超|[附最邻远]近)$")  # 节约20吨 is not about 20
# 至少建成1家, 至少达到20%
AT_LEAST = re.compile(
    r"(?P<word>至少|最少|至多|最多|不少于)[应要]?(?:达到?|建[成有设立]?|[设配][有立备]|完成|培育|创建|新增|新建|开展|组织|举办|安排|保持在|拥?有|为)了?$"
)
# 配备率比2020年提高 · 较“十三五”末增长 · 与2020年相比下降
COMPARED = re.compile(
    rf"[与和同]?(?:比|较|相较于?|(?<=[与和同]))(?P<when>20\d\d年[底末]?|“?十[一二三四五六七]五”?期?末|上一?年|去年)(?:同期|水平)?(?:相比|下?相比较)?"
    rf"(?P<rise>(?:再|累计|平均|分别|又|实现)?(?:{RISE})了?)$"
)
TIMES_OF = re.compile(r"(?P<when>20\d\d年[底末]?|“?十[一二三四五六七]五”?期?末)的$")
STEADILY = re.compile(
    r"(?:要|须|需|必须|应当|应|均|都|(?<!不)仅|也|已|已经|将|力争|争取|确保|逐步|全部|总体|平均|稳步|持续|始终|进一步|累计|合计|分别|每年|每[户家人个件县村校])$"
)
YEARS_LAST = re.compile(r"到?20\d\d年(?:年?[底末])?(?:[、和及与]到?20\d\d年(?:年?[底末])?){0,4}$")
COUNTED = re.compile(rf"(?<=..)(?:总数|数量|{TOTAL})$")
JOINT = re.compile(
    r"(?:[、，和及并与]|——|--|[-•·●◆■]|[（(]?\d{1,2}[）).．、]|[①-⑳]|(?<![\u4e00-\u9fff])[一二三四五六七八九十][是要](?=[\u4e00-\u9fff]))+"
)
MEANWHILE = re.compile(
    r"(?:力争|争取|确保|实现|推动|其中|但是?|使|将|全年|每年|年均|同时|目前|现有|前|，){1,6}(?=[\u4e00-\u9fff“][\u4e00-\u9fff“\d]|20\d\d年)"
)
# 各地要确保到2025年底完工率: who is to see to it
SEEN_TO = re.compile(
    r"(?:各[地区县市镇乡级]{1,3}|各(?:有关)?(?:部门|单位)|全[省市县区])(?:[要应须]|必须)?(?:确保|力争|实现)(?=[到至]?20\d\d年)"
)
YEAR = re.compile(r"(?<!\d)(?P<year>20\d\d)(?=[年、和及与])")
YEARS_FIRST = re.compile(
    r"[到至在]?20\d\d年(?:年?[底末]|度)?前?(?:[、，和及与]?[到至在]?20\d\d年?(?:年?[底末]|度)?前?){0,5}，?"
)
EXTREMES = ("最高", "最低", "最多", "最少", "至少", "至多")
SEPARATORS = ("、", "和", "及", "与", "以及")


@dataclass(frozen=True, slots=True)
class Bound:
    """How the words end that lead to an amount: `reaches` as in 达到, `word` as in 不超过, `since` as in 比2020年."""

    reaches: bool
    word: str
    since: int | None = None


def first_name(words: str) -> tuple[str, Bound]:
    """The name in the words before an amount, and how they lead to it."""
    word, rest = _bound(words)
    shorter = _without_end(rest)
    since = None
    if compared := COMPARED.search(shorter):
        since = year_told(compared["when"])
        shorter = shorter[: compared.start()] + compared["rise"]
    name = _without_start(shorter)
    if "、" in name and re.search(r"\d", name):
        name = name.rsplit("、", 1)[1]
    name = "" if NAMELESS.fullmatch(name) else LEADING_VERBS.sub("", YEARLY.sub("", name, count=1)).strip("的")
    if name.startswith("“") and name.endswith("”") and name.count("“") == 1:
        name = name[1:-1]
    return name, Bound(bool(word) or (shorter != rest and since is None), word, since)


def _bound(words: str) -> tuple[str, str]:
    """不超过 of 额度最高不超过, and what is left without it."""
    if IN_WORDS.search(words):
        return "", words
    if least := AT_LEAST.search(words):
        return least["word"], words[: least.start()]
    word = next((one for one in BEFORE if words.endswith(one)), "")
    rest = words.removesuffix(word)
    return word, next((rest.removesuffix(one) for one in EXTREMES if word and rest.endswith(one)), rest)


def last_name(words: str) -> str:
    """The name that follows its amount."""
    return LEADING_VERBS.sub("", words.removeprefix("的").removesuffix("的基础上")).strip("的")


def is_name(name: str, least: int = NAME_MIN) -> bool:
    if len(name) > NAME_MAX or name in NO_NAMES or name.startswith(BESIDE):
        return False
    return len(name) >= least or (len(name) >= 2 and name.endswith(MEASURES))


def year_told(words: str) -> int | None:
    """2020年底 → 2020; “十三五”末 → 2020."""
    return next(iter(years_in(words)), None) or period_end(words)


def years_in(words: str) -> list[int]:
    return [int(match["year"]) for match in YEAR.finditer(words)]


def shared_names(words: str, count: int) -> list[str]:
    """The `count` names of a list: 受检率和合格率 → 受检率, 合格率. Empty when the words are no list of so many.

    A name may hold 和 itself: the fewest kinds of joints that give the count are taken.
    """
    subject = _without_start(_without_end(words))
    for joints in sorted(product((False, True), repeat=len(SEPARATORS)), key=_fewest):
        used = [one for one, on in zip(SEPARATORS, joints, strict=True) if on]
        if not used:
            continue
        parts = re.split("|".join(sorted(used, key=len, reverse=True)), subject)
        if len(parts) == count and all(len(part) >= 2 for part in parts):
            return [LEADING_VERBS.sub("", part).strip("的") for part in parts]
    return []


def _fewest(joints: tuple[bool, ...]) -> tuple[int, list[bool]]:
    """、 before 和: 检定和校准机构、实验室 are two."""
    return sum(joints), [not one for one in joints]


def _without_end(words: str) -> str:
    """Without verbs, adverbs and 数量 at the end."""
    before = None
    while before != words:
        before = words
        words = YEARS_LAST.sub("", STEADILY.sub("", REACHES.sub("", words)))
    return COUNTED.sub("", words) or words


def _without_start(words: str) -> str:
    """Without times, joints and verbs of aiming at the beginning."""
    before = None
    while before != words:
        before = words
        for pattern in (
            SEEN_TO,
            JOINT,
            SPAN,
            SO_FAR,
            TO_YEAR,
            YEARS_FIRST,
            PERIOD,
            DURATION,
            WITHIN,
            MEANWHILE,
            SUBJECT,
        ):
            if match := pattern.match(words):
                words = words[match.end() :]
    return words
