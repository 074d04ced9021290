"""Who calls: a key, a visitor of the page, or anyone. Told to whatever runs for the request by a context variable."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hmac import compare_digest
from ipaddress import IPv6Address, ip_address, ip_network
from secrets import token_urlsafe

from starlette.datastructures import Headers

from bot.api import problems
from bot.api.problems import Problem
from bot.records.allowance import KEYS, UNBOUNDED, VISITORS, Allowance
from bot.records.keyring import Keyring
from bot.records.keys import ApiKey, Scope, id_of
from bot.records.quotas import Quotas
from bot.records.secret import Secret
from bot.records.shared import InMemory, Shared

PAGE_TOKEN, VISITOR = "x-metrology-page", "x-metrology-visitor"  # the page's server says for whom it asks
KEY_ID = "x-key-id"


@dataclass(frozen=True, slots=True)
class Caller:
    """`name` is a key's id, `page`, or empty; `scope` is None for one who showed no key.

    `source` is whose requests are counted together.
    """

    name: str = ""
    scope: Scope | None = None
    source: str = ""
    allowance: Allowance = UNBOUNDED

    def may(self, wanted: Scope) -> bool:
        return self.scope is not None and self.scope.allows(wanted)

    def session(self, session_id: str | None) -> str | None:
        """A conversation's id among all callers': nobody goes on with another's."""
        return f"{self.name}/{session_id}" if session_id and self.name else session_id


ANYONE = Caller()
_CURRENT: ContextVar[Caller] = ContextVar("caller", default=ANYONE)
current_caller = _CURRENT.get


@contextmanager
def calling(caller: Caller) -> Iterator[None]:
    """Who `current_caller` is meanwhile."""
    before = _CURRENT.set(caller)
    try:
        yield
    finally:
        _CURRENT.reset(before)


@dataclass(frozen=True, slots=True)
class Callers:
    """Who is known, how often each may ask, and where that is counted.

    `is_open`: the operator lets anyone in while there is no key. `page_token` is what the page's own server shows.
    `origins` are of pages that may call from a browser.
    """

    keyring: Keyring = field(default_factory=lambda: Keyring(tuple))
    quotas: Quotas = field(default_factory=Quotas)
    shared: Shared = field(default_factory=InMemory)
    secret: Secret = field(default_factory=Secret)
    page_token: str = field(default_factory=token_urlsafe, repr=False)
    key_allowance: Allowance = KEYS
    visitor_allowance: Allowance = VISITORS
    is_open: bool = False
    origins: tuple[str, ...] = ()

    @property
    def are_counted(self) -> bool:
        """Not on a machine that only its own people reach."""
        return self.is_open or not self.keyring.is_empty

    def anyone(self, headers: Headers, address: str) -> Caller:
        """Without a key: a visitor of the page, or whoever it is."""
        token = headers.get(PAGE_TOKEN, "")
        if token and compare_digest(token.encode(), self.page_token.encode()):
            visitor = headers.get(VISITOR, "")
            return Caller("page", Scope.ASK, self._source(visitor), self.visitor_allowance if visitor else UNBOUNDED)
        return Caller("", None, self._source(address), self.visitor_allowance)

    def with_key(self, key: ApiKey, visitor: str = "") -> Caller:
        """`visitor`: for whom its holder says it asks; a page is believed, and its visitors counted each by himself."""
        if visitor and key.scope is Scope.PAGE:
            return Caller(key.id, key.scope, self._source(visitor), self.visitor_allowance)
        return Caller(key.id, key.scope, key.id, key.allowance(self.key_allowance))

    def holder(self, key: str, headers: Headers) -> Caller:
        """Who shows this key. Raises Problem."""
        found = self.keyring.find(id_of(key) or "", datetime.now(UTC))
        if found is None or not found.is_opened_by(key):
            raise Problem(problems.UNKNOWN_KEY)
        return self.with_key(found, headers.get(VISITOR, ""))

    def may_read(self, caller: Caller, owner: str) -> bool:
        """Whether a caller may see what `owner` was answered. Once there are keys, others' are for the staff."""
        return self.keyring.is_empty or caller.name == owner or caller.may(Scope.STAFF)

    def _source(self, address: str) -> str:
        """Hashed, for it is written beside ratings."""
        return f"@{self.secret.of_address(network(address))[:32]}" if address else ""


def shown_key(headers: Headers) -> str:
    """The key in `Authorization: Bearer` or `X-API-Key`, or nothing."""
    kind, _, bearer = headers.get("authorization", "").partition(" ")
    return bearer.strip() if kind.lower() == "bearer" else headers.get("x-api-key", "").strip()


def network(address: str) -> str:
    """Of IPv6 the network, for a household has as many addresses as it likes; of IPv4 the address."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return address
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return str(ip_network(f"{parsed}/64", strict=False))
    return str(parsed.ipv4_mapped if isinstance(parsed, IPv6Address) else parsed)
