"""An official sentence in other words: seeded edits that leave its sense."""

import random
import re
from collections.abc import Sequence

from eval.entail.wording import ENDINGS, OPENINGS, SAME

ASIDE = re.compile(r"[（(][^（）()]{0,40}[）)]")
LIST = re.compile(
    r"[\u4e00-\u9fff]{2,8}(?:、[\u4e00-\u9fff]{2,8})+(?:(?:和|及|以及|或者|或)[\u4e00-\u9fff]{2,8}(?=[，。；等的]|$))?"
)
JOINT = re.compile(r"、|以及|和|及|或者|或")
# what hangs on the part before or after it
LEADS = re.compile(r"^(?:但|除|未经|经|在|因|对|自|依法|并|其中|由|不|非|凡|按|根据|如|符合|确有|有下列)|的$")
PART = re.compile(r"[^，；。：\n]+")
FEWEST, MOST = 5, 32  # characters of a part of a text


def honest(sentence: str, rng: random.Random) -> str:
    """`sentence` in other words, as far as a seeded edit can find any."""
    text = ASIDE.sub("", sentence) if rng.random() < 0.8 else sentence
    text = text.rstrip("。；;，")
    if rng.random() < 0.35:
        text = _shorter(text, rng)
    if rng.random() < 0.5:
        text = _reordered(text, rng)
    if rng.random() < 0.8:
        text = _in_other_words(text, rng)
    return text + "。"


def merged(cited: str, rng: random.Random) -> str:
    """Two or three parts of a text, in any order: each is as it stands there."""
    parts = [part for part in PART.findall(cited) if FEWEST <= len(part) <= MOST and not LEADS.search(part)]
    chosen = rng.sample(parts, min(len(parts), rng.choice((2, 2, 3))))
    return rng.choice("，；").join(chosen) if len(chosen) > 1 else cited.partition("。")[0]


def dressed(sentences: Sequence[str], rng: random.Random) -> list[str]:
    """All between the same opening and ending, as an assistant may put around them."""
    opening = rng.choice(OPENINGS) if rng.random() < 0.35 else ""
    ending = rng.choice(ENDINGS)
    return [opening + one.removesuffix("。") + ending for one in sentences]


def _shorter(text: str, rng: random.Random) -> str:
    """Without one of its later parts, if nothing hangs on that."""
    parts = text.split("，")
    spare = [at for at in range(1, len(parts)) if not LEADS.search(parts[at]) and not LEADS.search(parts[at - 1])]
    if len(parts) < 3 or not spare:
        return text
    gone = rng.choice(spare)
    return "，".join(part for at, part in enumerate(parts) if at != gone)


def _reordered(text: str, rng: random.Random) -> str:
    lists = list(LIST.finditer(text))
    if not lists:
        return text
    chosen = rng.choice(lists)
    items, joints = JOINT.split(chosen.group()), JOINT.findall(chosen.group())
    rng.shuffle(items)
    joined = "".join(item + joint for item, joint in zip(items, [*joints, ""], strict=True))
    return text[: chosen.start()] + joined + text[chosen.end() :]


def _in_other_words(text: str, rng: random.Random) -> str:
    for said, others in SAME:
        if said in text and rng.random() < 0.5:
            text = text.replace(said, rng.choice(others), 1)
    return text
