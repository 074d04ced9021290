"""Dependencies that are killed and come back: who goes on and recovers holds, who does not is found out."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.attack.dependency import DEPENDENCIES, Dependency
from eval.attack.outage import Outage, Run, outage, recovery, restart
from eval.attack.trial import Trial
from eval.attack.writing import Ledger
from eval.load.questions import Kind
from eval.load.servers import HOST, Program, Server, accepts, playground, serving
from tests.eval.fakes_served import fake_service, listener, supply

NEEDED = Dependency("Thing", "REDIS_URL", lambda port: f"redis://{HOST}:{port}/0", listener)


def tried(folder: Path, flaw: str = "", seconds: float = 0.5) -> dict[str, Trial]:
    service, asked = fake_service(folder, flaw), supply().of(Kind.LOOK_UP)
    return {trial.name: trial for trial in outage(service, NEEDED, folder, asked, Outage(seconds, clients=2))}


def test_a_service_that_refuses_meanwhile_and_recovers_holds(tmp_path: Path) -> None:
    trials = tried(tmp_path)
    assert all(trial.held for trial in trials.values()), trials
    assert "rate 503" in trials["Thing: replies meanwhile"].said
    assert "rate 201" in trials["Thing: replies meanwhile"].said
    assert "after it was back" in trials["Thing: whole again"].said


def test_one_that_breaks_meanwhile_is_found_out(tmp_path: Path) -> None:
    trials = tried(tmp_path, "breaks")
    assert "rate: status 500" in trials["Thing: replies meanwhile"].said
    assert not trials["Thing: replies meanwhile"].held
    assert trials["Thing: whole again"].held


def test_one_that_never_recovers_is_found_out(tmp_path: Path) -> None:
    trials = tried(tmp_path, "never recovers")
    assert trials["Thing: whole again"] == Trial("outage", "Thing: whole again", False, "not at all")


def test_what_is_not_installed_is_said_to_be_left_out(tmp_path: Path) -> None:
    absent = Dependency("Thing", "REDIS_URL", NEEDED.url, lambda _: None)
    (trial,) = outage(fake_service(tmp_path), absent, tmp_path, supply().of(Kind.LOOK_UP), Outage())
    assert (trial.held, trial.said) == (True, "not installed: left out")


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with serving(fake_service(tmp_path), tmp_path) as server:
        yield server


@pytest.mark.parametrize(
    ("statuses", "longest", "took", "lost", "failed"),
    [
        ({"ask 200": 5}, 0.1, 1.0, [], []),
        ({"ask 200": 5}, 0.1, 5.5, [], ["whole again"]),
        ({"ask 200": 5}, 0.1, None, [], ["whole again"]),
        ({"ask 200": 5}, 11.0, 1.0, [], ["replies meanwhile"]),
        ({}, 0.1, 1.0, [], ["replies meanwhile"]),
        ({"ask 200": 5}, 0.1, 1.0, ["a"], ["receipts"]),
    ],
)
def test_what_must_hold(
    server: Server, statuses: dict[str, int], longest: float, took: float | None, lost: list[str], failed: list[str]
) -> None:
    run = Run("Thing", server, Ledger(longest=longest))
    assert [trial.name for trial in run.judged(statuses, took, lost) if not trial.held] == [
        f"Thing: {f}" for f in failed
    ]


def test_a_service_that_had_to_be_restarted_has_not_recovered(server: Server) -> None:
    server.kill()
    whole, *_ = Run("Thing", server, Ledger()).judged({"ask 200": 1}, 0.1, [])
    assert not whole.held
    assert asyncio.run(recovery(server.address, 0.3)) is None


def test_what_was_killed_is_started_until_it_holds(tmp_path: Path) -> None:
    with serving(listener(tmp_path), tmp_path) as server:
        server.kill()
    again = restart(listener(tmp_path), tmp_path, server.port)
    try:
        assert accepts(server.port)
    finally:
        again.stop()


@pytest.mark.parametrize("needed", DEPENDENCIES[:2], ids=lambda needed: needed.name)
def test_servers_of_the_machine_start_are_killed_and_come_back(needed: Dependency) -> None:
    with playground(Path("none")) as folder:  # where PostgreSQL's own user may go too
        program = needed.program(folder)
        if program is None:
            pytest.skip(f"{needed.name} is not installed")
        with serving(program, folder) as server:
            assert str(server.port) in needed.url(server.port)
            server.kill()
            again = restart(program, folder, server.port)
            again.stop()
        assert not accepts(server.port)


def test_a_chroma_server_is_beside_the_interpreter(tmp_path: Path) -> None:
    program = DEPENDENCIES[2].program(tmp_path)
    assert isinstance(program, Program), "chromadb is a dependency, and brings its server"
    assert "--path" in program.command(1)
    assert [needed.setting for needed in DEPENDENCIES] == ["REDIS_URL", "DATABASE_URL", "CHROMA_URL"]
