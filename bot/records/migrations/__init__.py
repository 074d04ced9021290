"""How the database came to be as it is: one file a step, run by `bot.records.migrate` when a database is opened."""
