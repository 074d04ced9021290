"""The chat page: the one file that imports gradio. It knows the bot over HTTP alone."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by gradio on import; otherwise the server calls home

import gradio as gr
from fastapi import FastAPI

from ui import wording
from ui.ask_client import AskClient
from ui.first_paint import FirstPaint
from ui.framing import SafeHeaders
from ui.kept import read_kept, to_keep
from ui.page_routes import close_unused
from ui.plain_page import LONGEST_QUESTION, plain_routes
from ui.plan_view import plan_routes
from ui.talk import Visit, finish, known_plans, new_session, rate
from ui.talk_view import render_scope, render_talk
from ui.templates import ASSETS, render, serve_under
from ui.widget import mount_assets, widget_routes

CONCURRENT_QUESTIONS = 32  # gradio's default is one at a time
# The page's own threads wait for the API, which answers in the server's 40 shared ones: were these the same, 40 waiting
# questions would leave none to answer them. Any number but 40 makes gradio keep a pool of its own.
THREADS = 64
LONGEST_COMMENT = 500  # characters of a reason why an answer was no use
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
    app.add_middleware(FirstPaint)
    app.add_middleware(SafeHeaders, ancestors=frame_ancestors)
    app.include_router(plan_routes(client))
    app.include_router(plain_routes(client))
    app.include_router(widget_routes(public_url or root))
    mount_assets(app)
    _in_event_loop(lambda: _mount_blocks(app, client, public_url or root))
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


def _in_event_loop(build: Callable[[], FastAPI]) -> FastAPI:
    """Built outside a running loop, gradio makes loops that it never closes."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:

        async def built() -> FastAPI:
            return build()

        loop = asyncio.new_event_loop()
        try:
            return loop.run_until_complete(built())
        finally:
            loop.close()
    return build()


def build_blocks(client: AskClient) -> Any:
    """The page as gradio blocks."""
    with gr.Blocks(title=wording.TITLE, analytics_enabled=False) as blocks:
        with gr.Row(elem_id="top"):
            _html(render("header.html"), elem_id="masthead")
            fresh = gr.Button(wording.NEW_TALK, elem_id="fresh", scale=0, min_width=88)
        log = _html(render_talk((), ()), js_on_load=_script("events.js"), elem_id="log")
        with gr.Column(elem_id="composer"):
            scope = _html(
                "",  # the chosen plan's id; empty: all plans
                html_template="${options}",
                options=render_scope(()),
                js_on_load=_script("scope.js"),
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
        _html(render("footer.html"), elem_id="colophon")
        kept = _html("", html_template="", js_on_load=KEEP_SCRIPT, elem_id="kept")
        part = {"log": log, "scope": scope, "question": question, "send": send, "fresh": fresh, "kept": kept}
        _wire(blocks, client, {**part, "hint": hint, "visit": gr.State(Visit())})
    return blocks


def _html(value: str, **more: Any) -> Any:
    return gr.HTML(value, apply_default_css=False, **more)


def _script(name: str) -> str:
    return (ASSETS / name).read_text(encoding="utf-8")


def _wire(blocks: Any, client: AskClient, part: dict[str, Any]) -> None:
    """Events → functions. All are private: the public API is the bot's, not the page's."""
    told = [part["visit"], part["scope"]]
    shown = [part["log"], part["question"], part["visit"], part["kept"], part["hint"]]

    unchanged = (gr.skip(),) * len(shown)  # a generator that yields nothing would empty them

    def ask(question: str, visit: Visit, plan_id: str, request: gr.Request) -> Iterator[Any]:
        if not question.strip():
            yield gr.skip(), gr.update(value="", placeholder=wording.EMPTY_QUESTION), visit, gr.skip(), gr.skip()
            return
        visit = visit.asking(question)
        box = gr.update(value="", placeholder=wording.QUESTION_PLACEHOLDER)
        yield render_talk(visit.talk, visit.plans), box, visit, gr.skip(), ""
        with closing(finish(_asker(client, request), visit.talk, plan_id, visit.session)) as tellings:
            for talk in tellings:
                visit, last = replace(visit, talk=talk), talk[-1]
                kept = gr.skip() if last.is_open else to_keep(visit)
                box = last.question if last.failure else gr.skip()
                yield render_talk(talk, visit.plans), box, visit, kept, gr.skip()

    def ask_example(visit: Visit, plan_id: str, request: gr.Request, event: gr.EventData) -> Iterator[Any]:
        yield from ask(str(event.question), visit, plan_id, request)

    def ask_again(visit: Visit, plan_id: str, request: gr.Request) -> Iterator[Any]:
        if visit.talk and not visit.is_waiting:
            yield from ask(visit.talk[-1].question, replace(visit, editing=True), plan_id, request)
        else:
            yield unchanged

    def ask_linked(visit: Visit, plan_id: str, request: gr.Request) -> Iterator[Any]:
        linked = _linked(request)
        if linked and not visit.talk:
            yield from ask(linked, visit, plan_id, request)
        else:
            yield unchanged

    def revise(visit: Visit, event: gr.EventData) -> Any:
        """Brings the last question back into the box, or lets go of it."""
        if not visit.talk or visit.is_waiting:
            return gr.skip(), visit, gr.skip()
        editing = bool(event.on)
        return visit.talk[-1].question if editing else "", replace(visit, editing=editing), _hint(editing)

    def vote(visit: Visit, request: gr.Request, event: gr.EventData) -> Any:
        comment = str(event.comment)[:LONGEST_COMMENT]
        talk = rate(
            _asker(client, request), visit.talk, str(event.answer), useful=event.useful is True, comment=comment
        )
        visit = replace(visit, talk=talk)
        return render_talk(talk, visit.plans), visit, gr.skip() if visit.is_waiting else to_keep(visit)

    def open_kept(kept: str, plans: Any) -> Visit:
        session, talk = read_kept(kept)
        return Visit(talk, session, plans)

    def greet(kept: str, request: gr.Request) -> Any:
        visit = open_kept(kept or "", known_plans(client))
        wanted = request.query_params.get("plan", "")
        chosen = wanted if wanted in {plan.plan_id for plan in visit.plans} else ""
        scope = gr.update(value=chosen, options=render_scope(visit.plans))
        return scope, render_talk(visit.talk, visit.plans), _linked(request) or gr.skip(), visit

    def reopen(visit: Visit, event: gr.EventData) -> Any:
        opened = open_kept(str(event.kept), visit.plans)
        return render_talk(opened.talk, opened.plans), "", opened, to_keep(opened), ""

    def restart(visit: Visit) -> Any:
        begun = Visit((), new_session(), visit.plans)
        return render_talk((), begun.plans), "", begun, to_keep(begun), ""

    quiet = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": CONCURRENT_QUESTIONS}
    once = {"trigger_mode": "once", **quiet}
    typed = gr.on([part["question"].submit, part["send"].click], ask, [part["question"], *told], shown, **once)
    clicked = part["log"].ask(ask_example, told, shown, **once)
    repeated = part["log"].repeat(ask_again, told, shown, **once)
    part["log"].rate(vote, [part["visit"]], [part["log"], part["visit"], part["kept"]], **quiet)
    part["log"].revise(revise, [part["visit"]], [part["question"], part["visit"], part["hint"]], **quiet)
    start = [part["scope"], part["log"], part["question"], part["visit"]]
    linked = blocks.load(greet, [part["kept"]], start, js=RESTORE_SCRIPT, **quiet).then(ask_linked, told, shown, **once)
    asking = [typed, clicked, repeated, linked]
    part["log"].reopen(reopen, [part["visit"]], shown, cancels=asking, **quiet)
    part["fresh"].click(restart, [part["visit"]], shown, cancels=asking, **quiet)


def _linked(request: gr.Request) -> str:
    """The question of a link that asks."""
    return str(request.query_params.get("q", ""))[:LONGEST_QUESTION].strip()


def _hint(editing: bool) -> str:
    return render("editing.html") if editing else ""


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
