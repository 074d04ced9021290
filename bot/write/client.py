"""Chat models behind OpenAI-compatible endpoints. Alone imports the `openai` SDK, and only once a model is opened.

Neither key nor text is ever logged or put into an error's message.
"""

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from bot.write.chat import BadOutput, Message, Pieces
from bot.write.loop import CallLoop, Put
from bot.write.thinking import ThoughtFilter
from ingest.errors import ModelError, ModelTimeout, ModelUnavailable

MAX_TRIES = 3
CONNECTING = 0.9  # of the connect timeout, for all tries together: what follows must fit in too
BACKOFF = 0.2  # seconds before the second try, doubled before the third
MAX_BODY = 512 * 1024  # bytes of a reply that comes in one piece
MAX_CHARS = 6_000  # of one reply; what comes after is not read
RETRIED = frozenset({408, 409, 425, 429, 500, 502, 503, 504, 529})
TALKATIVE = ("openai", "httpx2", "httpcore2")  # below warnings they write down requests and addresses, keys included
TOO_STRICT = frozenset({400, 413, 422})  # perhaps only of the optional parameters


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds. `read` is between two chunks; how long a call may take in all is the caller's."""

    connect: float = 2.0
    read: float = 8.0


class OpenAIChat:
    """Implements `ChatModel`. `close` ends its thread; an interpreter that exits need not call it."""

    def __init__(self, base_url: str, model: str, key: str = "", patience: Patience | None = None) -> None:
        import openai

        for name in TALKATIVE:
            logging.getLogger(name).setLevel(logging.WARNING)
        self.patience = patience or Patience()
        self.url, self.name = _shown(base_url), model
        self._sdk = openai
        self._client = openai.AsyncOpenAI(
            base_url=base_url,
            api_key=key or "none",  # the SDK wants one; local servers do not look
            max_retries=0,  # its own waits know nothing of the caller's time
            timeout=openai.Timeout(self.patience.read, connect=self.patience.connect),
        )
        self._completions: Any = self._client.chat.completions  # imported here, or the first caller would wait for it
        self._optional: dict[str, Any] = {"temperature": 0}
        self._calls = CallLoop()

    def stream(self, messages: Sequence[Message], timeout: float) -> Pieces:
        """Starts the call at once; the caller's clock runs from here."""
        return self._calls.call(lambda put: self._tell(messages, timeout, put), self.url, timeout)

    def ready(self) -> bool:
        return True

    def close(self) -> None:
        self._calls.close(self._client.close)

    async def _tell(self, messages: Sequence[Message], timeout: float, put: Put) -> None:
        """All pieces to `put`. Raises the ModelError family, within `timeout` seconds whatever the endpoint does."""
        deadline = asyncio.get_running_loop().time() + timeout
        visible, length = ThoughtFilter(), 0
        try:
            async with asyncio.timeout_at(deadline):
                async with aclosing(self._pieces(messages, deadline)) as pieces:
                    async for piece in pieces:
                        if shown := visible.feed(piece):
                            put(shown)
                        length += len(piece)
                        if length > MAX_CHARS:
                            break
        except TimeoutError:
            raise ModelTimeout(self.url, timeout) from None
        if not visible.any_text:
            raise BadOutput(self.url, "an empty reply")

    async def _pieces(self, messages: Sequence[Message], deadline: float) -> AsyncGenerator[str, None]:
        stream = await self._opened(messages, deadline)
        try:
            async with stream:
                if "json" in stream.response.headers.get("content-type", ""):
                    yield await self._unstreamed(stream.response)
                    return
                async for chunk in stream:
                    if text := self._text(chunk):
                        yield text
        except self._sdk.APITimeoutError:
            raise ModelTimeout(self.url, self.patience.read) from None
        except self._sdk.OpenAIError as error:
            raise ModelUnavailable(self.url, f"the stream broke ({type(error).__name__})") from None
        except ValueError:  # JSON or UTF-8 that is none
            raise ModelUnavailable(self.url, "a malformed chunk") from None

    async def _opened(self, messages: Sequence[Message], deadline: float) -> Any:
        """The response once it has begun. Tries again what may pass, as long as there is time to."""
        loop = asyncio.get_running_loop()
        connect_by = loop.time() + CONNECTING * self.patience.connect
        for attempt in range(1, MAX_TRIES + 1):
            try:
                return await self._create(messages, max(connect_by - loop.time(), 0.05))
            except self._sdk.APIStatusError as error:
                failure, by = self._refused(error, attempt), deadline
            except self._sdk.APIConnectionError as error:
                failure, by = self._unreached(error, attempt), connect_by
            # the SDK's errors hold the response, which may repeat key and prompt: they go no further
            if failure.wait is None or attempt == MAX_TRIES or loop.time() + failure.wait >= by:
                raise failure.error
            await asyncio.sleep(failure.wait)
            if by is deadline:  # it was reached, and may be reached anew
                connect_by = loop.time() + CONNECTING * self.patience.connect
        raise AssertionError("the last attempt returns or raises")

    async def _create(self, messages: Sequence[Message], connect: float) -> Any:
        patience = self._sdk.Timeout(self.patience.read, connect=connect)
        asked: Any = [dict(message) for message in messages]
        return await self._completions.create(
            model=self.name, messages=asked, stream=True, timeout=patience, **self._optional
        )

    def _refused(self, error: Any, attempt: int) -> "_Failure":
        failed = ModelUnavailable(self.url, f"HTTP {error.status_code}")
        if error.status_code in TOO_STRICT and self._optional:
            self._optional = {}  # some models take no temperature
            return _Failure(failed, 0.0)
        if error.status_code in TOO_STRICT:  # this request's fault: the endpoint may serve the next
            return _Failure(BadOutput(self.url, f"HTTP {error.status_code}"))
        if error.status_code not in RETRIED:
            return _Failure(failed)
        try:
            told = float(error.response.headers.get("retry-after", ""))
        except ValueError:  # none, or a date: our own pace
            told = 0.0
        return _Failure(failed, max(told, BACKOFF * 2 ** (attempt - 1)))

    def _unreached(self, error: Any, attempt: int) -> "_Failure":
        if not isinstance(error, self._sdk.APITimeoutError):
            return _Failure(ModelUnavailable(self.url, "no connection"), BACKOFF * 2 ** (attempt - 1))
        if "Connect" in type(error.__cause__).__name__:
            return _Failure(ModelUnavailable(self.url, f"no connection within {self.patience.connect:g} s"))
        return _Failure(ModelTimeout(self.url, self.patience.read))

    async def _unstreamed(self, response: Any) -> str:
        """The reply of an endpoint that was asked to stream and does not."""
        body = b""
        async with asyncio.timeout(self.patience.read):
            async for piece in response.aiter_bytes():
                body += piece
                if len(body) > MAX_BODY:
                    raise BadOutput(self.url, f"more than {MAX_BODY} bytes")
        whole = self._sdk.types.chat.ChatCompletion.construct(**json.loads(body))
        return self._text(whole)

    def _text(self, chunk: Any) -> str:
        """The chunk's text. The SDK does not check shapes: whatever is not one is an error here."""
        try:
            if not chunk.choices:
                return ""  # the last chunk may only count tokens
            choice = chunk.choices[0]
            said = choice.message if hasattr(choice, "message") else choice.delta
            content, refused = said.content, getattr(said, "refusal", None)
            reason = choice.finish_reason
        except (AttributeError, IndexError, KeyError, TypeError):
            raise ModelUnavailable(self.url, "a malformed chunk") from None
        if refused or reason == "content_filter":
            raise BadOutput(self.url, "a refusal")
        if content is not None and not isinstance(content, str):
            raise ModelUnavailable(self.url, "a malformed chunk")
        return content or ""


@dataclass(frozen=True, slots=True)
class _Failure:
    """Why a try failed, and in how many seconds another has a point; None for never."""

    error: ModelError
    wait: float | None = None


def _shown(url: str) -> str:
    """An address fit for messages: no user, password or query, where keys are kept too."""
    parts = urlsplit(url)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.scheme}://{parts.hostname}{port}{parts.path}"
