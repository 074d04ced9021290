"""A plan to take away: as plain text, made here; in other formats, made by the API."""

from collections.abc import Callable, Mapping
from urllib.parse import quote

from starlette.responses import Response

from ui.ask_client import AskClient
from ui.plan_text import plan_text
from ui.spoken import CHINESE, speaking
from ui.take_routes import handed_on

LONGEST_NAME = 80  # characters of a title in a file's name
UNSAFE = '\\/:*?"<>|'  # in names of files, on one system or another

Make = Callable[[AskClient, str, str, str], Response]  # client, plan id, ISO day or empty, where the page is read


def text_file(client: AskClient, plan_id: str, day: str, site: str) -> Response:
    """Named by the plan's title; its id for who reads ASCII alone. Chinese like the other files. Raises ApiError."""
    plan = client.plan(plan_id, day)
    address = f"{site}/plans/{quote(plan.plan_id, safe='')}"
    titled = "".join(char for char in plan.title if char not in UNSAFE and char.isprintable())[:LONGEST_NAME]
    ascii_name = quote(plan.plan_id, safe="").replace("%", "")
    named = f"attachment; filename=\"{ascii_name}.txt\"; filename*=UTF-8''{quote(titled, safe='')}.txt"
    headers = {"Content-Disposition": named}
    with speaking(CHINESE):
        text = plan_text(plan, day, address)
    return Response(text, media_type="text/plain; charset=utf-8", headers=headers)


def made_by_api(wanted: str) -> Make:
    """A maker of files in a format of the API's. It raises ApiError."""

    def make(client: AskClient, plan_id: str, day: str, site: str) -> Response:
        return handed_on(client.take_plan(plan_id, wanted, day, site))

    return make


FILES: Mapping[str, Make] = {  # by the last part of the address
    "plan.docx": made_by_api("docx"),
    "plan.pdf": made_by_api("pdf"),
    "plan.txt": text_file,
}
