"""What an index was built from. An index that does not match what is asked for refuses to serve."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path

from ingest.errors import IndexMismatch, IndexMissing
from ingest.model import Passage

FILE = "manifest.json"
FORMAT = 4  # raised when tokens, passages or files change their meaning


@dataclass(frozen=True, slots=True)
class Manifest:
    """`corpus` is a hash over all passages, so that any change of text, cut or heading shows; `files` are sealed."""

    format: int
    embedder: str
    corpus: str
    passages: int
    built_at: str
    collection: str
    files: dict[str, tuple[int, str]] = field(default_factory=dict)  # an older index has none, and opens unchecked

    def write(self, folder: Path) -> None:
        (folder / FILE).write_text(json.dumps(asdict(self), ensure_ascii=False, indent=2), encoding="utf-8")

    @classmethod
    def read(cls, folder: Path) -> "Manifest":
        """Raises IndexMissing when there is none or it cannot be understood."""
        try:
            told = json.loads((folder / FILE).read_text(encoding="utf-8"))
            seals = told.pop("files", {}).items()
            return cls(**told, files={name: (int(size), str(digest)) for name, (size, digest) in seals})
        except (OSError, ValueError, TypeError, AttributeError) as error:
            raise IndexMissing(folder) from error

    def require(self, embedder: str, corpus: str) -> None:
        """Raises IndexMismatch when built with another format, embedder or corpus."""
        if self.format != FORMAT:
            raise IndexMismatch("format", str(self.format), str(FORMAT))
        if self.embedder != embedder:
            raise IndexMismatch("embedder", self.embedder, embedder)
        if self.corpus != corpus:
            raise IndexMismatch("corpus", self.corpus, corpus)


def corpus_hash(passages: Iterable[Passage]) -> str:
    """Sixteen hex digits over ids, texts and headings."""
    digest = hashlib.sha256()
    for passage in passages:
        for part in (passage.id, passage.text, passage.heading, passage.context, passage.lead):
            digest.update(part.encode())
            digest.update(b"\0")
    return digest.hexdigest()[:16]
