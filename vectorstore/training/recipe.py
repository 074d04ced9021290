"""Everything that decides what model comes out, in one place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

# Of the batches. Names as in `batches.sources`; the pairs are named by their files.
SHARES: Mapping[str, float] = MappingProxyType(
    {
        "statutes": 0.34,
        "headings": 0.12,
        "domain": 0.04,
        "news": 0.16,
        "lay-question-to-article": 0.06,
        "lay-question-to-answer": 0.04,
        "consultation-to-answer": 0.22,
        "plans": 0.012,
        "plan-headings": 0.008,
    }
)


@dataclass(frozen=True, slots=True)
class Recipe:
    """Equal recipes, texts and library versions give equal models, on one number of threads."""

    seed: int = 1
    steps: int = 1600
    batch: int = 1024  # pairs; every other pair of the batch is a negative
    learning_rate: float = 0.01
    warmup: int = 50  # steps
    temperature: float = 0.02
    dimension: int = 256
    prefixes: tuple[int, ...] = (64, 128)  # the first so many numbers are trained to do alone (Matryoshka)
    characters: int = 4300
    pairs: int = 24_000  # of neighbouring characters
    initial_spread: float = 0.1
    shares: Mapping[str, float] = field(default_factory=lambda: SHARES)
    threads: int = 2

    def as_json(self) -> dict[str, object]:
        plain = {name: getattr(self, name) for name in self.__slots__}
        return {**plain, "shares": dict(self.shares)}
