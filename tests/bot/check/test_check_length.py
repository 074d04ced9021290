"""What is longer than a sentence is not checked for hours: it is not verified, whatever its length before folding."""

import time

import pytest

from bot.check.draft import FaultKind, Sentence
from bot.check.sentence import LONGEST, check_sentence
from tests.bot.check.check_builders import USE, FixedReader, excerpt, kinds


def found(text: str) -> set[FaultKind]:
    return set(kinds(check_sentence(Sentence(text, (1,)), [excerpt(USE)], reader=FixedReader())))


@pytest.mark.parametrize("unit", ["1,", "1年", "至少1", "厦门", "比", "计", "\ufdfa"])
def test_more_than_a_sentence_is_not_verified(unit: str) -> None:
    began = time.thread_time()
    assert found(unit * 20_000) == {FaultKind.LENGTH}
    assert time.thread_time() - began < 5, "343 s, when only what was typed was limited"


@pytest.mark.parametrize("unit", ["1,", "1年", "至少1", "厦门", "从1到", "1家"])
def test_the_longest_that_is_checked_takes_no_time(unit: str) -> None:
    began = time.thread_time()
    assert FaultKind.LENGTH not in found((unit * LONGEST)[: LONGEST - 1])
    assert time.thread_time() - began < 5


def test_length_counts_once_folded() -> None:
    assert found("\ufdfa" * 100) == {FaultKind.LENGTH}
    assert FaultKind.LENGTH not in found("计 " * (LONGEST - 1))
