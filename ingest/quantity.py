"""What running text counts."""

from dataclasses import dataclass

from ingest.amounts import Amount


@dataclass(frozen=True, slots=True)
class Quantity:
    """What one stretch `start`–`end` of a paragraph states; its value stands at `at`."""

    name: str
    amount: Amount
    start: int
    end: int
    at: int
    base: str | None = None
    base_year: int | None = None
    year: int | None = None  # where the words of the quantity name it themselves
