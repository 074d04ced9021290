"""The chat page: the one file that imports gradio. It knows the bot over HTTP alone."""

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"  # read by gradio on import; otherwise the server calls home

import gradio as gr
from fastapi import FastAPI

from ui import wording
from ui.ask_client import AskClient
from ui.framing import SafeHeaders
from ui.page_routes import close_unused
from ui.plan_view import plan_routes
from ui.replies import PlanEntry
from ui.talk import Talk, begin, finish, known_plans, new_session, rate
from ui.talk_view import render_scope, render_talk
from ui.templates import ASSETS, asset_url, render, serve_under
from ui.widget import mount_assets, widget_routes

CONCURRENT_QUESTIONS = 32  # gradio's default is one at a time
# The page's own threads wait for the API, which answers in the server's 40 shared ones: were these the same, 40 waiting
# questions would leave none to answer them. Any number but 40 makes gradio keep a pool of its own.
THREADS = 64
LONGEST_QUESTION = 2000  # characters the box takes; the API may refuse fewer
SYSTEM_FONTS = ("PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", "system-ui", "sans-serif")
# Own radio buttons: gradio's have no common name, so that arrow keys do not move between them, and no legend.
SCOPE_SCRIPT = """
const radios = () => element.querySelectorAll('input');
const sync = () => radios().forEach((radio) => { radio.checked = radio.value === props.value; });
element.addEventListener('change', (event) => { props.value = event.target.value; });
watch(['value', 'options'], sync);
sync();
"""
LOG_SCRIPT = """
element.addEventListener('click', (event) => {
  const ask = event.target.closest('[data-ask]');
  if (ask) trigger('ask', {question: ask.dataset.ask});
  const vote = event.target.closest('[data-rate]');
  if (vote) trigger('rate', {rating: vote.dataset.rate, turn: Number(vote.dataset.turn)});
});
"""


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
    app.add_middleware(SafeHeaders, ancestors=frame_ancestors)
    app.include_router(plan_routes(client))
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
        css_paths=[ASSETS / "page.css"],
        head=f'<script src="{asset_url("page.js")}" defer></script>',
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
        gr.HTML(render("header.html"), apply_default_css=False, elem_id="masthead")
        log = gr.HTML(render_talk((), ()), apply_default_css=False, js_on_load=LOG_SCRIPT, elem_id="log")
        with gr.Column(elem_id="composer"):
            with gr.Row(elem_id="scope-row"):
                scope = gr.HTML(
                    "",  # the chosen plan's id; empty: all plans
                    html_template="${options}",
                    options=render_scope(()),
                    js_on_load=SCOPE_SCRIPT,
                    apply_default_css=False,
                    elem_id="scope",
                )
                fresh = gr.Button(wording.NEW_TALK, elem_id="fresh", scale=0, min_width=88)
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
        gr.HTML(render("footer.html"), apply_default_css=False, elem_id="colophon")
        state = {"talk": gr.State(()), "session": gr.State(""), "plans": gr.State(())}
        _wire(blocks, client, {"log": log, "scope": scope, "question": question, "send": send, "fresh": fresh, **state})
    return blocks


def _wire(blocks: Any, client: AskClient, part: dict[str, Any]) -> None:
    """Events → functions. All are private: the public API is the bot's, not the page's."""
    asked = [part["question"], part["scope"], part["talk"], part["session"], part["plans"]]
    shown = [part["log"], part["question"], part["talk"]]

    def ask(
        question: str, plan_id: str, talk: Talk, session: str, plans: tuple[PlanEntry, ...], request: gr.Request
    ) -> Iterator[Any]:
        if not question.strip():
            yield gr.skip(), gr.update(value="", placeholder=wording.EMPTY_QUESTION), talk
            return
        talk = begin(talk, question)
        yield render_talk(talk, plans), gr.update(value="", placeholder=wording.QUESTION_PLACEHOLDER), talk
        with closing(finish(_asker(client, request), talk, plan_id, session)) as tellings:
            for told in tellings:
                yield render_talk(told, plans), told[-1].question if told[-1].failure else gr.skip(), told

    def ask_example(
        plan_id: str, talk: Talk, session: str, plans: Any, request: gr.Request, event: gr.EventData
    ) -> Iterator[Any]:
        yield from ask(str(event.question), plan_id, talk, session, plans, request)

    def vote(talk: Talk, plans: tuple[PlanEntry, ...], request: gr.Request, event: gr.EventData) -> Any:
        rated = rate(_asker(client, request), talk, int(event.turn), useful=event.rating == "useful")
        return render_talk(rated, plans), rated

    def greet(request: gr.Request) -> Any:
        plans = known_plans(client)
        wanted = request.query_params.get("plan", "")
        chosen = wanted if wanted in {plan.plan_id for plan in plans} else ""
        typed = request.query_params.get("q", "")[:LONGEST_QUESTION]
        return gr.update(value=chosen, options=render_scope(plans)), render_talk((), plans), plans, typed, new_session()

    def restart(plans: tuple[PlanEntry, ...]) -> Any:
        return render_talk((), plans), "", (), new_session()

    quiet = {"api_visibility": "private", "show_progress": "hidden", "concurrency_limit": CONCURRENT_QUESTIONS}
    typed = gr.on([part["question"].submit, part["send"].click], ask, asked, shown, trigger_mode="once", **quiet)
    clicked = part["log"].ask(ask_example, asked[1:], shown, trigger_mode="once", **quiet)
    part["log"].rate(vote, [part["talk"], part["plans"]], [part["log"], part["talk"]], **quiet)
    part["fresh"].click(restart, [part["plans"]], [*shown, part["session"]], cancels=[typed, clicked], **quiet)
    blocks.load(greet, None, [part["scope"], part["log"], part["plans"], part["question"], part["session"]], **quiet)


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
