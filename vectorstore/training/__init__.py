"""How the shipped embedding model is made: text files in, a model folder out. Needs the extra [models]."""
