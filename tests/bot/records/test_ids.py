"""Ids in order."""

import time
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise

import pytest

from bot.records.ids import id_in_order


def test_the_later_is_greater_even_when_the_clock_stands_still(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "time_ns", lambda: 2**60)
    made = [id_in_order() for _ in range(100)]
    assert all(one < other for one, other in pairwise(made))
    assert {len(one) for one in made} == {32}


def test_threads_make_none_twice() -> None:
    with ThreadPoolExecutor(8) as threads:
        made = list(threads.map(lambda _: id_in_order(), range(400)))
    assert len(set(made)) == len(made)
