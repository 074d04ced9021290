"""Which characters and pairs of neighbours get a vector of their own: the frequent ones."""

import unicodedata
from collections import Counter
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

_PAIR = 1 << 20  # a pair of code points as one number: left * _PAIR + right


class Counts:
    """How often characters and pairs of neighbours occur, over texts of several weights."""

    def __init__(self) -> None:
        self._characters: Counter[int] = Counter()
        self._pairs: Counter[int] = Counter()

    def add(self, texts: Iterable[str], weight: float = 1.0) -> None:
        codes = _codes("\n".join(texts))
        kept = _is_word_character(codes)
        adjacent = kept[:-1] & kept[1:]
        _count(self._characters, codes[kept], weight)
        _count(self._pairs, codes[:-1][adjacent] * _PAIR + codes[1:][adjacent], weight)

    def vocabulary(self, characters: int, pairs: int) -> list[str]:
        """The most frequent tokens, characters first; ties break on the code point, so the list is stable."""
        chosen = _most_frequent(self._characters)[:characters]
        known = set(chosen)
        candidates = (pair for pair in _most_frequent(self._pairs) if set(divmod(pair, _PAIR)) <= known)
        return [chr(code) for code in chosen] + [
            chr(pair // _PAIR) + chr(pair % _PAIR) for pair, _ in zip(candidates, range(pairs), strict=False)
        ]


def _codes(text: str) -> NDArray[np.int64]:
    """Code points of `text`, folded as the tokenizer folds it."""
    folded = unicodedata.normalize("NFKC", text).lower()
    return np.frombuffer(folded.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)


def _is_word_character(codes: NDArray[np.int64]) -> NDArray[np.bool_]:
    han = (codes >= 0x4E00) & (codes <= 0x9FFF)
    digit = (codes >= ord("0")) & (codes <= ord("9"))
    latin = (codes >= ord("a")) & (codes <= ord("z"))
    return han | digit | latin


def _count(counter: Counter[int], values: NDArray[np.int64], weight: float) -> None:
    for value, count in zip(*(part.tolist() for part in np.unique(values, return_counts=True)), strict=True):
        counter[value] += count * weight


def _most_frequent(counter: Counter[int]) -> list[int]:
    return sorted(counter, key=lambda value: (-counter[value], value))
