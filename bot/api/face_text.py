"""An answer as one Markdown text with footnotes, written piece by piece: statements, table, notes, sources."""

import re
from collections.abc import Iterator, Sequence
from urllib.parse import urljoin

from bot.api import render, schema
from bot.api.face_schema import Annotation, UrlCitation, Usage
from bot.model import Status

CHINESE = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]")
GAP = "\n\n"
BREAK = "  \n"  # Markdown for a new line
SOURCES = "出处："
CORRECTED = "以上由人工智能生成，通过核对的句子不足，请以下列原文为准："
RELATED = "相近条款（仅供参考）："


class Writing:
    """Remembers how much was written and where each citation's mark stands. Positions count code points.

    `base` is where links lead that name no host, e.g. `https://bot.example.gov.cn/`.
    """

    def __init__(self, base: str) -> None:
        self._base, self._length = base, 0
        self._marks: list[tuple[int, int, int]] = []  # start, end, number

    def pieces(self, answer: schema.Answer) -> Iterator[str]:
        """The whole text in order: its label, the statements, each a piece, and what follows them."""
        yield from self._label(answer)
        for statement in answer.statements:
            yield self.statement(statement)
        yield from self._tail(answer)

    def ending(self, answer: schema.Answer, said: Sequence[schema.Statement]) -> Iterator[str]:
        """What follows when `said` was written before the answer was known whole. Only then is its label known."""
        kept = list(said) == answer.statements[: len(said)]
        if not kept:
            self._marks.clear()
            yield self._written(CORRECTED)
        for statement in answer.statements[len(said) if kept else 0 :]:
            yield self.statement(statement)
        yield from self._label(answer)
        yield from self._tail(answer)

    def statement(self, statement: schema.Statement) -> str:
        piece = self._written(render.paragraph(statement.text, statement.citations))
        end = self._length
        for number in reversed(statement.citations):
            start = end - len(render.marks([number]))
            self._marks.append((start, end, number))
            end = start
        return piece

    def _label(self, answer: schema.Answer) -> Iterator[str]:
        if answer.label and (answer.generated or answer.citations):
            yield self._written(f"【{render.escaped(answer.label)}】")

    def _tail(self, answer: schema.Answer) -> Iterator[str]:
        """Table, notes, sources, near clauses."""
        # what follows the statements in the answer's own Markdown, whose statements hold no blank line
        for part in answer.answer.split(GAP)[len(answer.statements) :]:
            if part:
                yield self._written(part)
        if answer.citations:
            lines = (f"[{citation.index}] {self._link(citation)}" for citation in answer.citations)
            yield self._written(BREAK.join([SOURCES, *lines]))
        if answer.related and answer.status is not Status.ANSWERED:
            near = dict.fromkeys(self._link(citation) for citation in answer.related)
            yield self._written(BREAK.join([RELATED, *near]))

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

    def _written(self, text: str) -> str:
        piece = GAP + text if self._length else text
        self._length += len(piece)
        return piece


def usage(prompt: Sequence[str], completion: str) -> Usage:
    asked, said = sum(_tokens(text) for text in prompt), _tokens(completion)
    return Usage(prompt_tokens=asked, completion_tokens=said, total_tokens=asked + said)


def _tokens(text: str) -> int:
    chinese = len(CHINESE.findall(text))
    return chinese + -(-(len(text) - chinese) // 4)


def _title(citation: schema.Citation) -> str:
    return render.source_line(citation.plan_title, citation.plan_number, citation.clause_path, citation.heading)
