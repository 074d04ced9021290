"""The plans rendered in other formats and read back: is anything lost on the way?"""
