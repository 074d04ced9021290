"""Public forms of answers as they are given: what two are answered alike is worded once."""

from bot.api import schema
from bot.api.present import Presenter
from bot.lately import Lately
from bot.model import Mode
from bot.service import Asked

REMEMBERED = 512  # answers


class Presented:
    """Safe to share between threads."""

    def __init__(self, presenter: Presenter) -> None:
        self._presenter = presenter
        self._worded: Lately[schema.Answer] = Lately(REMEMBERED)

    def answer(self, asked: Asked, corpus_version: str, max_bytes: int | None, receipt_kept: bool) -> schema.Answer:
        """As `Presenter.answer`."""

        def worded() -> schema.Answer:
            return self._presenter.answer(asked, corpus_version, max_bytes)

        once = asked.answer.mode is not Mode.EXTRACTIVE  # a model says it to one alone
        public = worded() if once else self._worded.of(asked.answer, worded, corpus_version, max_bytes)
        own = {"answer_id": asked.answer_id, "took_ms": round(asked.took_ms, 1), "receipt_kept": receipt_kept}
        return public.model_copy(update=own)
