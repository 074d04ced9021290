"""API keys: who may ask this service, for what, and how often. Only hashes are kept; a key is shown once, when made."""

import hashlib
import hmac
import re
import secrets
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self

import sqlalchemy as sql

from bot.records.allowance import Allowance
from bot.records.audit import NOBODY, Act, By, entered, entry_of
from bot.records.database import Database
from bot.records.receipts import moment
from bot.records.secret import Secret
from bot.records.tables import KEYS
from ingest.errors import UnknownEntry

KEY = re.compile(r"mk_([0-9a-f]{12})_[0-9a-f]{64}")


class Scope(StrEnum):
    """What a key may do. Each may do what those before it may."""

    ASK = "ask"
    PAGE = "page"  # a page served elsewhere: it is believed for which visitor it asks
    STAFF = "staff"
    ADMIN = "admin"

    def allows(self, wanted: "Scope") -> bool:
        order = list(Scope)
        return order.index(self) >= order.index(wanted)


@dataclass(frozen=True, slots=True)
class ApiKey:
    """`signed`: it is never sent, requests are signed instead. Without numbers of its own it has the usual ones."""

    id: str
    name: str
    scope: Scope
    digest: str
    signed: bool
    per_minute: int | None
    per_day: int | None
    created_at: str
    ends_at: str | None = None

    def stands(self, at: datetime) -> bool:
        return self.ends_at is None or moment(at) < self.ends_at

    def allowance(self, usual: Allowance) -> Allowance:
        minute = usual.per_minute if self.per_minute is None else self.per_minute
        return Allowance(minute, usual.per_day if self.per_day is None else self.per_day)

    def is_opened_by(self, key: str) -> bool:
        return not self.signed and hmac.compare_digest(self.digest, digest(key))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a key is made for."""

    name: str
    scope: Scope = Scope.ASK
    signed: bool = False
    per_minute: int | None = None
    per_day: int | None = None

    @classmethod
    def like(cls, key: ApiKey) -> Self:
        return cls(key.name, key.scope, key.signed, key.per_minute, key.per_day)


def make_key(wanted: Wanted, secret: Secret, at: datetime) -> tuple[ApiKey, str]:
    """A new key, and what its holder is told: the key itself, or the secret that requests are signed with."""
    key_id = secrets.token_hex(6)
    told = secret.signing(key_id) if wanted.signed else f"mk_{key_id}_{secrets.token_hex(32)}"
    kept = "" if wanted.signed else digest(told)
    made = ApiKey(key_id, wanted.name, wanted.scope, kept, wanted.signed, wanted.per_minute, wanted.per_day, moment(at))
    return made, told


def id_of(key: str) -> str | None:
    """The id a key bears; None for what is no key."""
    match = KEY.fullmatch(key)
    return match[1] if match else None


def digest(key: str) -> str:
    """Plain SHA-256 is enough: a key is 256 random bits, not a password that could be guessed."""
    return hashlib.sha256(key.encode()).hexdigest()


class SqlKeys:
    """Keys in the database. A key that has ended stays, so that the service does not open when the last one ends.

    Every method raises RecordsUnavailable when it cannot do its part.
    """

    def __init__(self, database: Database) -> None:
        self.database = database

    def all(self) -> tuple[ApiKey, ...]:
        """Ended ones too, oldest first."""
        if not self.database.exists:
            return ()
        with self.database.read() as connection:
            rows = connection.execute(sql.select(KEYS).order_by(KEYS.c.created_at, KEYS.c.id)).mappings().all()
        return tuple(ApiKey(**{**row, "scope": Scope(row["scope"])}) for row in rows)

    def add(self, key: ApiKey, by: By = NOBODY) -> None:
        with self.database.write() as connection:
            connection.execute(sql.insert(KEYS).values(asdict(key)))
            entered(connection, entry_of(Act.KEY_CREATED, by, key.id, f"{key.name} ({key.scope})"))

    def end(self, key_id: str, at: datetime, by: By = NOBODY) -> ApiKey:
        """The key, which stands until `at` (UTC) and no longer. Raises UnknownEntry."""
        ended = _until(self._find(key_id), at)
        with self.database.write() as connection:
            connection.execute(sql.update(KEYS).where(KEYS.c.id == key_id).values(ends_at=ended.ends_at))
            entered(connection, entry_of(Act.KEY_REVOKED, by, key_id, f"{ended.name} ({ended.scope})"))
        return ended

    def renew(self, key_id: str, secret: Secret, at: datetime, until: datetime, by: By = NOBODY) -> tuple[ApiKey, str]:
        """Another key like this one, which stands until `until`; what `make_key` gives. Raises UnknownEntry."""
        ended = _until(self._find(key_id), until)
        made, told = make_key(Wanted.like(ended), secret, at)
        with self.database.write() as connection:
            connection.execute(sql.insert(KEYS).values(asdict(made)))
            connection.execute(sql.update(KEYS).where(KEYS.c.id == key_id).values(ends_at=ended.ends_at))
            note = f"{made.name} ({made.scope}): {made.id} in its place, which ends at {ended.ends_at}"
            entered(connection, entry_of(Act.KEY_ROTATED, by, key_id, note))
        return made, told

    def _find(self, key_id: str) -> ApiKey:
        known = {key.id: key for key in self.all()}
        if key_id not in known:
            raise UnknownEntry("API key", key_id, known)
        return known[key_id]


def _until(key: ApiKey, at: datetime) -> ApiKey:
    """One that has ended does not come back."""
    return replace(key, ends_at=min(moment(at), key.ends_at or moment(at)))
