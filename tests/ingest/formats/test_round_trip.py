"""The five plans as Word documents, web pages and printed pages give the clauses of their text, to the character."""

import shutil
from os import environ

import pytest

from eval.formats.compare import characters, share_of_characters
from eval.formats.fuzz import fuzz, originals
from eval.formats.render import BROWSERS
from eval.formats.run import Rendered, trip
from eval.formats.typed import as_typed
from ingest.model import Plan
from ingest.read import read_bytes
from tests.ingest.reader import PLAN_IDS


@pytest.fixture(scope="module")
def printer() -> None:
    """Chromium, which prints. Absent: skipped, but a failure where CI=true."""
    if not any(map(shutil.which, BROWSERS)):
        message = f"none of {', '.join(BROWSERS)} is installed; try `apt-get install chromium`"
        pytest.fail(message) if environ.get("CI") == "true" else pytest.skip(message)


@pytest.mark.parametrize("plan_id", PLAN_IDS)
@pytest.mark.parametrize("kind", [Rendered.DOCX, Rendered.HTML])
def test_word_and_web(plans: dict[str, Plan], plan_id: str, kind: Rendered) -> None:
    found = trip(plans[plan_id], kind)
    assert found.reached, found.likeness


@pytest.mark.browser
@pytest.mark.usefixtures("printer")
@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_printed(plans: dict[str, Plan], plan_id: str) -> None:
    found = trip(plans[plan_id], Rendered.PDF)
    assert found.reached, found.likeness
    assert "政府公报" in found.told, "the running head was set aside"


def test_a_pdf_without_a_browser(plans: dict[str, Plan]) -> None:
    lines = [line.strip() for line in plans["qingdao"].source.split("\n") if line.strip()]
    found = read_bytes(as_typed(lines), "a.pdf")
    assert share_of_characters(characters("\n".join(lines)), characters(found.text)) == 1.0


def test_damaged_files_end_in_a_reading_or_a_typed_error(plans: dict[str, Plan]) -> None:
    found = fuzz(originals(plans["jinhua"]), many=15)
    assert len(found) == 15
    assert [one for one in found if not one.held] == []


@pytest.mark.parametrize(
    ("expected", "actual", "share"),
    [("计量法", "计量法", 1.0), ("计量法", "计法", 2 / 3), ("计量", "计量法律", 0.5), ("", "", 1.0), ("甲", "乙", 0.0)],
)
def test_the_measure(expected: str, actual: str, share: float) -> None:
    assert share_of_characters(expected, actual) == pytest.approx(share)
