"""A plan to take away: as plain text or as a document of a word processor."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from starlette.responses import Response

from ui.plan_docx import plan_docx
from ui.plan_text import plan_text
from ui.plan_time import TimedPlan

LONGEST_NAME = 80  # characters of a title in a file's name
UNSAFE = '\\/:*?"<>|'  # in names of files, on one system or another


@dataclass(frozen=True, slots=True)
class PlanFile:
    """`name` is the last part of its address."""

    name: str
    media_type: str
    write: Callable[[TimedPlan, str, str], bytes]

    @property
    def ending(self) -> str:
        return self.name.rpartition(".")[2]


TEXT = PlanFile("plan.txt", "text/plain; charset=utf-8", plan_text)
DOCX = PlanFile("plan.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", plan_docx)


def plan_file(plan: TimedPlan, day: str, kind: PlanFile, site: str) -> Response:
    """Named by the plan's title; its id for who reads ASCII alone."""
    address = f"{site.rstrip('/')}/plans/{quote(plan.plan_id, safe='')}"
    titled = "".join(char for char in plan.title if char not in UNSAFE and char.isprintable())[:LONGEST_NAME]
    ascii_name = quote(plan.plan_id, safe="").replace("%", "")
    full_name = f"{quote(titled, safe='')}.{kind.ending}"
    named = f"attachment; filename=\"{ascii_name}.{kind.ending}\"; filename*=UTF-8''{full_name}"
    return Response(kind.write(plan, day, address), media_type=kind.media_type, headers={"Content-Disposition": named})
