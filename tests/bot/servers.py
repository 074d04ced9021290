"""PostgreSQL and Redis that the tests start themselves, on this machine alone, and stop."""

import os
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp
from uuid import uuid4

import pytest

from eval.attack.dependency import postgres_programs

STARTS_WITHIN = 120  # seconds; a busy machine takes some


def absent(what: str) -> None:
    """Skipped where it is not installed, but a failure where CI=true."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{what} is not installed.")
    pytest.skip(f"{what} is not installed")


@pytest.fixture(scope="session")
def redis_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Redis of its own on a socket of its own."""
    program = shutil.which("redis-server")
    if program is None:
        absent("redis-server")
        return
    folder = tmp_path_factory.mktemp("redis")
    path = folder / "redis.sock"
    arguments = [program, "--port", "0", "--unixsocket", str(path), "--save", "", "--dir", str(folder)]
    process = subprocess.Popen(arguments, stdout=subprocess.DEVNULL)
    wait_for(path.exists)
    yield f"unix://{path}"
    process.terminate()
    process.wait(STARTS_WITHIN)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a PostgreSQL of its own, less the database's name. It does not run as root."""
    programs = postgres_programs()
    if programs is None:
        absent("PostgreSQL")
        return
    user = "postgres" if os.getuid() == 0 else None
    folder = Path(mkdtemp(prefix="pg"))
    if user:
        shutil.chown(folder, user)
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "user": user}
    made = [str(programs / "initdb"), "-D", str(folder / "data"), "-U", "metrology", "--auth=trust", "--no-sync"]
    subprocess.run(made, check=True, cwd=folder, **quiet)  # type: ignore[call-overload]
    options = ["-c", "listen_addresses=", "-c", "fsync=off", "-k", str(folder)]
    command = [str(programs / "postgres"), "-D", str(folder / "data"), *options]
    process = subprocess.Popen(command, cwd=folder, **quiet)  # type: ignore[call-overload]
    try:
        wait_for((folder / ".s.PGSQL.5432").exists)
        yield f"postgresql://metrology@/{{name}}?host={folder}"
    finally:
        process.terminate()
        process.wait(STARTS_WITHIN)
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgres_url(postgres: str) -> str:
    """An empty database."""
    import psycopg

    name, address = f"test_{uuid4().hex}", postgres.format(name="postgres")
    until = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            with psycopg.connect(address, autocommit=True) as connection:
                connection.execute(f"CREATE DATABASE {name}".encode())
            return postgres.format(name=name)
        except psycopg.OperationalError:  # its socket is there before it takes anyone
            assert time.monotonic() < until, "PostgreSQL takes no connections"
            time.sleep(0.1)


def wait_for(ready: object) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while not ready():  # type: ignore[operator]
        assert time.monotonic() < until, f"not ready within {STARTS_WITHIN} s"
        time.sleep(0.05)
