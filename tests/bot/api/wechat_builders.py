"""WeChat's side of the callback: messages as the platform sends them, signed and sealed."""

import time
from typing import Any

from bot.api.wechat_account import Account
from bot.api.wechat_xml import envelope, fields

SEALED_ACCOUNT = Account("wx2c2769f8efd9abc2", "spamtest", "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG")
PLAIN_ACCOUNT = Account("wx2c2769f8efd9abc2", "spamtest")
MESSAGES = "/v1/wechat/messages"
WECOM = Account("wx5823bf96d3bd56c7", "QDG6eK", "jWmYm7qr5nMoAUwZRjGtBxmz3KA1tkAj3ykkR6q2B2C")
WECOM_MESSAGES = "/v1/wecom/messages"
NONCE = "1320562132"


def message(text: str = "", identity: str = "1", sender: str = "oyORnuP8q7", kind: str = "text", **more: str) -> str:
    parts = {
        "ToUserName": "gh_10f6c3c3ac5a",
        "FromUserName": sender,
        "CreateTime": "1409735668",
        "MsgType": kind,
        **({"Content": text} if text else {}),
        **({"MsgId": identity} if identity else {}),
        **more,
    }
    return f"<xml>{''.join(f'<{name}><![CDATA[{value}]]></{name}>' for name, value in parts.items())}</xml>"


def signed(account: Account, *sealed: str, at: float | None = None) -> dict[str, str]:
    """The query WeChat adds."""
    timestamp = str(int(time.time() if at is None else at))
    query = {"timestamp": timestamp, "nonce": NONCE, "signature": account.signature(timestamp, NONCE)}
    if sealed:
        query |= {"encrypt_type": "aes", "msg_signature": account.signature(timestamp, NONCE, *sealed)}
    return query


def send(api: Any, account: Account, xml: str, path: str = MESSAGES) -> Any:
    """The response to `xml`, sealed where the account seals."""
    if not account.aes_key:
        return api.post(path, params=signed(account), content=xml.encode())
    sealed = account.sealed(xml.encode())
    body = envelope(sealed, "", "", "").encode()
    return api.post(path, params=signed(account, sealed), content=body)


def told(account: Account, response: Any) -> str:
    """What the reply says, checked to be one for the sender."""
    assert response.status_code == 200, response.text
    assert response.headers["content-type"].startswith("application/xml")
    found = fields(response.content)
    assert found is not None
    if account.aes_key:
        inner = account.opened(found["Encrypt"])
        assert inner is not None
        assert found["MsgSignature"] == account.signature(found["TimeStamp"], found["Nonce"], found["Encrypt"])
        found = fields(inner)
        assert found is not None
    assert found["ToUserName"].startswith("oyORnuP8q7")
    assert found["FromUserName"] == "gh_10f6c3c3ac5a"
    assert found["MsgType"] == "text"
    assert len(found["Content"].encode()) <= 2048
    return found["Content"]
