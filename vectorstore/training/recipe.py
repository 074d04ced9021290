"""Everything that decides what model comes out, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# Of the batches. Names as in `batches.sources`; the pairs are named by their files.
SHARES: Mapping[str, float] = MappingProxyType(
    {
        "statutes": 0.30,
        "headings": 0.12,
        "domain": 0.05,
        "news": 0.15,
        "lay-question-to-article": 0.06,
        "lay-question-to-answer": 0.04,
        "consultation-to-answer": 0.20,
        "plans": 0.05,
        "plan-headings": 0.03,
    }
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Equal recipes, texts and library versions give equal models, on one number of threads."""

    seed: int = 1
    steps: int = 1000
    batch: int = 1024  # pairs; every other pair of the batch is a negative
    learning_rate: float = 0.01
    warmup: int = 50  # steps
    temperature: float = 0.02
    dimension: int = 256
    prefixes: tuple[int, ...] = (64, 128)  # the first so many numbers are trained to do alone (Matryoshka)
    characters: int = 4300
    pairs: int = 24_000  # of neighbouring characters
    # Large: a rare token keeps a direction of its own, and exact words count. Small: likeness in meaning is
    # learned faster, and exact words are forgotten.
    initial_spread: float = 0.1
    dropout: float = 0.25  # share of a text's tokens left out, so that no single token carries the match
    # Statutes repeat each other: a text nearer to the query than its own by this cosine is no negative.
    margin: float = 0.05
    shares: Mapping[str, float] = field(default_factory=lambda: SHARES)
    threads: int = 1

    def as_json(self) -> dict[str, object]:
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "shares": dict(self.shares)}
