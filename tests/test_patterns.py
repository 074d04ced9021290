"""No pattern that meets foreign text takes more than its share of time, whatever is written: each is fed what it
begins to match and never ends, over and over."""

import ast
import importlib
import pkgutil
import re
import time
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from bot.check.sentence import LONGEST as LONGEST_SENTENCE
from tests.pattern_samples import sampled

FOLDERS = (
    "bot.question", "bot.judge", "bot.answer", "bot.check", "bot.check.read", "bot.check.exact",
    "bot.records", "bot.export", "bot.api", "ingest",
    "ingest.formats",
)  # fmt: skip
LONGEST = dict.fromkeys(
    ("bot.check", "bot.check.read", "bot.check.exact"), LONGEST_SENTENCE
)  # code points that reach a folder's patterns; of the others:
ANY = 20_000
ENOUGH = 0.020  # seconds for the longest text; less harms nobody
SHORT = 6_000  # long enough to tell a quadratic pattern on most machines
LONG = 4 * SHORT  # and on one so quick that the short text harms nobody
RATIO = 10  # for four times the text; a quadratic pattern takes sixteen times as long
ANCHORED = {"match", "fullmatch"}
MATCHED = {"ingest.marks.PATTERNS"}  # one after the other, at the beginning of a line
END = "\ue000"  # ends no text that a pattern would take
COMMON = ("计", "1", "a", "，", "（", " ", "\n", "1,", "1年")
Found = dict[str, tuple[re.Pattern[str], bool]]


@cache
def modules() -> dict[str, Any]:
    found = {}
    for folder in FOLDERS:
        package = importlib.import_module(folder)
        for each in pkgutil.iter_modules(package.__path__, f"{folder}."):
            found[each.name] = importlib.import_module(each.name)
    return found


def patterns_in(value: object) -> Iterator[re.Pattern[str]]:
    """Of a name's value, and of what it holds."""
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        for pair in value.items():
            yield from patterns_in(pair)
    elif isinstance(value, tuple | list | set | frozenset):
        for each in value:
            yield from patterns_in(each)


@cache
def searched_names() -> frozenset[str]:
    """Names that are used in another way than by `.match` or `.fullmatch`, which begin at one place alone."""
    found: set[str] = set()
    for module in modules().values():
        tree = ast.parse(Path(module.__file__).read_text(encoding="utf-8"))
        held = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Attribute) and node.attr in ANCHORED and isinstance(node.value, ast.Name)
        }
        names = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
        found |= {node.id for node in names if id(node) not in held}
    return frozenset(found)


@cache
def patterns() -> Found:
    """By the place they are written at; and whether they may begin anywhere."""
    found: Found = {}
    for name, module in modules().items():
        for own, value in vars(module).items():
            for number, pattern in enumerate(patterns_in(value)):
                if not any(pattern is other for other, _ in found.values()):
                    searched = own in searched_names() and f"{name}.{own}" not in MATCHED
                    found[f"{name}.{own}#{number}"] = pattern, searched
    return found


def units(pattern: re.Pattern[str]) -> set[str]:
    """Texts to repeat: common ones, matches, and matches cut off."""
    found = set(COMMON)
    for seed in range(3):
        whole = sampled(pattern.pattern, pattern.flags, seed)[:60]
        found |= {whole, whole[: len(whole) // 2], whole[:-1], whole[:1]}
    return found - {""}


def seconds(work: Callable[[str], object], text: str) -> float:
    """Of this thread alone, so that a busy neighbour does not count."""
    began = time.thread_time()
    work(text)
    return time.thread_time() - began


def work_of(pattern: re.Pattern[str], searched: bool) -> Callable[[str], object]:
    if not searched:
        return lambda text: (pattern.match(text), pattern.fullmatch(text))
    return lambda text: sum(1 for _ in pattern.finditer(text))


def grows_too_fast(work: Callable[[str], object], unit: str, longest: int) -> bool:
    short, long = ((unit * (length // len(unit) + 1))[:length] + END for length in (longest // 4, longest))
    for _ in range(3):  # one fair measurement is enough
        taken = seconds(work, long)
        if taken < ENOUGH or taken < RATIO * seconds(work, short):
            return False
    return True


def too_fast(folder: str) -> list[str]:
    longest = LONGEST.get(folder, ANY)
    found = []
    for name, (pattern, searched) in patterns().items():
        if name.startswith(f"{folder}."):
            work = work_of(pattern, searched)
            found += [f"{name}: {unit!r}" for unit in sorted(units(pattern)) if grows_too_fast(work, unit, longest)][:1]
    return found


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_pattern_is_linear(folder: str) -> None:
    assert too_fast(folder) == []


def test_all_patterns_are_found() -> None:
    assert len(patterns()) >= 240
    assert {"bot.question.address.BOX#0", "bot.check.exact.sums.SUM#0", "ingest.clean.PINYIN#0"} <= set(patterns())
    assert any(not searched for _, searched in patterns().values())


@pytest.mark.parametrize(
    "pattern", [r"\d+x", r"(?:a|b)*c", r"[计量]+法", r"(\w+\s)*$", r"“[^”]*”", r"\s+$"], ids=lambda pattern: pattern
)
def test_the_measure_finds_what_is_quadratic(pattern: str) -> None:
    one = re.compile(pattern)
    assert any(grows_too_fast(work_of(one, True), unit, size) for size in (SHORT, LONG) for unit in units(one))


@pytest.mark.parametrize("pattern", [r"\d{1,3}x", r"(?<!\d)\d++x", "计|量", r"“[^“”]{0,40}”"])
def test_the_measure_finds_no_fault_where_there_is_none(pattern: str) -> None:
    one = re.compile(pattern)
    assert not any(grows_too_fast(work_of(one, True), unit, ANY) for unit in units(one))
