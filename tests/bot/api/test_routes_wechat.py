"""The callback over HTTP, in plain and in secure mode."""

import time
from typing import Any

import pytest

from bot import wording
from bot.api.wechat_account import Account
from bot.api.wechat_xml import envelope
from tests.bot.api.api_builders import client, problem
from tests.bot.api.wechat_builders import (
    MESSAGES,
    NONCE,
    PLAIN_ACCOUNT,
    SEALED_ACCOUNT,
    message,
    send,
    signed,
    told,
)
from tests.bot.fakes import FakeBot

BOTH = pytest.mark.parametrize("account", [PLAIN_ACCOUNT, SEALED_ACCOUNT], ids=["plain", "secure"])


@BOTH
def test_the_address_is_verified(bot: FakeBot, account: Account) -> None:
    api = client(bot, wechat=account)
    response = api.get(MESSAGES, params={**signed(account), "echostr": "5927782489442352469"})
    assert response.text == "5927782489442352469"
    assert response.headers["content-type"].startswith("text/plain")
    wrong = api.get(MESSAGES, params={**signed(account), "nonce": NONCE + "0", "echostr": "x"})
    assert wrong.status_code == 403
    assert problem(wrong)["type"] == "/docs#invalid-signature"


@BOTH
def test_a_question_is_answered_and_sent_again_answered_alike(bot: FakeBot, account: Account) -> None:
    api = client(bot, wechat=account)
    said = told(account, send(api, account, message("诚信计量自我承诺")))
    assert "出处" in said
    assert told(account, send(api, account, message("诚信计量自我承诺"))) == said
    assert len(bot.asked) == 1


@BOTH
def test_a_new_follower_is_greeted_and_a_leaving_one_is_let_go(bot: FakeBot, account: Account) -> None:
    api = client(bot, wechat=account)
    new = send(api, account, message(kind="event", identity="", Event="subscribe"))
    assert told(account, new) == wording.GREETING
    gone = send(api, account, message(kind="event", identity="", Event="unsubscribe"))
    assert (gone.status_code, gone.text) == (200, "success")


def unsigned_posts() -> list[tuple[Account, dict[str, str], str]]:
    xml, sealed = message("问"), SEALED_ACCOUNT.sealed(message("问").encode())
    closed = envelope(sealed, "", "", "")
    other = Account(PLAIN_ACCOUNT.app_id, "another token")
    fresh = signed(SEALED_ACCOUNT, sealed)
    return [
        (PLAIN_ACCOUNT, {}, xml),
        (PLAIN_ACCOUNT, signed(other), xml),
        (PLAIN_ACCOUNT, signed(PLAIN_ACCOUNT, at=time.time() - 3600), xml),
        (SEALED_ACCOUNT, signed(SEALED_ACCOUNT), xml),  # plain where sealed is due: the signature covers no message
        (SEALED_ACCOUNT, signed(SEALED_ACCOUNT), closed),
        (SEALED_ACCOUNT, fresh, closed.replace(sealed[:8], sealed[8:16])),
        (SEALED_ACCOUNT, signed(SEALED_ACCOUNT, "AAAA"), envelope("AAAA", "", "", "")),
        (SEALED_ACCOUNT, fresh, "no xml"),
    ]


@pytest.mark.parametrize(("account", "query", "body"), unsigned_posts())
def test_what_wechat_did_not_send_is_refused(bot: FakeBot, account: Account, query: dict[str, str], body: str) -> None:
    response = client(bot, wechat=account).post(MESSAGES, params=query, content=body.encode())
    assert response.status_code == 403
    assert problem(response)["type"] == "/docs#invalid-signature"
    assert bot.asked == []


@pytest.mark.parametrize("body", ["", "no xml", "<xml/>", "<!DOCTYPE xml [<!ENTITY a 'b'>]><xml>&a;</xml>"])
def test_what_is_no_message_is_refused(bot: FakeBot, body: str) -> None:
    api = client(bot, wechat=PLAIN_ACCOUNT)
    response = api.post(MESSAGES, params=signed(PLAIN_ACCOUNT), content=body.encode())
    assert response.status_code == 400
    assert problem(response)["type"] == "/docs#malformed-xml"


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_an_account_there_is_no_callback(bot: FakeBot, method: str) -> None:
    response = client(bot).request(method, MESSAGES, params=signed(PLAIN_ACCOUNT), content=message("问").encode())
    assert response.status_code == 404
    assert problem(response)["type"] == "/docs#not-found"


def test_a_body_beyond_the_limit_is_not_read(bot: FakeBot) -> None:
    response = client(bot, wechat=PLAIN_ACCOUNT).post(
        MESSAGES, params=signed(PLAIN_ACCOUNT), content=b"<xml>" + b" " * 65_536
    )
    assert response.status_code == 413


def test_no_secret_is_in_a_refusal_or_in_the_documentation(bot: FakeBot) -> None:
    api: Any = client(bot, wechat=SEALED_ACCOUNT)
    refused = api.post(MESSAGES, params=signed(PLAIN_ACCOUNT), content=b"x").text
    for text in (refused, api.get("/openapi.json").text):
        assert SEALED_ACCOUNT.token not in text
        assert SEALED_ACCOUNT.aes_key not in text
