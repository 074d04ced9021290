"""The models as they ship, measured: served encoder, judge and router over the served search."""

from collections.abc import Callable, Iterable
from pathlib import Path

from bot.judge import model as judge_model
from bot.judge.model import JudgeModel
from bot.question import route as router_model
from bot.question.route import Router
from eval.judge.reading import CANDIDATES, Reading, index_of, texts_of
from eval.judge.stretches import Stretches
from vectorstore import encoder as encoder_model
from vectorstore.encoder import Encoder, Encoding
from vectorstore.index import PassageIndex, Query

Progress = Callable[[str, int, int], None]  # (what is being done, done, in all)


class Served:
    """Implements `Understanding`."""

    def __init__(self, index: PassageIndex, encoder: Encoder, judge: JudgeModel, router: Router) -> None:
        self.index, self.encoder, self.judge, self.router = index, encoder, judge, router

    def read(self, query: Query) -> Reading:
        rows = tuple(found.row for found in self.index.passages_for(query, CANDIDATES))
        asked = self.encoder.query(query.reading)
        route = self.router.route(asked)
        asks = {str(aspect): probability for aspect, probability in route.asks.items()}
        return Reading(rows, self.judge.read(asked, self.index.states(rows)), route.intents, asks)


def open_served(
    stretches: Stretches,
    progress: Progress,
    encoder: Path = encoder_model.FOLDER,
    judge: Path = judge_model.FOLDER,
    router: Path = router_model.FOLDER,
) -> Served:
    """Encodes all passages, half a minute of it. Raises ModelUnavailable."""
    opened = Encoder(encoder)
    return Served(served_index(stretches, opened, progress), opened, JudgeModel(judge), Router(router))


def served_index(stretches: Stretches, encoder: Encoder, progress: Progress) -> PassageIndex:
    passages = stretches.passages
    return index_of(passages, encoder, encoded(texts_of(passages), encoder.passage, "passages", progress))


def encoded(texts: Iterable[str], encode: Callable[[str], Encoding], what: str, progress: Progress) -> list[Encoding]:
    listed = list(texts)
    found = []
    for done, text in enumerate(listed, start=1):
        found.append(encode(text))
        if done % 100 == 0 or done == len(listed):
            progress(what, done, len(listed))
    return found
