"""The pages beside the talk: plans, comparisons, guides, files to take away, the widget; and what draws them."""

from fastapi import FastAPI

from ui.ask_client import AskClient
from ui.compare.view import compare_routes
from ui.guides.routes import guide_routes
from ui.plain_page import plain_routes
from ui.plan_view import plan_routes
from ui.take_routes import take_routes
from ui.widget import mount_assets, widget_routes


def mount_site(app: FastAPI, client: AskClient, root: str, public_url: str) -> None:
    """`root` and `public_url` as in `mount_page`."""
    where = public_url or root
    for part in (
        plan_routes(client, where),
        plain_routes(client),
        guide_routes(client),
        take_routes(client, public_url),
        compare_routes(client, where),
        widget_routes(client, where),
    ):
        app.include_router(part)
    mount_assets(app)
