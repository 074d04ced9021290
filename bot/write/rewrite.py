"""Follow-ups made whole by the model, and kept only where the deterministic reading of the session bears them out."""

import re
from collections.abc import Sequence
from contextlib import closing

from bot.model import Intent, Question
from bot.question.fold import fold
from bot.question.followup import POINTS_BACK
from bot.question.read import Reader, narrowed
from bot.write.chat import ChatModel, Stop
from bot.write.prompt import Exchange, rewriting_messages
from ingest.errors import ModelError
from vectorstore.tokenize import STOP_WORDS, words

LONGEST = 200  # characters of a question made whole
READ_MAX = 2 * LONGEST  # of a reply; a model that goes on is not rewriting
EXACT = (Intent.OUTLINE, Intent.METADATA, Intent.SMALL_TALK, Intent.OFF_TOPIC)  # nothing to be made whole
NUMBER = re.compile(r"\d+(?:\.\d+)?")
NUMERAL = re.compile(r"[〇零一二三四五六七八九十百千万亿两]{2,}")


class Rewriter:
    """Asks a model what a follow-up means. What it may use is what this session said."""

    def __init__(self, model: ChatModel, reader: Reader) -> None:
        self.model, self.reader = model, reader

    def wanted(self, resumed: Question) -> bool:
        """Whether `resumed`, the deterministic reading of a turn, took something over or points back."""
        if resumed.address or resumed.intent in EXACT:
            return False
        return bool(resumed.inherited or POINTS_BACK.search(resumed.folded))

    def rewrite(
        self, resumed: Question, conversation: Sequence[Exchange], timeout: float, stop: Stop | None = None
    ) -> str | None:
        """What the model says the follow-up means; None when it says nothing. Ask `holds` before using it."""
        if not self.model.ready():
            return None
        reply = ""
        try:
            with closing(self.model.stream(rewriting_messages(resumed.text, conversation), timeout)) as pieces:
                (stop or Stop()).watch(pieces)
                for piece in pieces:
                    reply += piece
                    if len(reply) > READ_MAX:
                        break
        except ModelError:
            return None
        return reply.strip() or None

    def holds(
        self, candidate: str, resumed: Question, conversation: Sequence[Exchange], plans: tuple[str, ...] = ()
    ) -> bool:
        """Whether `candidate` adds no place, number or term to the session's own and drops none of the follow-up's.

        `plans` are those the caller narrowed the question to.
        """
        if not 0 < len(candidate) <= LONGEST or "\n" in candidate:
            return False
        said = fold("\n".join([*(f"{one.question}\n{one.answer}" for one in conversation), resumed.text]))
        read, own = self.reader.read(candidate), self.reader.read(resumed.text)
        if plans:
            read = narrowed(read, plans)
        if read.injected or read.plans != resumed.plans or read.foreign != own.foreign or read.address:
            return False
        if not set(own.years) <= set(read.years):
            return False
        return (
            _numbers(read.folded) <= _numbers(said)
            and self._terms(read) <= self._terms_in(said, read)
            and self._terms(own) <= self._terms_in(read.folded, own)
        )

    def _terms(self, question: Question) -> set[str]:
        return {word for word in words(question.bare) if len(word) > 1 and word not in STOP_WORDS}

    def _terms_in(self, text: str, question: Question) -> set[str]:
        return {word for word in self._terms(question) if word in text}


def _numbers(folded: str) -> set[str]:
    return set(NUMBER.findall(folded)) | set(NUMERAL.findall(folded))
