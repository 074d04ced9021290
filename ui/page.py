"""The chat page: the one file that imports gradio. It knows the bot over HTTP alone."""

import os
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

# Both are read by gradio on import. Without the first the server calls home; without the second it makes a pandas table
# of the last ten thousand events after each event, for a summary that no route of ours shows.
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"
os.environ["GRADIO_ANALYTICS_CACHE_FREQUENCY"] = str(sys.maxsize)

import gradio as gr
from fastapi import FastAPI

from ui import wording
from ui.ask_client import AskClient
from ui.event_loop import in_event_loop
from ui.first_paint import FirstPaint
from ui.framing import SafeHeaders
from ui.kept import read_kept, to_keep
from ui.language import Speaks
from ui.page_routes import close_unused
from ui.plain_page import LONGEST_QUESTION
from ui.site import mount_site
from ui.spoken import CHINESE, PARAMETER, asked_language, speaking, spoken
from ui.talk import known_plans, named_plan
from ui.talk_view import render_scope, render_talk
from ui.templates import ASSETS, render, serve_under
from ui.visit import Shown, Visit, asked, asked_again, begun_anew, reopened, revised, voted

CONCURRENT_QUESTIONS = 32  # gradio's default is one at a time
# The page's own threads wait for the API, which answers in the server's 40 shared ones: were these the same, 40 waiting
# questions would leave none to answer them. Any number but 40 makes gradio keep a pool of its own.
THREADS = 64
SYSTEM_FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "system-ui", "sans-serif")
KEEP_SCRIPT = "watch('value', () => window.metrologyTalks && window.metrologyTalks.keep(props.value));"
RESTORE_SCRIPT = "() => [window.metrologyTalks ? window.metrologyTalks.restore() : '']"


def mount_page(
    app: FastAPI,
    api_url: str,
    *,
    frame_ancestors: tuple[str, ...] = (),
    client: AskClient | None = None,
    root: str = "",
    public_url: str = "",
) -> FastAPI:
    """Adds page, plan view and widget to an app that already has the API's routes (the page takes every path left).

    `api_url`: where the API answers, usually this very server. `frame_ancestors`: origins, such as
    `https://www.example.gov.cn`, that may embed the page. `root`: the path below which a proxy serves it;
    `public_url`: the whole address.
    """
    client = client or AskClient(api_url)
    serve_under(root)
    app.add_middleware(FirstPaint, framework=Path(gr.__file__).parent / "templates/frontend/assets")
    app.add_middleware(SafeHeaders, ancestors=frame_ancestors)
    app.add_middleware(Speaks, root=root)
    mount_site(app, client, root, public_url)
    in_event_loop(lambda: _mount_blocks(app, client, public_url or root))
    close_unused(app)
    return app


def _mount_blocks(app: FastAPI, client: AskClient, site: str) -> FastAPI:
    blocks = build_blocks(client)
    blocks.max_threads = THREADS
    return gr.mount_gradio_app(  # type: ignore[no-any-return]
        app,
        blocks,
        path="/",
        theme=_theme(),
        favicon_path=str(ASSETS / "icon.svg"),
        footer_links=[],
        show_error=False,  # errors are told in the talk, in Chinese
        ssr_mode=False,
        root_path=site or None,
        run_history=False,
    )


def build_blocks(client: AskClient) -> Any:
    """The page as gradio blocks."""
    with gr.Blocks(title=wording.TITLE, analytics_enabled=False) as blocks:
        with gr.Row(elem_id="top"):
            head = _html(render("header.html"), elem_id="masthead")
            fresh = gr.Button(wording.NEW_TALK, elem_id="fresh", scale=0, min_width=88)
        log = _html("", js_on_load=(ASSETS / "events.js").read_text(encoding="utf-8"), elem_id="log")
        with gr.Column(elem_id="composer"):
            scope = _html(
                "",  # the chosen plan's id; empty: all plans
                html_template="${options}",
                options=render_scope(()),
                js_on_load=(ASSETS / "scope.js").read_text(encoding="utf-8"),
                elem_id="scope",
            )
            hint = _html("", elem_id="editing")
            with gr.Row(elem_id="ask-row"):
                question = gr.Textbox(
                    label=wording.QUESTION_LABEL,
                    placeholder=wording.QUESTION_PLACEHOLDER,
                    max_lines=5,
                    max_length=LONGEST_QUESTION,
                    container=False,
                    elem_id="question",
                )
                send = gr.Button(wording.SEND, variant="primary", elem_id="send", scale=0, min_width=88)
        foot = _html(render("footer.html"), elem_id="colophon")
        kept = _html("", html_template="", js_on_load=KEEP_SCRIPT, elem_id="kept")
        part = {"log": log, "scope": scope, "question": question, "send": send, "fresh": fresh, "kept": kept}
        part |= {"hint": hint, "visit": gr.State(Visit()), "head": head, "foot": foot}
        _wire(blocks, client, part)
    return blocks


def _html(value: str, **more: Any) -> Any:
    return gr.HTML(value, apply_default_css=False, **more)


class _Events:
    """What a reader does → what is shown, in the framework's terms. A generator that yields nothing would empty all."""

    def __init__(self, client: AskClient) -> None:
        self.client = client

    def ask(self, question: str, visit: Visit, plan_id: str, request: gr.Request) -> Iterator[Any]:
        yield from _each(asked(_asker(self.client, request), visit, question, plan_id), request)

    def ask_example(self, visit: Visit, plan_id: str, request: gr.Request, event: gr.EventData) -> Iterator[Any]:
        yield from _each(asked(_asker(self.client, request), visit, str(event.question), plan_id, typed=False), request)

    def ask_again(self, visit: Visit, plan_id: str, request: gr.Request) -> Iterator[Any]:
        yield from _each(asked_again(_asker(self.client, request), visit, plan_id), request)

    def ask_linked(self, visit: Visit, plan_id: str, request: gr.Request) -> Iterator[Any]:
        linked = "" if visit.talk else _linked(request)
        yield from self.ask(linked, visit, plan_id, request) if linked else _each(iter(()), request)

    def vote(self, visit: Visit, request: gr.Request, event: gr.EventData) -> Any:
        client, useful = _asker(self.client, request), event.useful is True
        return _parts(voted(client, visit, str(event.answer), useful=useful, comment=str(event.comment)), request)

    def revise(self, visit: Visit, request: gr.Request, event: gr.EventData) -> Any:
        return _parts(revised(visit, on=event.on is True), request)

    def reopen(self, visit: Visit, request: gr.Request, event: gr.EventData) -> Any:
        session, talk = read_kept(str(event.kept))
        return _parts(reopened(visit, talk, session), request)

    def restart(self, visit: Visit, request: gr.Request) -> Any:
        return _parts(begun_anew(visit), request)

    def greet(self, kept: str, request: gr.Request) -> Any:
        session, talk = read_kept(kept or "")
        visit = Visit(talk, session, known_plans(self.client))
        chosen = named_plan(visit.plans, request.query_params.get("plan", ""))
        with _speaking(request):
            scope = gr.update(value=chosen, options=render_scope(visit.plans))
            return scope, render_talk(talk, visit.plans, session), _box(_linked(request)), visit, *_labels()


def _speaking(request: gr.Request) -> AbstractContextManager[None]:
    """In the language of the visitor, whose events come without their page's context."""
    asked_for, remembered = request.query_params.get(PARAMETER), request.cookies.get(PARAMETER)
    return speaking(asked_language(asked_for, remembered), urlencode(dict(request.query_params)))


def _box(asked_for: str) -> Any:
    """The question box at the start, its label in the visitor's language."""
    given: dict[str, Any] = {"value": asked_for} if asked_for else {}
    if spoken() != CHINESE:
        given |= {"label": wording.QUESTION_LABEL, "placeholder": wording.QUESTION_PLACEHOLDER}
    return gr.update(**given) if given else gr.skip()


def _labels() -> tuple[Any, ...]:
    """Head, new talk, send, foot: they were built in Chinese."""
    if spoken() == CHINESE:
        return (gr.skip(),) * 4
    return render("header.html"), wording.NEW_TALK, wording.SEND, render("footer.html")


def _each(shown: Iterator[Shown], request: gr.Request) -> Iterator[Any]:
    """Each step is taken in the visitor's language; between two of them other threads go on."""
    with _speaking(request):
        step = next(shown, None)
    if step is None:
        yield (gr.skip(),) * 5
    while step is not None:
        yield _parts(step, request)
        with _speaking(request):
            step = next(shown, None)


def _parts(shown: Shown, request: gr.Request) -> tuple[Any, ...]:
    """Log, question, visit, what the browser keeps, hint."""
    visit = shown.visit
    kept = gr.skip() if visit.is_waiting else to_keep(visit)
    with _speaking(request):
        placeholder = shown.placeholder or wording.QUESTION_PLACEHOLDER
        box = gr.skip() if shown.box is None else gr.update(value=shown.box, placeholder=placeholder)
        log = render_talk(visit.talk, visit.plans, visit.session)
        return log, box, visit, kept, render("editing.html") if visit.editing else ""


def _wire(blocks: Any, client: AskClient, part: dict[str, Any]) -> None:
    """Events → functions. All are private: the public API is the bot's, not the page's."""
    events, visit, log = _Events(client), part["visit"], part["log"]
    told = [visit, part["scope"]]
    shown = [log, part["question"], visit, part["kept"], part["hint"]]
    start = [part["scope"], log, part["question"], visit, *(part[name] for name in ("head", "fresh", "send", "foot"))]
    quiet = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": CONCURRENT_QUESTIONS}
    once = {"trigger_mode": "once", **quiet}
    typed = gr.on([part["question"].submit, part["send"].click], events.ask, [part["question"], *told], shown, **once)
    clicked = log.ask(events.ask_example, told, shown, **once)
    repeated = log.repeat(events.ask_again, told, shown, **once)
    loaded = blocks.load(events.greet, [part["kept"]], start, js=RESTORE_SCRIPT, **quiet)
    asking = [typed, clicked, repeated, loaded.then(events.ask_linked, told, shown, **once)]
    log.rate(events.vote, [visit], shown, **quiet)
    log.revise(events.revise, [visit], shown, **quiet)
    log.reopen(events.reopen, [visit], shown, cancels=asking, **quiet)
    part["fresh"].click(events.restart, [visit], shown, cancels=asking, **quiet)


def _linked(request: gr.Request) -> str:
    """The question of a link that asks."""
    return str(request.query_params.get("q", ""))[:LONGEST_QUESTION].strip()


def _asker(client: AskClient, request: gr.Request) -> AskClient:
    """Who asks is told to the API, which counts what each asks."""
    return client.speaking_for(request.client.host if request.client else "")


def _theme() -> Any:
    """System fonts only: a theme with a web font would fetch it."""
    return gr.themes.Base(
        primary_hue="cyan",
        neutral_hue="slate",
        radius_size="lg",
        font=list(SYSTEM_FONTS),
        font_mono=["ui-monospace", "SFMono-Regular", "Consolas", "monospace"],
    )
