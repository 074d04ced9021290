"""The learned reader of claims: does the text that a sentence cites bear all of it out, and which words does it not?

It reads both together (`entails.onnx`, six layers of the encoder, trained by `metrology train entails`). Of each token
it is told how far its characters stand in the other text, so that it need not learn to compare spellings.
"""

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from bot.check.draft import Excerpt
from bot.check.read.fold import plain
from bot.check.read.tokens import Sort, tokens
from ingest.errors import ModelUnavailable
from vectorstore import encoder
from vectorstore.onnx import OnnxModel

FOLDER = Path(__file__).parent / "weights"
TOKENIZER = encoder.FOLDER / "tokenizer.json"
ALIKE = 4  # degrees in which a token stands in the other text: not, each character, each pair, a run of RUN
RUN = 4  # characters in a row
LONGEST_SENTENCE, LONGEST_CITED = 96, 224  # tokens
SHOWN, LEAST_SHOWN = 140, 60  # characters of all excerpts a sentence cites, and of each when they are many
ADDS = 2  # pairs of characters that a further sentence must add to what is shown
DOUBTED = 0.5  # a token's probability of not being borne out, from which it is named
REMEMBERED = 512  # verdicts
RANGE = re.compile(r"(?<=\d)[至到](?=\d)")
YEAR, CUT = re.compile(r"\d{4}年"), re.compile(r"[，,。；;]")
PART = re.compile(r"[^。；;\n]+[。；;\n]?")

Rows = NDArray[np.int64]


@dataclass(frozen=True, slots=True, eq=False)
class Tokenised:
    """A row: `ids`; `cited`, 1 for tokens of the cited text; `alike`; and where each token stands in its own text."""

    ids: Rows
    cited: Rows
    alike: Rows
    offsets: tuple[tuple[int, int], ...]


class ClaimTokenizer:
    """Opens the encoder's tokenizer. Safe to share between threads."""

    def __init__(self, path: Path = TOKENIZER) -> None:
        """Raises ModelUnavailable."""
        self._tokenizer = encoder.open_tokenizer(path)
        self._first, self._last = (self._tokenizer.token_to_id(mark) for mark in encoder.MARKS)

    def read(self, sentence: str, cited: str) -> Tokenised:
        """`<s> sentence </s> cited </s>`, each cut to its longest. Both as `legible` has them."""
        said, said_at = self._pieces(sentence, LONGEST_SENTENCE)
        held, held_at = self._pieces(cited, LONGEST_CITED)
        sentence, cited = sentence[: _end(said_at)], cited[: _end(held_at)]  # nothing is like what is not read
        ids = [self._first, *said, self._last, *held, self._last]
        side = [0] * (len(said) + 2) + [1] * (len(held) + 1)
        alike = [0, *_alike(sentence, said_at, cited), 0, *_alike(cited, held_at, sentence), 0]
        offsets = ((0, 0), *said_at, (0, 0), *held_at, (0, 0))
        numbers, sides, degrees = (np.array(row, dtype=np.int64) for row in (ids, side, alike))
        return Tokenised(numbers, sides, degrees, offsets)

    def _pieces(self, text: str, longest: int) -> tuple[list[int], list[tuple[int, int]]]:
        found = self._tokenizer.encode(text[: encoder.CHARACTERS * longest], add_special_tokens=False)
        return found.ids[:longest], found.offsets[:longest]


@dataclass(frozen=True, slots=True)
class Entailment:
    """`borne`: the probability that all is borne out. `doubted`: the sentence's words that most likely are not."""

    borne: float
    doubted: tuple[str, ...] = ()


class ReadsClaims(Protocol):
    """Whoever tells how likely a text bears a sentence out, and from where on that is enough."""

    @property
    def threshold(self) -> float: ...

    def read(self, sentence: str, cited: str, /) -> Entailment:
        """`cited` as `shown` has it."""


class ClaimReader:
    """Implements `ReadsClaims`: opens `entails.onnx` and its manifest's threshold. Safe to share between threads."""

    def __init__(self, folder: Path = FOLDER, tokenizer: Path = TOKENIZER) -> None:
        """Raises ModelUnavailable."""
        self._model, self._tokenizer = OnnxModel(folder / "entails.onnx"), ClaimTokenizer(tokenizer)
        self.threshold = _threshold(folder / "manifest.json")
        self.read = lru_cache(maxsize=REMEMBERED)(self._read)

    def _read(self, sentence: str, cited: str) -> Entailment:
        sentence = legible(sentence)
        row = self._tokenizer.read(sentence, legible(cited))
        if _end(row.offsets[: int(row.cited.argmax())]) < len(sentence.rstrip()):
            return Entailment(0.0)  # longer than is read: of its end nothing is known
        inputs = {"ids": row.ids[None], "cited": row.cited[None], "alike": row.alike[None]}
        borne, pointed = self._model.run(inputs)
        said = [
            (start, end) for (start, end), side, doubt in zip(row.offsets, row.cited, pointed[0], strict=True)
            if not side and end > start and doubt >= DOUBTED
        ]  # fmt: skip
        return Entailment(float(borne[0]), tuple(_joined(sentence, said)))


@lru_cache(maxsize=1)
def shipped_reader() -> ClaimReader:
    """Opened when the first sentence of a model is checked. Raises ModelUnavailable."""
    return ClaimReader()


def legible(text: str) -> str:
    """In one plain spelling, 3至5 as 3-5 and quantities in digits: that they are the cited ones is checked by rules."""
    text = RANGE.sub("-", plain(text))
    for one in reversed(tokens(text)):
        if one.sort is Sort.QUANTITY and len(one.values) == 1 and not one.text[0].isdigit():
            text = f"{text[: one.start]}{one.values[0].normalize():f}{one.unit}{text[one.end :]}"
    return text


def shown(sentence: str, excerpts: Sequence[Excerpt]) -> str:
    """What is read of the excerpts: each after its place and heading, a long one by its sentences nearest to it."""
    room = max(LEAST_SHOWN, SHOWN // max(1, len(excerpts)))
    texts = [_shown(sentence, one, room) for one in excerpts]
    return "".join(text if text.endswith("。") else f"{text}。" for text in texts)


def _shown(sentence: str, one: Excerpt, room: int) -> str:
    heads = [one.plan.region or one.plan.name, one.clause.heading]
    head = "·".join(dict.fromkeys(part for part in heads if part))
    text, units = nearest(sentence, one.text, room), [unit.name for unit in one.clause.responsible_units]
    listed = "" if all(name in text for name in units) else f"（责任单位：{'、'.join(units)}）"
    return f"{head}：{text}{listed}"


def nearest(sentence: str, text: str, room: int = SHOWN) -> str:
    """`text`, or of a longer one the sentences that `sentence` is made of, in their order.

    One after the other that has most pairs of characters which none before it had: what it tells of, then the year that
    stands elsewhere. Those that add next to nothing are left out, and those there is no room for.
    """
    if len(text) <= room:
        return text
    left, parts = _pairs(plain(sentence)), PART.findall(text)
    had, kept = [_pairs(plain(part)) for part in parts], set[int]()
    while fitting := [row for row in range(len(parts)) if row not in kept and (not kept or len(parts[row]) <= room)]:
        best = max(fitting, key=lambda row: (len(left & had[row]), -row))
        if kept and len(left & had[best]) < ADDS:
            break
        kept.add(best)
        left -= had[best]
        room -= len(parts[best])
    told = {row: parts[row] for row in kept}
    for year in YEAR.findall(sentence):  # of a sentence there was no room for, what names the year
        pieces = ((row, piece) for row, part in enumerate(parts) for piece in CUT.split(part) if year in piece)
        if not any(year in part for part in told.values()):
            told |= {row: f"{piece}，" for row, piece in islice(pieces, 1)}
    return "".join(told[row] for row in sorted(told))


def _pairs(text: str) -> set[str]:
    return {text[at : at + 2] for at in range(len(text) - 1)}


def _alike(text: str, offsets: Sequence[tuple[int, int]], other: str) -> list[int]:
    """The degree of each token: that of the least of its characters."""
    degree = [int(one in other) for one in text]
    for length, value in ((2, 2), (RUN, 3)):
        known = {other[at : at + length] for at in range(len(other) - length + 1)}
        for at in range(len(text) - length + 1):
            if text[at : at + length] in known:
                degree[at : at + length] = [max(value, one) for one in degree[at : at + length]]
    return [min(degree[start:end], default=0) for start, end in offsets]


def _end(offsets: Sequence[tuple[int, int]]) -> int:
    return max((end for _, end in offsets), default=0)


def _joined(text: str, spans: Sequence[tuple[int, int]]) -> Iterator[str]:
    """Stretches of `text`; what touches is one."""
    start = end = 0
    for first, last in spans:
        if first > end:
            yield from [text[start:end]] if end else []
            start = first
        end = last
    if end:
        yield text[start:end]


def _threshold(path: Path) -> float:
    try:
        content: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        return float(content["threshold"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ModelUnavailable(str(path), f"it tells no threshold ({error})") from error
