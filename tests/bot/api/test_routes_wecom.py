"""The callback of a WeCom (企业微信) application: the same envelope, another receiver, all of it sealed."""

import time
from typing import Any

import pytest

from bot import wording
from bot.api.wechat_account import Account, open_wecom
from bot.api.wechat_xml import envelope, fields
from ingest.errors import BadSetting
from tests.bot.api.api_builders import client, problem
from tests.bot.api.gates import api as gated
from tests.bot.api.gates import callers_with, key
from tests.bot.api.wechat_builders import (
    NONCE,
    SEALED_ACCOUNT,
    WECOM,
    WECOM_MESSAGES,
    message,
    send,
    signed,
    told,
)
from tests.bot.fakes import FakeBot

# the sample of the platform's own code: what verifies the address, and a message
ECHO = "P9nAzCzyDtyTWESHep1vC5X9xho/qYX3Zpb4yKa9SKld1DsH3Iyt3tP3zNdtp+4RPcs8TgAE7OaBO+FZXvnaqQ=="
SAMPLE = (
    "RypEvHKD8QQKFhvQ6QleEB4J58tiPdvo+rtK1I9qca6aM/wvqnLSV5zEPeusUiX5L5X/0lWfrf0QADHHhGd3QczcdCUpj911L3vg3W/sYYvuJTs3"
    "TUUkSUXxaccAS0qhxchrRYt66wiSpGLYL42aM6A8dTT+6k4aSknmPj48kzJs8qLjvd4Xgpue06DOdnLxAUHzM6+kDZ+HMZfJYuR+LtwGc2hgf5gs"
    "ijff0ekUNXZiqATP7PF5mZxZ3Izoun1s4zG4LUMnvw2r+KqCKIw+3IQH03v+BCA9nMELNqbSf6tiWSrXJB3LAVGUcallcrw8V2t9EL4EhzJWrQUa"
    "x5wLVMNS0+rUPA3k22Ncx4XXZS9o0MBH27Bo6BpNelZpS+/uh9KsNlY6bHCmJU9p8g7m3fVKn28H3KDYA5Pl/T8Z1ptDAVe0lXdQ2YoyyH2uyPIG"
    "HBZZIs2pDBS8R07+qN+E7Q=="
)


def test_the_platforms_sample_is_opened() -> None:
    assert WECOM.opened(ECHO) == b"1616140317555161061"
    assert WECOM.signature("1409659589", "263014780", ECHO) == "5c45ff5e21c57e6ad56bac8758b79b1d9ac89fd3"
    found = fields(WECOM.opened(SAMPLE) or b"")
    assert found is not None
    assert (found["ToUserName"], found["Content"], found["AgentID"]) == (WECOM.app_id, "hello", "218")
    assert WECOM.signature("1409659813", "1372623149", SAMPLE) == "477715d11cdb4164915debcba66cb864d751f3e6"


def test_the_address_is_verified_by_what_is_sealed(bot: FakeBot) -> None:
    api = client(bot, wecom=WECOM)
    response = api.get(WECOM_MESSAGES, params={**signed(WECOM, ECHO), "echostr": ECHO})
    assert (response.status_code, response.text) == (200, "1616140317555161061")
    assert response.headers["content-type"].startswith("text/plain")


def unverified() -> list[dict[str, str]]:
    foreign = Account("ww0000000000000000", WECOM.token, WECOM.aes_key).sealed(b"12")
    return [
        {},
        {**signed(WECOM), "echostr": "12"},  # as the official account is verified: the signature covers no echo
        {**signed(WECOM, "12"), "echostr": "12"},
        {**signed(WECOM, ECHO), "echostr": WECOM.sealed(b"12")},
        {**signed(WECOM, ECHO, at=time.time() - 3600), "echostr": ECHO},
        {**signed(WECOM, ECHO), "nonce": NONCE + "0", "echostr": ECHO},
        {**signed(WECOM, foreign), "echostr": foreign},
    ]


@pytest.mark.parametrize("query", unverified())
def test_what_the_platform_did_not_seal_verifies_nothing(bot: FakeBot, query: dict[str, str]) -> None:
    response = client(bot, wecom=WECOM).get(WECOM_MESSAGES, params=query)
    assert problem(response)["type"] == "/docs#invalid-signature"
    assert "12" not in response.json()["detail"]


def test_a_question_is_answered_and_sent_again_answered_alike(bot: FakeBot) -> None:
    api = client(bot, wecom=WECOM)
    asked = message("诚信计量自我承诺", AgentID="218")
    said = told(WECOM, send(api, WECOM, asked, WECOM_MESSAGES))
    assert "出处" in said
    assert told(WECOM, send(api, WECOM, asked, WECOM_MESSAGES)) == said
    assert len(bot.asked) == 1


def test_where_there_is_nothing_to_say_the_reply_is_empty(bot: FakeBot) -> None:
    api = client(bot, wecom=WECOM)
    entered = send(api, WECOM, message(kind="event", identity="", Event="enter_agent"), WECOM_MESSAGES)
    assert (entered.status_code, entered.text) == (200, "")
    new = send(api, WECOM, message(kind="event", identity="", Event="subscribe"), WECOM_MESSAGES)
    assert told(WECOM, new) == wording.GREETING


def test_both_are_served_and_neither_takes_the_others_messages(bot: FakeBot) -> None:
    api: Any = client(bot, wechat=SEALED_ACCOUNT, wecom=WECOM)
    assert told(SEALED_ACCOUNT, send(api, SEALED_ACCOUNT, message("诚信计量")))
    assert told(WECOM, send(api, WECOM, message("诚信计量"), WECOM_MESSAGES))
    assert len(bot.asked) == 2, "who is the same to one is another to the other"
    assert send(api, SEALED_ACCOUNT, message("问"), WECOM_MESSAGES).status_code == 403
    assert send(api, WECOM, message("问")).status_code == 403


@pytest.mark.parametrize("body", [message("问"), envelope("AAAA", "", "", ""), "no xml", ""])
def test_what_is_not_sealed_is_refused(bot: FakeBot, body: str) -> None:
    response = client(bot, wecom=WECOM).post(WECOM_MESSAGES, params=signed(WECOM), content=body.encode())
    assert problem(response)["type"] == "/docs#invalid-signature"
    assert bot.asked == []


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_an_application_there_is_no_callback(bot: FakeBot, method: str) -> None:
    response = client(bot, wechat=SEALED_ACCOUNT).request(method, WECOM_MESSAGES, params=signed(WECOM))
    assert problem(response)["type"] == "/docs#not-found"
    assert "企业微信" in response.json()["detail"]


def test_the_platform_needs_no_key(bot: FakeBot) -> None:
    api = gated(bot, callers_with(key()[0]), wecom=WECOM)
    assert told(WECOM, send(api, WECOM, message("诚信计量"), WECOM_MESSAGES))


def test_settings_make_an_application_or_none() -> None:
    assert open_wecom("", "", "") is None
    assert open_wecom(WECOM.app_id, WECOM.token, WECOM.aes_key) == WECOM


@pytest.mark.parametrize(
    ("corp_id", "token", "key", "name"),
    [
        ("", "geheim", "a" * 43, "CORP_ID"),
        ("ww1", "", "a" * 43, "TOKEN"),
        ("ww1", "geheim", "", "AES_KEY"),
        ("ww1", "geheim", "a" * 42, "AES_KEY"),
    ],
)
def test_an_application_set_by_half_is_refused(corp_id: str, token: str, key: str, name: str) -> None:
    with pytest.raises(BadSetting, match=f"METROLOGY_WECOM_{name}") as caught:
        open_wecom(corp_id, token, key)
    assert "geheim" not in str(caught.value)
    assert not key or key not in str(caught.value)
