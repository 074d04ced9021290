"""Text that remembers where each of its characters came from."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from re import Match, Pattern

from ingest.model import Discard, Position


@dataclass(frozen=True, slots=True)
class Traced:
    """`origins[i]` is the source offset of `text[i]`; both have one length."""

    text: str
    origins: tuple[int, ...]

    @classmethod
    def whole(cls, source: str) -> "Traced":
        return cls(source, tuple(range(len(source))))

    @classmethod
    def lines(cls, parts: Sequence["Traced"]) -> "Traced":
        """`parts`, none of them empty, as lines of one text; a break stands for what the source has before the line."""
        origins = list(parts[0].origins)
        for part in parts[1:]:
            origins.extend((part.origins[0] - 1, *part.origins))
        return cls("\n".join(part.text for part in parts), tuple(origins))

    def __len__(self) -> int:
        return len(self.text)

    def slice(self, start: int, end: int | None = None) -> "Traced":
        return Traced(self.text[start:end], self.origins[start:end])

    def __add__(self, other: "Traced") -> "Traced":
        return Traced(self.text + other.text, self.origins + other.origins)

    def strip(self) -> "Traced":
        """Without blanks at either end."""
        start = len(self.text) - len(self.text.lstrip())
        return self.slice(start, len(self.text.rstrip()) or start)

    def split(self, separator: str) -> list["Traced"]:
        """The stretches between single-character separators."""
        parts, start = [], 0
        for end in [i for i, char in enumerate(self.text) if char == separator] + [len(self.text)]:
            parts.append(self.slice(start, end))
            start = end + 1
        return parts

    def drop(
        self, pattern: Pattern[str], reason: str, only: Callable[[Match[str]], bool] = lambda _: True
    ) -> tuple["Traced", list[Discard]]:
        """Remove every match of `pattern` for which `only` holds; say what went, in source offsets."""
        kept: list[int] = []
        discards: list[Discard] = []
        last = 0
        for match in pattern.finditer(self.text):
            if match.start() == match.end() or not only(match):
                continue
            kept.extend(range(last, match.start()))
            discards.extend(spans(reason, self.origins[match.start() : match.end()]))
            last = match.end()
        kept.extend(range(last, len(self.text)))
        return self._pick(kept), discards

    def substitute(self, replacement: str) -> "Traced":
        """The same characters in another spelling; lengths must agree, so that origins hold."""
        if len(replacement) != len(self.text):
            raise ValueError(f"Spelling changed the length from {len(self.text)} to {len(replacement)}.")
        return Traced(replacement, self.origins)

    def _pick(self, indices: list[int]) -> "Traced":
        return Traced("".join(self.text[i] for i in indices), tuple(self.origins[i] for i in indices))


def spans(reason: str, offsets: Iterable[int]) -> list[Discard]:
    """Neighbouring source offsets joined to stretches."""
    found: list[Discard] = []
    for offset in offsets:
        if found and found[-1].end == offset:
            found[-1] = Discard(reason, found[-1].start, offset + 1)
        else:
            found.append(Discard(reason, offset, offset + 1))
    return found


def position(source: str, offset: int) -> Position:
    """Line and column of a source offset; both count from 1."""
    line_start = source.rfind("\n", 0, offset) + 1
    return Position(line=source.count("\n", 0, offset) + 1, column=offset - line_start + 1)
