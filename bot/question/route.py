"""The router: a question's token states → what kind of answer is wanted, and what is asked of the topic."""

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bot.model import Aspect, Intent
from ingest.errors import ModelUnavailable
from vectorstore.encoder import Encoding
from vectorstore.onnx import OnnxModel

FOLDER = Path(__file__).parent / "router"

COUNTED = (Intent.INDICATOR, Intent.DIFFERENCE, Intent.COMPARISON)
# Share of the threshold from which an outcome is heard where numbers are asked: a target told for what was reached
# is worse than a needless word that it is none.
OUTCOME_HEARD = 0.5


# Probability of small talk, read by itself, from which a follow-up that names no place is that whatever was asked
# before it (谢谢). Of 610 labelled follow-ups no question reaches it.
POLITE = 0.95


@dataclass(frozen=True, slots=True)
class Route:
    """`intents` sum to 1; `asks` are independent probabilities."""

    intents: dict[Intent, float]
    asks: dict[Aspect, float]

    @property
    def intent(self) -> Intent:
        return max(self.intents, key=lambda intent: self.intents[intent])

    @property
    def polite(self) -> bool:
        return self.intents.get(Intent.SMALL_TALK, 0.0) >= POLITE

    def aspects(self, least: float) -> tuple[Aspect, ...]:
        """Those asked with at least this probability, the likeliest first."""
        counted = self.intent in COUNTED
        found = [
            (probability, aspect)
            for aspect, probability in self.asks.items()
            if probability >= least * (OUTCOME_HEARD if counted and aspect is Aspect.OUTCOME else 1)
        ]
        return tuple(aspect for _, aspect in sorted(found, key=lambda pair: -pair[0]))


class Router:
    """Opens `router.onnx` and its manifest, which names the outputs in their order."""

    def __init__(self, folder: Path = FOLDER) -> None:
        """Raises ModelUnavailable."""
        self._model = OnnxModel(folder / "router.onnx")
        try:
            manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
            self._intents = [Intent(name) for name in manifest["routes"]]
            self._asks = list(manifest["asks"])
            self.asked_from = float(manifest["thresholds"]["asked"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelUnavailable(str(folder), f"manifest.json cannot be read ({error})") from error

    def route(self, encoding: Encoding) -> Route:
        mask = np.ones((1, len(encoding.states)), dtype=np.float32)
        intents, asks = self._model.run({"q": encoding.states[None], "qm": mask})
        known = set(Aspect)
        return Route(
            dict(zip(self._intents, map(float, intents[0]), strict=True)),
            {Aspect(name): float(p) for name, p in zip(self._asks, asks[0], strict=True) if name in known},
        )
