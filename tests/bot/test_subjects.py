"""What plans can be compared by."""

from bot.subjects import LEAST, LONGEST, subjects
from ingest.corpus import Corpus


def test_indicators_of_several_plans_come_first(corpus: Corpus) -> None:
    found = subjects(corpus)
    counted = [one for one in found if one.counted]
    assert found[: len(counted)] == tuple(counted)
    assert [len(one.plans) for one in counted] == sorted((len(one.plans) for one in counted), reverse=True)
    standards = next(one for one in counted if one.name == "社会公用计量标准")
    assert set(standards.plans) == {"xiamen", "quanzhou", "qingdao", "jinhua"}  # the nation tells a state, no target


def test_a_subject_is_a_name_that_a_plan_uses(corpus: Corpus) -> None:
    headings = {one.heading: plan.id for plan in corpus.plans for one in plan.clauses}
    for one in subjects(corpus):
        assert LEAST <= len(one.name) <= LONGEST
        assert one.plans
        assert one.plans == corpus.order(one.plans) or one.counted
        if not one.counted:
            assert one.name in headings


def test_headings_that_plans_share_are_one_subject(corpus: Corpus) -> None:
    spoken = [one for one in subjects(corpus) if not one.counted]
    assert len({one.name for one in spoken}) == len(spoken)
    assert any(len(one.plans) > 2 for one in spoken)


def test_they_are_looked_for_once(corpus: Corpus) -> None:
    assert subjects(corpus) is subjects(corpus)
