"""What every test of the bot may ask for."""

import pytest

from tests.bot.fakes import FakeBot


@pytest.fixture
def bot() -> FakeBot:
    return FakeBot()
