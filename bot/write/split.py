"""A model's stream, cut anywhere → its sentences with their handles, the same ones however the stream was cut."""

from bot.check.draft import Sentence
from bot.write.marks import AFTER, AFTER_BEGUN, WORDING, legible, read_sentence

LONGEST = 400  # characters of a sentence; a stream without an end is cut here
OPEN_LONGEST = 160  # a quotation that goes on longer was never closed
OPENING, CLOSING = "“‘「『《〈（(", "”’」』》〉）)"
HANDLE_SPAN = 24  # characters within which a mark must close
STOPS = "。！？!?…"


class SentenceSplitter:
    """Feed it pieces as they come; a sentence is given out once what follows shows that its handles are all there."""

    def __init__(self) -> None:
        self._pending = ""

    def feed(self, chunk: str) -> list[Sentence]:
        self._pending += legible(chunk)
        return self._take(final=False)

    def finish(self) -> list[Sentence]:
        """What is left. The splitter may be fed again afterwards."""
        return self._take(final=True)

    def _take(self, final: bool) -> list[Sentence]:
        found = []
        while self._pending:
            end = _end(self._pending, final)
            if end is None:
                break
            sentence = read_sentence(self._pending[:end])
            self._pending = self._pending[end:]
            if sentence:
                found.append(sentence)
        return found


def _end(text: str, final: bool) -> int | None:
    """Where the first sentence of `text` ends, its handles included. None while more may belong to it."""
    opened_at, depth, straight = 0, 0, False
    for index, char in enumerate(text):
        if index >= LONGEST:
            return LONGEST
        if char in OPENING or char in CLOSING or char == '"':
            straight = straight != (char == '"')
            opened_at = index if char in OPENING or char == '"' else opened_at
            depth = max(0, depth + (char in OPENING) - (char in CLOSING))
            continue
        within = (depth > 0 or straight) and index - opened_at < OPEN_LONGEST
        stops = _stops(text, index, final, within)
        if stops is None:
            return None
        if stops:
            return _after_handles(text, index + 1, final)
    return len(text) if final else None


def _stops(text: str, index: int, final: bool, within: bool) -> bool | None:
    """Whether a sentence stops at this character; None while the next one must be awaited."""
    char = text[index]
    if char == "\n":
        return bool(WORDING.search(text, 0, index))
    if within:
        return False
    if char != ".":
        return char in STOPS
    said = text[:index]
    if not said or not (_is_ideograph(said[-1]) or said[-1] in CLOSING + "%]】〕" or said[-1].isdigit()):
        return False
    if said[-1].isdigit() and not any(_is_ideograph(one) for one in said):
        return False  # 1. of a list
    if index + 1 == len(text):
        return True if final else None
    return text[index + 1].isspace() or text[index + 1] in "[【〔［"


def _after_handles(text: str, index: int, final: bool) -> int | None:
    """Past closing marks, blanks, further stops and handles. None while a handle may still come."""
    end = index
    while index < len(text):
        char = text[index]
        if char in CLOSING or char in STOPS or (char == '"' and text.count('"', 0, index) % 2):
            index = end = index + 1
        elif char.isspace() and index - end < LONGEST:
            index += 1
        elif match := AFTER.match(text, index):
            if match.end() == len(text) and not final:
                return None  # 〔21〕 may go on as 号
            if "\n" in text[end:index] and text[match.end() :].partition("\n")[0].strip():
                return end  # the next line is another sentence, or a source
            index = end = match.end()
        else:
            begun = AFTER_BEGUN.fullmatch(text, index)
            waits = begun and len(text) - index < HANDLE_SPAN and not final
            return None if waits else end
    return end if final else None


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
