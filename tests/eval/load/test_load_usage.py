import os
import subprocess
import sys
from pathlib import Path

import pytest

from eval.load.usage import Busy, Clock, NotTold, usage

WORKS = "sum(range(3_000_000)); print(flush=True); import sys; sys.stdin.read()"


def test_a_process_is_seen_with_what_it_takes() -> None:
    before = usage(os.getpid())
    with open(os.devnull) as _:
        assert usage(os.getpid()).files == before.files + 1
    assert 5 < before.resident_mb < 100_000
    assert before.threads >= 1
    assert before.cpu_s > 0


def test_work_is_counted_for_whoever_did_it() -> None:
    before = Clock.now(())
    with subprocess.Popen([sys.executable, "-c", WORKS], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        other.stdout.readline()
        seen = Clock.now((other.pid,))
        busy = seen.since(before, seconds=1.0)
    assert seen.servers > 0
    assert busy.servers == seen.servers
    assert busy.cores == os.cpu_count()


def test_a_process_that_is_gone_is_said_to_be() -> None:
    with pytest.raises(NotTold, match="No '/proc/999999999'"):
        usage(999_999_999)


def test_shares_are_of_the_time_between() -> None:
    busy = Clock(servers=3.0, ours=1.0, machine=9.0).since(Clock(1.0, 0.5, 5.0), seconds=2.0)
    assert (busy.servers, busy.ours, busy.others) == (1.0, 0.25, 0.75)
    assert Clock(3.0, 1.0, 3.0).since(Clock(1.0, 0.5, 1.0), 2.0).others == 0.0, "ticks are coarse"


@pytest.mark.parametrize(
    ("busy", "said"),
    [
        (Busy(0.9, 0.2, 0.85, 2), "the machine: all of its 2 cores are busy (server 0.90, other processes 0.85"),
        (Busy(0.3, 0.95, 0.0, 4), "the load generator: 0.95 of one core"),
        (Busy(0.97, 0.3, 0.0, 4), "the server: 0.97 cores of 4"),
        (Busy(0.2, 0.1, 0.1, 2), "waiting: server 0.20 cores, load generator 0.10, of 2"),
    ],
)
def test_what_limits_is_told(busy: Busy, said: str) -> None:
    assert busy.limit.startswith(said)


def test_without_proc_it_says_what_is_needed(tmp_path: Path) -> None:
    with pytest.raises(NotTold, match="measured on Linux"):
        usage(os.getpid(), proc=tmp_path)
