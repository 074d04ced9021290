"""Whole runs against a tiny service, seconds short: what is started is measured, told, written down and stopped."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from eval.load.flood import Flooding, flood
from eval.load.generate import Sample
from eval.load.grid import Plan, step
from eval.load.questions import Kind
from eval.load.rows import times
from eval.load.run import Options, Part, run
from eval.load.servers import Server, ServerFailed, serving
from eval.load.soak import Look, Soaked, Soaking, slope, soak
from eval.load.usage import Usage
from tests.eval.fakes_served import fake_service, supply
from tests.eval.load.test_load_servers import one_liner


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("fake")
    with serving(fake_service(folder), folder) as server:
        yield server


def test_a_step_is_closed_then_open_at_a_share_of_it(server: Server) -> None:
    row = step([server], supply(), Kind.LOOK_UP, 3, Plan(seconds=0.4, share=0.5))
    assert (row.processes, row.kind, row.clients) == (1, Kind.LOOK_UP, 3)
    assert row.rate == row.per_second * 0.5 > 0
    assert row.closed.count >= row.per_second * 0.4
    assert row.open.count > 0
    assert row.others == {}


def test_a_server_that_answers_nobody_has_a_row_too(server: Server, tmp_path: Path) -> None:
    with serving(fake_service(tmp_path), tmp_path) as gone:
        pass
    with pytest.raises(OSError, match="Connect call failed"):
        step([gone], supply(), Kind.LOOK_UP, 1, Plan(seconds=0.2))
    row = step([server], supply(), Kind.EMPTY, 1, Plan(seconds=0.2))
    assert row.per_second > 0


def test_a_flood_is_measured_by_what_the_other_client_sees(server: Server) -> None:
    flooded = flood(server, supply(), Flooding(seconds=0.6, clients=4, every=0.1))
    assert (flooded.alone.count, flooded.beside.count) == (6, 6)
    assert flooded.flood > 4
    assert flooded.reach.value == pytest.approx((flooded.beside.p95 or 0) / (flooded.alone.p95 or 1))
    assert "p95 of the other client" in flooded.told()
    assert flooded.as_json()["ratio"] == flooded.reach.value


def test_a_soak_looks_at_the_process_while_it_serves(server: Server) -> None:
    soaked = soak(server, supply(), Soaking(minutes=0.02, clients=2, every=0.1))
    assert len(soaked.looks) >= 5
    assert soaked.requests > 10
    assert soaked.not_good == 0, "what must be refused was refused"
    assert soaked.looks[0].usage.files > 3
    assert soaked.as_json()["memory_mb"]["an_hour"] == soaked.memory.an_hour


def soaked(memory: list[float], files: list[int]) -> Soaked:
    """A look every ten seconds."""
    pairs = zip(memory, files, strict=True)
    return Soaked(tuple(Look(10.0 * n, Usage(1.0, mb, count, 4)) for n, (mb, count) in enumerate(pairs)), 900, 0)


@pytest.mark.parametrize(
    ("run_of", "flat", "why"),
    [
        (soaked([300 + n % 2 for n in range(60)], [20] * 60), True, "it sways"),
        (soaked([200 + 10 * min(n, 10) for n in range(60)], [20] * 60), True, "it grew while it warmed up"),
        (soaked([300 + n / 2 for n in range(60)], [20] * 60), False, "it grows"),
        (soaked([300.0] * 60, [20 + n // 6 for n in range(60)]), False, "it keeps files open"),
        (soaked([300 - n for n in range(60)], [20] * 60), True, "it shrinks"),
    ],
)
def test_flat_is_told_from_growing(run_of: Soaked, flat: bool, why: str) -> None:
    assert run_of.flat is flat, why
    assert run_of.told().endswith("\nflat") is flat


def test_a_slope_is_in_units_an_hour_with_its_error() -> None:
    line = slope([(float(n), 5.0 + n / 360) for n in range(100)])
    assert line.an_hour == pytest.approx(10.0)
    assert line.half_width == pytest.approx(0.0, abs=1e-6)
    assert line.rise == pytest.approx(99 / 360)
    assert str(slope([(0.0, 1.0), (1.0, 2.0)])) == "+0.0 ± ?", "two points have no error"


def test_a_run_reports_and_leaves_nothing_behind(tmp_path: Path) -> None:
    said: list[str] = []
    steps: list[tuple[str, int, int]] = []
    folders: list[Path] = []

    def service(data: Path):  # type: ignore[no-untyped-def]
        folders.append(data)
        return fake_service(data)

    plan = Plan(clients=(1, 2), processes=(2,), kinds=(Kind.EMPTY, Kind.JUDGED), seconds=0.2)
    options = Options(
        (Part.GRID, Part.FLOOD, Part.SOAK),
        tmp_path / "index",
        plan,
        Flooding(seconds=0.3, clients=2, every=0.1),
        Soaking(minutes=0.02, clients=1, every=0.2),
        tmp_path / "out" / "load.json",
    )
    found = run(service, supply(), options, said.append, lambda *each: steps.append(each))
    report = json.loads((tmp_path / "out" / "load.json").read_text(encoding="utf-8"))
    assert [(row["processes"], row["kind"], row["clients"]) for row in report["rows"]] == [
        (2, kind, clients) for clients in (1, 2) for kind in ("empty", "judged")
    ]
    assert steps[-1] == ("load", 4, 4)
    assert {each["name"] for each in report["reached"]} == {reach.name for reach in found}
    assert report["settings"]["plan"]["seconds"] == 0.2
    assert report["flood"]["flood"] > 0
    assert report["soak"]["requests"] > 0
    assert str(tmp_path) not in json.dumps(report)
    assert not folders[0].exists()
    assert "limited by" in "\n".join(said)


def test_a_service_that_does_not_start_is_told(tmp_path: Path) -> None:
    options = Options((Part.FLOOD,), tmp_path)
    with pytest.raises(ServerFailed, match="out of memory"):
        run(lambda _: one_liner("raise SystemExit('out of memory')"), supply(), options, print, lambda *_: None)


def test_samples_without_answers_give_no_times() -> None:
    assert times([Sample(0, 5.0, 1.0)]).p99 is None
