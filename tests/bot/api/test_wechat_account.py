"""Signatures and envelopes, held to the sample that the platform itself publishes."""

import base64
import time

import pytest

from bot.api.wechat_account import FRESH_SECONDS, Account, open_account
from ingest.errors import BadSetting
from tests.bot.api.wechat_builders import NONCE, PLAIN_ACCOUNT, SEALED_ACCOUNT

# the sample of the platform's own code: key, account, envelope and what is in it
TIMESTAMP = "1409735669"
SEALED = (
    "hyzAe4OzmOMbd6TvGdIOO6uBmdJoD0Fk53REIHvxYtJlE2B655HuD0m8KUePWB3+LrPXo87wzQ1QLvbeUgmBM4x6F8PGHQHFVAFmOD2LdJF9FrXp"
    "bUAh0B5GIItb52sn896wVsMSHGuPE328HnRGBcrS7C41IzDWyWNlZkyyXwon8T332jisa+h6tEDYsVticbSnyU8dKOIbgU6ux5VTjg3yt+WGzjlp"
    "Kn6NPhRjpA912xMezR4kw6KWwMrCVKSVCZciVGCgavjIQ6X8tCOp3yZbGpy0VxpAe+77TszTfRd5RJSVO/HTnifJpXgCSUdUue1v6h0EIBYYI1BD"
    "1DlD+C0CR8e6OewpusjZ4uBl9FyJvnhvQl+q5rv1ixrcpCumEPo5MJSgM9ehVsNPfUM669WuMyVWQLCzpu9GhglF2PE="
)


def test_the_platforms_sample_is_opened() -> None:
    opened = SEALED_ACCOUNT.opened(SEALED)
    assert opened is not None
    assert b"<Content><![CDATA[abcdteT]]></Content>" in opened
    assert b"<MsgId>6054768590064713728</MsgId>" in opened


def test_the_platforms_signatures_are_ours() -> None:
    assert SEALED_ACCOUNT.signature(TIMESTAMP, NONCE, SEALED) == "5d197aaffba7e9b25a30732f161a50dee96bd5fa"
    assert SEALED_ACCOUNT.signature(TIMESTAMP, NONCE) == "16120ec1b8dbb870f510d87ce6bc2463eae6ca1a"


@pytest.mark.parametrize("length", [0, 1, 11, 12, 13, 31, 32, 33, 5000])
def test_what_is_sealed_is_opened_and_never_looks_the_same(length: int) -> None:
    message = ("量" * length).encode()
    one, other = SEALED_ACCOUNT.sealed(message), SEALED_ACCOUNT.sealed(message)
    assert SEALED_ACCOUNT.opened(one) == SEALED_ACCOUNT.opened(other) == message
    assert one != other
    assert len(base64.b64decode(one)) % 32 == 0


def test_what_is_not_ours_is_not_opened() -> None:
    other_key = Account(SEALED_ACCOUNT.app_id, "spamtest", SEALED_ACCOUNT.aes_key[::-1])
    other_account = Account("wx0000000000000000", "spamtest", SEALED_ACCOUNT.aes_key)
    raw = bytearray(base64.b64decode(SEALED))
    raw[-1] ^= 1
    broken = base64.b64encode(raw).decode()
    for account, sealed in (
        (other_key, SEALED),
        (other_account, SEALED),
        (SEALED_ACCOUNT, broken),
        (SEALED_ACCOUNT, ""),
        (SEALED_ACCOUNT, "AAAA"),
        (SEALED_ACCOUNT, "不是"),
        (SEALED_ACCOUNT, "a" * 64),
    ):
        assert account.opened(sealed) is None


@pytest.mark.parametrize("shift", [0, -FRESH_SECONDS + 60, FRESH_SECONDS - 60, -FRESH_SECONDS - 60, FRESH_SECONDS + 60])
def test_a_signature_holds_for_a_while(shift: float) -> None:
    timestamp = str(int(time.time() + shift))
    signature = PLAIN_ACCOUNT.signature(timestamp, NONCE)
    assert PLAIN_ACCOUNT.signed(signature, timestamp, NONCE) == (abs(shift) < FRESH_SECONDS)
    assert not PLAIN_ACCOUNT.signed(signature[:-1] + "g", timestamp, NONCE)
    assert not PLAIN_ACCOUNT.signed(signature, timestamp, NONCE + "1")


@pytest.mark.parametrize("timestamp", ["", "now", "-1", "1" * 13, "１２３"])
def test_a_timestamp_that_is_none_is_no_signature(timestamp: str) -> None:
    assert not PLAIN_ACCOUNT.signed(PLAIN_ACCOUNT.signature(timestamp, NONCE), timestamp, NONCE)


def test_settings_make_an_account_or_none() -> None:
    assert open_account("", "", "") is None
    assert open_account("wx1", "geheim", "") == Account("wx1", "geheim")
    assert "geheim" not in repr(open_account("wx1", "geheim", "a" * 43))


@pytest.mark.parametrize(
    ("app_id", "token", "key", "name"),
    [
        ("", "geheim", "", "APP_ID"),
        ("wx1", "", "", "TOKEN"),
        ("", "", "a" * 43, "APP_ID"),
        ("wx1", "geheim", "a" * 42, "AES_KEY"),
        ("wx1", "geheim", "-" * 43, "AES_KEY"),
    ],
)
def test_an_account_set_by_half_is_refused(app_id: str, token: str, key: str, name: str) -> None:
    with pytest.raises(BadSetting, match=f"METROLOGY_WECHAT_{name}") as caught:
        open_account(app_id, token, key)
    assert "geheim" not in str(caught.value)
    assert not key or key not in str(caught.value)
