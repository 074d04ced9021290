"""The command line: what each command prints."""

import json
import subprocess
import sys
from functools import partial
from pathlib import Path

import pytest

from ingest.load import SHIPPED
from tests.ui.cli_runner import Run, runner

ROOT = Path(__file__).parents[2]
EXACT = "泉政文〔2023〕14号是什么文件？"  # a number is looked up: no model decides what is answered


@pytest.fixture(scope="module")
def run(indexed: Path) -> Run:
    """All commands of this file share one index."""
    return runner(indexed)


class TestAsk:
    def test_an_answer_has_its_sources(self, run: Run) -> None:
        result = run("ask", EXACT)
        assert result.exit_code == 0
        lines = result.stdout.splitlines()
        assert lines[0] == "【已答】"
        assert "泉政文〔2023〕14号" in lines[1]
        assert lines[1].endswith("[1]")
        sources = lines[lines.index("出处：") + 1 :]
        assert sources[0].startswith("[1] ")
        assert "quanzhou:题头" in sources[0]

    def test_words_may_stand_apart(self, run: Run) -> None:
        assert run("ask", "厦门", "第21条", "讲什么？").stdout == run("ask", "厦门 第21条 讲什么？").stdout

    def test_json_is_the_api_s_answer(self, run: Run) -> None:
        result = run("ask", EXACT, "--json", METROLOGY_PUBLIC_URL="https://bot.example")
        reply = json.loads(result.stdout)
        assert {"answer_id", "status", "answer", "statements", "citations", "notes", "corpus_version"} <= reply.keys()
        assert reply["status"] == "answered"
        cited = reply["citations"][0]
        assert (cited["plan_id"], cited["clause_id"]) == ("quanzhou", "quanzhou:题头")
        assert cited["url"].startswith("https://bot.example/")

    def test_only_the_plans_asked_for(self, run: Run) -> None:
        reply = json.loads(run("ask", "强制检定", "--plan", "qingdao", "--plan", "jinhua", "--json").stdout)
        assert {cited["plan_id"] for cited in reply["citations"] + reply["related"]} <= {"qingdao", "jinhua"}

    @pytest.mark.parametrize("question", ["今天天气怎么样", "", "？"])
    def test_a_declined_question_is_no_error(self, run: Run, question: str) -> None:
        result = run("ask", question)
        assert (result.exit_code, result.stdout[:1]) == (0, "【")
        assert "已答" not in result.stdout.splitlines()[0]

    def test_nothing_but_the_answer_is_on_stdout(self, run: Run, tmp_path: Path, small_plans: Path) -> None:
        """A first use builds the index; what it says of that must not end up in a pipe to `jq`."""
        first = {"METROLOGY_DATA_DIR": str(tmp_path / "data"), "METROLOGY_PLANS_DIR": str(small_plans)}
        result = run("ask", "电子秤检定", "--json", **first)
        assert json.loads(result.stdout)["corpus_version"]
        assert "Building the index" in result.stderr
        assert "verify: " in result.stderr


class TestPlansAndClauses:
    def test_plans(self, run: Run) -> None:
        result = run("plans")
        assert result.exit_code == 0
        assert result.stdout.splitlines()[-1] == "5 plans, 0 skipped"
        assert "文号 国发〔2021〕37号  日期 2021-12-31" in result.stdout
        assert "文号 （本件未载明）" in result.stdout, "what a copy does not say is said to be unsaid"

    @pytest.mark.parametrize(
        ("clause_id", "shown", "why"),
        [
            (
                "xiamen:三(四)21",
                ["xiamen:三(四)21  [item]  xiamen.txt:", "诚信计量", "责任单位：市市场监管局"],
                "an item",
            ),
            ("xiamen：三（四）21", ["xiamen:三(四)21  [item]"], "full-width marks, as an input method writes them"),
            ("quanzhou:落款", ["quanzhou:落款  [back]"], "a signature"),
            ("xiamen:专栏1/9", ["xiamen:专栏1/9  [row]", "指标："], "a row and its indicator"),
        ],
    )
    def test_clause(self, run: Run, clause_id: str, shown: list[str], why: str) -> None:
        result = run("clause", clause_id)
        assert result.exit_code == 0
        assert all(part in result.stdout for part in shown), why


class TestIngest:
    def test_a_folder(self, run: Run, tmp_path: Path) -> None:
        result = run("ingest", SHIPPED, "--out", tmp_path / "clauses.jsonl")
        assert (result.exit_code, result.stdout.splitlines()[-1]) == (0, "5 plans, 0 skipped")
        rows = [json.loads(line) for line in (tmp_path / "clauses.jsonl").read_text(encoding="utf-8").splitlines()]
        one = next(row for row in rows if row["clause_id"] == "xiamen:三(四)21")
        assert (one["plan_id"], one["clause_path"], one["kind"]) == ("xiamen", "三(四)21", "item")
        assert one["responsible_units"][0] == {"name": "市市场监管局", "role": "listed"}
        assert len({row["clause_id"] for row in rows}) == len(rows) > 150

    def test_a_bad_file_is_named_and_stops_no_other(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "prose.txt").write_text("某市计量方案", encoding="utf-8")
        (tmp_path / "picture.png").write_bytes(b"\x89PNG")
        (tmp_path / "good.txt").write_text(
            "某市计量方案\n一、总体要求\n加强计量。\n二、任务\n（一）检定。按期检定。", encoding="utf-8"
        )
        result = run("ingest", tmp_path, tmp_path / "missing.txt")
        assert result.exit_code == 0
        assert result.stdout.splitlines()[-1] == "1 plans, 3 skipped"
        skipped = [line for line in result.stdout.splitlines() if line.startswith("SKIPPED")]
        assert [name for name in ("prose.txt", "picture.png", "missing.txt") if name not in "".join(skipped)] == []

    @pytest.mark.parametrize("name", ["missing.txt", "prose.txt", "."])
    def test_nothing_good_fails(self, run: Run, tmp_path: Path, name: str) -> None:
        (tmp_path / "prose.txt").write_text("某市计量方案", encoding="utf-8")
        result = run("ingest", tmp_path / name)
        assert (result.exit_code, result.stdout.splitlines()[-1]) == (1, "0 plans, 1 skipped")


class TestBuild:
    def test_if_needed(self, indexed: Path, tmp_path: Path, small_plans: Path) -> None:
        run = partial(runner(indexed), METROLOGY_PLANS_DIR=str(small_plans))
        first = run("build", "--if-needed", METROLOGY_DATA_DIR=str(tmp_path))
        assert first.exit_code == 0
        live = (tmp_path / "index" / "CURRENT").read_text()
        assert f"Index at {tmp_path / 'index' / 'versions' / live}" in first.stderr
        again = run("build", "--if-needed", METROLOGY_DATA_DIR=str(tmp_path))
        assert (again.exit_code, again.stderr.strip()) == (0, "The index is current.")
        assert (tmp_path / "index" / "CURRENT").read_text() == live
        assert run("build", METROLOGY_DATA_DIR=str(tmp_path)).exit_code == 0
        assert (tmp_path / "index" / "CURRENT").read_text() != live, "without the option it always builds"


def test_openapi_is_a_document(run: Run) -> None:
    document = json.loads(run("openapi").stdout)
    assert {"/v1/ask", "/v1/plans", "/v1/verify"} <= document["paths"].keys()


def python(code: str, **env: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": "/usr/bin", **env},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_help_needs_nothing_heavy() -> None:
    heavy = "{'numpy', 'chromadb', 'gradio', 'fastapi', 'langchain_core', 'rjieba', 'opencc'}"
    assert python(f"import sys, ui.cli; print({heavy} & set(sys.modules))") == "set()"


LIMITED = """
import os, sys
def watch(event, args):
    if event == "import" and args[0] == "numpy":
        print(os.environ.get("OMP_NUM_THREADS"), flush=True)
        os._exit(0)
sys.addaudithook(watch)
from ui.cli import app
app(["ask", "计量"])
"""


def test_threads_are_limited_before_numpy_is_imported() -> None:
    assert python(LIMITED) == "1"


def test_a_reader_that_leaves_early_sees_no_traceback() -> None:
    """`metrology plans | head -0`."""
    command = [sys.executable, "-m", "ui.cli", "plans"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        said = process.stderr.read()
        process.wait(60)
    assert "Traceback" not in said
    assert "Exception" not in said
