"""Makes `fakes` importable for every test of the bot."""

import pytest
from fakes import FakeBot


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()
