"""Servers of our own on loopback: started, waited for, and ended whatever happens."""

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType

from eval.load.connection import Address
from ingest.errors import EvalError

HOST = "127.0.0.1"
STARTS_WITHIN, STOPS_WITHIN = 180.0, 10.0  # seconds; a first start may build an index
TOLD = 600  # characters of a log that an error repeats

Command = Callable[[int], list[str]]  # of a server on that port


class ServerFailed(EvalError):
    """A server that was to be measured did not start."""

    def __init__(self, name: str, reason: str) -> None:
        self.name, self.reason = name, reason
        super().__init__(f"The {name} did not start: {reason}. Mend that, then measure again.")


@dataclass(frozen=True, slots=True)
class Program:
    """A kind of server. `environment` is set beside that of this process; None takes a variable away."""

    name: str
    command: Command
    environment: Mapping[str, str | None]
    ready: Callable[[int], bool]  # whether what listens on that port serves
    user: str = ""  # who runs it, when this process may choose


@dataclass(frozen=True, slots=True)
class Server:
    """One that runs."""

    name: str
    process: subprocess.Popen[bytes]
    port: int
    log: Path

    @property
    def address(self) -> Address:
        return Address(HOST, self.port)

    @property
    def running(self) -> bool:
        return self.process.poll() is None

    def kill(self) -> None:
        """At once, as when a machine takes it away."""
        self.process.kill()
        self.process.wait()

    def stop(self, seconds: float = STOPS_WITHIN) -> None:
        """Politely, then not."""
        self.process.terminate()
        try:
            self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()


def empty_program() -> Program:
    """The empty endpoint, served as the service is."""

    def command(port: int) -> list[str]:
        options = ["--host", HOST, "--port", str(port), "--log-level", "warning", "--no-access-log"]
        return [sys.executable, "-m", "uvicorn", "eval.load.empty:app", *options]

    return Program("empty endpoint", command, {}, ready_at("/readyz"))


@contextmanager
def serving(program: Program, folder: Path, port: int = 0, within: float = STARTS_WITHIN) -> Iterator[Server]:
    """A server with its log in `folder`, until the context ends. Raises ServerFailed."""
    server = start(program, folder, port)
    try:
        wait_until_ready(server, program, within)
        yield server
    finally:
        server.stop()


def start(program: Program, folder: Path, port: int = 0) -> Server:
    """Whoever starts it stops it."""
    port = port or free_port()
    log = folder / f"{program.name.replace(' ', '-')}-{port}.log"
    with log.open("ab") as written:
        process = subprocess.Popen(
            program.command(port),
            env=environment_of(program),
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            start_new_session=True,  # Ctrl-C is for us: we stop it in order
            user=program.user or None,
        )
    return Server(program.name, process, port, log)


def environment_of(program: Program) -> dict[str, str]:
    """For it, and for commands that change what it serves."""
    environment = {**os.environ, **program.environment}
    return {name: value for name, value in environment.items() if value is not None}


def wait_until_ready(server: Server, program: Program, seconds: float = STARTS_WITHIN) -> None:
    """Raises ServerFailed with the end of what it logged."""
    end = time.monotonic() + seconds
    while server.running and time.monotonic() < end:
        if program.ready(server.port):
            return
        time.sleep(0.05)
    why = "it ended" if not server.running else f"it served nobody within {seconds:g} s"
    raise ServerFailed(server.name, f"{why}. Its log ends: {_end_of(server.log)}")


def ready_at(path: str, seconds: float = 2.0) -> Callable[[int], bool]:
    """Ready when GET gives 200."""

    def ready(port: int) -> bool:
        connection = http.client.HTTPConnection(HOST, port, timeout=seconds)
        with suppress(OSError, http.client.HTTPException), closing(connection):
            connection.request("GET", path)
            return connection.getresponse().status == 200
        return False

    return ready


def accepts(port: int) -> bool:
    """Ready when it takes connections."""
    with suppress(OSError), socket.create_connection((HOST, port), timeout=1.0):
        return True
    return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


@contextmanager
def playground(index: Path) -> Iterator[Path]:
    """A data folder to be thrown away, with a copy of `index` if there is one: nobody's records are written to."""
    with tempfile.TemporaryDirectory(prefix="metrology-") as folder:
        if index.is_dir():
            shutil.copytree(index, Path(folder) / "index")
        yield Path(folder)


@contextmanager
def ended_in_order() -> Iterator[None]:
    """SIGTERM is taken as Ctrl-C is, so that every context ends and stops what it started."""

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _end_of(log: Path) -> str:
    text = log.read_text(encoding="utf-8", errors="replace").strip()
    return text[-TOLD:] or "(empty)"
