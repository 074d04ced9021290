"""Run as a module: builds in forked children that are stopped at a chosen moment. Prints what became of each as JSON.

    python -m tests.vectorstore.crash_driver JOBS.json    [{"directory", "moment", "how": kill, full, limit or two}]

`kill` is SIGKILL, `full` a disk without space (ENOSPC) for one file, `limit` a limit on the size of any file, `two`
one of two builders of the same directory, which are let finish.
"""

import errno
import json
import os
import resource
import signal
import sys
from pathlib import Path

import chromadb  # noqa: F401  imported once here, not in every child

from ingest.errors import StoreError
from tests.vectorstore.passage_builders import EMBEDDER, FOUR
from vectorstore.store import IndexStore

OTHERS = FOUR[:3]


def event_name(event: str, args: tuple[object, ...]) -> str:
    """`rename`, `rmtree`, or `write:` and the name of the file about to be opened for writing."""
    if event == "open" and isinstance(args[0], (str, bytes)) and str(args[1] or "")[:1] in ("w", "x"):
        return "write:" + Path(os.fsdecode(args[0])).name.partition("-")[0]
    return {"os.rename": "rename", "shutil.rmtree": "rmtree"}.get(event, "")


def stop_at(moment: str, how: str) -> None:
    """Arrange for this process to be stopped at the n-th event, e.g. `rename 2`."""
    name, _, count = moment.partition(" ")
    left = int(count or 1)

    def watch(event: str, args: tuple[object, ...]) -> None:
        nonlocal left
        if event_name(event, args) == name:
            left -= 1
            if left == 0 and how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            elif left == 0:
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    sys.addaudithook(watch)


def build(job: dict[str, str], said: int) -> None:
    if job["how"] == "limit":
        size = int(job["moment"])
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
    elif job["how"] != "two":
        stop_at(job["moment"], job["how"])

    def progress(what: str, done: int, total: int) -> None:
        if job["moment"] == f"progress:{what}":
            os.kill(os.getpid(), signal.SIGKILL)

    try:
        IndexStore(Path(job["directory"])).build(OTHERS, EMBEDDER, progress)
        os.write(said, b"built")
    except StoreError as error:
        os.write(said, f"StoreError: {error}".encode())
    except BaseException as error:
        os.write(said, f"{type(error).__name__}: {error}".encode())
        raise


def run(jobs: list[dict[str, str]]) -> list[dict[str, object]]:
    """All children at once: builders of one directory must wait for each other."""
    children = []
    for job in jobs:
        hear, say = os.pipe()
        child = os.fork()
        if child == 0:
            try:
                build(job, say)
            finally:
                os._exit(0)
        os.close(say)
        children.append((child, hear))
    results: list[dict[str, object]] = []
    for child, hear in children:
        with os.fdopen(hear) as heard:
            said = heard.read()
        _, status = os.waitpid(child, 0)
        results.append({"killed": os.WIFSIGNALED(status), "said": said})
    return results


if __name__ == "__main__":
    sys.stdout.write(json.dumps(run(json.loads(Path(sys.argv[1]).read_text()))))
