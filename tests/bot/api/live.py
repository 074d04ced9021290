"""The API on a real port of this machine, for clients that open connections."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread
from time import monotonic, sleep

import uvicorn
from starlette.types import ASGIApp

START_SECONDS = 30


@contextmanager
def served(app: ASGIApp) -> Iterator[str]:
    """The server's address, e.g. http://127.0.0.1:51234, for as long as the context lasts."""
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", access_log=False, ws="none"))
    thread = Thread(target=server.run)
    thread.start()
    try:
        until = monotonic() + START_SECONDS
        while not server.started:
            assert thread.is_alive(), "the server ended before it served"
            assert monotonic() < until, "the server did not start"
            sleep(0.01)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
