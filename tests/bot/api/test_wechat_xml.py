"""Messages as XML: read without being led astray, written so that any text comes through."""

import time

import pytest

from bot.api.wechat_xml import Message, fields, message_of, text_reply
from tests.bot.api.wechat_builders import message

ASKED = Message("gh_10f6c3c3ac5a", "oyORnuP8q7", "text", "7", "厦门呢？")
LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("xml", "expected"),
    [
        (message("厦门呢？", "7"), ASKED),
        (message("a<b&c]]", "7"), Message(ASKED.to, ASKED.sender, "text", "7", "a<b&c]]")),
        (
            message(kind="voice", identity="8", Recognition="厦门呢"),
            Message(ASKED.to, ASKED.sender, "voice", "8", "厦门呢"),
        ),
        (message(kind="image", identity="9", PicUrl="x"), Message(ASKED.to, ASKED.sender, "image", "9")),
        (
            message(kind="event", identity="", Event="subscribe"),
            Message(ASKED.to, ASKED.sender, "event", "1409735668:subscribe", "", "subscribe"),
        ),
    ],
)
def test_messages_are_read(xml: str, expected: Message) -> None:
    found = fields(xml.encode())
    assert found is not None
    assert message_of(found) == expected


@pytest.mark.parametrize(
    "xml",
    [
        "",
        "no xml",
        "<xml>",
        "<html></html>",
        f"{LAUGHS}<xml><Content>&b;</Content></xml>",
        '<!DOCTYPE xml [<!ENTITY f SYSTEM "file:///etc/hostname">]><xml><Content>&f;</Content></xml>',
        '<!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd"><xml/>',
        "<xml><Content>&unknown;</Content></xml>",
        '<?xml version="1.0" encoding="no-such"?><xml/>',
        "<xml>\x00</xml>",
    ],
)
def test_what_is_no_message_or_would_lead_elsewhere_is_none(xml: str) -> None:
    assert fields(xml.encode()) is None


def test_a_document_as_large_as_a_body_may_be_takes_no_time() -> None:
    began = time.process_time()
    for body in (b"<a>" * 21_000, b"<xml>" + b"<a/>" * 15_000 + b"</xml>", b"<xml a='" + b"x" * 60_000 + b"'/>"):
        fields(body)
    assert time.process_time() - began < 2


@pytest.mark.parametrize("name", ["ToUserName", "FromUserName", "MsgType"])
def test_a_message_without_sender_receiver_or_kind_is_none(name: str) -> None:
    found = fields(message("问").encode())
    assert found is not None
    assert message_of({**found, name: ""}) is None


@pytest.mark.parametrize("text", ["量", "a < b & c > d", "]]>", "a]]>b]]>", "一\n二", "\x00\x1b一\uffff\ud83d"])
def test_any_text_comes_through(text: str) -> None:
    found = fields(text_reply(ASKED, text).encode())
    assert found is not None
    assert found["Content"] == "".join(char for char in text if char not in "\x00\x1b\uffff\ud83d")
    assert (found["ToUserName"], found["FromUserName"]) == (ASKED.sender, ASKED.to)
    assert abs(int(found["CreateTime"]) - time.time()) < 60
