"""The staff's page at `/staff`: documents that wait, what was asked. It stands in the bot's own process."""
