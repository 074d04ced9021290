"""The bot over HTTP: questions, plans, clauses, receipts."""

from bot.api.app import create_app

__all__ = ["create_app"]
