"""`metrology add`, `replace`, `remove`, `ingest`, `drafts`, `changes`: what they do and what they say."""

import json
from functools import partial
from pathlib import Path

import pytest

from tests.bot.held import ONE, REWORDED, THREE, TWO, folder_of
from tests.ui.cli_runner import Run, runner


@pytest.fixture
def run(tmp_path: Path) -> Run:
    plans = folder_of(tmp_path / "plans", one=ONE, two=TWO)
    return partial(runner(tmp_path / "data"), METROLOGY_PLANS_DIR=str(plans), METROLOGY_EMBEDDER="hash")


def test_documents_change_and_it_is_said_when_that_is_seen(run: Run, tmp_path: Path) -> None:
    document = folder_of(tmp_path / "new", three=THREE, one=REWORDED)
    added = run("add", document / "three.txt", "--id", "bing", "--region", "丙", "--note", "新文件")
    assert added.exit_code == 0
    assert "Added: bing" in added.stderr
    assert "3 plans" in added.stderr
    assert "Every running process answers from it within 2 seconds" in added.stderr
    assert "none is left on disk" in added.stderr
    assert run("replace", "one", document / "one.txt").exit_code == 0
    assert "每年检定一次" in run("clause", "one:二(一)").stdout
    assert run("remove", "two").exit_code == 0
    shown = run("plans").stdout
    assert ("bing" in shown, "乙市" in shown) == (True, False)
    steps = json.loads(run("changes", "--json").stdout)
    assert [(each["action"], each["plan_id"], each["note"]) for each in reversed(steps)] == [
        ("added", "bing", "新文件"),
        ("replaced", "one", ""),
        ("removed", "two", ""),
    ]
    assert all(each["who"].startswith("cli") for each in steps)


def test_a_dry_run_tells_all_and_changes_nothing(run: Run, tmp_path: Path) -> None:
    run("build")
    document = folder_of(tmp_path / "new", one=REWORDED, prose="某市计量方案")
    told = json.loads(run("ingest", document, "--json").stdout)
    (plan,) = told["plans"]
    assert (plan["plan_id"], plan["title"], plan["number"], plan["issuer"]) == ("one", "甲市计量工作方案", None, None)
    assert {"issued_on", "clauses", "indicators", "metadata", "outline", "left_out", "warnings"} <= set(plan)
    assert {"clause_id", "clause_path", "heading", "text", "kind", "responsible_units"} <= set(plan["clauses"][0])
    assert [each["clause_id"] for each in plan["changes"]["reworded"]] == ["one:二(一)"]
    assert [each["file"] for each in told["skipped"]] == ["prose.txt"]
    text = run("ingest", document / "one.txt").stdout
    assert "~ one:二(一)" in text
    assert text.splitlines()[-1] == "1 plans, 0 skipped"
    assert "按期检定" in run("clause", "one:二(一)").stdout


def test_a_dry_run_tells_what_is_no_longer_in_force(run: Run, tmp_path: Path) -> None:
    old = "甲市衡器办法\n第一条 每年检定一次。\n第二条 本办法自2015年3月1日起施行，有效期5年。\n"
    told = json.loads(run("ingest", folder_of(tmp_path / "new", old=old), "--json").stdout)
    (plan,) = told["plans"]
    assert (plan["standing"], plan["effective_on"], plan["expires_on"]) == ("expired", "2015-03-01", "2020-02-29")


def test_a_draft_is_looked_at_and_accepted(run: Run, tmp_path: Path) -> None:
    run("build")
    document = folder_of(tmp_path / "new", one=REWORDED) / "one.txt"
    handed = run("drafts", "add", document, "--id", "one")
    assert "1 reworded" in handed.stdout
    (draft,) = json.loads(run("drafts", "list", "--json").stdout)
    assert f"`metrology drafts accept {draft['draft_id']}`" in handed.stderr
    assert json.loads(run("drafts", "show", draft["draft_id"], "--json").stdout)["review"]["replaces"] == "one"
    assert run("drafts", "accept", draft["draft_id"]).exit_code == 0
    again = run("drafts", "reject", draft["draft_id"])
    assert (again.exit_code, "accepted already" in again.stderr) == (1, True)
    assert "每年检定一次" in run("clause", "one:二(一)").stdout


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("remove", "nine"), "Known: one, two"),
        (("remove", "one", "two"), "nothing is left to answer from"),
        (("replace", "nine", "away.txt"), "No plan 'nine'"),
        (("add", "away.txt"), "No document could be read"),
    ],
)
def test_a_mistake_is_one_line(run: Run, command: tuple[str, ...], said: str) -> None:
    run("build")
    result = run(*command)
    assert result.exit_code == 1
    assert said in result.stderr.splitlines()[-1]
