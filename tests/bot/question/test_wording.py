"""What a corpus says, counted: of another corpus only what is different is read."""

from typing import ClassVar

import pytest

from bot.question.places import Gazetteer
from bot.question.wording import LEAST, Wording
from ingest.catalogue import Entry
from ingest.corpus import Corpus, text_of
from ingest.load import understand
from ingest.model import Clause, Plan


def plan(name: str, text: str, region: str = "") -> Plan:
    source = f"{name}计量工作方案\n一、总体要求\n{text}\n二、主要任务\n检定计量器具。\n"
    return understand(source, Entry(name, f"{name}.txt", name, region, "municipal", ()), f"{name}.txt")


ONE = plan("one", "加油机、加油机和加油机。", "泉州")
TWO = plan("two", "加油机与电子秤，在鲤城检查。")
THREE = plan("three", "电子秤、电子秤。")


class Recording(Wording):
    """Remembers what it reads."""

    read: ClassVar[list[str]] = []

    def _count(self, clauses: tuple[Clause, ...], sign: int) -> None:
        self.read.append(text_of(clauses))
        super()._count(clauses, sign)


@pytest.fixture
def read() -> list[str]:
    Recording.read.clear()
    return Recording.read


def test_terms_are_words_used_often_enough() -> None:
    assert "加油机" in Wording(Corpus([ONE])).terms
    assert "电子秤" not in Wording(Corpus([TWO])).terms
    assert LEAST == 3


@pytest.mark.parametrize("after", [[ONE, TWO], [TWO, THREE], [THREE], [ONE, TWO, THREE], [plan("one", "换了。")]])
def test_it_says_the_same_whatever_was_counted_before(after: list[Plan]) -> None:
    before = Wording(Corpus([ONE, TWO]))
    anew, carried = Wording(Corpus(after)), Wording(Corpus(after), before)
    assert carried.terms == anew.terms
    for name in ("鲤城", "思明", "公安"):
        assert carried.names_county(name) == anew.names_county(name)
    assert before.terms == Wording(Corpus([ONE, TWO])).terms, "another corpus changes nothing here"


def test_only_what_is_new_or_gone_is_read(read: list[str]) -> None:
    before = Recording(Corpus([ONE, TWO]))
    assert len(read) == 2
    read.clear()
    Recording(Corpus([ONE, TWO, THREE]), before)
    assert len(read) == 1
    assert "电子秤、电子秤" in read[0]
    read.clear()
    Recording(Corpus([TWO]), before)
    assert len(read) == 1
    assert "加油机、加油机" in read[0]


def test_a_county_that_a_text_names_is_asked_for_in_full() -> None:
    """As its short name may be any word of the plans."""
    assert Gazetteer(Corpus([ONE])).find("鲤城的检查")
    assert not Gazetteer(Corpus([ONE, TWO])).find("鲤城的检查")
    assert Gazetteer(Corpus([ONE, TWO])).find("鲤城区的检查")
