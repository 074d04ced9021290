"""The callbacks of a WeChat official account and of a WeCom (企业微信) application, which answer what people write.

They differ in how their platform verifies the address, and in what it hears when there is nothing to say.
"""

from dataclasses import dataclass
from typing import Annotated

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, Depends, Request
from starlette.responses import PlainTextResponse, Response

from bot.api import problems, wechat_xml
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.wechat_account import Account
from bot.api.wechat_talk import Talk
from bot.api.wechat_xml import Message

AT_ONCE = 64  # messages that may wait for their answers, in threads of their own
NOTHING = "success"  # what WeChat wants to hear when there is nothing to say
SILENCE = ""  # and WeCom


@dataclass(frozen=True, slots=True)
class Signed:
    """What the platform adds to the address. `msg_signature` also covers a sealed message."""

    signature: str = ""
    msg_signature: str = ""
    timestamp: str = ""
    nonce: str = ""


def callback_routes(parts: Parts, wechat: Account | None, wecom: Account | None) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    router.include_router(wechat_routes(parts, wechat))
    router.include_router(wecom_routes(parts, wecom))
    return router


def wechat_routes(parts: Parts, account: Account | None) -> APIRouter:
    """/v1/wechat/messages."""
    router = _router("wechat")
    if account is None:
        return _absent(router, "本服务未设置微信公众号。")

    @router.get("/messages")
    def verify(signed: Annotated[Signed, Depends()], echostr: str = "") -> PlainTextResponse:
        if not account.signed(signed.signature, signed.timestamp, signed.nonce):
            raise Problem(problems.UNSIGNED)
        return PlainTextResponse(echostr)

    return _answering(router, parts, account, NOTHING)


def wecom_routes(parts: Parts, account: Account | None) -> APIRouter:
    """/v1/wecom/messages. All is sealed here, what verifies the address too."""
    router = _router("wecom")
    if account is None:
        return _absent(router, "本服务未设置企业微信应用。")

    @router.get("/messages")
    def verify(signed: Annotated[Signed, Depends()], echostr: str = "") -> PlainTextResponse:
        inner = account.opened(echostr) if _is_sealed(account, signed, echostr) else None
        if inner is None:
            raise Problem(problems.UNSIGNED)
        return PlainTextResponse(inner)

    return _answering(router, parts, account, SILENCE)


def _router(platform: str) -> APIRouter:
    return APIRouter(prefix=f"/v1/{platform}")


def _absent(router: APIRouter, detail: str) -> APIRouter:
    def absent() -> None:
        raise Problem(problems.NOT_FOUND, detail)

    router.add_api_route("/messages", absent, methods=["GET", "POST"])
    return router


def _answering(router: APIRouter, parts: Parts, account: Account, nothing: str) -> APIRouter:
    """`nothing`: the reply where there is nothing to say."""
    talk, limiter = Talk(parts, account), CapacityLimiter(AT_ONCE)

    @router.post("/messages")
    async def answer(http: Request, signed: Annotated[Signed, Depends()]) -> Response:
        message = _opened(account, signed, await http.body())
        said = await to_thread.run_sync(talk.reply, message, limiter=limiter, abandon_on_cancel=True)
        if said is None:
            return PlainTextResponse(nothing)
        return Response(_closed(account, signed, wechat_xml.text_reply(message, said)), media_type="application/xml")

    return router


def _opened(account: Account, signed: Signed, body: bytes) -> Message:
    """The message in the body. Raises Problem when the platform did not send it, or it is none."""
    found = wechat_xml.fields(body)
    if account.aes_key:
        sealed = (found or {}).get("Encrypt", "")
        inner = account.opened(sealed) if _is_sealed(account, signed, sealed) else None
        if inner is None:
            raise Problem(problems.UNSIGNED)
        found = wechat_xml.fields(inner)
    elif not account.signed(signed.signature, signed.timestamp, signed.nonce):
        raise Problem(problems.UNSIGNED)
    message = wechat_xml.message_of(found) if found is not None else None
    if message is None:
        raise Problem(problems.MALFORMED_XML)
    return message


def _is_sealed(account: Account, signed: Signed, sealed: str) -> bool:
    return account.signed(signed.msg_signature, signed.timestamp, signed.nonce, sealed)


def _closed(account: Account, signed: Signed, reply: str) -> str:
    """The reply as the account's mode wants it."""
    if not account.aes_key:
        return reply
    sealed = account.sealed(reply.encode())
    signature = account.signature(signed.timestamp, signed.nonce, sealed)
    return wechat_xml.envelope(sealed, signature, signed.timestamp, signed.nonce)
