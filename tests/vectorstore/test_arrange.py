"""What stays, what is joined, what is written: work grows with what is added."""

import math
import random

import pytest

from tests.vectorstore.passage_builders import passage
from vectorstore.arrange import Arrangement, Wanted, arranged
from vectorstore.segment import Contents, Held

LARGEST = 1_000


def wanted(plan_id: str, count: int = 1, version: int = 1) -> Wanted:
    passages = [passage(f"{plan_id}:{number}", "计量。") for number in range(count)]
    return Wanted(plan_id, f"{plan_id}@{version}x{count}", lambda: passages)


def segment(name: str, *plans: Wanted) -> Contents:
    held, start = {}, 0
    for one in plans:
        held[one.plan_id] = Held(one.hashed, start, len(one.passages()))
        start += len(one.passages())
    return Contents(name, "hash:16", "", "passages", held)


def kept(found: Arrangement) -> list[str]:
    return [one.name for one in found.kept]


def written(found: Arrangement) -> list[list[str]]:
    return [[piece.wanted.plan_id for piece in group] for group in found.groups]


A, B, C = wanted("a", 10), wanted("b", 10), wanted("c", 3)


def test_what_is_added_is_all_that_is_written() -> None:
    found = arranged([A, B, C], [segment("s1", A, B)])
    assert (kept(found), written(found), found.fresh) == (["s1"], [["c"]], 3)


def test_nothing_is_written_when_all_is_there() -> None:
    found = arranged([B, A], [segment("s1", A, B)])
    assert (kept(found), written(found)) == (["s1"], [])


def test_what_is_removed_leaves_its_segment_and_the_others_keep_what_was_read() -> None:
    """Nothing of it may stay on the disk."""
    found = arranged([A, C], [segment("s1", A, B), segment("s2", C)])
    assert (kept(found), written(found), found.fresh) == ([], [["a", "c"]], 0), "a small one is joined on the way"
    (pieces,) = found.groups
    assert [piece.source.contents.name for piece in pieces if piece.source] == ["s1", "s2"]


def test_what_is_replaced_is_read() -> None:
    found = arranged([wanted("a", 11, 2), B], [segment("s1", A, B)])
    assert written(found) == [["a", "b"]]
    assert [piece.source is None for piece in found.groups[0]] == [True, False]


def test_two_segments_with_the_same_plan_are_not_both_kept() -> None:
    """As a killed writer may leave one."""
    large = wanted("a", 30)
    found = arranged([large, B], [segment("live", large), segment("left", large, B)])
    assert (kept(found), written(found), found.fresh) == (["live"], [["b"]], 0)


def test_segments_stay_below_the_largest_unless_a_plan_is_larger() -> None:
    found = arranged([wanted("big", 1_500), wanted("x", 600), wanted("y", 600)], [], LARGEST)
    assert written(found) == [["big"], ["x"], ["y"]]


def test_a_plan_that_says_nothing_is_in_no_segment() -> None:
    assert written(arranged([A, wanted("none", 0)], [])) == [["a"]]


@pytest.mark.parametrize("seed", range(3))
def test_over_many_additions_little_is_written_again(seed: int) -> None:
    """Each passage as often as an index doubles, at most; and few segments are left to be searched."""
    dice = random.Random(seed)
    held, segments, rewritten = list[Wanted](), list[Contents](), 0
    for number in range(300):
        held.append(wanted(f"p{number}", dice.randint(1, 20)))
        found = arranged(held, segments, LARGEST)
        fresh = [
            segment(f"s{number}-{at}", *(piece.wanted for piece in group)) for at, group in enumerate(found.groups)
        ]
        rewritten += sum(one.size for one in fresh)
        segments = [*found.kept, *fresh]
        assert sorted(one.plan_id for one in held) == sorted(plan for one in segments for plan in one.plans)
    total = sum(one.size for one in segments)
    assert rewritten <= total * (math.log2(LARGEST) + 1)
    assert len(segments) <= 2 * total / LARGEST + math.log2(LARGEST) + 1


def test_a_large_index_is_not_touched_by_a_small_document() -> None:
    large = [wanted(f"p{number}", 100) for number in range(50)]
    segments = [segment(f"s{number}", *large[number : number + 10]) for number in range(0, 50, 10)]
    found = arranged([*large, C], segments, LARGEST)
    assert (len(found.kept), written(found)) == (5, [["c"]])
