"""Responsible units become data, in the ways plans write them: at the end of a paragraph in brackets or on lines alone.

A statement has labels （责任单位：甲、乙） or verbs （甲牵头，乙、丙配合） （甲、乙按职责分工负责）.
"""

import re
from collections.abc import Iterator

from ingest.model import ResponsibleUnit, Role

BRACKETS = {"）": "（", "】": "【", "]": "[", "］": "［", "〕": "〔"}
LONGEST = 600  # characters of a statement
NAME_MAX = 30
OUTSIDE = "\n"  # before a statement that no bracket holds
# 责任单位： · 牵头部门（单位）： · 配合：
LABELS = "牵头|责任|负责|主办|承办|配合|参加|参与|协办|协助"
LABEL = re.compile(rf"(?P<label>{LABELS})(?P<what>单位|部门|处室|科室)?(?:（(?:单位|部门|处室)）|及配合单位)?[：:]")
OTHER_LABEL = re.compile(r"[；，。](?=[\u4e00-\u9fff]{2,8}[：:])")  # ；完成时限：2024年底
ALONE = re.compile(rf"(?:^|(?<=[。；]))(?=(?:{LABELS})(?:单位|部门|处室|科室))", re.M)
PIECES = re.compile("[\n｜]")  # lines, and the cells of a row
HOW = "按照职责分工 按职责分工 按照各自职责 按各自职责 按照职责 按职责 按分工 分工 分别 共同".split()
ACTS_ALONE = ("分别负责", "具体负责", "负责落实", "负责")
VERBS = {
    Role.LEAD: ("牵头负责", "牵头组织", "牵头落实", "牵头"),
    Role.SUPPORT: ("协同配合", "予以配合", "配合", "参与", "参加", "协助", "协同"),
    Role.LISTED: (*(how + act for how in ("", *HOW) for act in ACTS_ALONE), "按职责分工落实", "按照职责分工落实"),
}
ROLE_OF_VERB = {verb: role for role, verbs in VERBS.items() for verb in verbs}
# …牵头，… — the longest verb first
ACTS = re.compile(rf"(?P<verb>{'|'.join(sorted(ROLE_OF_VERB, key=len, reverse=True))})(?=[，、；;,。]|$)")
LABEL_ROLES = {"牵头": Role.LEAD, **dict.fromkeys(("配合", "参加", "参与", "协办", "协助"), Role.SUPPORT)}
# 列第一位的为牵头单位，下同 · 排在首位的部门为牵头单位
FIRST_LEADS = re.compile(
    r"[。；，、]?(?:注：)?(?:列|排)(?:名)?在?(?:第一|首)位的?(?:单位|部门)?(?:为|是)?牵头(?:责任)?(?:单位|部门)(?P<onward>[，,、；]?以?下(?:均|皆)?同)?"
)
SEPARATOR = re.compile(r"会同|联合(?!会|社|国|体|办)|[、，,；;](?![^〔]{0,200}〕|[^（]{0,200}）)")
AND_OTHERS = re.compile(r"等(?:有关|相关|市直|市级|省级)?(?:部门|单位|部门和单位|部门、单位|部门单位)?$")
NAMED_ROLE = re.compile(r"（(牵头|配合|参与)(?:单位|部门)?）$")


def read_responsible_units(units: list[tuple[str, str]]) -> dict[str, tuple[ResponsibleUnit, ...]]:
    """Responsible units by clause path, for (path, text) in document order.

    A plan may say once that the first unit leads ("下同"): that holds for the clause and all after it.
    """
    first_leads = False
    found: dict[str, tuple[ResponsibleUnit, ...]] = {}
    for path, text in units:
        rule = FIRST_LEADS.search(text)
        first_leads = first_leads or bool(rule and rule["onward"])
        named = _read(text, first_leads or rule is not None)
        if named:
            found[path] = named
    return found


def _read(text: str, first_leads: bool) -> tuple[ResponsibleUnit, ...]:
    """What all statements of a clause name, each name once."""
    lines = PIECES.split(text)
    named = [one for line in lines for statement in _statements(line) for one in _named(FIRST_LEADS.sub("", statement))]
    led = any(role is Role.LEAD for _, role in named)
    found: dict[str, Role] = {}
    for index, (name, role) in enumerate(named):
        found.setdefault(name, _settled(role, led, index, first_leads))
    return tuple(ResponsibleUnit(name, role) for name, role in found.items())


def _named(statement: str) -> list[tuple[str, Role]]:
    """A bracket's inside says it with labels or verbs; what stands outside one begins with a label."""
    labelled = _labelled(statement.removeprefix(OUTSIDE))
    return labelled if labelled or statement.startswith(OUTSIDE) else _acting(statement)


def _settled(role: Role, led: bool, index: int, first_leads: bool) -> Role:
    """责任单位 beside a 牵头单位 support it; alone, they are listed unless the first leads."""
    if role is not Role.LISTED or not (led or first_leads):
        return role
    return Role.LEAD if index == 0 and not led else Role.SUPPORT


def _statements(line: str) -> Iterator[str]:
    """What may name units at the end of a line: the inside of its last bracket, or what follows a label outside one."""
    bare = line.rstrip("。；")
    opening = BRACKETS.get(bare[-1:])
    start = _opened(bare, opening) if opening else None
    if start is not None and len(bare) - start <= LONGEST:
        yield bare[start + 1 : -1].rstrip("。；")
    alone = ALONE.search(bare, 0, start if start is not None else len(bare))
    if alone and len(bare) - alone.end() <= LONGEST and "。" not in bare[alone.end() :]:
        yield OUTSIDE + bare[alone.end() :]


def _opened(text: str, opening: str) -> int | None:
    """Where the bracket that ends `text` was opened."""
    depth = 0
    for index in range(len(text) - 1, -1, -1):
        depth += (text[index] == text[-1]) - (text[index] == opening)
        if depth == 0:
            return index
    return None


def _labelled(statement: str) -> list[tuple[str, Role]]:
    labels = list(LABEL.finditer(statement))
    if not labels or labels[0].start() > 0:
        return []
    ends = [*(label.start() for label in labels[1:]), len(statement)]
    named: list[tuple[str, Role]] = []
    for label, end in zip(labels, ends, strict=True):
        listed = OTHER_LABEL.split(statement[label.end() : end], maxsplit=1)[0]
        role = LABEL_ROLES.get(label["label"], Role.LISTED)
        named += _acting(listed) or _names(listed, role)
    return named


def _acting(statement: str) -> list[tuple[str, Role]]:
    """甲牵头，乙、丙配合: each verb tells of the names before it; text without a verb at its end tells nothing."""
    named: list[tuple[str, Role]] = []
    start = 0
    for act in ACTS.finditer(statement):
        named += _names(statement[start : act.start()].strip("，、；;,。"), ROLE_OF_VERB[act["verb"]])
        start = act.end()
    fits = all(len(name) <= NAME_MAX and not set("由的按。") & set(name) for name, _ in named)
    return named if start and fits else []


def _names(joined: str, role: Role) -> list[tuple[str, Role]]:
    named = []
    for part in SEPARATOR.split(joined):
        name = part.strip("。 ").removeprefix("由")
        own = NAMED_ROLE.search(name)
        bare = AND_OTHERS.sub("", NAMED_ROLE.sub("", name))
        if bare:
            named.append((bare, LABEL_ROLES[own.group(1)] if own else role))
    return named
