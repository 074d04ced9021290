"""A question as typed → one plain spelling: NFKC, simplified, no invisible characters, no emoji, single blanks."""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby, islice

from ingest.clean import to_simplified

KEPT_SYMBOLS = frozenset("+<>=%~|^")  # symbol categories are where emoji live; these carry meaning
BLANKS = re.compile(r"\s+")
# a blank between two Chinese characters separates words, not meaning
CJK_GAP = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")
MOST_MARKS = 30  # on one letter (UAX #15): putting more in order takes time that grows with their square
REPEATED_MARKS = re.compile(r"([?!。,、~])\1+")


def fold(text: str) -> str:
    """`text` in the spelling everything after works on. Brackets and commas become half-width."""
    plain = unicodedata.normalize("NFKC", _with_few_marks(text))
    kept = "".join(char if _is_kept(char) else " " if char.isspace() else "" for char in plain)
    simplified = to_simplified(kept)
    return REPEATED_MARKS.sub(r"\1", CJK_GAP.sub("", BLANKS.sub(" ", simplified))).strip()


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """`fold`, for names that are folded anew whenever documents change."""
    return fold(name)


def _with_few_marks(text: str) -> str:
    runs = groupby(text, key=lambda char: unicodedata.combining(char) > 0)
    return "".join("".join(islice(run, MOST_MARKS) if marks else run) for marks, run in runs)


def _is_kept(char: str) -> bool:
    category = unicodedata.category(char)
    if category[0] in "CM" or category in ("Zl", "Zp"):
        return False
    return category not in ("So", "Sk") or char in KEPT_SYMBOLS


def compact(text: str) -> str:
    """Only letters, digits and ideographs, lower case: for comparing wordings."""
    return "".join(char for char in fold(text).lower() if char.isalnum() or char == "%")
