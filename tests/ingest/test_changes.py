"""Two versions of a document, compared by content."""

import pytest

from ingest.catalogue import Entry
from ingest.changes import Moved, Reworded, compare
from ingest.load import understand
from ingest.model import Plan

TEXT = (
    "甲市计量工作方案\n甲政〔2024〕1号\n一、总体要求\n加强计量监督管理。\n二、主要任务\n（一）检定。检定电子秤。\n（二）培训。培训人员。\n"
    "到2025年，建成实验室10个。\n"
)


def plan(text: str = TEXT) -> Plan:
    return understand(text, Entry("p", "p.txt", "甲", "甲", "municipal"), "p.txt")


def test_the_same_text_is_no_change() -> None:
    changes = compare(plan(), plan())
    assert changes.is_none
    assert changes.same == len(plan().clauses)


def test_a_reworded_clause_keeps_its_address() -> None:
    changes = compare(plan(), plan(TEXT.replace("检定电子秤", "每年检定电子秤")))
    assert [one.clause_id for one in changes.reworded] == ["p:二(一)"]
    assert isinstance(changes.reworded[0], Reworded)
    assert "每年检定电子秤" in changes.reworded[0].after
    assert "每年" not in changes.reworded[0].before
    assert (changes.added, changes.removed, changes.moved) == ((), (), ())


def test_a_clause_at_the_end_is_added_or_removed() -> None:
    longer = plan(TEXT + "（三）宣传。宣传计量。\n")
    assert compare(plan(), longer).added == ("p:二(三)",)
    assert compare(longer, plan()).removed == ("p:二(三)",)


def test_a_text_under_another_address_moved() -> None:
    moved = plan(TEXT.replace("（二）培训", "（五）培训"))
    assert compare(plan(), moved).moved == (Moved("p:二(二)", "p:二(五)"),)


@pytest.mark.parametrize(("before", "after"), [("1号", "2号"), ("10个", "12个")])
def test_what_it_says_of_itself_and_its_numbers_are_told(before: str, after: str) -> None:
    changes = compare(plan(), plan(TEXT.replace(before, after)))
    assert not changes.is_none
    if before == "1号":
        assert [(one.name, one.before, one.after) for one in changes.metadata] == [
            ("number", "甲政〔2024〕1号", "甲政〔2024〕2号")
        ]
    else:
        assert [one.target for one in changes.indicators_added] == ["12"]
        assert [one.target for one in changes.indicators_removed] == ["10"]
