"""Joins what is kept and who may call: settings → database, keys, quotas, shared values. Opens nothing by itself."""

from dataclasses import dataclass
from ipaddress import ip_address, ip_network

from bot.api.callers import Callers
from bot.api.log import log
from bot.records.allowance import Allowance
from bot.records.database import Database
from bot.records.keyring import Keyring
from bot.records.keys import SqlKeys
from bot.records.notebook import Forgiving
from bot.records.quotas import Quotas
from bot.records.receipts import RecordsUnavailable
from bot.records.secret import Secret, read_secret
from bot.records.shared import open_shared
from bot.records.store import SqlRecords
from bot.settings import Settings
from ingest.errors import BadSetting

SECRET = "secret"  # the name its mark has in the database


@dataclass(frozen=True, slots=True)
class State:
    """What is kept and who may call, over one database."""

    records: SqlRecords
    callers: Callers


def open_state(settings: Settings) -> State:
    """Raises BadSetting. A database that is away does not stop the start."""
    database = database_of(settings)
    return State(SqlRecords(database), callers_of(settings, database))


def database_of(settings: Settings) -> Database:
    """PostgreSQL when DATABASE_URL names one, else a SQLite file in the data directory. Raises BadSetting."""
    file = (settings.data_dir / "records.sqlite3").resolve()
    return Database(settings.database_url or f"sqlite:///{file}")


def records_of(settings: Settings) -> SqlRecords:
    """Receipts and feedback."""
    return SqlRecords(database_of(settings))


def secret_of(settings: Settings, database: Database) -> Secret:
    """The secret that this database's hashes were made with. Raises BadSetting for another one, RecordsUnavailable."""
    secret = _secret(settings)
    if database.pin(SECRET, secret.mark) != secret.mark:
        raise BadSetting(
            "METROLOGY_SECRET",
            "…" if settings.secret else f"that of {settings.data_dir}",
            "the secret this database was first used with, the same for all processes",
        )
    return secret


def _secret(settings: Settings) -> Secret:
    """On a disk where none can be made, one for this process: nothing is kept there that would need it later."""
    try:
        return read_secret(settings.secret, settings.data_dir)
    except OSError as error:
        if settings.database_url:
            expected = f"one, for '{settings.data_dir}' cannot hold it ({error.strerror})"
            raise BadSetting("METROLOGY_SECRET", "", expected) from error
        log.warning("secret_not_kept", reason=str(error.strerror))
        return Secret()


def callers_of(settings: Settings, database: Database) -> Callers:
    """Who may ask. A database that is away does not stop the start; another secret than its own does."""
    try:
        secret = secret_of(settings, database)
    except RecordsUnavailable as error:
        log.warning("secret_not_compared", reason=error.reason)
        secret = _secret(settings)
    return Callers(
        Keyring(SqlKeys(database).all),
        Quotas(settings.redis_url),
        open_shared(settings.redis_url),
        secret,
        key_allowance=Allowance(settings.key_per_minute, settings.key_per_day),
        visitor_allowance=Allowance(settings.visitor_per_minute, settings.visitor_per_day),
        is_open=settings.open,
        origins=tuple(_listed(settings.cors_origins)),
    )


def notebook_of(settings: Settings) -> Forgiving:
    """Where conversations are remembered among processes."""
    return Forgiving(open_shared(settings.redis_url), lambda error: log.warning("memory_lost", reason=error.reason))


def admission(settings: Settings, callers: Callers, host: str) -> str:
    """Who may ask, told at the start. Raises BadSetting where anyone could who was not meant to."""
    try:
        callers.keyring.refresh()
    except RecordsUnavailable as error:
        return f"API keys cannot be read ({error.reason}): nobody may ask until they can."
    if not callers.keyring.is_empty:
        return "API keys are asked for; the page may be used without, within a quota per address."
    if settings.open:
        return "METROLOGY_OPEN: anyone who reaches this service may ask, within a quota per address."
    if is_loopback(host):
        return "No API key exists: only this machine may ask. `metrology keys create NAME` makes one."
    expected = (
        "127.0.0.1 while no API key exists. Make one with `metrology keys create NAME`, "
        "or set METROLOGY_OPEN=true to let anyone ask"
    )
    raise BadSetting("host", host, expected)


def is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def trusted_proxies(settings: Settings) -> list[str]:
    """Raises BadSetting for what is no address or network."""
    proxies = _listed(settings.trusted_proxies)
    for each in proxies:
        try:
            ip_network(each)
        except ValueError as error:
            expected = "addresses or networks such as 10.0.0.0/8, parted by commas"
            raise BadSetting("METROLOGY_TRUSTED_PROXIES", each, expected) from error
    return proxies


def _listed(value: str) -> list[str]:
    """`a, b` → a and b."""
    return [part for each in value.split(",") if (part := each.strip())]
