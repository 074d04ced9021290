"""Homophones and pinyin → the word the plans use: 夏门 → 厦门, 诚新 → 诚信, xiamen → 厦门.

Only what is no word is touched: characters the segmenter leaves alone, whose sound is that of a word of the trade.
"""

import os
import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache
from itertools import islice, product

os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")  # half a second of phrases that single readings do not need

from pypinyin.pinyin_dict import pinyin_dict

from vectorstore.tokenize import STOP_CHARACTERS, segment

LATIN_RUN = re.compile(r"[a-z]+(?:[ '][a-z]+)*", re.IGNORECASE)
MAX_READINGS = 3
MAX_SOUNDS = 16
LENGTHS = (4, 3, 2)
NEVER_SLIPS = STOP_CHARACTERS | {"不"}  # 我是 is not 我市 mistyped
MIN_LATIN = 5  # letters; shorter ones are too often abbreviations


class Speller:
    """Corrects towards a lexicon: the trade's words and the regions' names. What stands in `text` is right as it is."""

    def __init__(self, lexicon: Iterable[str], text: str = "") -> None:
        self._text = text
        self._by_sound: dict[str, str] = {}
        self._meant = lru_cache(maxsize=10_000)(self._find_meant)
        words = sorted(set(lexicon), key=lambda word: (-len(word), word))
        self._known = frozenset(words)
        for word in words:
            for sound in sounds(word):
                self._by_sound.setdefault(sound, word)

    def correct(self, text: str) -> str:
        """`text` with homophones and pinyin of known words replaced; everything else untouched."""
        return self._homophones(LATIN_RUN.sub(lambda match: self._pinyin(match.group()), text))

    def _pinyin(self, run: str) -> str:
        """The longest stretches of a Latin run that sound like known words."""
        pieces = re.split(r"([ '])", run)
        syllables, out, i = pieces[::2], [], 0
        while i < len(syllables):
            for end in range(min(len(syllables), i + 6), i, -1):
                sound = "".join(syllables[i:end]).lower()
                if len(sound) >= MIN_LATIN and sound in self._by_sound:
                    out.append(self._by_sound[sound])
                    i = end
                    break
            else:
                out.append(syllables[i])
                i += 1
        return "".join(
            part if not k or "\u3400" <= part[:1] <= "\u9fff" or "\u3400" <= out[k - 1][-1:] <= "\u9fff" else " " + part
            for k, part in enumerate(out)
        )

    def _homophones(self, text: str) -> str:
        """Cut into words once: each window is looked at once, however much is replaced."""
        chars, loose = list(text), self._loose(text)
        for length in LENGTHS:
            for start in range(len(chars) - length + 1):
                end = start + length
                if sum(loose[start:end]) >= 2 and (word := self._meant("".join(chars[start:end]))):
                    chars[start:end] = word
                    loose[start:end] = [False] * length
        return "".join(chars)

    def _find_meant(self, typed: str) -> str:
        """The known word `typed` slipped from; empty when it is right or nothing."""
        word = self._by_sound.get(first_sound(typed), "")
        slipped = len(word) == len(typed) and _is_slip(typed, word)
        return word if slipped and typed not in self._known and typed not in self._text else ""

    def _loose(self, text: str) -> list[bool]:
        """For each character, whether the segmenter could not make it part of a known word."""
        flags: list[bool] = []
        for word in segment(text, guess=False):
            flags.extend([len(word) == 1] * len(word))
        return flags


def _is_slip(typed: str, word: str) -> bool:
    """Whether one character differs, and it is one that people mistype."""
    wrong = [a for a, b in zip(typed, word, strict=True) if a != b]
    return len(wrong) == 1 and wrong[0] not in NEVER_SLIPS


@lru_cache(maxsize=50_000)
def sounds(word: str) -> tuple[str, ...]:
    """Toneless readings of `word`, a few when characters have several."""
    readings = [_readings(char) for char in word]
    if not all(readings):
        return ()
    return tuple("".join(combination) for combination in islice(product(*readings), MAX_SOUNDS))


@lru_cache(maxsize=50_000)
def first_sound(word: str) -> str:
    """The commonest reading of what was typed: a rare one (前 as jian) would turn good words into others."""
    return "".join(readings[0] for char in word if (readings := _readings(char)))


@cache
def _readings(char: str) -> tuple[str, ...]:
    found = pinyin_dict.get(ord(char), "")
    plain = [_toneless(reading) for reading in found.split(",") if reading]
    return tuple(dict.fromkeys(plain))[:MAX_READINGS]


def _toneless(reading: str) -> str:
    decomposed = unicodedata.normalize("NFD", reading.replace("ü", "v"))
    return "".join(char for char in decomposed if not unicodedata.combining(char))
