"""A server over each size is asked, changed and stopped; one table tells."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from eval.load.servers import ServerFailed
from eval.scale.measure import ChangeFailed, measure
from eval.scale.run import HEADER, Options, run
from eval.scale.statutes import statutes
from tests.bot.held import curator_in
from tests.eval.scale.builders import changing, collection, little_service

QUESTIONS = ("计量器具怎么检定？", "谁来检定？")


def test_a_row_a_size(tmp_path: Path) -> None:
    source, known = collection(tmp_path / "s.jsonl"), tmp_path / "known"
    curator, said, told = curator_in(tmp_path), list[str](), list[str]()
    options = Options(source, tmp_path, (0, 4), QUESTIONS, tmp_path / "out" / "scale.json")
    program = little_service(known)
    rows = run(curator, program, lambda arguments: [*changing(known), *arguments], options, said.append, told.append)
    assert [(row.articles, row.documents) for row in rows] == [(0, 2), (4, 4)]
    assert rows[0].passages < rows[1].passages == curator.store.manifest().passages
    assert rows[1].clauses == rows[0].clauses + sum(one.clauses for one in rows[1].taken)
    assert all(len(row.served.asks) == len(row.served.searches) == 2 and row.index_mb > 0 for row in rows)
    assert said[-1].splitlines()[0].split("  ")[0] == HEADER[0]
    assert len(said[-1].splitlines()) == 4
    written = json.loads((tmp_path / "out" / "scale.json").read_text())
    assert [row["articles"] for row in written["rows"]] == [0, 4]
    assert known.read_text().split() == ["xiamen"], "the one that was added is removed again"


def test_where_all_documents_are_held_another_is_added(tmp_path: Path) -> None:
    """Under an id that none of them has: a plan that is held is not added again."""
    source, given = collection(tmp_path / "s.jsonl"), list[list[str]]()
    curator, program = curator_in(tmp_path), little_service(tmp_path / "known")

    def commands(arguments: Sequence[str]) -> list[str]:
        given.append(list(arguments))
        return [*changing(tmp_path / "known"), *arguments]

    run(curator, program, commands, Options(source, tmp_path, (6,), QUESTIONS), lambda _: None, lambda _: None)
    held = curator.held().shelf.ids
    assert len(held) == 2 + 3
    assert Path(given[0][-1]).stem not in held
    assert given[1][-1] == Path(given[0][-1]).stem


@pytest.mark.parametrize(
    ("code", "why"),
    [
        pytest.param("import sys; sys.exit('no space')", "no space", id="the command fails"),
        pytest.param("pass", "did not answer 200", id="the server goes on without it"),
    ],
)
def test_a_change_that_does_not_come_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: str, why: str
) -> None:
    monkeypatch.setattr("eval.scale.measure.ANSWERS_WITHIN", 1.0)
    (one,) = statutes(collection(tmp_path / "s.jsonl"), 1)
    (tmp_path / "data").mkdir()
    program = little_service(tmp_path / "known")
    with pytest.raises(ChangeFailed, match=why):
        measure(program, lambda arguments: [*changing(tmp_path, code), *arguments], tmp_path / "data", QUESTIONS, one)


def test_a_server_that_refuses_is_told(tmp_path: Path) -> None:
    """Times of errors are no times of answers."""
    (one,) = statutes(collection(tmp_path / "s.jsonl"), 1)
    (tmp_path / "data").mkdir()
    program = little_service(tmp_path / "known", status=503)
    with pytest.raises(ServerFailed, match="answered with 503"):
        measure(program, lambda arguments: [*arguments], tmp_path / "data", QUESTIONS, one)
