"""Messages of WeChat as XML, read safely: no document types, no entities, nothing nested. Alone imports defusedxml."""

import time
from dataclasses import dataclass
from xml.etree.ElementTree import ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from bot.api.fields import keepable

NEVER_IN_XML = dict.fromkeys((0xFFFE, 0xFFFF))


@dataclass(frozen=True, slots=True)
class Message:
    """What a follower of the account sent. `text` is what was written, or said where WeChat wrote it down."""

    to: str
    sender: str
    kind: str  # text, voice, image, event …
    id: str  # the same when WeChat sends the message again
    text: str = ""
    event: str = ""  # subscribe, unsubscribe …


def fields(body: bytes) -> dict[str, str] | None:
    """Names and texts of what stands directly in <xml>; None when it is no such document."""
    try:
        root = fromstring(body, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):  # the last two: of strange encodings
        return None
    return {child.tag: child.text or "" for child in root} if root.tag == "xml" else None


def message_of(found: dict[str, str]) -> Message | None:
    """The message that `found` is; None when it lacks what every message has."""
    to, sender, kind = (found.get(name, "") for name in ("ToUserName", "FromUserName", "MsgType"))
    event = found.get("Event", "")
    identity = found.get("MsgId") or f"{found.get('CreateTime', '')}:{event}"  # events have none
    if not (to and sender and kind):
        return None
    text = found.get("Content") or found.get("Recognition", "")
    return Message(to, sender, kind.lower(), identity, keepable(text), event.lower())


def text_reply(message: Message, text: str) -> str:
    """`text` to whoever sent `message`."""
    return _document(
        ToUserName=message.sender,
        FromUserName=message.to,
        CreateTime=str(int(time.time())),
        MsgType="text",
        Content=text,
    )


def envelope(sealed: str, signature: str, timestamp: str, nonce: str) -> str:
    """A sealed reply."""
    return _document(Encrypt=sealed, MsgSignature=signature, TimeStamp=timestamp, Nonce=nonce)


def _document(**parts: str) -> str:
    inner = "".join(f"<{name}><![CDATA[{_inside(text)}]]></{name}>" for name, text in parts.items())
    return f"<xml>{inner}</xml>"


def _inside(text: str) -> str:
    """What may stand in a CDATA section."""
    return keepable(text).translate(NEVER_IN_XML).replace("]]>", "]]]]><![CDATA[>")
