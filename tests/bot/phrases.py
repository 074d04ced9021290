"""What the bot may say without a citation: fixed phrases with nothing but names, fields and addresses filled in."""

import re
from functools import cache

from bot import wording
from bot.answer.quote import place_name
from bot.local import LocalBot
from bot.question.address import find_address

SLOT = re.compile(r"\\\{(\w+)\\\}")


class Phrases:
    """Knows the fixed phrases of one bot, its places included."""

    def __init__(self, bot: LocalBot) -> None:
        corpus = bot.corpus
        self._places = {place_name(plan) for plan in corpus.plans} | set(bot.reader.gazetteer._names)
        self._plain = {text for name, text in vars(wording).items() if name.isupper() and isinstance(text, str)}
        self._checks = {
            "name": lambda value: value in self._places,
            "names": lambda value: set(value.split("、")) <= self._places,
            "field": lambda value: value in wording.FIELD_NAMES.values(),
            "wording": lambda value: find_address(value) is not None,
        }

    def holds(self, text: str) -> bool:
        """Whether `text` is one of the phrases, filled in with what may be filled in."""
        return any(self._fits(template, text) for template in self._plain)

    def _fits(self, template: str, text: str) -> bool:
        slots, pattern = compiled(template)
        match = pattern.fullmatch(text)
        return match is not None and all(
            slot in self._checks and self._checks[slot](value)
            for slot, value in zip(slots, match.groups(), strict=True)
        )


@cache
def compiled(template: str) -> tuple[list[str], re.Pattern[str]]:
    escaped = re.escape(template)
    return SLOT.findall(escaped), re.compile(SLOT.sub("(.+)", escaped))
