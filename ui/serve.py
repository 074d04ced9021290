"""One process, one port: the API, the page and the plan views."""

import math
import os
import socket
import sys

from fastapi import FastAPI

from bot.api.app import create_app
from bot.api.log import log
from bot.api.present import Presenter
from bot.api.readiness import Operation, Probe
from bot.api.wechat_account import open_account, open_wecom
from bot.desk import Desk
from bot.export.formats import checked_font
from bot.live import LiveBot
from bot.local import LocalBot
from bot.records.labels import Labels
from bot.records.receipts import RecordsUnavailable
from bot.records.retention import pruned_daily
from bot.service import Bot
from bot.settings import Settings
from bot.stages import Watch
from ingest.errors import BadSetting
from ui.desk import desk_of
from ui.framing import frame_policy
from ui.listen import STOP_SECONDS, server_of
from ui.state import State, open_state, trusted_proxies

PATIENCE_SECONDS = 10.0  # that a request waits for another who changes the documents
AT_ONCE_WITH_MODEL = 32  # who waits for a model's words computes nothing
SWITCH_SECONDS = 0.001  # a thread that computes lets the one go on that reads and writes; Python's own 5 ms are felt


def presenter_of(settings: Settings) -> Presenter:
    """How answers are worded and linked."""
    return Presenter(
        settings.public_url or settings.root_path,
        Labels(settings.label_generated, settings.label_extractive),
        checked_font(settings.pdf_font),
    )


def build_app(
    bot: Bot,
    settings: Settings,
    api_url: str,
    with_page: bool = True,
    state: State | None = None,
    desk: Desk | None = None,
) -> FastAPI:
    """API alone, or with the page, whose requests go to `api_url`."""
    state = state or open_state(settings)
    app = create_app(
        bot,
        records=state.records,
        present=presenter_of(settings),
        max_question=settings.max_question,
        wechat=open_account(settings.wechat_app_id, settings.wechat_token, settings.wechat_aes_key),
        wecom=open_wecom(settings.wecom_corp_id, settings.wecom_token, settings.wecom_aes_key),
        callers=state.callers,
        operation=Operation(
            at_once(settings),
            probes_of(settings, state),
            bot.watch if isinstance(bot, LocalBot | LiveBot) else Watch(),
            settings.traces_url,
        ),
        desk=desk,
    )
    if not with_page:
        return app
    ancestors = framers(settings.frame_ancestors)
    from ui.ask_client import AskClient
    from ui.page import mount_page  # gradio takes seconds to import; the API alone does without
    from ui.staff.office import Office
    from ui.staff.routes import staff_routes

    office = Office(bot, state.records, desk, state.callers, settings.public_url, settings.root_path.rstrip("/"))
    app.include_router(staff_routes(office))
    client, public_url = AskClient(api_url, token=state.callers.page_token), settings.public_url
    return mount_page(
        app, api_url, frame_ancestors=ancestors, client=client, root=settings.root_path, public_url=public_url
    )


def framers(value: str) -> tuple[str, ...]:
    """Origins that may embed the page. Checked here, for the page itself reads them at its first request."""
    origins = tuple(value.split())
    try:
        frame_policy(origins)
    except ValueError as error:
        raise BadSetting("METROLOGY_FRAME_ANCESTORS", value, f"origins parted by blanks. {error}") from error
    return origins


def probes_of(settings: Settings, state: State) -> dict[str, Probe]:
    """What stands behind the answers; shared values only where several processes share them."""
    probes: dict[str, Probe] = {"records": state.records.check}
    if settings.redis_url:
        probes["shared"] = state.callers.shared.ping
    return probes


def at_once(settings: Settings) -> int:
    """Questions worked on at once: as set, or as many as the machine computes, more when they wait for a model."""
    computing = max(2, os.cpu_count() or 1)
    return settings.at_once or (AT_ONCE_WITH_MODEL if settings.llm_model else computing)


def stop_seconds(settings: Settings) -> int:
    """An answer that a model is writing is still given."""
    return max(STOP_SECONDS, math.ceil(settings.llm_budget) + 1) if settings.llm_model else STOP_SECONDS


def serve(bot: LiveBot, settings: Settings, state: State, host: str, port: int, with_page: bool = True) -> None:
    """Answer on `host`:`port` until stopped; who is still being answered then has `stop_seconds`."""
    sys.setswitchinterval(SWITCH_SECONDS)
    desk = desk_of(settings, state.records.database, switched=bot.look, patience=PATIENCE_SECONDS)
    app = build_app(bot, settings, address(host, port), with_page, state, desk)
    proxies, seconds = trusted_proxies(settings), stop_seconds(settings)
    bot.listen(lambda version: log.info("switched", corpus_version=version))
    days, audit_days = settings.retention_days, settings.audit_days
    with pruned_daily(state.records, days, _not_pruned, audit_days=audit_days), bot.watching(not_switched):
        server_of(app, host, port, stop_seconds=seconds, trusted=proxies).run()


def not_switched(version: str, error: Exception) -> None:
    """What was answered from goes on being so."""
    log.error("not_switched", version=version, error=type(error).__name__, message=str(error))


def _not_pruned(error: RecordsUnavailable) -> None:
    log.warning("not_pruned", reason=error.reason)


def address(host: str, port: int) -> str:
    """Where a browser on this machine finds the server, e.g. http://127.0.0.1:8000 for host 0.0.0.0."""
    here = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    return f"http://[{here}]:{port}" if ":" in here else f"http://{here}:{port}"


def require_free(host: str, port: int) -> None:
    """Raises BadSetting when `host`:`port` cannot be listened on."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise BadSetting(
                "port", port, f"a free port on {host} ({error.strerror}); set another with PORT="
            ) from error
