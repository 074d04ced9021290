"""Every numbered unit of the five plans is a clause: none twice, none missing, against a human reader's list."""

from collections import defaultdict

import pytest

from ingest.model import Kind, Plan
from ingest.traced import position
from tests.ingest.ownership import repeated_paths
from tests.ingest.reader import PLAN_IDS, Leaf, clause, leaves

# Clauses that are no leaf of the reader's: headings with nothing of their own, box titles, and 落款.
NOT_LEAVES = {
    "state-council": {"二", "三", "四", "五", "六", "七"},
    "xiamen": {"三", "三(一)", "三(二)", "三(三)", "三(四)", "四", *(f"专栏{n}" for n in range(1, 10))},
    "quanzhou": {"三", "三(一)", "三(二)", "三(三)", "三(四)", "四", "专栏1", "专栏2", "专栏7", "专栏8", "落款"},
    "qingdao": {"一", "二", "三", "四", "五", "落款"},
    "jinhua": {"二", "三"},
}
CLAUSES = {"state-council": 46, "xiamen": 76, "quanzhou": 60, "qingdao": 35, "jinhua": 17}


def by_path(plan_id: str) -> dict[str, list[Leaf]]:
    found: dict[str, list[Leaf]] = defaultdict(list)
    for leaf in leaves():
        if leaf.plan_id == plan_id:
            found[leaf.path].append(leaf)
    return found


def test_the_reader_found_206_leaves() -> None:
    assert len(leaves()) == 206


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_every_leaf_is_a_clause_and_every_other_clause_is_explained(plans: dict[str, Plan], plan_id: str) -> None:
    expected = set(by_path(plan_id)) | NOT_LEAVES[plan_id]
    assert {one.path for one in plans[plan_id].clauses} == expected


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_no_clause_occurs_twice(plans: dict[str, Plan], plan_id: str) -> None:
    assert repeated_paths(plans[plan_id]) == []
    assert len(plans[plan_id].clauses) == CLAUSES[plan_id]


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_clauses_that_are_no_leaves_say_nothing_of_their_own(plans: dict[str, Plan], plan_id: str) -> None:
    for path in NOT_LEAVES[plan_id] - {"落款"}:
        one = clause(plans[plan_id], path)
        assert one.text == one.heading, "a heading or box title, nothing more"
        assert one.kind in (Kind.HEADING, Kind.BOX)
        assert not one.searchable


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_every_leaf_is_searchable(plans: dict[str, Plan], plan_id: str) -> None:
    for path in by_path(plan_id):
        assert clause(plans[plan_id], path).searchable


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_a_clause_holds_each_of_its_leaves(plans: dict[str, Plan], plan_id: str) -> None:
    """A leaf starts where a paragraph starts: unnumbered paragraphs of one unit are one clause."""
    for path, parts in by_path(plan_id).items():
        one = clause(plans[plan_id], path)
        for leaf in parts:
            if leaf.kind == "row" or not leaf.starts:  # the reader wrote "name（unit） base→target" for rows
                continue
            beginnings = [line[: len(leaf.starts)] for line in one.text.split("\n")]
            assert leaf.starts in beginnings or one.heading.startswith(leaf.starts)


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_a_clause_has_as_many_characters_as_the_reader_counted(plans: dict[str, Plan], plan_id: str) -> None:
    """The reader counted numbers such as （一） too, and bullets; rows were counted without column headings."""
    for path, parts in by_path(plan_id).items():
        one = clause(plans[plan_id], path)
        if one.kind in (Kind.ROW, Kind.FRONT):
            continue
        counted = sum(leaf.chars for leaf in parts)
        text = len(one.text.replace("\n", ""))
        assert counted - text == numbering_length(plan_id, path, one.kind), path


def numbering_length(plan_id: str, path: str, kind: Kind) -> int:
    if kind is Kind.SECTION and path != "二(二)":
        return len(path[path.index("(") :])
    if kind is Kind.SECTION:  # the State Council's 二(二) is a heading on a line of its own; Qingdao's is not
        return 3 if plan_id != "state-council" else 0
    if kind is Kind.ITEM:
        return len(path.lstrip("一二三四五六七()")) + 1
    if kind is Kind.BOX_ITEM:
        bullet = 2 if path.startswith(("专栏7", "专栏8")) and plan_id == "quanzhou" else 0
        return bullet + len(path.split("/")[1]) + 1
    return 0


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_a_clause_stands_on_the_lines_the_reader_saw(plans: dict[str, Plan], plan_id: str) -> None:
    plan = plans[plan_id]
    for path, parts in by_path(plan_id).items():
        if path == "题头":  # the reader listed its preamble alone
            continue
        one = clause(plan, path)
        lines = [line for leaf in parts for line in leaf.lines]
        first, last = position(plan.source, one.origins[0]).line, position(plan.source, one.origins[-1]).line
        assert (first, last) == (min(lines), max(lines)), path


def test_order_is_that_of_the_document(plans: dict[str, Plan]) -> None:
    for plan in plans.values():
        starts = [one.origins[0] for one in plan.clauses]
        assert starts == sorted(starts)
