"""An official account of WeChat, or an application of WeCom (企业微信): what proves that the platform speaks, and the
envelope it seals messages in, which both have alike.

Alone imports cryptography. AES-256-CBC as the platform defines it: 16 random bytes, the length (four bytes,
big-endian), the message, the receiver's id; padded to blocks of 32; the key's first half is the initial vector.
"""

import base64
import binascii
import hashlib
import hmac
import secrets
import time
from dataclasses import dataclass, field

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.padding import PKCS7

from ingest.errors import BadSetting

FRESH_SECONDS = 600  # a signature in plain mode does not cover the message: an old one may not be used again
KEY_LENGTH = 43  # as the platform shows it: 32 bytes in base64 without the =
PREFIX, LENGTH, BLOCK_BITS = 16, 4, 256


@dataclass(frozen=True, slots=True)
class Account:
    """`app_id`: the AppID; of WeCom the CorpID. `aes_key`: the EncodingAESKey of the secure mode, empty in plain mode;
    with one, only sealed messages count.
    """

    app_id: str
    token: str = field(repr=False)
    aes_key: str = field(default="", repr=False)

    def signature(self, *parts: str) -> str:
        """SHA-1 over the token and `parts`, sorted, as the platform signs."""
        return hashlib.sha1("".join(sorted((self.token, *parts))).encode()).hexdigest()

    def signed(self, signature: str, timestamp: str, nonce: str, *sealed: str) -> bool:
        """Whether WeChat signed this, and not long ago."""
        if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12):
            return False
        fresh = abs(time.time() - int(timestamp)) <= FRESH_SECONDS
        return fresh and hmac.compare_digest(self.signature(timestamp, nonce, *sealed), signature.lower())

    def opened(self, sealed: str) -> bytes | None:
        """The message in an envelope; None when it was not sealed with our key for our account."""
        try:
            cipher = base64.b64decode(sealed, validate=True)
            decryptor = self._cipher.decryptor()
            unpadder = PKCS7(BLOCK_BITS).unpadder()
            padded = decryptor.update(cipher) + decryptor.finalize()
            plain = unpadder.update(padded) + unpadder.finalize()
        except (ValueError, binascii.Error):
            return None
        start = PREFIX + LENGTH
        end = start + int.from_bytes(plain[PREFIX:start], "big")
        return plain[start:end] if plain[end:] == self.app_id.encode() else None

    def sealed(self, message: bytes) -> str:
        """`message` in an envelope."""
        length = len(message).to_bytes(LENGTH, "big")
        plain = secrets.token_bytes(PREFIX) + length + message + self.app_id.encode()
        padder, encryptor = PKCS7(BLOCK_BITS).padder(), self._cipher.encryptor()
        padded = padder.update(plain) + padder.finalize()
        return base64.b64encode(encryptor.update(padded) + encryptor.finalize()).decode()

    @property
    def _cipher(self) -> Cipher[modes.CBC]:
        key = base64.b64decode(self.aes_key + "=")
        return Cipher(algorithms.AES(key), modes.CBC(key[:16]))


def open_account(app_id: str, token: str, aes_key: str) -> Account | None:
    """The official account as set; None when nothing is. Raises BadSetting when set by half; no secret is repeated."""
    if not (app_id or token or aes_key):
        return None
    if not app_id:
        raise BadSetting("METROLOGY_WECHAT_APP_ID", "", "the account's AppID, beside METROLOGY_WECHAT_TOKEN")
    if not token:
        raise BadSetting("METROLOGY_WECHAT_TOKEN", "", "the Token set for the account's callback")
    if aes_key:
        _require_key("METROLOGY_WECHAT_AES_KEY", aes_key)
    return Account(app_id, token, aes_key)


def open_wecom(corp_id: str, token: str, aes_key: str) -> Account | None:
    """WeCom's application as set; None when nothing is. It knows no plain mode. Raises BadSetting as `open_account`."""
    if not (corp_id or token or aes_key):
        return None
    if not corp_id:
        raise BadSetting("METROLOGY_WECOM_CORP_ID", "", "the enterprise's CorpID, beside METROLOGY_WECOM_TOKEN")
    if not token:
        raise BadSetting("METROLOGY_WECOM_TOKEN", "", "the Token set where the application receives messages")
    _require_key("METROLOGY_WECOM_AES_KEY", aes_key)
    return Account(corp_id, token, aes_key)


def _require_key(name: str, aes_key: str) -> None:
    if not (len(aes_key) == KEY_LENGTH and aes_key.isascii() and aes_key.isalnum()):
        raise BadSetting(name, f"{len(aes_key)} characters", f"the EncodingAESKey: {KEY_LENGTH} letters and digits")
