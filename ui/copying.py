"""An answer as plain text for the clipboard: what was said, then its sources by number, each with a link."""

from collections.abc import Iterator

from ui import wording
from ui.answer_view import safe_link
from ui.replies import Citation, Reply

HERE = "\ue000"  # stands for this site's address, which the browser knows; no text has a use for it


def copy_text(question: str, reply: Reply, table: tuple[tuple[str, ...], ...] = ()) -> str:
    """Question, label, statements with [n], table, notes, sources; near clauses where it was not answered."""
    if not reply.statements:  # words alone, made by the API to be passed on
        return _whole(wording.COPY_QUESTION.format(question=question), reply.plain_text or reply.answer)
    labels = (wording.STATUS.get(reply.status, ""), reply.label)
    label = " · ".join(filter(None, labels))
    return _whole(
        wording.COPY_QUESTION.format(question=question),
        "\n".join([*([f"【{label}】"] if label else []), *_said(reply, table)]),
        "\n".join(wording.COPY_NOTE.format(note=" ".join(note.split())) for note in reply.notes),
        _listed(wording.COPY_SOURCES, reply.citations, numbered=True),
        "" if reply.status == "answered" else _listed(wording.COPY_NEAR, reply.related, numbered=False),
        wording.ONLY_THE_PLAN,
    )


def source_text(one: Citation) -> str:
    """《题名》（文号） · 四24 · 加大政策支持"""
    title = one.plan_title.replace("《", "〈").replace("》", "〉")
    number = f"（{one.plan_number}）" if one.plan_number else ""
    heading = "" if one.heading == one.clause_path else one.heading
    return " · ".join(part for part in (f"《{title}》{number}", one.clause_path, heading) if part)


def _whole(*parts: str) -> str:
    return "\n\n".join(part for part in parts if part)


def _said(reply: Reply, table: tuple[tuple[str, ...], ...]) -> Iterator[str]:
    for statement in reply.statements:
        yield statement.text + "".join(f"[{index}]" for index in statement.citations)
    head, *rows = table or ((),)
    for row in rows:
        yield "；".join(f"{name} {cell}" for name, cell in zip(head, row, strict=False) if cell)


def _listed(title: str, citations: tuple[Citation, ...], *, numbered: bool) -> str:
    """Under a title, a source and its link each; empty when there is none."""
    return "\n".join([title, *(line for one in citations for line in _lines(one, numbered))]) if citations else ""


def _lines(one: Citation, numbered: bool) -> Iterator[str]:
    yield f"[{one.index}] {source_text(one)}" if numbered else source_text(one)
    link = safe_link(one.url)
    if link:
        yield HERE + link if link.startswith("/") else link
