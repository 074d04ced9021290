"""Where the page with the plans is, for links in files that are carried away: a path alone would lead nowhere there."""

from urllib.parse import urlsplit

from starlette.requests import Request

SITE = "x-metrology-site"  # the page's server says where it is read, when it is not the API's
LONGEST = 200  # characters
HOST = frozenset("abcdefghijklmnopqrstuvwxyz0123456789.-:[]")
PATH = HOST | frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ/_~")


def site_of(request: Request, public_url: str) -> str:
    """`https://www.example.gov.cn/bot`, or empty when that cannot be told.

    What the operator has set goes first, then what the page says of itself, then where the request was sent. Nobody
    but who asks for the file can say the latter two.
    """
    if is_site(public_url):
        return public_url.rstrip("/")
    told = request.headers.get(SITE, "")
    if is_site(told):
        return told.rstrip("/")
    here = f"{request.scope['scheme']}://{request.headers.get('host', '')}{public_url.rstrip('/')}"
    return here if is_site(here) else ""


def is_site(text: str) -> bool:
    """Whether it is an http(s) address of a host and perhaps a path, and nothing else."""
    try:
        parts = urlsplit(text)
    except ValueError:  # e.g. an unclosed bracket of an IPv6 address
        return False
    named = parts.scheme in ("http", "https") and bool(parts.netloc) and len(text) <= LONGEST
    plain = not parts.query and not parts.fragment and text.isascii()
    return named and plain and set(parts.netloc.lower()) <= HOST and set(parts.path) <= PATH
