"""Seeded edits of a sentence that take one thing of it wrong."""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from eval.entail.rewording import FEWEST, JOINT, LIST
from eval.entail.wording import FORCED, SMALL_TALK, TURNED
from vectorstore.tokenize import segment

NUMBER = re.compile(r"\d+(?:\.\d+)?|(?:百分之)?[一二三四五六七八九十百千]{1,5}(?=[年月日天个倍项万元次人家%级类以])")
BODY = re.compile(
    r"[\u4e00-\u9fff]{0,8}(?:部门|机关|政府|法院|检察院|委员会|单位|机构|企业|公民|当事人|经营者|申请人|负责人|协会|"
    r"局|人员|学校|医院|公司|消费者|用人单位|所有权人|个人|组织|主管|银行|商户|业主|承运人|监护人)"
)
CONDITION = re.compile(r"^(?:经|除|未经|在|因|自|符合|凡|如|对|按|依)|(?:的|时|后|前|外|内|情况下)$")
ITEM = re.compile(r"(?<=[、，])[\u4e00-\u9fff]{2,8}(?=[、，。])")
NUMERALS = "一二三四五六七八九"
WORD_LEAST = 2
PLENTY = 6  # characters that must remain

Edit = Callable[[str, "Around", random.Random], str | None]


@dataclass(frozen=True, slots=True)
class Around:
    """`cited`: the text a sentence is taken from; `beyond`: other sentences of the same document."""

    cited: str
    beyond: tuple[str, ...]


def doctored(sentence: str, around: Around, rng: random.Random) -> tuple[str, str] | None:
    """The name of an edit, and what it makes of `sentence`; None when none applies."""
    names, weights = zip(*WEIGHTS.items(), strict=True)
    for name in dict.fromkeys(rng.choices(names, weights, k=12)):
        found = EDITS[name](sentence, around, rng)
        if found and found != sentence and found not in around.cited and len(found) >= PLENTY:
            return name, found
    return None


def _exchanged(table: Sequence[tuple[str, tuple[str, ...]]]) -> Edit:
    def edit(text: str, _: Around, rng: random.Random) -> str | None:
        at_hand = [(said, others) for said, others in table if said in text]
        if not at_hand:
            return None
        said, others = rng.choice(at_hand)
        ends = set(accumulate(map(len, segment(text, guess=False)), initial=0))
        places = [at.start() for at in re.finditer(said, text) if {at.start(), at.end()} <= ends]  # not 先 of 先进
        if not places:
            return None
        at = rng.choice(places)
        return text[:at] + rng.choice(others) + text[at + len(said) :]

    return edit


def _number(text: str, around: Around, rng: random.Random) -> str | None:
    found = list(NUMBER.finditer(text))
    if not found:
        return None
    chosen = rng.choice(found)
    others = [one for one in NUMBER.findall(around.cited) if one != chosen.group()]
    other = rng.choice(others) if others and rng.random() < 0.5 else _another(chosen.group(), rng)
    return text[: chosen.start()] + other + text[chosen.end() :]


def _another(number: str, rng: random.Random) -> str:
    at = rng.randrange(len(number))
    known = "0123456789" if number[at].isdigit() else NUMERALS
    return number[:at] + rng.choice([one for one in known if one != number[at]]) + number[at + 1 :]


def _lost_condition(text: str, _: Around, rng: random.Random) -> str | None:
    parts = text.split("，")
    bound = [at for at, part in enumerate(parts) if CONDITION.search(part)]
    if len(parts) < 2 or not bound:
        return None
    gone = rng.choice(bound)
    return "，".join(part for at, part in enumerate(parts) if at != gone)


def _lost_modifier(text: str, _: Around, rng: random.Random) -> str | None:
    found = list(re.finditer(r"[\u4e00-\u9fff、]{2,12}的(?=[\u4e00-\u9fff]{2})", text))
    if not found:
        return None
    chosen = rng.choice(found)
    words = segment(chosen.group()[:-1], guess=False)
    gone = "".join(words[-rng.randint(1, min(4, len(words))) :]) + "的"
    return text[: chosen.end() - len(gone)] + text[chosen.end() :]


def _widened(text: str, _: Around, rng: random.Random) -> str | None:
    bodies = list(BODY.finditer(text))
    if not bodies:
        return None
    chosen = rng.choice(bodies)
    word = rng.choice(("所有", "任何", "全部", "只有", "各级"))
    words = segment(chosen.group(), guess=False)
    kept = "".join(words[-rng.randint(1, len(words)) :])
    return text[: chosen.start()] + word + kept + text[chosen.end() :]


def _narrowed(text: str, _: Around, rng: random.Random) -> str | None:
    found = list(re.finditer(r"可以|允许|应当|由|对|鼓励|支持|包括|适用", text))
    if not found:
        return None
    chosen = rng.choice(found)
    return text[: chosen.start()] + rng.choice(("只", "仅", "只有国有企业", "仅限本市的")) + text[chosen.start() :]


def _other_body(text: str, around: Around, rng: random.Random) -> str | None:
    bodies = list(BODY.finditer(text))
    if not bodies:
        return None
    chosen = rng.choice(bodies)
    wide = around.cited if rng.random() < 0.5 else "".join(around.beyond)
    found: list[str] = BODY.findall(wide)
    others = [one for one in dict.fromkeys(found) if one not in text and chosen.group() not in one]
    if not others:
        return None
    return text[: chosen.start()] + rng.choice(others) + text[chosen.end() :]


def _crossed(text: str, _: Around, rng: random.Random) -> str | None:
    """Two bodies, figures, list items or words of like length change places."""
    words = [(at, at + len(word)) for at, word in _words(text)]
    size = rng.choice((2, 2, 3, 4))
    kinds = [
        *([(match.start(), match.end()) for match in pattern.finditer(text)] for pattern in (BODY, NUMBER, ITEM)),
        [(start, end) for start, end in words if end - start == size],
    ]
    spans = [one for one in kinds if len(one) > 1]
    if not spans:
        return None
    (a, b), (c, d) = sorted(rng.sample(rng.choice(spans), 2))
    if JOINT.fullmatch(text[b:c]) or text[a:b] == text[c:d]:
        return None
    return text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]


def _tails(text: str, _: Around, rng: random.Random) -> str | None:
    """Two parts change their ends: 推进甲，探索乙 → 推进乙，探索甲."""
    parts = re.split("([，；])", text.rstrip("。"))
    whole = [at for at in range(0, len(parts), 2) if len(parts[at]) >= FEWEST]
    if len(whole) < 2:
        return None
    one, other = sorted(rng.sample(whole, 2))
    first, second = segment(parts[one], guess=False), segment(parts[other], guess=False)
    if len(first) < 2 or len(second) < 2:
        return None
    cut, other_cut = rng.randint(1, len(first) - 1), rng.randint(1, len(second) - 1)
    parts[one] = "".join((*first[:cut], *second[other_cut:]))
    parts[other] = "".join((*second[:other_cut], *first[cut:]))
    return "".join(parts) + "。"


def _other_word(text: str, around: Around, rng: random.Random) -> str | None:
    """A word of another sentence stands where one of this stood, of the same length."""
    words = list(_words(text))
    others = {one for sentence in (*around.beyond, around.cited) for _, one in _words(sentence)} - {w for _, w in words}
    rng.shuffle(words)
    for at, word in words[:6]:
        fitting = sorted(one for one in others if len(one) == len(word))
        if fitting:
            return text[:at] + rng.choice(fitting) + text[at + len(word) :]
    return None


def _more_listed(text: str, around: Around, rng: random.Random) -> str | None:
    lists = list(LIST.finditer(text))
    items = [item for other in around.beyond for found in LIST.findall(other) for item in JOINT.split(found)]
    items = [item for item in items if item not in around.cited]
    if not lists or not items:
        return None
    chosen, item = rng.choice(lists), rng.choice(items)
    listed = chosen.group().split("、")
    at = rng.randrange(len(listed))
    listed[at : at + rng.randint(0, 1)] = [item]
    return text[: chosen.start()] + "、".join(listed) + text[chosen.end() :]


def _added(text: str, around: Around, rng: random.Random) -> str | None:
    parts = [part for other in around.beyond for part in other.rstrip("。；").split("，") if 4 <= len(part) <= 24]
    parts = [part for part in parts if part not in around.cited]
    if not parts:
        return None
    own = text.rstrip("。").split("，")
    own.insert(rng.randint(1, len(own)), rng.choice(("", "并", "同时")) + rng.choice(parts))
    return "，".join(own) + "。"


def _mixed(text: str, around: Around, rng: random.Random) -> str | None:
    """Begins as one sentence and ends as another."""
    own = text.rstrip("。").split("，")
    others = [one.rstrip("。；").split("，") for one in (*re.split("[。；]", around.cited), *around.beyond)]
    others = [parts for parts in others if len(parts) > 1 and parts[-1] not in text]
    if len(own) < 2 or not others:
        return None
    return "，".join((*own[:-1], rng.choice(others)[-1])) + "。"


def _tells_nothing(_: str, __: Around, rng: random.Random) -> str | None:
    """A greeting, or a phrase that promises an answer: no clause bears it out."""
    return rng.choice(SMALL_TALK)


def _words(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    for word in segment(text, guess=False):
        if len(word) >= WORD_LEAST and all("\u4e00" <= one <= "\u9fff" for one in word):
            yield at, word
        at += len(word)


EDITS: dict[str, Edit] = {
    "negated": _exchanged(TURNED),
    "force_changed": _exchanged(FORCED),
    "number_changed": _number,
    "dropped_condition": _lost_condition,
    "dropped_qualifier": _lost_modifier,
    "scope_widened": _widened,
    "scope_narrowed": _narrowed,
    "actor_swapped": _other_body,
    "neighbour_exchanged": _crossed,
    "ends_exchanged": _tails,
    "object_swapped": _other_word,
    "list_changed": _more_listed,
    "invented_detail": _added,
    "mixed": _mixed,
    "tells_nothing": _tells_nothing,
}
WEIGHTS = {
    "negated": 1.2, "force_changed": 1.2, "number_changed": 0.5, "dropped_condition": 1.0, "dropped_qualifier": 1.0,
    "scope_widened": 0.6, "scope_narrowed": 0.5, "actor_swapped": 1.0, "neighbour_exchanged": 2.0,
    "ends_exchanged": 2.0,
    "object_swapped": 1.4, "list_changed": 0.8, "invented_detail": 0.8, "mixed": 0.8,
    "tells_nothing": 0.2,
}  # fmt: skip
