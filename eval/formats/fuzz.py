"""Real files damaged at random: each ends in a reading that says what it lost, or in a typed error; none hangs."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from time import perf_counter

from eval.formats.blocks import blocks_of
from eval.formats.compare import characters, share_of_characters
from eval.formats.render import as_docx, as_html
from eval.formats.typed import as_typed
from ingest.errors import UnreadableDocument
from ingest.model import Plan
from ingest.read import read_bytes

SEED = 20230314
SECONDS = 150.0  # the longest a reading may take, with what starting and ending its process takes
UNHARMED = 0.5  # of the characters of a text: less, and nothing said of damage, is silent loss
TOKENS = (
    b"",
    b"\x00",
    b"\xff\xfe",
    b"<",
    b"]]>",
    b"obj",
    b"endstream",
    b"<!DOCTYPE x>",
    b"&lol;",
    b"%PDF",
    b"PK\x03\x04",
)


@dataclass(frozen=True, slots=True)
class Fuzzed:
    name: str
    outcome: str  # read · read, damage told · the name of a typed error · a fault
    held: bool


def originals(plan: Plan) -> dict[str, bytes]:
    """The plan in every format that needs no browser and no OCR."""
    blocks = blocks_of(plan)
    return {
        "a.txt": plan.source.encode(),
        "b.txt": plan.source.encode("gb18030"),
        "c.docx": as_docx(blocks),
        "d.html": as_html(blocks),
        "e.pdf": as_typed([block.text for block in blocks if block.text][:40]),
    }


def fuzz(files: Mapping[str, bytes], many: int, seed: int = SEED) -> list[Fuzzed]:
    """`many` damaged files, the kinds in turn; the same for the same seed."""
    draw = random.Random(seed)
    names = sorted(files)
    wholes = {name: characters(read_bytes(raw, name).text) for name, raw in files.items()}
    found = []
    for number in range(many):
        name = names[number % len(names)]
        found.append(_tried(f"{number}-{name}", damaged(files[name], draw), wholes[name]))
    return found


def damaged(raw: bytes, draw: random.Random) -> bytes:
    """One to six changes: bytes exchanged, cut out, doubled, put in, the end lost."""
    made = bytearray(raw)
    for _ in range(draw.randint(1, 6)):
        at, length = draw.randrange(len(made) or 1), draw.choice((1, 1, 4, 64, 1024))
        change = draw.randrange(5)
        if change == 0:
            made[at : at + length] = draw.randbytes(min(length, len(made) - at))
        elif change == 1:
            del made[at : at + length]
        elif change == 2:
            made[at:at] = made[at : at + length]
        elif change == 3:
            made[at:at] = draw.choice(TOKENS)
        elif draw.random() < 0.3:
            del made[at:]
    return bytes(made)


def _tried(name: str, raw: bytes, whole: str) -> Fuzzed:
    started = perf_counter()
    try:
        reading = read_bytes(raw, name)
    except UnreadableDocument as error:
        told = str(error).endswith(".") and name in str(error)
        return Fuzzed(name, type(error).__name__, told and perf_counter() - started < SECONDS)
    except Exception as error:  # noqa: BLE001  whatever else comes out is what is looked for
        return Fuzzed(name, f"fault {type(error).__name__}", held=False)
    if perf_counter() - started > SECONDS:
        return Fuzzed(name, "fault: too slow", held=False)
    if reading.record.repaired or reading.record.notes or reading.record.unread_pages:
        return Fuzzed(name, "read, damage told", held=True)
    lost = share_of_characters(whole, characters(reading.text)) < UNHARMED and len(raw) > 0.9 * len(whole)
    return Fuzzed(name, "fault: silent loss" if lost else "read", held=not lost)
