"""How the bot's understanding is made and measured: labelled questions in; encoder, judge and router out."""
