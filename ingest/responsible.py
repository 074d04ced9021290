"""Responsible units: （责任单位：甲、乙） and （甲牵头，乙、丙配合） at the end of a clause become data."""

import re

from ingest.model import ResponsibleUnit, Role

# （责任单位：市市场监管局、市科技局） · Jinhua nests 〔市、区〕
LISTED = re.compile(r"（责任(?:单位|部门)：(?P<units>[^（）]+)）\s*$")
# （市市场监管局牵头，市科技局、市海洋发展局配合）
LED = re.compile(r"（(?P<lead>[^（）。]+?)牵头(?:[，、；](?P<support>[^（）。]+?)(?:配合|参与|按职责分工负责))?）\s*$")
# 列第一位的为牵头单位，下同
FIRST_LEADS = re.compile(r"[。；，]?(?:列|排)第一位的为牵头单位(?P<onward>[，,]下同)?")
SEPARATOR = re.compile(r"[、，,；](?![^〔]*〕)")


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
        names = _names(FIRST_LEADS.sub("", listed["units"]))
        return tuple(ResponsibleUnit(name, _role(index, first_leads)) for index, name in enumerate(names))
    led = LED.search(text)
    if not led:
        return ()
    leads = [ResponsibleUnit(name, Role.LEAD) for name in _names(led["lead"])]
    return (*leads, *(ResponsibleUnit(name, Role.SUPPORT) for name in _names(led["support"] or "")))


def _role(index: int, first_leads: bool) -> Role:
    if not first_leads:
        return Role.LISTED
    return Role.LEAD if index == 0 else Role.SUPPORT


def _names(joined: str) -> list[str]:
    return [name.strip("。") for name in SEPARATOR.split(joined) if name.strip("。")]
