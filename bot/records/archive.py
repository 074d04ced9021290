"""All that is asked of where answers are kept."""

from typing import Protocol

from bot.records.audit import By, Entry, Sought
from bot.records.exchanges import Exchanges
from bot.records.receipts import Belongings, Records


class UserRecords(Protocol):
    """What is kept of one user, by the keyed hash of its id. Raises RecordsUnavailable."""

    def of_user(self, user: str, by: By) -> Belongings:
        """All of it; who was told goes into the audit trail."""

    def forget_user(self, user: str, by: By) -> tuple[int, int]:
        """Delete it, with what others said of these answers: how many receipts, how many ratings."""


class Audited(Protocol):
    """Who did what. Raises RecordsUnavailable."""

    def entries(self, sought: Sought, limit: int) -> list[Entry]:
        """The latest first."""


class Archive(Records, UserRecords, Exchanges, Audited, Protocol):
    """Receipts and ratings, by answer, by user and by period; and the audit trail."""
