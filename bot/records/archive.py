"""All that is asked of where answers are kept."""

from typing import Protocol

from bot.records.exchanges import Exchanges
from bot.records.receipts import Records, UserRecords


class Archive(Records, UserRecords, Exchanges, Protocol):
    """Receipts and ratings, by answer, by user and by period."""
