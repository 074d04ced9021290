"""How the bot answers from documents it was never trained on."""
