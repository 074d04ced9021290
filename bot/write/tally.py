"""What became of a model's sentences."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Tally:
    """What became of a model's sentences. Holds counts and names of faults, never a text."""

    written: int = 0
    verified: int = 0
    attributed: int = 0  # of those verified: written without handles
    replaced: int = 0
    dropped: int = 0
    declined: bool = False  # the model said that the clauses do not answer
    failure: str = ""  # class of the error that ended the reply
    faults: Counter[str] = field(default_factory=Counter)

    def __add__(self, other: "Tally") -> "Tally":
        return Tally(
            self.written + other.written,
            self.verified + other.verified,
            self.attributed + other.attributed,
            self.replaced + other.replaced,
            self.dropped + other.dropped,
            self.declined or other.declined,
            self.failure or other.failure,
            self.faults + other.faults,
        )
