import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from eval.answers.case import Split
from eval.answers.compare import below_floor, compare, read_baseline, read_floor
from eval.answers.judge import Judgement
from eval.answers.report import html
from eval.answers.results import Run, Settings, as_json, cases_hash, write_json
from eval.answers.run import FLOOR, Options, run
from eval.answers.score import score
from ingest.corpus import Corpus
from ingest.errors import BadSetting
from tests.eval.builders import TEXTS, case_line, citation, failed, judged, reply_json

EVIL = "<script>alert('x')</script>&\"缺斤短两"


def make_run(*judgements: Judgement) -> Run:
    settings = Settings("in process", "auto", "dev", "cases", "hash", "v1", 1, 1, "2026-01-01T00:00:00+00:00")
    return Run(settings, score(judgements), judgements)


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
    text = html(make_run(judged(case, answer=EVIL, notes=[EVIL], citations=[citation("a:一", quote=EVIL)])))
    page = Page(text)
    assert "script" not in page.tags
    assert page.fetched == []
    assert not re.search(r"url\(|@import|https?://", text)
    assert page.text.count(EVIL) >= 6
    assert {"svg", "details", "table"} <= set(page.tags)


def test_every_failure_shows_what_was_expected_and_what_came() -> None:
    wrong = judged({"id": "wrong", "facts": ["506"], "gold": ["b:一"]}, citations=[citation("a:一", quote="假")])
    page = Page(html(make_run(judged({"id": "right"}), wrong, failed({"id": "silent"}))))
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
    assert "1 of 3 cases right; 1 got no answer" in page.text


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
    write_json(before, tmp_path / "old.json")
    after = make_run(
        judged({"id": "1"}, citations=[]), judged({"id": "2"}), judged({"id": "3"}), judged({"id": "4"}, citations=[])
    )
    change = compare(after, read_baseline(tmp_path / "old.json"))
    assert (change.fixed, change.broken, change.new, change.gone) == (("2",), ("1",), ("4",), ("5",))
    assert change.same_cases
    correct = next(shift for shift in change.figures if shift.name == "correct")
    assert (correct.before, correct.after, correct.by) == (0.75, 0.5, -0.25)
    other = replace(after, settings=replace(after.settings, cases_hash="other"))
    assert not compare(other, read_baseline(tmp_path / "old.json")).same_cases


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"cases": [{"id": "1"}]}', '{"cases": [], "figures": [], "settings": {}}']
)
def test_a_baseline_that_is_none_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "old.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(BadSetting, match="baseline"):
        read_baseline(path)


@pytest.mark.parametrize(
    ("floor", "missed"),
    [
        ({}, []),
        ({"correct": 0.5, "latency_p95_ms": 5.0}, []),  # reaching it is enough
        ({"correct": 0.51}, ["correct is 0.5, the floor asks for at least 0.51"]),
        ({"latency_p95_ms": 4.9}, ["latency_p95_ms is 5, the floor asks for at most 4.9"]),
        ({"decline_recall": 0.0}, ["decline_recall is not measured, the floor asks for at least 0"]),
    ],
)
def test_the_floor(tmp_path: Path, floor: dict[str, float], missed: list[str]) -> None:
    path = tmp_path / "floor.json"
    path.write_text(json.dumps(floor), encoding="utf-8")
    found = below_floor(make_run(judged(), judged({"id": "2"}, citations=[])), read_floor(path))
    assert [str(shortfall) for shortfall in found] == missed


@pytest.mark.parametrize("floor", [{"corect": 0.9}, {"correct": "high"}, {"correct": True}, [0.9]])
def test_a_floor_with_a_slip_is_refused(tmp_path: Path, floor: object) -> None:
    path = tmp_path / "floor.json"
    path.write_text(json.dumps(floor), encoding="utf-8")
    with pytest.raises(BadSetting, match="floor"):
        read_floor(path)


def test_the_hash_tells_cases_apart() -> None:
    one, other = judged().outcome.case, judged({"facts": ["506"]}).outcome.case
    assert cases_hash([one]) == cases_hash([one]) != cases_hash([other])


@dataclass
class _Clause:
    id: str
    text: str


class _Plan:
    id = "a"
    level = "municipal"
    clauses = tuple(_Clause(clause_id, text) for clause_id, text in TEXTS.items())


class Wrong:
    """Cites the wrong clause, whatever is asked."""

    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        return reply_json(answer_id=session_id, answer=f"{question}：850", citations=[citation("a:二")])


class Right(Wrong):
    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        return {**super().ask(question, session_id), "citations": [citation("a:一")]}


class Silent:
    def ask(self, question: str, session_id: str) -> Mapping[str, Any]:
        raise AssertionError(f"asked {question} in {session_id}")


@pytest.fixture
def options(tmp_path: Path) -> Options:
    lines = [case_line(id="open", turns=["公开的问题"]), case_line(id="shut", turns=["保留的问题"], split="held")]
    (tmp_path / "cases.jsonl").write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    (tmp_path / "floor.json").write_text('{"right_citations": 0.9}', encoding="utf-8")
    return Options(cases=tmp_path / "cases.jsonl", split=Split.ALL, json=tmp_path / "out" / "run.json",
                   html=tmp_path / "out" / "run.html", floor=tmp_path / "floor.json")  # fmt: skip


def test_a_whole_run_writes_its_files_and_tells_no_held_case(options: Options) -> None:
    said: list[str] = []
    corpus = Corpus([_Plan()])  # type: ignore[list-item]
    first = run(Wrong(), corpus, options, said.append)
    told = "\n".join(said)
    assert "open: not cited: a:一" in told
    assert "shut" not in told
    assert "保留的问题" not in told
    assert "2 cases failed, 1 of them held" in told
    assert "Below the floor: right_citations is 0" in told
    assert [shortfall.name for shortfall in first.below] == ["right_citations"]
    assert options.json is not None
    assert options.html is not None
    assert json.loads(options.json.read_text(encoding="utf-8"))["settings"]["split"] == "all"
    assert "公开的问题" in options.html.read_text(encoding="utf-8")


def test_a_run_may_replace_its_own_baseline(options: Options) -> None:
    corpus, said = Corpus([_Plan()]), list[str]()  # type: ignore[list-item]
    run(Right(), corpus, options, said.append)
    again = run(Wrong(), corpus, replace(options, baseline=options.json), said.append)
    assert again.change is not None
    assert (again.change.fixed, again.change.broken, again.change.same_cases) == ((), ("open", "shut"), True)


@pytest.mark.parametrize("name", ["baseline", "floor"])
def test_a_bad_file_is_found_before_anything_is_asked(options: Options, name: str) -> None:
    changed = replace(options, **{name: options.cases})  # type: ignore[arg-type]
    with pytest.raises(BadSetting, match=name):
        run(Silent(), Corpus([_Plan()]), changed, print)  # type: ignore[list-item]


def test_the_committed_floor_names_figures_only() -> None:
    assert read_floor(FLOOR)["exact_slices"] == 1.0
