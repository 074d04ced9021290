"""A follow-up that is small talk by itself is that, whatever was asked before it."""

import pytest

from bot.model import Intent
from bot.question.read import Reader
from bot.question.route import Route
from tests.bot.scripted import BEFORE, ScriptedEncoder, ScriptedRouter, Seen, the_corpus, the_gazetteer
from vectorstore.encoder import Encoding


class Alone(ScriptedRouter):
    """Takes for small talk what is read without what was asked before it, surely if so told."""

    def __init__(self, sure: bool) -> None:
        self.small_talk = 1.0 if sure else 0.9

    def route(self, encoding: Encoding) -> Route:
        assert isinstance(encoding, Seen)
        small_talk = 0.0 if BEFORE in encoding.text else self.small_talk
        return Route({Intent.SMALL_TALK: small_talk, Intent.UNITS: 1 - small_talk}, {})


@pytest.mark.parametrize(
    ("text", "sure", "intent"),
    [
        ("多谢", True, Intent.SMALL_TALK),
        ("多谢", False, Intent.UNITS),
        ("多谢，泉州呢", True, Intent.UNITS),
        ("多谢，宁波呢", True, Intent.UNITS),
    ],
)
def test_thanks_after_an_answer_are_thanks_unless_a_place_is_named(text: str, sure: bool, intent: Intent) -> None:
    routed = Reader(the_corpus(), ScriptedEncoder(), Alone(sure), the_gazetteer())
    assert routed.read(text, ("诚信计量由谁负责",)).intent is intent
