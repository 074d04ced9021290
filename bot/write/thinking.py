"""Models that think aloud: what stands between <think> and </think> is not part of the reply."""

OPEN, CLOSE = "<think>", "</think>"


class ThoughtFilter:
    """Takes a reply piece by piece and gives back what is meant to be read. A thought only opens a reply."""

    def __init__(self) -> None:
        self.any_text = False  # whether anything but blanks was given back
        self._held = ""  # a possible beginning of a mark
        self._state = "start"

    def feed(self, piece: str) -> str:
        """What of the reply so far may now be read, and was not given back before."""
        if self._state == "text":
            self.any_text = self.any_text or bool(piece.strip())
            return piece
        self._held += piece
        if self._state == "start":
            begun = self._held.lstrip()
            if begun.startswith(OPEN):
                self._state, self._held = "thought", begun[len(OPEN) :]
            elif OPEN.startswith(begun):
                return ""
            else:
                return self._read_on(self._held)
        _, mark, after = self._held.partition(CLOSE)
        if not mark:
            self._held = self._held[-len(CLOSE) :]
            return ""
        return self._read_on(after.lstrip())

    def _read_on(self, text: str) -> str:
        self._state, self._held = "text", ""
        return self.feed(text)
