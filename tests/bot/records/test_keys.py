"""API keys: shown once, kept as hashes, ended at a moment; and how a process knows of them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.records.allowance import Allowance
from bot.records.database import Database
from bot.records.keyring import REFRESH_SECONDS, RETRY_SECONDS, Keyring
from bot.records.keys import ApiKey, Scope, SqlKeys, Wanted, id_of, make_key
from bot.records.receipts import RecordsUnavailable
from bot.records.secret import Secret
from ingest.errors import UnknownEntry

NOW = datetime(2026, 3, 15, 12, tzinfo=UTC)
SECRET = Secret(b"s" * 32)


@pytest.fixture
def keys(database: Database) -> SqlKeys:
    return SqlKeys(database)


def made(name: str = "mini-program", at: datetime = NOW, **more: object) -> tuple[ApiKey, str]:
    return make_key(Wanted(name, **more), SECRET, at)  # type: ignore[arg-type]


def test_a_key_opens_and_nothing_that_is_kept_does() -> None:
    key, told = made()
    assert key.is_opened_by(told)
    assert id_of(told) == key.id
    assert not key.is_opened_by(told[:-1] + ("0" if told[-1] != "0" else "1"))
    assert not key.is_opened_by(key.digest)
    assert told not in repr(key)
    assert made()[1] != told


@pytest.mark.parametrize("text", ["", "x", "mk_", "mk_123456789012_" + "a" * 63, "mk_123456789012_" + "g" * 64])
def test_what_is_no_key_has_no_id(text: str) -> None:
    assert id_of(text) is None


def test_a_signing_key_is_opened_by_nothing_that_is_sent() -> None:
    key, told = made(signed=True)
    assert told == SECRET.signing(key.id)
    assert key.digest == ""
    assert not key.is_opened_by(told)
    assert not key.is_opened_by("")


@pytest.mark.parametrize(
    ("scope", "may"),
    [
        (Scope.ASK, {"ask"}),
        (Scope.PAGE, {"ask", "page"}),
        (Scope.STAFF, {"ask", "page", "staff"}),
        (Scope.ADMIN, set(Scope)),
    ],
)
def test_scopes_include_those_before_them(scope: Scope, may: set[str]) -> None:
    assert {each for each in Scope if scope.allows(each)} == may


def test_numbers_of_its_own_stand_before_the_usual_ones() -> None:
    usual = Allowance(60, 1000)
    assert made()[0].allowance(usual) == usual
    assert made(per_minute=5)[0].allowance(usual) == Allowance(5, 1000)
    assert made(per_minute=0, per_day=0)[0].allowance(usual) == Allowance(0, 0)


def test_keys_come_back_as_they_were_kept(keys: SqlKeys) -> None:
    first = made("一", scope=Scope.ADMIN, per_minute=5)[0]
    second = made("二", NOW + timedelta(seconds=1), signed=True)[0]
    for each in (second, first):
        keys.add(each)
    assert keys.all() == (first, second)


def test_a_revoked_key_stays_and_no_longer_stands(keys: SqlKeys) -> None:
    key = made()[0]
    keys.add(key)
    keys.end(key.id, NOW)
    (kept,) = keys.all()
    assert not kept.stands(NOW)
    assert kept.stands(NOW - timedelta(seconds=1))
    assert keys.end(key.id, NOW + timedelta(days=1)) == kept, "an ended key does not come back"


def test_rotation_keeps_what_a_key_may_do_and_ends_the_old_one_later(keys: SqlKeys) -> None:
    old = made("一", scope=Scope.STAFF, per_day=7)[0]
    keys.add(old)
    new, told = keys.renew(old.id, SECRET, NOW + timedelta(hours=1), NOW + timedelta(hours=2))
    assert (new.name, new.scope, new.per_day, new.id != old.id) == ("一", Scope.STAFF, 7, True)
    assert new.is_opened_by(told)
    kept = {key.id: key for key in keys.all()}
    assert kept[old.id].stands(NOW + timedelta(minutes=119))
    assert not kept[old.id].stands(NOW + timedelta(hours=2))
    assert kept[new.id].stands(NOW + timedelta(days=999))


def test_an_unknown_key_is_named_with_those_there_are(keys: SqlKeys) -> None:
    key = made()[0]
    keys.add(key)
    with pytest.raises(UnknownEntry, match=f"No API key 'x'. Known: {key.id}"):
        keys.end("x", NOW)


def test_where_there_is_no_database_there_is_no_key_and_none_is_made(tmp_path: Path) -> None:
    assert SqlKeys(Database(f"sqlite:///{tmp_path}/records.sqlite3")).all() == ()
    assert list(tmp_path.iterdir()) == []


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Loader:
    """What a keyring reads, and how often."""

    def __init__(self, *keys: ApiKey) -> None:
        self.keys, self.times, self.fails = keys, 0, False

    def __call__(self) -> tuple[ApiKey, ...]:
        self.times += 1
        if self.fails:
            raise RecordsUnavailable("x", "away")
        return self.keys


def test_the_keys_are_read_again_every_other_second() -> None:
    key, clock = made()[0], Clock()
    load = Loader()
    ring = Keyring(load, clock)
    assert ring.is_due
    ring.refresh()
    ring.refresh()
    assert (ring.is_empty, load.times) == (True, 1)
    load.keys = (key,)
    clock.now += REFRESH_SECONDS
    ring.refresh()
    assert (ring.is_empty, ring.find(key.id, NOW)) == (False, key)
    assert ring.find("x", NOW) is None


def test_while_the_database_is_away_the_keys_last_read_stand() -> None:
    key, clock = made()[0], Clock()
    load = Loader(key)
    ring = Keyring(load, clock)
    ring.refresh()
    load.fails = True
    clock.now += REFRESH_SECONDS
    ring.refresh()
    assert ring.find(key.id, NOW) == key
    assert not ring.is_due, "it is not asked at every request"


def test_nobody_is_known_before_a_first_reading() -> None:
    load = Loader()
    load.fails = True
    clock = Clock()
    ring = Keyring(load, clock)
    for _ in range(2):
        with pytest.raises(RecordsUnavailable, match="away"):
            ring.refresh()
    assert ring.is_due
    assert load.times == 1, "who comes meanwhile is told at once: each would wait for the database in turn"
    clock.now += RETRY_SECONDS
    load.fails = False
    ring.refresh()
    assert (ring.is_empty, load.times) == (True, 2)


def test_an_ended_key_is_not_found_and_leaves_the_ring_not_empty() -> None:
    key = made()[0]
    ring = Keyring(Loader(replace(key, ends_at=key.created_at)))
    ring.refresh()
    assert ring.find(key.id, NOW) is None
    assert not ring.is_empty
