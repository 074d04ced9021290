"""Automatic numbering of Word: what the page shows before a paragraph, which stands nowhere in its text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from ingest.numerals import numeral_text

STEMS = "甲乙丙丁戊己庚辛壬癸"
LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
ENCLOSED = {"decimalEnclosedCircle": 0x2460, "decimalEnclosedParen": 0x2474, "decimalEnclosedFullstop": 0x2488}
CHINESE = ("chinese", "japanese", "taiwanese", "ideographLegal")
BULLET = "•"
CLOSES = tuple("、.．)）:：")
LEVELS = 9
LEVEL_MAX = 999  # a counter beyond it is no numbering of clauses


@dataclass(frozen=True, slots=True)
class Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""  # %1.%2
    joined: bool = False  # nothing stands between number and text
    legal: bool = False  # all numbers in it as 1, 2, 3
    style: str = ""


@dataclass(slots=True)
class Numbering:
    """Counts paragraphs as Word does. Lists (`numId`) of one definition go on counting together."""

    definitions: dict[str, dict[int, Level]] = field(default_factory=dict)
    lists: dict[str, str] = field(default_factory=dict)  # numId → definition
    overridden: dict[str, dict[int, Level]] = field(default_factory=dict)
    restarts: dict[str, dict[int, int]] = field(default_factory=dict)  # numId → level → where it begins anew
    counts: dict[str, dict[int, int]] = field(default_factory=dict)

    def mark(self, list_id: str, depth: int) -> str:
        """The mark of the next paragraph of that list, with a blank behind it where one is needed; empty if none."""
        definition = self.lists.get(list_id)
        if definition is None or not 0 <= depth < LEVELS:
            return ""
        counts = self.counts.setdefault(definition, {})
        for level, start in self.restarts.pop(list_id, {}).items():
            counts[level] = start - 1
        own = self._level(list_id, depth)
        for above in range(depth):
            counts.setdefault(above, self._level(list_id, above).start)
        counts[depth] = counts.get(depth, own.start - 1) + 1
        for below in [level for level in counts if level > depth]:
            del counts[below]
        shown = self._shown(list_id, own, counts)
        return shown if own.joined or not shown or shown.endswith(CLOSES) else f"{shown} "

    def depth_of_style(self, list_id: str, style: str) -> int | None:
        """The level a style has of itself."""
        levels = self.definitions.get(self.lists.get(list_id, ""), {})
        return next((depth for depth, level in levels.items() if level.style == style), None)

    def _level(self, list_id: str, depth: int) -> Level:
        own = self.overridden.get(list_id, {}).get(depth)
        return own or self.definitions.get(self.lists[list_id], {}).get(depth, Level())

    def _shown(self, list_id: str, own: Level, counts: dict[int, int]) -> str:
        if own.form == "bullet":
            return "" if not own.text else BULLET if own.text < "!" or "\ue000" <= own.text[0] <= "\uf8ff" else own.text
        shown = own.text
        for depth, count in counts.items():
            form = "decimal" if own.legal else self._level(list_id, depth).form
            shown = shown.replace(f"%{depth + 1}", number_text(count, form))
        return shown


def number_text(count: int, form: str) -> str:
    """3 → 三, 3, ③, c, iii, 叁 as the form says; what has no such form is written in digits."""
    digits = str(count)
    if form == "none":
        return ""
    if not 0 < count <= LEVEL_MAX:
        return digits
    if form.startswith("ideographDigital"):
        return digits.translate(str.maketrans("0123456789", "〇一二三四五六七八九"))
    if form.startswith(CHINESE):
        text = numeral_text(count)
        return text.translate(LEGAL) if "Legal" in form else text
    return _other(count, form) or digits


def _other(count: int, form: str) -> str:
    if form == "decimalFullWidth":
        return "".join(chr(ord(digit) + 0xFEE0) for digit in str(count))
    if form == "decimalZero":
        return f"{count:02}"
    first = next((code for name, code in ENCLOSED.items() if form.startswith(name)), 0)
    if first:
        return chr(first + count - 1) if count <= 20 else ""
    if form == "ideographTraditional":
        return STEMS[count - 1] if count <= len(STEMS) else ""
    lower = {"letter": _letters, "roman": _roman}.get(form[5:].lower(), lambda _: "")(count)
    return lower.upper() if form.startswith("upper") else lower


def _letters(count: int) -> str:
    """27 → aa, as Word counts."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)


def _roman(count: int) -> str:
    text = ""
    for value, letters in ROMAN:
        text, count = text + letters * (count // value), count % value
    return text


def read_numbering(root: Element | None) -> Numbering:
    """Of `word/numbering.xml`; a document without it numbers nothing."""
    numbering = Numbering()
    for definition in root.iterfind("w.abstractNum") if root is not None else ():
        numbering.definitions[definition.get("w.abstractNumId", "")] = dict(_levels(definition))
    for one in root.iterfind("w.num") if root is not None else ():
        list_id = one.get("w.numId", "")
        numbering.lists[list_id] = value(one.find("w.abstractNumId"))
        for override in one.iterfind("w.lvlOverride"):
            depth = _number(override.get("w.ilvl"), 0)
            numbering.overridden.setdefault(list_id, {}).update(_levels(override))
            if (start := override.find("w.startOverride")) is not None:
                numbering.restarts.setdefault(list_id, {})[depth] = _number(value(start), 1)
    return numbering


def value(element: Element | None, otherwise: str = "") -> str:
    return otherwise if element is None else element.get("w.val", otherwise)


def is_on(element: Element | None) -> bool:
    """A switch of Word: there without a value is on."""
    return element is not None and value(element, "1") not in ("0", "false", "off")


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


def _levels(parent: Element) -> Iterator[tuple[int, Level]]:
    for level in parent.iterfind("w.lvl"):
        yield (
            _number(level.get("w.ilvl"), 0),
            Level(
                start=_number(value(level.find("w.start")), 1),
                form=value(level.find("w.numFmt"), "decimal"),
                text=value(level.find("w.lvlText")),
                joined=value(level.find("w.suff")) == "nothing",
                legal=is_on(level.find("w.isLgl")),
                style=value(level.find("w.pStyle")),
            ),
        )
