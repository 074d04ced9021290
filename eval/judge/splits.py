"""What is trained on and what is kept for measuring: six writers and one plan the models never see."""

from collections.abc import Iterable
from enum import StrEnum

from eval.judge.rows import Labelled

HELD_PLAN = "jinhua"
HELD_WRITER = "regions"  # of the invented documents, and of the questions on them


class Split(StrEnum):
    TRAIN = "train"
    CITIZENS = "citizens"  # a writer: how a stranger's wording fares
    ACCOUNTANTS = "accountants"
    FIRMS = "firms"
    NEWCOMERS = "newcomers"
    DETAILS = "details"
    SIDE_BY_SIDE = "side-by-side"
    JINHUA = "jinhua"  # a plan: how a document nobody trained on fares
    DOCUMENTS = "documents"  # invented ones: how what a plan never states fares (`metrology eval documents`)


WRITERS = (Split.CITIZENS, Split.ACCOUNTANTS, Split.FIRMS, Split.NEWCOMERS, Split.DETAILS, Split.SIDE_BY_SIDE)
DEV = (*WRITERS, Split.JINHUA)


def split_of(labelled: Labelled) -> Split:
    """A question on the held plan alone is the plan's, whoever wrote it.

    One on several plans is trained on without the held plan's passages (`examples` leaves them out).
    """
    if labelled.plans == (HELD_PLAN,):
        return Split.JINHUA
    if labelled.writer == HELD_WRITER:
        return Split.DOCUMENTS
    return Split(labelled.writer) if labelled.writer in WRITERS else Split.TRAIN


def rows_of(labelled: Iterable[Labelled], split: Split) -> tuple[Labelled, ...]:
    return tuple(one for one in labelled if split_of(one) is split)


def dev_rows(labelled: Iterable[Labelled], split: Split) -> tuple[Labelled, ...]:
    """Those that ask one plan, or name none: several plans are judged one by one, and a verdict is a plan's."""
    return tuple(one for one in rows_of(labelled, split) if len(one.row.plans) <= 1)
