"""An answer as one Markdown text with footnotes, written piece by piece: statements, table, notes, sources.

Where its length is bounded it ends after the last piece that fits: no sentence and no citation is cut through.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from bot.api import render, schema
from bot.api.face_schema import Annotation, Finish, UrlCitation
from bot.model import Status

GAP = "\n\n"
BREAK = "  \n"  # Markdown for a new line
SOURCES = "出处："
CORRECTED = "以上由人工智能生成，通过核对的句子不足，请以下列原文为准："
RELATED = "相近条款（仅供参考）："


@dataclass(frozen=True, slots=True)
class Room:
    """How long a text may be, in what `count` counts; None for no bound."""

    most: int | None = None
    count: Callable[[str], int] = len

    def holds(self, text: str) -> bool:
        return self.most is None or self.count(text) <= self.most


ANY_LENGTH = Room()


class Writing:
    """Remembers what was written and where each citation's mark stands. Positions count code points.

    `base` is where links lead that name no host, e.g. `https://bot.example.gov.cn/`. Once a piece has no room, nothing
    more is written.
    """

    def __init__(self, base: str, room: Room = ANY_LENGTH) -> None:
        self._base, self._room = base, room
        self.text, self._full = "", False
        self._marks: list[tuple[int, int, int]] = []  # start, end, number

    @property
    def finish(self) -> Finish:
        return "length" if self._full else "stop"

    def pieces(self, answer: schema.Answer) -> Iterator[str]:
        """The whole text in order: its label, the statements, each a piece, and what follows them."""
        yield from self._label(answer)
        for statement in answer.statements:
            yield from self.written(statement)
        yield from self._tail(answer)

    def ending(self, answer: schema.Answer, said: Sequence[schema.Statement]) -> Iterator[str]:
        """What follows when `said` was written before the answer was known whole. Only then is its label known."""
        kept = list(said) == answer.statements[: len(said)]
        if not kept:
            self._marks.clear()
            yield from self._write(CORRECTED)
        for statement in answer.statements[len(said) if kept else 0 :]:
            yield from self.written(statement)
        yield from self._label(answer)
        yield from self._tail(answer)

    def written(self, statement: schema.Statement) -> Iterator[str]:
        """The statement with its marks, when there is room for all of it."""
        for piece in self._write(render.paragraph(statement.text, statement.citations)):
            end = len(self.text)
            for number in reversed(statement.citations):
                start = end - len(render.marks([number]))
                self._marks.append((start, end, number))
                end = start
            yield piece

    def _label(self, answer: schema.Answer) -> Iterator[str]:
        if answer.label and (answer.generated or answer.citations):
            yield from self._write(f"【{render.escaped(answer.label)}】")

    def _tail(self, answer: schema.Answer) -> Iterator[str]:
        """Table, notes, sources, near clauses."""
        # what follows the statements in the answer's own Markdown, whose statements hold no blank line
        for part in answer.answer.split(GAP)[len(answer.statements) :]:
            if part:
                yield from self._write(part)
        if answer.citations:
            lines = [f"[{citation.index}] {self._link(citation)}" for citation in answer.citations]
            yield from self._listed(SOURCES, lines)
        if answer.related and answer.status is not Status.ANSWERED:
            yield from self._listed(RELATED, [*dict.fromkeys(self._link(citation) for citation in answer.related)])

    def _listed(self, head: str, lines: Sequence[str]) -> Iterator[str]:
        """As many of the lines as there is room for."""
        if self._full:
            return
        held = (count for count in range(len(lines), 1, -1) if self._holds(BREAK.join([head, *lines[:count]])))
        count = next(held, 1)
        yield from self._write(BREAK.join([head, *lines[:count]]))
        self._full = self._full or count < len(lines)

    def annotations(self, citations: Sequence[schema.Citation]) -> list[Annotation]:
        """One for every mark written so far, in the order of the text."""
        known = {citation.index: citation for citation in citations}
        return [
            Annotation(
                type="url_citation",
                url_citation=UrlCitation(
                    start_index=start,
                    end_index=end,
                    title=_title(known[number]),
                    url=urljoin(self._base, known[number].url),
                    index=number,
                    clause_id=known[number].clause_id,
                    quote=known[number].quote,
                ),
            )
            for start, end, number in sorted(self._marks)
        ]

    def _link(self, citation: schema.Citation) -> str:
        return f"[{render.escaped(_title(citation))}]({urljoin(self._base, citation.url)})"

    def _write(self, text: str) -> Iterator[str]:
        """The text as a piece of its own, or nothing when there is no room."""
        if self._full or not self._holds(text):
            self._full = True
            return
        piece = self._parted(text)
        self.text += piece
        yield piece

    def _holds(self, text: str) -> bool:
        return self._room.holds(self.text + self._parted(text))

    def _parted(self, text: str) -> str:
        return GAP + text if self.text else text


def _title(citation: schema.Citation) -> str:
    return render.source_line(citation.plan_title, citation.plan_number, citation.clause_path, citation.heading)
