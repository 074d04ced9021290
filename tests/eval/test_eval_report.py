import json
import re
from collections.abc import Mapping
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from eval.answers.case import Split
from eval.answers.compare import compare, read_baseline
from eval.answers.floor import Bounds
from eval.answers.judge import judge
from eval.answers.judgement import Judgement
from eval.answers.labelled import judge_labelled
from eval.answers.report import html
from eval.answers.results import Run, Settings, as_json, cases_hash, write_json
from eval.answers.run import Options, Result, run
from eval.answers.score import score
from eval.answers.sets import QuestionSet, SetName
from ingest.errors import BadSetting
from tests.eval.builders import (
    TEXTS,
    case_line,
    citation,
    clause_text,
    failed,
    judged,
    labelled,
    labelled_case,
    make_case,
    reply_json,
)

EVIL = "<script>alert('x')</script>&\"缺斤短两"


def make_run(*judgements: Judgement, name: str = "cases") -> Run:
    settings = Settings("in process", "auto", name, "dev", None, "hash", "v1", 1, 1, "2026-01-01T00:00:00+00:00")
    return Run(settings, score(judgements), judgements)


def page_of(*runs: Run) -> str:
    return html([(run, None, ()) for run in runs])


class Page(HTMLParser):
    """Tags of a page, and everything that would be fetched."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.fetched: list[str] = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.fetched += [value or "" for name, value in attrs if name in ("src", "href", "srcset", "action", "data")]

    def handle_data(self, data: str) -> None:
        self.text += data


def test_the_page_escapes_what_others_wrote_and_fetches_nothing() -> None:
    case = {"turns": [EVIL], "facts": [EVIL], "forbidden": [EVIL], "intent": EVIL, "plans": [EVIL], "user": EVIL}
    text = page_of(make_run(judged(case, answer=EVIL, notes=[EVIL], citations=[citation("a:一", quote=EVIL)])))
    page = Page(text)
    assert "script" not in page.tags
    assert page.fetched == []
    assert not re.search(r"url\(|@import|https?://", text)
    assert page.text.count(EVIL) >= 6
    assert {"svg", "details", "table"} <= set(page.tags)


def test_every_failure_shows_what_was_expected_and_what_came() -> None:
    wrong = judged({"id": "wrong", "facts": ["506"], "gold": ["b:一"]}, citations=[citation("a:一", quote="假")])
    page = Page(page_of(make_run(judged({"id": "right"}), wrong, failed({"id": "silent"}))))
    assert page.tags.count("details") == 2
    for expected in (
        "wrong",
        "要多少家",
        "506",
        "b:一",
        "达到**850**家。[1]",
        "✗ a:一",
        "NOT A SLICE",
        "no connection",
    ):
        assert expected in page.text
    assert "right ·" not in page.text
    assert "1 of 3 questions right; 1 got no answer" in page.text


def test_the_json_holds_settings_figures_and_cases() -> None:
    content = json.loads(json.dumps(as_json(make_run(judged(), failed({"id": "silent"})))))
    assert content["settings"]["seed"] == 1
    assert content["figures"]["correct"]["value"] == 0.5
    assert content["by"]["plan"]["a"]["correct"]["count"] == 2
    assert content["unanswered"] == 1
    assert content["cases"][1] == {
        "id": "silent",
        "correct": False,
        "reasons": ["no answer: no connection"],
        "expected": {key: value for key, value in case_line(aspect="").items() if key != "id"},
        "actual": None,
        "took_ms": [],
    }


def test_a_baseline_tells_fixed_from_broken(tmp_path: Path) -> None:
    before = make_run(judged({"id": "1"}), judged({"id": "2"}, citations=[]), judged({"id": "3"}), judged({"id": "5"}))
    write_json([before], tmp_path / "old.json")
    baseline = read_baseline(tmp_path / "old.json")["cases"]
    after = make_run(
        judged({"id": "1"}, citations=[]), judged({"id": "2"}), judged({"id": "3"}), judged({"id": "4"}, citations=[])
    )
    change = compare(after, baseline)
    assert (change.fixed, change.broken, change.new, change.gone) == (("2",), ("1",), ("4",), ("5",))
    assert change.same_cases
    correct = next(shift for shift in change.figures if shift.name == "correct")
    assert (correct.before, correct.after, correct.by) == (0.75, 0.5, -0.25)
    other = replace(after, settings=replace(after.settings, cases_hash="other"))
    assert not compare(other, baseline).same_cases


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"runs": []}', '{"runs": {"cases": {"cases": [{"id": "1"}]}}}', '{"cases": [], "figures": {}}'],
)
def test_a_baseline_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "old.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting, match="baseline"):
        read_baseline(path)


def test_the_hash_tells_cases_apart() -> None:
    one, other = judged().outcome.case, judged({"facts": ["506"]}).outcome.case
    assert cases_hash([one]) == cases_hash([one]) != cases_hash([other])


class Wrong:
    """Cites the wrong clause, whatever is asked."""

    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        return reply_json(answer_id=session_id, answer=f"{question}：850", citations=[citation("a:二")])


class Right(Wrong):
    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        return {**super().ask(question, session_id), "citations": [citation("a:一", TEXTS["a:一"])]}


class Silent:
    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        raise AssertionError(f"asked {question} in {session_id}")


OPEN, SHUT = {"id": "open", "turns": ["公开的问题"]}, {"id": "shut", "turns": ["保留的问题"], "split": "held"}
CASES = QuestionSet("cases", Split.ALL, (make_case(**OPEN), make_case(**SHUT)), judge)
LABELLED = QuestionSet("held", Split.HELD, (labelled_case(held=True, question="保留的问题"),), judge_labelled)


@pytest.fixture
def options(tmp_path: Path) -> Options:
    floor = {SetName.CASES: Bounds(sample=9, figures={"right_citations": 0.9})}
    return Options(json=tmp_path / "out" / "run.json", html=tmp_path / "out" / "run.html", floor=floor)


def ask(bot: Wrong | Silent, options: Options, *sets: QuestionSet[Any]) -> tuple[tuple[Result, ...], str]:
    said: list[str] = []
    results = run(bot, sets or (CASES, LABELLED), clause_text, options, said.append)
    return results, "\n".join(said)


def test_a_whole_run_writes_its_files_and_tells_no_held_case(options: Options) -> None:
    (cases, held), told = ask(Wrong(), options)
    assert "not cited: a:一" in told
    assert "open  公开的问题" in told
    assert "shut" not in told
    assert "保留的问题" not in told
    assert "2 wrong, 1 of them held" in told
    assert "1 wrong, 1 of them held.\n  wrong clause: 1" in told
    assert "Below the floor: right_citations of cases is 0" in told
    assert ([one.name for one in cases.below], held.below) == (["right_citations"], ())
    assert options.json is not None
    assert options.html is not None
    runs = json.loads(options.json.read_text(encoding="utf-8"))["runs"]
    assert {name: one["settings"]["split"] for name, one in runs.items()} == {"cases": "all", "held": "held"}
    assert "公开的问题" in options.html.read_text(encoding="utf-8")


def test_a_run_may_replace_its_own_baseline(options: Options) -> None:
    ask(Right(), options)
    (again, held), told = ask(Wrong(), replace(options, baseline=options.json))
    assert again.change is not None
    assert (again.change.fixed, again.change.broken, again.change.same_cases) == ((), ("open", "shut"), True)
    assert held.change is not None
    assert "broken 1: row-1" in told


def test_a_set_the_baseline_does_not_hold_is_not_compared(options: Options) -> None:
    ask(Right(), options, CASES)
    (held,), _ = ask(Wrong(), replace(options, baseline=options.json), LABELLED)
    assert held.change is None


def test_a_bad_baseline_is_found_before_anything_is_asked(options: Options, tmp_path: Path) -> None:
    (tmp_path / "bad.json").write_text("[]", encoding="utf-8")
    with pytest.raises(BadSetting, match="baseline"):
        ask(Silent(), replace(options, baseline=tmp_path / "bad.json"))


def test_only_a_sample_is_asked_and_progress_names_the_set(options: Options) -> None:
    told: list[tuple[str, int, int]] = []
    run(Right(), [CASES], clause_text, Options(sample=1), print, lambda *step: told.append(step))
    assert told == [("cases", 1, 1)]


@pytest.mark.parametrize(("worst", "shown"), [(0, 0), (2, 2), (9, 5)])
def test_so_many_failures_are_told_of_each_reason_with_gold_and_cited(worst: int, shown: int) -> None:
    cases = tuple(labelled_case(id=f"row-{number}", history=["前问"]) for number in range(5))
    _, told = ask(Wrong(), Options(worst=worst), QuestionSet("writers", Split.DEV, cases, judge_labelled))
    assert "wrong clause: 5" in told
    assert told.count("前问 → 要多少家") == shown
    assert told.count("gold a:一 · answered, cited a:二") == shown


def test_groups_are_told_with_their_number_share_interval_and_times() -> None:
    cases = (labelled_case(), labelled_case(id="row-2", answerable="no", gold={}))
    _, told = ask(Right(), Options(), QuestionSet("writers", Split.DEV, cases, judge_labelled))
    lines = [line.split() for line in told.splitlines()]
    assert ["answerable", "n", "correct", "false", "declines", "p50", "ms", "p95", "ms"] in lines
    yes = next(line for line in lines if line and line[0] == "yes")
    assert yes[:5] == ["yes", "1", "1.000", "[0.207,", "1.000]"]


def test_the_page_shows_labelled_questions_too() -> None:
    wrong = labelled({"question": EVIL}, citations=[citation("a:二")])
    page = Page(page_of(make_run(judged()), make_run(wrong, name="writers")))
    assert "script" not in page.tags
    for expected in (EVIL, "wrong clause", "a:一 到2025年达到850家", "✗ a:二", "writers, dev"):
        assert expected in page.text
