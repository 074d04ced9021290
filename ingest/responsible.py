"""Responsible units: （责任单位：甲、乙） and （甲牵头，乙、丙配合） at the end of a clause become data."""

import re
from collections.abc import Iterable

from ingest.model import ResponsibleUnit, Role

# names may hold brackets of their own: 各县（市、区）人民政府, 各县〔市、区〕人民政府
NAMES = r"(?:[^（）\n]|（[^（）\n]*）)+?"
CLOSE = r"）[。；]?$"
# （责任单位：市市场监管局、市科技局） · （牵头单位：市市场监管局；配合单位：市科技局）
LABEL = r"(?P<label>牵头|责任|配合|参加|参与)(?:单位|部门)："
LISTED = re.compile(rf"（(?P<list>{LABEL}{NAMES}){CLOSE}", re.M)
LABELLED = re.compile(rf"{LABEL}(?P<units>.+?)(?=[；，。]?(?:牵头|责任|配合|参加|参与)(?:单位|部门)：|$)")
LABEL_ROLES = {"牵头": Role.LEAD, "配合": Role.SUPPORT, "参加": Role.SUPPORT, "参与": Role.SUPPORT}
# （市市场监管局牵头，市科技局、市海洋发展局配合）
LED = re.compile(rf"（(?P<lead>{NAMES})牵头(?:[，、；](?P<support>{NAMES})(?:配合|参与|按职责分工负责))?{CLOSE}", re.M)
# 列第一位的为牵头单位，下同
FIRST_LEADS = re.compile(r"[。；，]?(?:列|排)第一位的为牵头单位(?P<onward>[，,]下同)?")
SEPARATOR = re.compile(r"[、，,；](?![^〔]{0,200}〕|[^（]{0,200}）)")


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
    listed = LISTED.search(text)
    if listed:
        return tuple(_labelled(FIRST_LEADS.sub("", listed["list"]), first_leads))
    led = LED.search(text)
    if not led:
        return ()
    leads = [ResponsibleUnit(name, Role.LEAD) for name in _names(led["lead"])]
    return (*leads, *(ResponsibleUnit(name, Role.SUPPORT) for name in _names(led["support"] or "")))


def _labelled(text: str, first_leads: bool) -> Iterable[ResponsibleUnit]:
    """责任单位 beside a 牵头单位 support it; alone, they are listed unless the first leads."""
    parts = list(LABELLED.finditer(text))
    led = any(part["label"] == "牵头" for part in parts)
    for part in parts:
        for index, name in enumerate(_names(part["units"])):
            role = LABEL_ROLES.get(part["label"]) or (Role.SUPPORT if led else _role(index, first_leads))
            yield ResponsibleUnit(name, role)


def _role(index: int, first_leads: bool) -> Role:
    if not first_leads:
        return Role.LISTED
    return Role.LEAD if index == 0 else Role.SUPPORT


def _names(joined: str) -> list[str]:
    return [name.strip("。") for name in SEPARATOR.split(joined) if name.strip("。")]
