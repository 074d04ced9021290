"""Authorities, companies and universities a sentence names stand in what it cites, in the role the plan gives them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from bot.check.claim import Claim, Segment
from bot.check.draft import Fault, FaultKind
from bot.check.evidence import Evidence
from bot.check.fold import plain

TAIL = re.compile(
    r"(?:委员会|管委会?|(?:人民)?政府办公[室厅]|人民政府|政府(?!部门|主导|统筹|推动|监管|引导|采购)|总局|(?<![布格结全大破])局(?!面|部|势|限|长|域|促)|"
    r"委(?!托|员|派|任|以|屈|婉|军)|办公厅|办公室|办(?!发[〔\[(]|理|法|事|公|学|好|案|结|证|企|的)|厅(?!堂)|公司|集团|(?<!加|放|扩)大学(?!科|术|习|生|历|问|报)|学院|法院|"
    r"检察院|海关|研究院|研究所|[一二三四五六七八九]所|协会|商会|银行|(?<!部)署(?!名|的|有|上)|部门(?!行业|协作|间)|机关|"
    r"(?<=财政|科技|商务|公安|教育|运输|环境|农村|息化|建设|资源|民政|司法|水利|卫健)部(?!门|分|署|属))"
)
STOP = re.compile(r"[^\u3400-\u9fff()/]|[是为由的牵]")
BRACKET = re.compile(r"[(〔\[]([^()〔〕\[\]]{1,6})[)〕\]]")
GENERIC = re.compile(
    r"(?:有关|相关|各相关|主管|行政主管|政府|职能|责任|牵头|配合|监管|其他|上述|该|各|多|多个|同级|负责|组成|参与|等|的|专业|"
    r"[\d一二两三四五六七八九几]{1,8}个?|发文|成文|落款|印发|执法|会同)(?:有关|各)?(?:部门|机关)$|"
    r"(?:行业|计量|技术|标准)(?:主管部门|协会)$|部委$"
)
# words after which a name may begin
LINK = re.compile(
    r"(?:[给了由和与及同为是有向给告经被对括含即的其让需要在归属还中以且并等级、,:;(。“》]|"
    r"联合|单位|部门|牵头|配合|负责|[依根]据|按照|发挥|依托|借助|利用|结合|支持|会同|要求|请|让)$"
)
LEVELS = "国省市区县"
SCHOOLS = ("大学", "学院")
SAME_TAIL = {"委员会": "委", "人民政府": "政府", "管委会": "管委", "总局": "局"}
BARE = frozenset(("部门", "政府", "机关", "公司", "集团", "大学"))
PREFIX = re.compile(
    r"^(?:[\u3400-\u9fff]{2,4}(?<!城)市(?!场)|[\u3400-\u9fff]{2,3}省|各区|各县|各级|地方各级|国家|省|市(?!场)|区|县)?"
)


@dataclass(frozen=True, slots=True)
class Name:
    start: int
    end: int
    text: str
    stands: bool  # in the cited excerpts


def name_faults(claim: Claim) -> Iterator[Fault]:
    for segment in claim.segments:
        for name in read_names(claim, segment):
            if not name.stands:
                yield Fault(FaultKind.ORGANISATION, name.text)


def read_names(claim: Claim, segment: Segment) -> list[Name]:
    return _read(joined(claim.masked), segment, frozenset(place.end for place in claim.places))


def joined(text: str) -> str:
    """各县（市、区）人民政府 is one name: its inner 、 becomes a character of names. The length stays."""
    return BRACKET.sub(lambda match: f"({match.group(1).replace('、', '及')})", text)


def _read(text: str, segment: Segment, ends: frozenset[int]) -> list[Name]:
    """Names that end in 局, 委, 公司 …, each as long as the cited excerpts know it."""
    found: list[Name] = []
    floor = segment.start
    for match in TAIL.finditer(text, segment.start, segment.end):
        if match.start() < floor:
            continue
        run = text[max(floor, match.end() - 16) : match.end()]
        if GENERIC.search(run) or (
            match.group() in BARE and LINK.search(text[max(floor, match.start() - 2) : match.start()])
        ):
            floor = match.end()
            continue
        start = _begins(text, floor, match, segment, ends)
        length = start if start is not None else max(floor, match.start() - 6)
        found.append(Name(length, match.end(), text[length : match.end()], start is not None))
        floor = match.end()
    return found


def _begins(text: str, floor: int, match: re.Match[str], segment: Segment, ends: frozenset[int]) -> int | None:
    """Where the name begins so that the excerpts know it; the shortest such name that is whole."""
    lowest = max(floor, match.end() - 24)
    for start in range(match.start(), lowest - 1, -1):
        name = text[start : match.end()]
        if STOP.search(name):
            return None
        if len(name) < 2 or (len(name) == 2 and not any(name in one.text for one in segment.evidence)):
            continue
        if (
            start > floor
            and start not in ends
            and not (_is_prefixed(name) or LINK.search(text[max(0, start - 2) : start]))
        ):
            continue
        if any(_knows(one, name) for one in segment.evidence):
            return start
    return None


def _is_prefixed(name: str) -> bool:
    match = PREFIX.match(name)
    return bool(match and match.group())


def _knows(one: Evidence, name: str) -> bool:
    return any(same_name(name, written) for written in _written(one))


@lru_cache(maxsize=1024)
def _written(one: Evidence) -> tuple[str, ...]:
    """Names the excerpt holds: its responsible units, the plan's issuer, and what its text names."""
    names = [joined(plain(unit.name)) for unit in one.units]
    if one.plan.metadata.issuer:
        names.append(one.plan.metadata.issuer.value)
    text, floor = joined(one.text), 0
    for match in TAIL.finditer(text):
        start = match.start()
        while start > floor and not STOP.match(text[start - 1]) and match.end() - start < 24:
            start -= 1
        names.append(text[start : match.end()])
        floor = match.end()
    return tuple(dict.fromkeys(names))


def same_name(name: str, written: str) -> bool:
    """市卫健委 = 市卫生健康委 = 卫生健康部门: one spelling within the other, of one kind and one level.

    What the excerpt's text runs on to the left of a name (按照职责由市财政局) is cut by the suffix.
    """
    level, core, tail = name_parts(name)
    other_level, other, other_tail = name_parts(written)
    if level and other_level and level != other_level:
        return False
    if tail != other_tail and "部门" not in (tail, other_tail):
        return False
    if tail in SCHOOLS and core != other:
        return written.endswith(name)
    if len(core) < 2:
        return core == other or written.endswith(name)
    if written.endswith(name):
        return True
    return bool(other) and _folds(core, other)


def _folds(core: str, other: str) -> bool:
    """Whether one is an abbreviation of the other, from its first character on."""
    short, long = sorted((core, other), key=len)
    return len(short) >= 2 and short[0] == long[0] and len(long) <= 4 * len(short) and _within(short, long)


def _within(short: str, long: str) -> bool:
    rest = iter(long)
    return all(char in rest for char in short)


@lru_cache(maxsize=4096)
def name_parts(name: str) -> tuple[str, str, str]:
    """厦门市税务局 → 市 税务 局; 市市场监督管理局 → 市 市场监督管理 局."""
    match = TAIL.search(name, max(0, len(name) - 5))
    tail = match.group() if match else name[-1]
    body = name[: match.start()] if match else name[:-1]
    prefix = PREFIX.match(body)
    lead = prefix.group() if prefix else ""
    level = next((char for char in LEVELS if char in lead[-2:]), "")
    core = body[len(lead) :]
    if tail.startswith("政府"):
        core = core.removesuffix("人民")
    return level, core, SAME_TAIL.get(tail, tail)
