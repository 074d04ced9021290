"""What two texts have in common and what of each the other lacks, stretch by stretch."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

TOKENS = re.compile(r"[A-Za-z]+|\d+(?:[.,]\d+)*%?|.", re.DOTALL)
SENTENCES = re.compile(r"[^。；\n]+[。；\n]?|[。；\n]")
FINE_MAX = 4_000_000  # pairs of tokens that are compared one by one; longer texts sentence by sentence
ISLAND = 2  # characters that are the same between two changes and would only disturb

Cut = Callable[[str], Sequence[str]]  # text → tokens that tile it


@dataclass(frozen=True, slots=True)
class Stretch:
    """`gone` from the first text, `come` with the second, or in both."""

    text: str
    kind: str  # same | gone | come


def stretches(before: str, after: str, cut: Cut = TOKENS.findall) -> list[Stretch]:
    """
    >>> stretches("按期检定。", "每年检定。")
    [Stretch(text='按期', kind='gone'), Stretch(text='每年', kind='come'), Stretch(text='检定。', kind='same')]
    """
    old, new = cut(before), cut(after)
    if len(old) * len(new) > FINE_MAX:
        old, new = SENTENCES.findall(before), SENTENCES.findall(after)
    found: list[Stretch] = []
    gone = come = ""
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, i, j, k, m in matcher.get_opcodes():
        same = "".join(old[i:j])
        if tag == "equal" and (len(same) >= ISLAND or not (gone or come) or j == len(old)):
            found += [*_changed(gone, come), Stretch(same, "same")]
            gone = come = ""
        else:
            gone, come = gone + same, come + "".join(new[k:m])
    return found + _changed(gone, come)


def _changed(gone: str, come: str) -> list[Stretch]:
    return [Stretch(text, kind) for text, kind in ((gone, "gone"), (come, "come")) if text]
