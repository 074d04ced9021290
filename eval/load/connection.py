"""HTTP/1.1 to one server over one connection kept open: little enough that the server is measured, not its caller."""

import asyncio
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

HEAD_MAX = 64 * 1024


@dataclass(frozen=True, slots=True)
class Address:
    """Where to ask, and from which address of this machine; "" for any."""

    host: str
    port: int
    source: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """`status` 0: none came, or not to its end. Names of headers are in lower case."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def good(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """None for a body that is none."""
        try:
            return json.loads(self.body)
        except ValueError:
            return None


NO_REPLY = Reply(0, {}, b"")


def written(method: str, target: str, body: bytes | None = None, headers: Iterable[tuple[str, str]] = ()) -> bytes:
    """A request on the wire. Nothing is escaped: what is sent may be wrong on purpose."""
    lines = [f"{method} {target} HTTP/1.1", "Host: bot", *(f"{name}: {value}" for name, value in headers)]
    if body is not None:
        lines += ["Content-Type: application/json", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", ""]).encode("utf-8", "surrogatepass") + (body or b"")


def asking(path: str, content: object) -> bytes:
    """A POST of JSON."""
    return written("POST", path, json.dumps(content).encode())


class Connection:
    """Opens when first asked, and anew when the server closed it."""

    def __init__(self, address: Address) -> None:
        self.address = address
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def open(self) -> None:
        """Raises OSError."""
        if self._streams is None:
            source = (self.address.source, 0) if self.address.source else None
            host, port = self.address.host, self.address.port
            self._streams = await asyncio.open_connection(host, port, limit=HEAD_MAX, local_addr=source)

    async def ask(self, request: bytes, seconds: float) -> Reply:
        """NO_REPLY when the server closed, broke off or took longer."""
        for reused in (self._streams is not None, False):
            reply = NO_REPLY
            try:
                async with asyncio.timeout(seconds):
                    reply = await self._asked(request)
            except TimeoutError:
                await self.close()
                return NO_REPLY
            except (OSError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
                await self.close()
            if reply is not NO_REPLY or not reused:  # a connection that had been idle may have been closed meanwhile
                return reply
        return NO_REPLY

    async def _asked(self, request: bytes) -> Reply:
        await self.open()
        if self._streams is None:
            return NO_REPLY
        reader, writer = self._streams
        writer.write(request)
        reply = await read_reply(reader)
        if reply.headers.get("connection", "").lower() == "close":
            await self.close()
        return reply

    async def close(self) -> None:
        if self._streams:
            await let_go(self._streams[1])
            self._streams = None


async def let_go(writer: asyncio.StreamWriter) -> None:
    """Closed at once: what the other end never read is not waited for."""
    writer.transport.abort()
    await asyncio.sleep(0)  # the socket is closed in the loop's next round, which may be its last


async def read_reply(reader: asyncio.StreamReader) -> Reply:
    """Raises IncompleteReadError, LimitOverrunError or ValueError for what is none."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].partition(" ")[2][:3])
    if status == 100:  # to go on
        return await read_reply(reader)
    headers = {}
    for line in head[1:]:
        name, _, value = line.partition(":")
        headers[name.strip().lower()] = value.strip()
    return Reply(status, headers, await _body(reader, headers))


async def _body(reader: asyncio.StreamReader, headers: dict[str, str]) -> bytes:
    if "content-length" in headers:
        return await reader.readexactly(int(headers["content-length"]))
    if "chunked" not in headers.get("transfer-encoding", ""):
        return await reader.read() if headers.get("connection") == "close" else b""
    body = b""
    while size := int((await reader.readuntil(b"\r\n")).split(b";")[0], 16):
        body += (await reader.readexactly(size + 2))[:-2]
    await reader.readuntil(b"\r\n")
    return body
