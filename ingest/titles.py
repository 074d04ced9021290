"""A document's title and issuer → its kind, whose it is, and what people call it. Exact rules, no guesses."""

import re
from dataclasses import dataclass, replace

from ingest.catalogue import Entry
from ingest.divisions import SUFFIX, opening
from ingest.model import DocumentKind, Metadata

# 《泉州市…办法》（2018修正） · …条例(试行): a title is the same document's whatever version it bears
VERSION = re.compile(r"[（(〔](?P<wording>[^（）()〔〕]{0,12}(?:修正|修订|[试暂]行|版)本?)[）)〕]$")
UNDATED = re.compile(r"[（(][^（）()]{0,12}年[）)]$")  # 国务院计量发展规划（2021—2035年）
YEAR = re.compile(r"(?:19|20)\d\d")
# 国务院关于印发计量发展规划（2021—2035年）的通知 · 公布《…办法》的决定
CARRIED = re.compile(
    r"(?:印发|发布|公布|转发)(?:《(?P<book>[^《》]{4,80})》|(?P<bare>[^《》]{4,80}?))"
    r"的(?:通知|公告|决定|命令|令|函)"
)
STATE = "中华人民共和国"
OPENERS = re.compile(r"^(?:关于)?(?:印发|发布|公布|转发)")
NATIONAL = re.compile(
    rf"{STATE}|国务院|国家|全国|中共中央|中央|最高人民|(?:市场监管|质检|海关|税务)总局"
    r"|[\u4e00-\u9fff]{2,10}(?:部|总局|总署)(?:$|[、办令公关]|等)"
)
# 海州市 where no table has it; not 超市, 农贸市场, 城市
UNLISTED = re.compile(
    r"(?P<name>[\u4e00-\u9fff]{2,3}(?:(?<![城超都夜早门股楼集黑菜花上开贸])市(?![场价政民集])|省(?![级际内])|县(?![级域区])))"
    r"|(?P<district>[\u4e00-\u9fff]{2,4}区)(?=人民政府|市场监督管理局)"
)
UNLISTED_LEVELS = {"省": "provincial", "市": "municipal", "县": "county", "区": "county"}
PLANS = ("规划", "方案", "意见", "计划", "纲要")
# the longest first; what ends otherwise is a plan
ENDS: tuple[tuple[str, DocumentKind], ...] = (
    ("实施细则", DocumentKind.RULE),
    ("条例", DocumentKind.REGULATION),
    *((end, DocumentKind.RULE) for end in ("办法", "规定", "细则", "规则", "制度", "解释")),
    *((end, DocumentKind.STANDARD) for end in ("规程", "规范", "标准", "准则")),
    *(
        (end, DocumentKind.NOTICE)
        for end in ("通知", "公告", "公示", "通告", "公报", "函", "批复", "通报", "令", "决定")
    ),
    *((end, DocumentKind.PLAN) for end in PLANS),
    ("法", DocumentKind.LAW),
)
PERIOD = re.compile(
    r"^(?:“?十[二三四五六七八]五”?(?:期间|时期)?|(?:\d{4}年?[—-])?\d{4}年度?)"
)  # 2024年临川市计量工作要点
NO_LAW = ("方法", "做法", "用法", "执法", "司法", "立法")
NOUNS = tuple(end for end, _ in ENDS if end != "法")
ALONE = ("实施细则", "细则", "条例")  # what is called so without its subject, where there is one alone


@dataclass(frozen=True, slots=True)
class Identity:
    """Whose document it is and how it is called. `region` is short: 泉州; 全国 for what holds everywhere."""

    kind: DocumentKind
    level: str
    region: str
    names: tuple[str, ...]  # the longest first
    place_names: tuple[str, ...]  # 泉州市, 泉州
    version: str = ""  # as the title says it: 2018年修正


def identify(title: str, issuer: str = "") -> Identity:
    """What the words of title and issuer say; level `other` and no region where they say nothing."""
    version = VERSION.search(title)
    base = bare_title(title)
    subject = carried(base)
    kind = named_kind(subject) or named_kind(base) or DocumentKind.PLAN
    places = [_place(PERIOD.sub("", text)) for text in (base, OPENERS.sub("", subject), issuer)]
    level, region, place_names = next((place for place in places if place), ("other", "", ()))
    if not region and kind is DocumentKind.LAW:
        level, region = "national", "全国"
    names = tuple(dict.fromkeys(name for one in (base, subject) if one for name in _names(one, place_names)))
    ordered = tuple(sorted(names, key=lambda name: -len(name)))
    return Identity(kind, level, region, ordered, place_names, version["wording"] if version else "")


def identity_of(entry: Entry, metadata: Metadata) -> Identity:
    """What the catalogue says; where it is silent, what title and issuer say."""
    title = metadata.title.value if metadata.title else "" if entry.name.isascii() else entry.name
    said = identify(title, entry.issuer or (metadata.issuer.value if metadata.issuer else ""))
    if entry.region or entry.level != "other":
        said = replace(said, level=entry.level, region=entry.region, place_names=entry.aliases)
    named = (entry.name, UNDATED.sub("", entry.name)) if not entry.name.isascii() else ()
    own = (*entry.names, *named)
    return replace(
        said,
        kind=DocumentKind(entry.kind) if entry.kind else said.kind,
        names=tuple(sorted(dict.fromkeys((*own, *said.names)), key=lambda name: -len(name))),
        place_names=tuple(dict.fromkeys((*entry.aliases, *said.place_names))),
        version=entry.version or said.version,
    )


def bare_title(title: str) -> str:
    """Without the version it bears, without blanks and the 《》 around all of it."""
    plain = re.sub(r"\s", "", title)
    plain = VERSION.sub("", plain)
    return plain[1:-1] if plain.startswith("《") and plain.endswith("》") and plain.count("《") == 1 else plain


def carried(title: str) -> str:
    """The document that a notice brings: 计量发展规划（2021—2035年）; empty when it brings none."""
    match = CARRIED.search(title)
    return bare_title(match["book"] or match["bare"]) if match else ""


def named_kind(title: str) -> DocumentKind | None:
    """What its last word says; None where that says nothing."""
    plain = re.sub(r"[（(][^（）()]{0,20}[）)]$", "", title)
    for end, kind in ENDS:
        if plain.endswith(end):
            if end == "法" and plain.endswith(NO_LAW):
                return None
            is_state_rule = end == "实施细则" and plain.startswith(STATE)
            return DocumentKind.REGULATION if is_state_rule else kind
    return None


def noun_of(title: str) -> str:
    """The word a title ends with that says what it is: 条例, 实施意见 → 意见."""
    plain = re.sub(r"[（(][^（）()]{0,20}[）)]$", "", title)
    return next((noun for noun in NOUNS if plain.endswith(noun)), "")


def _place(text: str) -> tuple[str, str, tuple[str, ...]] | None:
    if found := opening(text):
        return found.level, found.short, tuple(dict.fromkeys((found.name, found.short)))
    if NATIONAL.match(text):
        return "national", "全国", ()
    if match := UNLISTED.match(text):
        name = match["name"] or match["district"]
        return UNLISTED_LEVELS[name[-1]], SUFFIX.sub("", name), (name, SUFFIX.sub("", name))
    return None


def _names(title: str, places: tuple[str, ...]) -> list[str]:
    """计量法 and 中华人民共和国计量法; 上海条例, 上海市条例, 计量监督管理条例; 实施细则."""
    whose = bool(places) or NATIONAL.match(title) is not None
    found = [title, title.removeprefix(STATE), UNDATED.sub("", title) if whose else title]
    noun = noun_of(title)
    for place in places:
        if title.startswith(place) and "关于" not in title:
            rest = title.removeprefix(place)
            found += [rest, *(f"{each}{rest}" for each in places)]
            break
    if noun:
        found += [f"{place}{noun}" for place in places]
        found += [end for end in ALONE if title.endswith(end)]
    return [name for name in found if len(name) > 1]
