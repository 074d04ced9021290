"""A mini-program's back end in Python: logs users in, asks the service for them. Needs starlette, uvicorn and httpx."""

import asyncio
import hashlib
import json
import os
import secrets
from collections.abc import AsyncIterator
from typing import Any

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

SERVICE = os.environ.get("METROLOGY_URL", "http://127.0.0.1:8000")
SERVICE_KEY = os.environ.get("METROLOGY_KEY", "")
LOGIN = os.environ.get("CODE2SESSION_URL", "https://api.weixin.qq.com/sns/jscode2session")
SECRET = os.environ.get("WX_SECRET", "")
DEADLINE_MS = 4000
AGAIN = (409, 502, 503, 504)  # may be sent again as it was, under the same Idempotency-Key
TRIES = 3
MAX_BODY = 16 * 1024
users: dict[str, str] = {}  # token → hashed openid; of several processes, keep it where all see it


class Refused(Exception):
    """What the user is told instead."""

    def __init__(self, status: int, detail: str, kind: str = "") -> None:
        self.status, self.detail, self.kind = status, detail, kind


def service(seconds: float) -> httpx.AsyncClient:
    headers = {"Authorization": f"Bearer {SERVICE_KEY}"} if SERVICE_KEY else {}
    return httpx.AsyncClient(base_url=SERVICE, headers=headers, timeout=seconds, trust_env=False)


async def call(path: str, body: dict[str, Any], key: str) -> Any:
    """The service's answer to `body`; asked again where that may help, which `key` makes safe."""
    async with service(DEADLINE_MS / 1000 + 2) as client:
        for tried in range(1, TRIES + 1):
            try:
                reply = await client.post(path, json=body, headers={"Idempotency-Key": key})
            except httpx.TransportError:
                reply = None
            if reply is not None and reply.is_success:
                return reply.json()
            if reply is not None and reply.status_code not in AGAIN:
                break
            await asyncio.sleep(0.2 * tried)
    if reply is None:
        raise Refused(502, "服务暂时无法连接，请稍后再试。")
    problem = reply.json()
    raise Refused(reply.status_code, problem["detail"], problem["type"])


async def login(request: Request) -> Response:
    """wx.login's code → a token of ours; the OpenID itself goes no further."""
    query = {
        "appid": os.environ.get("WX_APPID", ""),
        "secret": SECRET,
        "js_code": str((await read(request)).get("code")),
        "grant_type": "authorization_code",
    }
    async with httpx.AsyncClient(timeout=5, trust_env=False) as client:
        openid = (await client.get(LOGIN, params=query)).json().get("openid")
    if not openid:
        raise Refused(401, "登录失败，请重新打开小程序。")
    token = secrets.token_urlsafe(24)
    users[token] = hashlib.sha256(f"{SECRET}:{openid}".encode()).hexdigest()
    return JSONResponse({"token": token})


async def ask(request: Request) -> Response:
    user, sent = user_of(request), await read(request)
    asked = {
        "question": sent.get("question"),
        "session_id": user,
        "deadline_ms": DEADLINE_MS,
        "max_bytes": 2048,
    }
    return JSONResponse(await call("/v1/ask", asked, f"{user[:16]}-{sent.get('key')}"))


async def ask_stream(request: Request) -> Response:
    """The service's events, byte for byte: nothing is decoded here."""
    asked = {"question": (await read(request)).get("question"), "session_id": user_of(request)}
    client = service(30)
    reply = await client.send(client.build_request("POST", "/v1/ask/stream", json=asked), stream=True)

    async def told() -> AsyncIterator[bytes]:
        try:
            async for part in reply.aiter_raw():
                yield part
        finally:  # also when the user has left
            await reply.aclose()
            await client.aclose()

    kind = reply.headers.get("content-type")
    return StreamingResponse(told(), reply.status_code, {"Cache-Control": "no-store"}, kind)


async def feedback(request: Request) -> Response:
    user, sent = user_of(request), await read(request)
    rated = {"answer_id": sent.get("answer_id"), "useful": sent.get("useful")}
    return JSONResponse(await call("/v1/feedback", rated, f"{user[:16]}-{sent.get('key')}"))


def user_of(request: Request) -> str:
    user = users.get(request.headers.get("authorization", "").removeprefix("Bearer "))
    if user is None:
        raise Refused(401, "请先登录。")
    return user


async def read(request: Request) -> dict[str, Any]:
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > MAX_BODY:
            raise Refused(413, "内容过长。")
    try:
        sent = json.loads(body)
    except ValueError:
        sent = None
    if not isinstance(sent, dict):
        raise Refused(400, "请求有误。")
    return sent


def on_refused(_: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    return JSONResponse({"detail": error.detail, "type": error.kind}, error.status)


app = Starlette(
    routes=[
        Route("/login", login, methods=["POST"]),
        Route("/ask", ask, methods=["POST"]),
        Route("/ask/stream", ask_stream, methods=["POST"]),
        Route("/feedback", feedback, methods=["POST"]),
    ],
    exception_handlers={Refused: on_refused},
)

if __name__ == "__main__":
    uvicorn.run(app, host=os.environ.get("HOST", "127.0.0.1"), port=int(os.environ.get("PORT", "3000")))
