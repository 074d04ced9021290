"""`metrology insights`: a table, JSON, and evaluation cases that wait for a person."""

import json
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from bot.model import Status
from bot.records.exchanges import Period
from bot.records.insights import Insights, gather
from eval.answers.case import Split, read_cases
from ingest.errors import BadCase
from tests.bot.fakes import FakeTexts
from tests.bot.records.insight_builders import PASTS, Past, kept
from tests.bot.scripted import the_corpus
from tests.ui.cli_runner import Run, runner
from ui.insights_text import SHOWN, insights_text

MARCH = ("--from", "2026-03-01", "--to", "2026-03-31")


@pytest.fixture
def run(tmp_path: Path, small_plans: Path) -> Run:
    """Over one small plan, whose records hold a month of questions."""
    data = tmp_path / "data"
    kept(PASTS, f"sqlite:///{data}/records.sqlite3").close()
    return partial(runner(data), METROLOGY_PLANS_DIR=str(small_plans))


def test_a_table_json_and_cases(run: Run, tmp_path: Path) -> None:
    table = run("insights", *MARCH)
    assert table.exit_code == 0
    assert "2026-03-01 – 2026-03-31: 6 questions asked" in table.stdout
    assert "罚款 多少钱？  [detail_missing" in table.stdout

    found = json.loads(run("insights", *MARCH, "--json").stdout)
    assert found["asked"] == len(PASTS)
    asked = [one["question"] for one in found["questions"]]

    out = tmp_path / "asked.jsonl"
    assert run("insights", "export", "--out", out, *MARCH).exit_code == 0
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["turns"] for row in rows] == [[question] for question in asked]
    assert all(row["status"] == [] for row in rows), "a person decides"
    with pytest.raises(BadCase, match="status"):
        read_cases(out, Split.DEV)
    out.write_text("".join(json.dumps({**row, "status": ["not_found"]}) + "\n" for row in rows), encoding="utf-8")
    assert [case.id for case in read_cases(out, Split.DEV)] == [row["id"] for row in rows]

    again = run("insights", "export", "--out", out, *MARCH)
    assert (again.exit_code, "not_found" in out.read_text(encoding="utf-8")) == (1, True), "a person's work is kept"
    assert "new file" in again.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(("--from", "2026-03-02", "--to", "2026-03-01"), "--from"), (("--to", "soon"), "--to")],
)
def test_periods_that_are_none(run: Run, arguments: tuple[str, ...], said: str) -> None:
    result = run("insights", *arguments)
    assert result.exit_code != 0
    assert said in result.stderr


class TestText:
    def of(self, *pasts: Past) -> str:
        return insights_text(insights_of(*pasts))

    def test_columns_stand_under_each_other(self) -> None:
        lines = self.of(*PASTS).splitlines()
        head = lines.index(next(line for line in lines if line.startswith("day ")))
        assert len({len(line) for line in lines[head : head + 4]}) == 1
        assert lines[head + 1].split() == ["2026-03-10", "2", "1", "1", "0", "0", "0"]

    def test_nothing_asked(self) -> None:
        assert self.of() == "2026-03-01 – 2026-03-31: 0 questions asked"

    def test_the_rest_is_counted(self) -> None:
        said = self.of(*(Past(f"{chr(0x4E00 + n)}问", Status.NOT_FOUND) for n in range(SHOWN + 7)))
        assert "… and 7 more groups" in said
        assert "no clause" in said


def insights_of(*pasts: Past) -> Insights:
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    records = kept(pasts)
    try:
        return gather(records.exchanges(*march.bounds), march, the_corpus(), FakeTexts())
    finally:
        records.close()
