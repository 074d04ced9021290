"""A service over a fake bot, as a process of its own runs it: `uvicorn --factory tests.bot.api.quota_service:app`."""

import os

from fastapi import FastAPI

from bot.api import create_app
from bot.api.callers import Callers
from bot.records.keyring import Keyring
from bot.records.keys import SqlKeys
from bot.records.quotas import Quotas
from bot.records.secret import Secret
from bot.records.shared import open_shared
from bot.records.store import SqlRecords
from tests.bot.fakes import FakeBot

SECRET = Secret(b"s" * 32)


def app() -> FastAPI:
    """Over the database of DATABASE_URL and, where it is set, REDIS_URL; of several callers' `SECRET`."""
    records, redis = SqlRecords.at(os.environ["DATABASE_URL"]), os.environ.get("REDIS_URL", "")
    callers = Callers(Keyring(SqlKeys(records.database).all), Quotas(redis), open_shared(redis), SECRET)
    return create_app(FakeBot(), records=records, callers=callers)
