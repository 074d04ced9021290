"""Sentences with the very text they cite: whether it bears them out, wholly. To train and measure a reader on."""

from enum import StrEnum
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from eval.jsonl import read_rows
from ingest.errors import BadCase, DuplicateCase, NoCases

FOLDER = Path(__file__).parent / "pairs"
ROUNDS = Path(__file__).parent / "rounds"  # for measuring alone


class Label(StrEnum):
    """What two careful readers would say."""

    TRUE = "true"  # the cited text bears the sentence out
    FALSE = "false"


class Pair(BaseModel):
    """A sentence as an assistant would say it, and the stretch of a clause it cites."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(min_length=1)
    clause: str = Field(min_length=1)
    cited: str = Field(min_length=1)
    sentence: str = Field(min_length=1)
    label: Label
    edit: str = Field(min_length=1)  # how it was reworded, or what was made false of it
    pair: str = ""  # the honest sentence a false one was made from
    quoted: str = ""  # the cited words that a false one contradicts or goes beyond

    @property
    def honest(self) -> bool:
        return self.label is Label.TRUE


def read_pairs(folder: Path = FOLDER) -> dict[str, tuple[Pair, ...]]:
    """By writer, which is the file's name. Raises NoCases, BadCase, DuplicateCase."""
    found = {path.stem: tuple(read_rows(path, Pair)) for path in sorted(folder.glob("*.jsonl"))}
    if not any(found.values()):
        raise NoCases(folder)
    known: set[str] = set()
    for writer, pairs in found.items():
        honest = {one.id for one in pairs if one.honest}
        for row, one in enumerate(pairs, start=1):
            if one.id in known:
                raise DuplicateCase(one.id)
            if one.pair and one.pair not in honest:
                raise BadCase(folder / f"{writer}.jsonl", row, f"pair: no honest sentence '{one.pair}' in this file")
            known.add(one.id)
    return found
