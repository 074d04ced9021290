"""Every known mistake is one line on stderr and exit code 1, never a traceback."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.load import SHIPPED
from tests.ui.cli_runner import Run, runner


@pytest.fixture(scope="module")
def run(indexed: Path) -> Run:
    """All commands of this file share one index."""
    return runner(indexed)


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield taken.getsockname()[1]


def mistakes() -> list[object]:
    """(arguments, environment, words the one line must hold); {tmp} holds a `file` and the folders `empty`, `plans`."""
    ask = ("ask", "计量")
    return [
        pytest.param(ask, {"METROLOGY_MAX_QUESTION": "abc"}, ["MAX_QUESTION", "'abc'", "integer"], id="no number"),
        pytest.param(ask, {"METROLOGY_MAX_QUESTION": "0"}, ["MAX_QUESTION", "'0'"], id="too small"),
        pytest.param(
            ask, {"METROLOGY_EMBEDDER": "nonsense"}, ["embedder", "'nonsense'", "'encoder'"], id="no embedder"
        ),
        pytest.param(
            ask, {"METROLOGY_EMBEDDER": "openai:m@http://127.0.0.1:9"}, ["http://127.0.0.1:9"], id="embedder is away"
        ),
        pytest.param(("ask", "计量", "--plan", "nope"), {}, ["No plan 'nope'", "xiamen"], id="unknown plan"),
        pytest.param(("clause", "xiamen:九"), {}, ["No clause 'xiamen:九'"], id="unknown clause"),
        pytest.param(
            ("build",), {"METROLOGY_PLANS_DIR": "{tmp}/empty"}, ["METROLOGY_PLANS_DIR", "empty"], id="no plans"
        ),
        pytest.param(ask, {"METROLOGY_PLANS_DIR": "{tmp}/away"}, ["METROLOGY_PLANS_DIR", "away"], id="no plans folder"),
        pytest.param(ask, {"METROLOGY_DATA_DIR": "{tmp}/file"}, ["{tmp}/file"], id="data folder is a file"),
        pytest.param(ask, {"CHROMA_URL": "nowhere"}, ["CHROMA_URL", "'nowhere'", "http"], id="no address"),
        pytest.param(ask, {"CHROMA_URL": "http://127.0.0.1:9"}, ["http://127.0.0.1:9", "CHROMA_URL"], id="no Chroma"),
        pytest.param(
            ("build",),
            {"CHROMA_URL": "http://127.0.0.1:9", "METROLOGY_PLANS_DIR": "{tmp}/plans"},
            ["CHROMA_URL"],
            id="no Chroma to build on",
        ),
        pytest.param(("ingest", SHIPPED, "--out", "{tmp}/away/x"), {}, ["{tmp}/away/x"], id="nowhere to write"),
        pytest.param(("serve", "--port", "{port}"), {}, ["port", "{port}", "PORT="], id="port taken"),
        pytest.param(("serve", "--host", "256.1.1.1"), {}, ["256.1.1.1"], id="no such host"),
    ]


@pytest.mark.usefixtures("small_plans")
@pytest.mark.parametrize(("args", "env", "said"), mistakes())
def test_a_mistake_is_one_line(
    run: Run, tmp_path: Path, taken_port: int, args: tuple[object, ...], env: dict[str, str], said: list[str]
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")

    def fill(text: object) -> str:
        return str(text).replace("{tmp}", str(tmp_path)).replace("{port}", str(taken_port))

    result = run(*map(fill, args), **{name: fill(value) for name, value in env.items()})
    assert result.exit_code == 1
    assert result.stdout == ""
    errors = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1
    assert result.stderr.splitlines()[-1] == errors[0], "the last thing said"
    assert [part for part in map(fill, said) if part not in errors[0]] == []


def test_an_index_of_another_embedder_is_refused_with_the_command(run: Run) -> None:
    result = run("ask", "计量", METROLOGY_EMBEDDER="hash")
    assert result.exit_code == 1
    assert "built with embedder 'encoder:metrology-encoder-zh@" in result.stderr
    assert "but 'hash:64' is asked for. Run `metrology build`" in result.stderr


@pytest.mark.parametrize("args", [["nonsense"], ["ask"], ["serve", "--port", "0"], ["clause"]])
def test_wrong_usage_is_exit_code_2(run: Run, args: list[str]) -> None:
    assert run(*args).exit_code == 2
