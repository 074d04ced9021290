"""What an index was built from. An index that does not match what is asked for refuses to serve."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from ingest.errors import IndexMismatch, IndexMissing
from ingest.model import Passage

FILE = "manifest.json"
FORMAT = 6  # raised when tokens, passages or files change their meaning

Seals = dict[str, tuple[int, str]]  # by the path within the folder: size in bytes, SHA-256


@dataclass(frozen=True, slots=True)
class Manifest:
    """Of a version. `corpus` is a hash over all passages, so that any change of text, cut or heading shows; `plans`
    has those of the passages of each plan, in order; `files` are sealed. The passages lie in `segments`.
    """

    format: int
    embedder: str
    corpus: str
    passages: int
    built_at: str
    segments: tuple[str, ...] = ()
    plans: dict[str, str] = field(default_factory=dict)
    files: Seals = field(default_factory=dict)

    def write(self, folder: Path) -> None:
        (folder / FILE).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises IndexMissing when there is none or it cannot be understood."""
        try:
            told = read_told(folder, cls)
            return cls(**{**told, "segments": tuple(told.get("segments", ()))})
        except (OSError, ValueError, TypeError, AttributeError, KeyError) as error:
            raise IndexMissing(folder) from error

    def require(self, embedder: str, corpus: str) -> None:
        """Raises IndexMismatch when built with another format, embedder or corpus."""
        if self.format != FORMAT:
            raise IndexMismatch("format", str(self.format), str(FORMAT))
        if self.embedder != embedder:
            raise IndexMismatch("embedder", self.embedder, embedder)
        if self.corpus != corpus:
            raise IndexMismatch("corpus", self.corpus, corpus)


def read_told(folder: Path, kind: type) -> dict[str, Any]:
    """What `manifest.json` says; of another format what this one knows. Raises OSError, ValueError and their like."""
    told: dict[str, Any] = json.loads((folder / FILE).read_text(encoding="utf-8"))
    files = {name: (int(size), str(digest)) for name, (size, digest) in told.get("files", {}).items()}
    if told["format"] != FORMAT:
        known = {one.name for one in fields(kind)}
        told = {name: value for name, value in told.items() if name in known}
    return {**told, "files": files}


def plan_hash(passages: Iterable[Passage]) -> str:
    """Sixteen hex digits over ids, texts and headings of a plan's passages."""
    digest = hashlib.sha256()
    for passage in passages:
        for part in (passage.id, passage.text, passage.heading, passage.context, passage.lead):
            digest.update(part.encode())
            digest.update(b"\0")
    return digest.hexdigest()[:16]


def by_plan(passages: Iterable[Passage]) -> dict[str, list[Passage]]:
    """Passages of each plan, in order."""
    found: dict[str, list[Passage]] = {}
    for passage in passages:
        found.setdefault(passage.plan_id, []).append(passage)
    return found


def corpus_of(plans: Mapping[str, str]) -> str:
    """Sixteen hex digits over plans and the hashes of their passages: a plan that is added is all that is read."""
    told = "".join(f"{plan_id}\0{hashed}\0" for plan_id, hashed in plans.items())
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def corpus_hash(passages: Iterable[Passage]) -> str:
    """`corpus_of` what the passages are of."""
    return corpus_of({plan_id: plan_hash(ones) for plan_id, ones in by_plan(passages).items()})
