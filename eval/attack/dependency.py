"""Redis, PostgreSQL and a Chroma server of our own on loopback, where their programs are installed."""

import os
import pwd
import shutil
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from eval.load.servers import HOST, Program, ServerFailed, accepts, ready_at

POSTGRES_USER, DATABASE = "postgres", "postgres"
POSTGRES_FOLDER = Path("/usr/lib/postgresql")  # Debian keeps the server's programs out of PATH, by version


@dataclass(frozen=True, slots=True)
class Dependency:
    """What the service may stand on. `setting` takes its URL; `program` is None where it is not installed."""

    name: str
    setting: str
    url: Callable[[int], str]
    program: Callable[[Path], Program | None]


def redis(folder: Path) -> Program | None:
    """Kept on disk at every write, so that what was acknowledged is there after a kill."""
    found = shutil.which("redis-server")
    if found is None:
        return None

    def command(port: int) -> list[str]:
        return [found, "--bind", HOST, "--port", str(port), "--dir", str(folder), "--appendonly", "yes", "--save", ""]

    return Program("redis", command, {}, accepts)


def postgres(folder: Path) -> Program | None:
    """A cluster in `folder`. Never run by root, which it refuses: then by its own user."""
    found = postgres_programs()
    if found is None or (user := _user()) is None:
        return None
    data = folder / "postgres"
    if not data.is_dir():
        _make_cluster(found, data, user)

    def command(port: int) -> list[str]:
        listening = ["-h", HOST, "-p", str(port), "-k", ""]
        return [str(found / "postgres"), "-D", str(data), *listening, "-c", "shared_memory_type=mmap"]

    def ready(port: int) -> bool:
        return not subprocess.run(
            [str(found / "pg_isready"), "-q", "-h", HOST, "-p", str(port)], check=False
        ).returncode

    return Program("postgres", command, {"LC_ALL": "C"}, ready, user)


def chroma(folder: Path) -> Program | None:
    found = Path(sys.executable).with_name("chroma")
    if not found.is_file():
        return None

    def command(port: int) -> list[str]:
        return [str(found), "run", "--host", HOST, "--port", str(port), "--path", str(folder / "chroma")]

    return Program("chroma", command, {}, ready_at("/api/v2/heartbeat"))


DEPENDENCIES = (
    Dependency("Redis", "REDIS_URL", lambda port: f"redis://{HOST}:{port}/0", redis),
    Dependency(
        "PostgreSQL",
        "DATABASE_URL",
        lambda port: f"postgresql+psycopg://{POSTGRES_USER}@{HOST}:{port}/{DATABASE}",
        postgres,
    ),
    Dependency("Chroma", "CHROMA_URL", lambda port: f"http://{HOST}:{port}", chroma),
)


def postgres_programs() -> Path | None:
    """The folder of `initdb` and `postgres`, of the newest version."""
    if found := shutil.which("initdb"):
        return Path(found).resolve().parent
    versions = sorted(POSTGRES_FOLDER.glob("*/bin/initdb"), key=lambda path: float(path.parts[-3]))
    return versions[-1].parent if versions else None


def _user() -> str | None:
    """ "" for who we are; None when we are root and the user of PostgreSQL does not exist."""
    if os.geteuid() != 0:
        return ""
    with suppress(KeyError):
        return pwd.getpwnam(POSTGRES_USER).pw_name
    return None


def _make_cluster(programs: Path, data: Path, user: str) -> None:
    """Raises ServerFailed."""
    data.mkdir()
    if user:
        data.parent.chmod(0o755)  # its way there
        shutil.chown(data, user)
    command = [str(programs / "initdb"), "-D", str(data), "-U", POSTGRES_USER, "-A", "trust", "-E", "UTF8", "--no-sync"]
    done = subprocess.run(
        command,
        env={"PATH": os.defpath, "LC_ALL": "C"},
        capture_output=True,
        text=True,
        check=False,
        user=user or None,
        cwd="/",
    )
    if done.returncode:
        raise ServerFailed("postgres", done.stderr.strip()[-300:])
