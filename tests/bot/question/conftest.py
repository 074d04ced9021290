"""A reader of the shipped plans whose router says what the test tells it to."""

import pytest

from bot.question.read import Reader
from tests.bot.scripted import Script, ScriptedEncoder, ScriptedRouter, the_corpus, the_gazetteer


@pytest.fixture(scope="session")
def script() -> Script:
    """Without cues: every question is a plain one."""
    return Script()


@pytest.fixture(scope="session")
def reader(script: Script) -> Reader:
    return Reader(the_corpus(), ScriptedEncoder(), ScriptedRouter(script), the_gazetteer())
