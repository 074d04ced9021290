"""Guided conversations: pages made of questions that are put to the bot, and of what it answers. They know no plan."""
