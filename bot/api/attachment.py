"""A file as a download: its name as RFC 6266 and RFC 8187 have it, kept in no cache on the way."""

from urllib.parse import quote

from starlette.responses import Response

from bot.api.keeping import NO_STORE

ATTR_CHARS = "!#$&+-.^_`|~"  # beside letters and digits, of RFC 8187


def attachment(content: bytes, media_type: str, name: str, plain: str) -> Response:
    """`plain`: the name in ASCII, for clients that read no other."""
    headers = {**NO_STORE, "Content-Disposition": disposition(name, plain), "X-Content-Type-Options": "nosniff"}
    return Response(content, media_type=media_type, headers=headers)


def disposition(name: str, plain: str) -> str:
    """attachment; filename="answer.pdf"; filename*=UTF-8''%E5%9B%9E%E7%AD%94.pdf"""
    safe = "".join(char if char.isalnum() or char in "-._" else "_" for char in plain if char.isascii())
    return f"attachment; filename=\"{safe}\"; filename*=UTF-8''{quote(name, safe=ATTR_CHARS)}"
