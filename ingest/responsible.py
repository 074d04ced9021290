"""Responsible units become data, in the ways plans write them: in brackets, behind labels, in a sentence with 由.

A statement has labels （责任单位：甲、乙）, verbs （甲牵头，乙配合） （甲、乙按职责分工负责） or is a list （甲、乙）.
"""

import re

from ingest.bodies import AND_OTHERS, NAME_MAX, are_bodies, is_authority, is_body, is_named, list_bodies
from ingest.model import ResponsibleUnit, Role
from ingest.outline import FRONT_PATH
from ingest.statements import LABEL, STARS, Place, Statement, statements

OTHER_LABEL = re.compile(r"[；，。、](?=[\u4e00-\u9fff]{2,8}[：:])")  # ；完成时限：2024年底
# 。以下任务均需… · ，不再列出
REMARK = re.compile(r"。|[，；、](?=以下(?!统称|简称|合称|并称|称)|以上|下同|不再|其余|另有)")
FIELD_ABOVE = re.compile(r"[\u4e00-\u9fff]{2,8}[：:][^：:]{1,60}[；，。、]")  # 牵头领导：张某；
HOW = r"(?:按照?(?:各自)?(?:职责分工|职责|分工)|分工|分别|共同){0,3}"
VERBS = {
    Role.LEAD: r"牵头(?!会同|联合)[\u4e00-\u9fff]{2,20}(?=，[^。；\n]{2,120}(?:配合|参与|参加))|"  # 牵头建设平台，…配合
    "牵头负责|牵头组织|牵头落实|牵头实施|牵头组织实施|负责牵头|为牵头单位|为牵头部门|牵头",
    Role.SUPPORT: "协同配合|予以配合|配合实施|配合落实|为配合单位|为配合部门|配合|参与|参加|协助|协同",
    Role.LISTED: "具体负责|负责落实|负责|为责任单位|(?<=职责分工)(?:推进|抓好|组织)?(?:落实|实施)",
}
# …牵头，… · …按职责分工负责）
ACTS = re.compile(
    rf"{HOW}(?:{'|'.join(f'(?P<{role.name}>{verbs})' for role, verbs in VERBS.items())})(?=[，、；;,。]|$)"
)
TERM = re.compile(r"[，；](?=20\d\d年|\d{1,2}月|年底|全年|长期|持续)")  # （市民政局，2024年底前完成）
OF_THOSE = re.compile("(?:牵头|参与|参加|配合|负责)的")  # 由甲牵头、乙参加的协调机制
SHARED = re.compile("会同|联合|按照?(?:各自)?职责")
SUPPORTING = ("配合", "参加", "参与", "协办", "协助")
LABEL_ROLES = {"牵头": Role.LEAD, "主办": Role.LEAD, **dict.fromkeys(SUPPORTING, Role.SUPPORT)}
# 列第一位的为牵头单位，下同 · 排在首位的部门为牵头单位
FIRST_LEADS = re.compile(
    r"[。；，、]?(?:注：)?(?:(?:责任|参与)?(?:单位|部门)(?:中|名单)?)?(?:(?:列|排)(?:名|序|位)?在?(?:第一|首)(?:位|个|名)?"
    r"|(?:第一|首)(?:位|个|家|名)(?=的?(?:责任)?(?:单位|部门)?(?:为|是)))的?(?:责任)?(?:单位|部门)?(?:均|皆)?(?:为|是)?"
    r"牵头(?:责任)?(?:单位|部门)(?P<onward>[，,、；]?以?下(?:均|皆)?同)?"
)
CHINESE = re.compile("[\u4e00-\u9fff]")  # —— names nobody
OTHERS = ("单位", "部门", "等")  # what is left of 等部门、单位
# 本方案中责任单位列第一位的…
OF_ALL = re.compile("(?:本(?:方案|规划|计划|意见|措施|清单|行动)|各项|以下|下列|文中)[^。；\n]{0,12}$")
ONE_NUMBER = re.compile(r"\d\d|[零一二三四五六七八九十百]{2}")
SIGN = re.compile(r"^[★☆◆●■▲△◎◇○※]")
LEADS = tuple(STARS)  # （★区工信局、区统计局）: the one that is starred; where all are, the stars are bullets
NAMED_ROLE = re.compile(r"（(牵头|配合|参与)(?:单位|部门)?）$")
Named = list[tuple[str, Role]]


def read_responsible_units(units: list[tuple[str, str]]) -> dict[str, tuple[ResponsibleUnit, ...]]:
    """Responsible units by clause path, for (path, text) in document order.

    A plan may say once that the first unit leads. With 下同, in 题头 or of 本方案 that holds for the clause and all
    after it; in a clause that names nobody, a heading say, for what stands under it.
    """
    first_leads = False
    ruled: set[str] = set()
    found: dict[str, tuple[ResponsibleUnit, ...]] = {}
    for path, text in units:
        rule = FIRST_LEADS.search(text)
        named = _read(text, first_leads or rule is not None or _is_ruled(path, ruled))
        if named:
            found[path] = named
        if rule and (rule["onward"] or (not named and (path == FRONT_PATH or OF_ALL.search(text, 0, rule.start())))):
            first_leads = True
        elif rule and not named:
            ruled.add(path)
    return found


def _is_ruled(path: str, ruled: set[str]) -> bool:
    """Whether it stands under one of `ruled`: 二(一)1 under 二 and 二(一); but 二十 not under 二."""
    above = [end for end in range(1, len(path)) if path[:end] in ruled]
    return any(not ONE_NUMBER.fullmatch(path[end - 1 : end + 1]) for end in above)


def _read(text: str, first_leads: bool) -> tuple[ResponsibleUnit, ...]:
    """What all statements of a clause name, each name once. Labels on several lines belong together."""
    told = [_told(statement) for statement in statements(text)]
    led = any(role is Role.LEAD for _, named in told for _, role in named)
    found: dict[str, Role] = {}
    for by_labels, named in told:
        led_here = led if by_labels else any(role is Role.LEAD for _, role in named)
        for index, (name, role) in enumerate(named):
            found.setdefault(name, _settled(role, led_here, index, first_leads))
    return tuple(ResponsibleUnit(name, role) for name, role in found.items())


def _settled(role: Role, led: bool, index: int, first_leads: bool) -> Role:
    """责任单位 beside a 牵头单位 support it; alone, they are listed unless the first leads."""
    if role is not Role.LISTED or not (led or first_leads):
        return role
    return Role.LEAD if index == 0 and not led else Role.SUPPORT


def _told(statement: Statement) -> tuple[bool, Named]:
    """Whether labels tell it, and what."""
    text = FIRST_LEADS.sub("", statement.text)
    strict = statement.place not in (Place.LAST, Place.LABELLED)
    labelled = _labelled(text)
    if labelled:
        return True, labelled if not strict or all(is_body(name) for name, _ in labelled) else []
    if statement.place in (Place.LABELLED, Place.BROKEN):
        return True, []
    if statement.place in (Place.SPOKEN, Place.ALONE):
        return False, _spoken(text, statement.place is Place.ALONE)
    text = _list_alone(text)
    acting = _acting(text)
    if acting and (not strict or are_bodies([name for name, _ in acting])):
        return False, acting
    return False, _bare(text, statement.fewest)


def _bare(text: str, fewest: int) -> Named:
    """（市民政局、市财政局等）: a list of bodies and nothing else; behind words it must be of authorities."""
    named = _names(TERM.split(text, maxsplit=1)[0], Role.LISTED) if fewest else []
    names = [name for name, _ in named]
    fits = len(names) >= fewest and (are_bodies(names) if fewest == 1 else all(map(is_authority, names)))
    return named if fits else []


def _labelled(statement: str) -> Named:
    labels = list(LABEL.finditer(statement))
    if not labels or (labels[0].start() > 0 and not FIELD_ABOVE.fullmatch(statement, 0, labels[0].start())):
        return []
    ends = [*(label.start() for label in labels[1:]), len(statement)]
    named: Named = []
    for label, end in zip(labels, ends, strict=True):
        listed = _list_alone(statement[label.end() : end])
        role = LABEL_ROLES.get(label["label"] or label["boxed"], Role.LISTED)
        named += _acting(listed) or _names(listed, role)
    return named


def _list_alone(text: str) -> str:
    """What of a list comes before another field and before a remark: 甲、乙；完成时限：年底 → 甲、乙."""
    return REMARK.split(OTHER_LABEL.split(text, maxsplit=1)[0], maxsplit=1)[0]


def _acting(statement: str) -> Named:
    """甲牵头，乙、丙配合: each verb tells of the names before it; text without a verb tells nothing.

    Behind the last verb more bodies may follow: 甲、乙按职责分工负责，各县政府.
    """
    told, rest = _acts(statement)
    named = [one for names in told for one in names]
    fits = all(len(name) <= NAME_MAX and not set("由的按。") & set(name) for name, _ in named)
    if not told or not fits:
        return []
    more = _names(rest, Role.LISTED)
    return named + more if are_bodies([name for name, _ in more]) else named


def _spoken(sentence: str, alone: bool) -> Named:
    """甲牵头，乙参与 · 甲会同乙负责 · 甲、乙按职责分工负责, behind 由 or, where one leads, without it.

    A body that 负责 alone is no more than told its duty, as statutes do; but not where that is all its line says.
    """
    told, _ = _acts(sentence)
    if not told or not all(is_named(name) for name, _ in told[0]) or OF_THOSE.search(sentence):
        return []
    together = (
        alone
        or any(role is Role.LEAD for _, role in told[0])
        or any(role is Role.SUPPORT and is_body(name) for names in told[1:] for name, role in names)
        or (len(told[0]) > 1 and SHARED.search(sentence) is not None)
    )
    return [(name, role) for names in told for name, role in names if is_body(name)] if together else []


def _acts(statement: str) -> tuple[list[Named], str]:
    """The names before each verb, and what follows the last."""
    told: list[Named] = []
    start = 0
    for act in ACTS.finditer(statement):
        told.append(_names(statement[start : act.start()].strip("，、；;,。"), Role[act.lastgroup or ""]))
        start = act.end()
    return told, statement[start:].strip("，、；;,。")


def _names(joined: str, role: Role) -> Named:
    named = []
    parts = [part.strip("。 ") for part in list_bodies(joined)]
    starred = [part for part in parts if part.startswith(LEADS)]
    for part in parts:
        name = SIGN.sub("", part).removeprefix("由")
        own = NAMED_ROLE.search(name)
        bare = AND_OTHERS.sub("", NAMED_ROLE.sub("", name))
        if CHINESE.search(bare) and bare not in OTHERS:
            told = Role.LEAD if starred == [part] else role
            named.append((bare, LABEL_ROLES[own.group(1)] if own else told))
    return named
