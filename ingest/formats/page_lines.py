"""Lines of a web page as they are put together, with blanks as a browser shows them."""

import re

SPACES = re.compile(r"[ \t\n\r\f]+")


class PageLines:
    def __init__(self) -> None:
        self._lines: list[str] = []
        self._open: list[str] = []

    def add(self, text: str, literal: bool) -> None:
        """Text of the line at hand. Unless it is literal, white space is one blank."""
        if literal:
            first, *others = text.split("\n")
            self._open.append(first)
            for other in others:
                self.end()
                self._open.append(other)
        else:
            self._open.append(SPACES.sub(" ", text))

    def end(self) -> None:
        """A break: the line ends, however empty it is."""
        self._lines.append("".join(self._open).strip(" "))
        self._open = []

    def close(self, blank_shows: bool = False) -> None:
        """A block begins or ends. One with nothing but a hard blank shows as an empty line where `blank_shows`."""
        text = "".join(self._open).strip(" ")
        if text.strip() or (text and blank_shows):
            self._lines.append(text)
        self._open = []

    def whole(self, line: str) -> None:
        self.close()
        self._lines.append(line)

    def blank(self) -> None:
        self.close()
        self._lines.append("")

    def text(self) -> str:
        self.close()
        return "\n".join(self._lines) + "\n"
