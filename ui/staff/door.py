"""Who comes in to the staff's page: with a key of the staff, else from this machine alone.

A browser shows no key with each request: it shows it once, and then a cookie that says whose key it was. The cookie
tells what the service's own secret signed, so that any process may read it, and ends with its key.
"""

from dataclasses import dataclass
from hmac import compare_digest
from ipaddress import ip_address
from secrets import token_urlsafe
from time import time
from urllib.parse import urlsplit

from starlette.requests import Request

from bot.api import problems
from bot.api.callers import Callers
from bot.api.problems import Problem
from bot.records.keyring import Keyring
from bot.records.keys import Scope

COOKIE = "metrology_staff"
HOURS = 8  # after which a key is to be shown again
LOCAL = "local"  # stands for a key on a machine that has none
FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")


class Outside(Problem):
    """Nobody known: a key is to be shown."""

    def __init__(self) -> None:
        super().__init__(problems.KEY_NEEDED, "请先登录。")


@dataclass(frozen=True, slots=True)
class Insider:
    """Somebody who came in. `token` goes into each of his forms."""

    name: str
    scope: Scope
    cookie: str
    token: str

    @property
    def is_local(self) -> bool:
        return self.name == LOCAL

    @property
    def decides(self) -> bool:
        """Whether documents are his affair."""
        return self.scope.allows(Scope.ADMIN)


class Door:
    """Safe to share between threads."""

    def __init__(self, callers: Callers, public_url: str = "") -> None:
        self.callers, self.site = callers, urlsplit(public_url).netloc

    def takes_keys(self) -> bool:
        """Raises RecordsUnavailable."""
        return not self._keyring().is_empty

    def enter(self, request: Request) -> Insider:
        """Whoever shows a cookie of ours, or is on this machine while there is no key. Raises Outside, Problem."""
        keyring = self._keyring()
        cookie = request.cookies.get(COOKIE, "")
        if keyring.is_empty:
            if not is_local(request):
                raise Problem(problems.SCOPE_NEEDED, "尚未设置密钥，管理页只能在本机打开。")
            known = self._holder(cookie, "") == LOCAL
            return self._insider(LOCAL, Scope.ADMIN, cookie if known else self._signed(LOCAL, ""))
        key = keyring.find(cookie.partition(".")[0])
        if key is None or self._holder(cookie, key.digest) != key.id:
            raise Outside
        if not key.scope.allows(Scope.STAFF):
            raise Problem(problems.SCOPE_NEEDED, "此密钥没有管理权限。")
        return self._insider(key.id, key.scope, cookie)

    def admit(self, shown: str, request: Request) -> Insider:
        """Whoever shows a key of the staff. Raises Problem; who tries too often waits."""
        address = request.client.host if request.client else ""
        source = self.callers.anyone(request.headers, address).source
        standing = self.callers.quotas.spend(source, self.callers.visitor_allowance)
        if standing and not standing.allowed:
            raise Problem(problems.QUOTA_EXCEEDED, f"尝试过于频繁，请在 {standing.reset} 秒后再试。")
        keyring = self._keyring()
        caller = self.callers.holder(shown.strip(), request.headers)
        key = keyring.find(caller.name)
        if key is None or not key.scope.allows(Scope.STAFF):
            raise Problem(problems.SCOPE_NEEDED, "此密钥没有管理权限，需要 staff 或 admin。")
        return self._insider(key.id, key.scope, self._signed(key.id, key.digest))

    def require_own_form(self, request: Request) -> None:
        """Raises Problem for what another site's page sent, as browsers tell."""
        fetched = request.headers.get("sec-fetch-site", "same-origin")
        origin = request.headers.get("origin")
        own = [site for site in (request.headers.get("host"), self.site) if site]  # `null` has no site
        if fetched != "same-origin" or (origin is not None and urlsplit(origin).netloc not in own):
            raise Problem(problems.SCOPE_NEEDED, "这一请求不是从本站的页面发出的。")

    def require_token(self, insider: Insider, token: str) -> None:
        """Raises Problem for a form that was not made for him."""
        if not compare_digest(insider.token.encode(), token.encode(errors="replace")):
            raise Problem(problems.SCOPE_NEEDED, "表单已过期，请返回后重新打开页面再试。")

    def _keyring(self) -> Keyring:
        if self.callers.keyring.is_due:
            self.callers.keyring.refresh()
        return self.callers.keyring

    def _insider(self, name: str, scope: Scope, cookie: str) -> Insider:
        return Insider(name, scope, cookie, self.callers.secret.of_form(cookie))

    def _signed(self, name: str, digest: str) -> str:
        """name.end.number.signature: `digest` is of the key, whose successor opens nothing."""
        told = f"{name}.{int(time()) + HOURS * 3600}.{token_urlsafe(12)}"
        return f"{told}.{self.callers.secret.of_staff(told + digest)}"

    def _holder(self, cookie: str, digest: str) -> str:
        """Whose it is; empty for one that is not ours or has ended."""
        told, _, signature = cookie.rpartition(".")
        expected = self.callers.secret.of_staff(told + digest)
        if not told or not compare_digest(signature.encode(errors="replace"), expected.encode()):
            return ""
        name, end, _ = told.split(".", 2)
        return name if int(end) > time() else ""


def is_local(request: Request) -> bool:
    """From this machine, by its own name, through no proxy. A page elsewhere whose name leads here is kept out."""
    if any(name in request.headers for name in FORWARDED) or request.client is None:
        return False
    host = urlsplit(f"//{request.headers.get('host', '')}").hostname or ""
    return _is_loopback(request.client.host) and (host == "localhost" or _is_loopback(host))


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
