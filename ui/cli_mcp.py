"""The command `metrology mcp`: the bot as a tool of AI assistants."""

from typing import Annotated

import typer

from ui.explain import explained, note, progress


def mcp(
    http: Annotated[bool, typer.Option("--http", help="Streamable HTTP instead of standard input and output")] = False,
    host: Annotated[str, typer.Option()] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8001,
) -> None:
    """Serve the tools ask, search_clauses, get_clause and verify_quote over the Model Context Protocol."""
    with explained():
        from bot.api.log import configure_logs
        from bot.api.metrics import Metrics
        from bot.api.parts import Parts
        from bot.api.readiness import Readiness
        from bot.settings import read_settings
        from ui.mcp import PATH, announce, mcp_server, serve_http
        from ui.serve import address, not_switched, presenter_of, require_free
        from ui.state import admission, open_state
        from ui.wire import open_live

        if http:
            require_free(host, port)
        configure_logs()  # to standard error: standard output belongs to the protocol
        settings = read_settings()
        state = open_state(settings)
        if http:
            note(admission(settings, state.callers, host))
        bot = open_live(settings, progress, note)
        parts = Parts(
            bot, state.records, presenter_of(settings), Metrics(), Readiness({}),
            max_question=settings.max_question, callers=state.callers,
        )  # fmt: skip
        server = mcp_server(parts)
        bot.listen(lambda _: announce(server, parts))
        with bot.watching(not_switched):
            if http:
                note(f"MCP at {address(host, port)}{PATH} — stop with Ctrl-C")
                serve_http(server, parts, host, port)
            else:
                server.run("stdio")
