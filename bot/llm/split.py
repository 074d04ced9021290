"""A model's stream, cut anywhere → its sentences with their handles, the same ones however the stream was cut."""

import re

from bot.llm.draft import Sentence

LONGEST = 400  # characters of a sentence; a stream without an end is cut here
OPEN_LONGEST = 160  # a quotation that goes on longer was never closed
HANDLES_MAX = 8  # of one mark such as [1-8]

OPENING, CLOSING = "“‘「『《〈（(", "”’」』》〉）)"
# [1] · [1][2] · [1, 2] · 【1】 · 〔1〕 · [^1] · [1-3] — but not 〔2021〕37号
HANDLE = re.compile(r"[\[【〔［]\s*\^?(\d{1,2}(?:\s*[,，、;；\s~—–-]\s*\d{1,2})*)\s*[\]】〕］](?!\s*\d*号)")
HANDLE_BEGUN = re.compile(r"[\[【〔［][\s\^\d,，、;；~—–-]*")
HANDLE_SPAN = 24  # characters within which a mark must close
STOPS = "。！？!?…"
# list marks, headings and emphasis are layout, not wording
LAYOUT = re.compile(r"^\s*(?:#+\s+|[-*•·]\s+|\d{1,2}(?:[.、)）](?!\d))\s*|[（(]\d{1,2}[)）]\s*)?")
EMPHASIS = re.compile(r"\*\*|__|`")
WORDING = re.compile(r"[\w%]")


class SentenceSplitter:
    """Feed it pieces as they come; a sentence is given out once what follows shows that its handles are all there."""

    def __init__(self) -> None:
        self._pending = ""

    def feed(self, chunk: str) -> list[Sentence]:
        self._pending += chunk
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


def read_sentence(raw: str) -> Sentence | None:
    """`raw` without layout and handles, or None when it says nothing."""
    handles: dict[int, None] = {}
    for match in HANDLE.finditer(raw):
        handles.update(dict.fromkeys(_numbers(match.group(1))))
    text = LAYOUT.sub("", EMPHASIS.sub("", HANDLE.sub("", raw)), count=1)
    text = re.sub(r"\s+", " ", text).strip()
    return Sentence(text, tuple(handles)) if WORDING.search(text) else None


def _numbers(inside: str) -> list[int]:
    """1, 3-5 → 1 3 4 5. A range too wide is only its ends: both must then have been offered."""
    found: list[int] = []
    for part in re.split(r"[,，、;；\s]+(?![~—–-])", re.sub(r"\s*([~—–-])\s*", r"\1", inside)):
        ends = [int(number) for number in re.split(r"[~—–-]", part) if number]
        if len(ends) == 2 and 0 < ends[1] - ends[0] < HANDLES_MAX:
            ends = list(range(ends[0], ends[1] + 1))
        found += ends
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
        elif match := HANDLE.match(text, index):
            if match.end() == len(text) and not final:
                return None  # 〔21〕 may go on as 号
            index = end = match.end()
        else:
            begun = HANDLE_BEGUN.match(text, index)
            waits = begun and begun.end() == len(text) and len(text) - index < HANDLE_SPAN and not final
            return None if waits else end
    return end if final else None


def _is_ideograph(char: str) -> bool:
    return "\u3400" <= char <= "\u9fff"
