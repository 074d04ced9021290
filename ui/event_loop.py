"""A running event loop for what is built before the server has one."""

import asyncio
from collections.abc import Callable
from typing import TypeVar

Built = TypeVar("Built")


def in_event_loop(build: Callable[[], Built]) -> Built:
    """Built outside a running loop, gradio makes loops that it never closes."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:

        async def built() -> Built:
            return build()

        loop = asyncio.new_event_loop()
        try:
            return loop.run_until_complete(built())
        finally:
            loop.close()
    return build()
