"""Every error this project raises on purpose, in one tree.

MetrologyError
├── IngestError
│   ├── UnreadableDocument(path, reason)
│   │   ├── TooLarge(path, reason)
│   │   ├── ReaderMissing(path, reason)
│   │   └── ReaderFailed(path, reason)
│   ├── NoOutline(path)
│   └── BadCatalogue(path, reason)
├── StoreError
│   ├── IndexMissing(path, command)
│   │   └── IndexDamaged(path, reason)
│   ├── IndexMismatch(what, built_with, asked_with, command)
│   └── UnknownEntry(kind, value, known)
├── ModelError
│   ├── ModelUnavailable(url, reason)
│   └── ModelTimeout(url, seconds)
├── EvalError
│   ├── NoCases(path)
│   ├── BadCase(path, line, reason)
│   └── DuplicateCase(case_id)
└── BadSetting(name, value, expected)

A message names the thing, its value and the next step, so that it can be shown as it is.
"""

from collections.abc import Iterable
from pathlib import Path


class MetrologyError(Exception):
    """Root of all errors a caller may want to catch."""


class IngestError(MetrologyError):
    """A document could not become a plan."""


class UnreadableDocument(IngestError):
    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"Cannot read document '{path}': {reason}")


class TooLarge(UnreadableDocument):
    """A bound was met: of bytes, pages, parts or what comes out."""


class ReaderMissing(UnreadableDocument):
    """The program or package that could read it is not installed; the reason says how to get it."""


class ReaderFailed(UnreadableDocument):
    """The process that read it ran out of time or memory, or died."""


class NoOutline(IngestError):
    def __init__(self, path: Path | str) -> None:
        self.path = path
        super().__init__(
            f"Document '{path}' has nothing to cite: no heading such as 一、 or 第一条 and no paragraph "
            "was found below its title. Give the whole document."
        )


class BadCatalogue(IngestError):
    def __init__(self, path: Path | str, reason: str) -> None:
        self.path, self.reason = path, reason
        super().__init__(f"Catalogue '{path}' is not usable: {reason}")


class StoreError(MetrologyError):
    """The index cannot serve."""


class IndexMissing(StoreError):
    def __init__(self, path: Path | str, command: str = "metrology build") -> None:
        self.path, self.command = path, command
        super().__init__(f"No index at '{path}'. Run `{command}` to build one.")


class IndexDamaged(IndexMissing):
    """What is there cannot be used, so that it is as if there were none."""

    def __init__(self, path: Path | str, reason: str, command: str = "metrology build") -> None:
        super().__init__(path, command)
        self.reason = reason
        self.args = (f"The index at '{path}' cannot be used: {reason}. Run `{command}` to build it anew.",)


class IndexMismatch(StoreError):
    def __init__(self, what: str, built_with: str, asked_with: str, command: str = "metrology build") -> None:
        self.what, self.built_with, self.asked_with, self.command = what, built_with, asked_with, command
        super().__init__(
            f"The index was built with {what} '{built_with}' but '{asked_with}' is asked for. "
            f"Run `{command}` to rebuild it."
        )


class UnknownEntry(StoreError):
    def __init__(self, kind: str, value: str, known: Iterable[str] = ()) -> None:
        self.kind, self.value, self.known = kind, value, tuple(known)
        hint = f" Known: {', '.join(self.known)}." if self.known else ""
        super().__init__(f"No {kind} '{value}'.{hint}")


class ModelError(MetrologyError):
    """A language or embedding model did not do its part."""


class ModelUnavailable(ModelError):
    def __init__(self, url: str, reason: str = "no answer") -> None:
        self.url, self.reason = url, reason
        super().__init__(f"Model at '{url}' is unavailable: {reason}. Check the address, the key and the model name.")


class ModelTimeout(ModelError):
    def __init__(self, url: str, seconds: float) -> None:
        self.url, self.seconds = url, seconds
        super().__init__(f"Model at '{url}' gave no answer within {seconds:g} s. Raise the limit or try again.")


class EvalError(MetrologyError):
    """An evaluation cannot be run or believed."""


class NoCases(EvalError):
    def __init__(self, path: Path | str) -> None:
        self.path = path
        super().__init__(f"No cases in '{path}': an evaluation without cases proves nothing. Check the path.")


class BadCase(EvalError):
    def __init__(self, path: Path | str, line: int, reason: str) -> None:
        self.path, self.line, self.reason = path, line, reason
        super().__init__(f"Case at {path}:{line} is not usable: {reason}")


class DuplicateCase(EvalError):
    def __init__(self, case_id: str) -> None:
        self.case_id = case_id
        super().__init__(f"Two cases share the id '{case_id}'. Rename one.")


class BadSetting(MetrologyError):
    def __init__(self, name: str, value: object, expected: str) -> None:
        self.name, self.value, self.expected = name, value, expected
        super().__init__(f"Setting '{name}' has value '{value}'. Expected {expected}.")
