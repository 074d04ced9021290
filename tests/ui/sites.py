"""A page on a real port of this process, over whatever API a test brings."""

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
import uvicorn
from fastapi import FastAPI

from tests.ui.fake_api import FakeApi
from ui.ask_client import AskClient

PAGE_TOKEN = "page-token"


@dataclass
class Site:
    """A running page. `looked_up`: host names the server asked the resolver for."""

    url: str
    fake: FakeApi
    looked_up: list[str] = field(default_factory=list)

    @property
    def elsewhere(self) -> str:
        """The same machine by another name: another origin and another site to a browser."""
        return self.url.replace("127.0.0.1", "localhost")


@contextmanager
def serving(build: Callable[[FakeApi], FastAPI]) -> Iterator[Site]:
    """The page over an API of the same process."""
    from ui.page import mount_page

    port = _free_port()
    site = Site(f"http://127.0.0.1:{port}", FakeApi())
    with pytest.MonkeyPatch.context() as patch:
        resolve = socket.getaddrinfo

        def watched(host: Any, *rest: Any, **more: Any) -> Any:
            site.looked_up.append(str(host))
            return resolve(host, *rest, **more)

        patch.setattr(socket, "getaddrinfo", watched)
        client = AskClient(site.url, token=PAGE_TOKEN)
        ancestors = ("https://www.example.gov.cn", site.elsewhere)
        app = mount_page(build(site.fake), site.url, frame_ancestors=ancestors, client=client)
        server = uvicorn.Server(
            uvicorn.Config(app, port=port, log_level="error", ws="none", timeout_graceful_shutdown=2)
        )
        thread = threading.Thread(target=server.run)
        thread.start()
        try:
            _wait(lambda: server.started)
            yield site
        finally:
            client.close()
            server.should_exit = True
            thread.join(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait(ready: Any, seconds: float = 60) -> None:
    until = time.monotonic() + seconds
    while not ready():
        assert time.monotonic() < until, f"the server did not start within {seconds:g} s"
        time.sleep(0.05)
