"""A plain `tokenizer.json` whose tokens are single characters and all pairs of neighbours.

Chinese has no spaces, and `tokenizers` has no step that lets tokens overlap. Three of its steps together do:
a character map writes every known character three times, `计量法` → `计计计量量量法法法`, and splits then cut
between the copies: one for the pair on the left, one for the character itself, one for the pair on the right,
`计 计量 量 量法 法`. What is not in the map is not tripled and separates runs. No custom code is needed,
which matters because sentence-transformers runs none from a model folder unless told to trust it.
"""

import base64
import json
import struct
from collections.abc import Mapping, Sequence
from typing import TypeAlias

UNKNOWN = "[UNK]"  # id 0; its vector is kept at zero, so that an unknown pair weighs nothing

_TRIPLED_RUN = r"(?:(.)\1\1)+"
_ENDS = r"^.|.$"  # the outermost copies have no neighbour to pair with
_CHARACTER_AND_PAIR = r"..."
_CHARACTER = r"^."


def tokenizer_json(tokens: Sequence[str]) -> str:
    """The file's text, for single characters and two-character pairs in the order of their ids from 1."""
    characters = [token for token in tokens if len(token) == 1]
    vocabulary = {token: at for at, token in enumerate([UNKNOWN, *tokens])}
    charsmap = base64.b64encode(_tripling_charsmap(characters)).decode("ascii")
    return json.dumps(
        {
            "version": "1.0",
            "truncation": None,
            "padding": None,
            "added_tokens": [],
            "normalizer": {
                "type": "Sequence",
                "normalizers": [
                    {"type": "NFKC"},
                    {"type": "Lowercase"},
                    {"type": "Precompiled", "precompiled_charsmap": charsmap},
                ],
            },
            "pre_tokenizer": {
                "type": "Sequence",
                "pretokenizers": [
                    _split(_TRIPLED_RUN, "Removed", invert=True),
                    _split(_ENDS, "Removed"),
                    _split(_CHARACTER_AND_PAIR, "Isolated"),
                    _split(_CHARACTER, "Isolated"),
                ],
            },
            "post_processor": None,
            "decoder": None,
            "model": {"type": "WordLevel", "vocab": vocabulary, "unk_token": UNKNOWN},
        },
        ensure_ascii=False,
    )


def _split(pattern: str, behavior: str, *, invert: bool = False) -> dict[str, object]:
    return {"type": "Split", "pattern": {"Regex": pattern}, "behavior": behavior, "invert": invert}


def _tripling_charsmap(characters: Sequence[str]) -> bytes:
    """sentencepiece's format: size of the trie in bytes, the trie, then the replacements, each ended by NUL."""
    places: dict[bytes, int] = {}
    replacements = bytearray()
    for character in characters:
        places[character.encode()] = len(replacements)
        replacements += (character * 3).encode() + b"\0"
    trie = _double_array(places)
    return struct.pack("<I", len(trie)) + trie + bytes(replacements)


_Trie: TypeAlias = dict[int, "_Trie | int"]  # next byte → rest; at 0 the value of the key that ends here


def _double_array(values: Mapping[bytes, int]) -> bytes:
    """A trie in darts-clone's layout of 32-bit units.

    Bits 0–7 label, 8 "a key ends here", 10–30 offset; or, with bit 31, a value. The children of the unit at p
    with offset o stand at p ^ o ^ label, the value at p ^ o.
    """
    root: _Trie = {}
    for key, value in values.items():
        node = root
        for byte in key:
            child = node.setdefault(byte, {})
            assert isinstance(child, dict)
            node = child
        node[0] = value
    units: dict[int, int] = {0: 0}
    bases: set[int] = set()  # two nodes with one base would adopt each other's children
    lowest_free = 1
    pending: list[tuple[int, _Trie]] = [(0, root)]
    while pending:
        place, node = pending.pop()
        base = lowest_free
        while base in bases or any(base ^ label in units for label in node):
            base += 1
        bases.add(base)
        units[place] |= (place ^ base) << 10
        for label, child in node.items():
            if isinstance(child, int):
                units[place] |= 1 << 8
                units[base] = 1 << 31 | child
            else:
                units[base ^ label] = label
                pending.append((base ^ label, child))
        while lowest_free in units or lowest_free in bases:
            lowest_free += 1
    size = (max(units) | 0xFF) + 1  # readers look up to 255 units past a base
    return struct.pack(f"<{size}I", *(units.get(at, 0) for at in range(size)))
