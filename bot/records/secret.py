"""The service's own secret: what is kept under a keyed hash can be found again, and told from nothing but the hash."""

import hashlib
import hmac
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from ingest.errors import BadSetting

SHORTEST = 32  # characters: `openssl rand -hex 32` gives 64
FILE = "secret"
OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True)
class Secret:
    """Every use has hashes of its own, so that one cannot be taken for another."""

    value: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)

    def of_user(self, user_id: str) -> str:
        """What stands for a user in the database: nobody without the secret can tell whom."""
        return self._derived("user", user_id)

    def of_address(self, address: str) -> str:
        return self._derived("address", address)

    def signing(self, key_id: str) -> str:
        """The secret a caller signs requests with. Derived, so that it is kept nowhere."""
        return self._derived("signing", key_id)

    def of_staff(self, told: str) -> str:
        """Signs what a cookie of the staff's page says."""
        return self._derived("staff", told)

    def of_form(self, cookie: str) -> str:
        """Stands in every form of who has that cookie."""
        return self._derived("form", cookie)

    @property
    def mark(self) -> str:
        """Tells this secret from another without telling it."""
        return self._derived("mark", "")

    def _derived(self, use: str, text: str) -> str:
        return hmac.new(self.value, f"{use}:{text}".encode(errors="replace"), hashlib.sha256).hexdigest()


def read_secret(setting: str, data_dir: Path) -> Secret:
    """As set, else the one in the data directory, which is made at first use. Raises BadSetting for a short one."""
    if setting:
        if len(setting) < SHORTEST:
            raise BadSetting("METROLOGY_SECRET", "…", f"{SHORTEST} characters or more, e.g. of `openssl rand -hex 32`")
        return Secret(setting.encode())
    file = data_dir / FILE
    if not file.exists():
        _make(file)
    return Secret(file.read_bytes())


def _make(file: Path) -> None:
    """Whole or not at all: of several processes that start at once, one makes it and the others read it."""
    file.parent.mkdir(parents=True, exist_ok=True)
    draft = file.with_name(f".{FILE}-{os.getpid()}-{secrets.token_hex(4)}")
    draft.touch(OWNER_ONLY)
    try:
        draft.write_text(secrets.token_hex(32), encoding="ascii")
        with suppress(FileExistsError):
            os.link(draft, file)
    finally:
        draft.unlink()
