"""The service's own secret: made once, kept from others, one for all processes."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from bot.records.secret import Secret, read_secret
from ingest.errors import BadSetting

SET = "0123456789abcdef0123456789abcdef"


def test_it_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    data = tmp_path / "data"
    first = read_secret("", data)
    assert read_secret("", data) == first
    assert read_secret("", tmp_path / "other") != first
    assert [(each.name, stat.S_IMODE(each.stat().st_mode)) for each in data.iterdir()] == [("secret", 0o600)]


def test_of_many_who_start_at_once_one_makes_it(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: read_secret("", tmp_path), range(16)))
    assert len({each.value for each in found}) == 1
    assert len(list(tmp_path.iterdir())) == 1


def test_one_that_is_set_stands_and_nothing_is_made(tmp_path: Path) -> None:
    assert read_secret(SET, tmp_path) == Secret(SET.encode())
    assert list(tmp_path.iterdir()) == []


def test_a_short_one_is_refused_and_not_repeated(tmp_path: Path) -> None:
    with pytest.raises(BadSetting, match="METROLOGY_SECRET") as caught:
        read_secret("geheim", tmp_path)
    assert "geheim" not in str(caught.value)


def test_hashes_are_of_one_secret_and_one_use() -> None:
    one, other = Secret(b"a" * 32), Secret(b"b" * 32)
    assert one.of_user("u") == Secret(b"a" * 32).of_user("u")
    hashes = {one.of_user("u"), one.of_user("v"), other.of_user("u"), one.of_address("u"), one.signing("u"), one.mark}
    assert len(hashes) == 6
    assert all(len(each) == 64 and "u" not in each for each in hashes)
    assert "aaaa" not in repr(one)
