"""What every test folder may ask for. Models and stores are imported by whoever asks for them."""

import os
import shutil
import time
from collections.abc import Iterator
from fcntl import LOCK_EX, flock
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingest.load import SHIPPED, load_shipped_plans
from ingest.model import Plan

if TYPE_CHECKING:
    from vectorstore.encoder import Encoder
    from vectorstore.index import PassageIndex

DAY = 86_400  # seconds
TESTS = Path(__file__).parent
VECTORSTORE = TESTS.parent / "vectorstore"
# whose files start servers and browsers, build and read: none of them may come last
LONGEST = ("ui", "eval", "deploy", "package", "vectorstore", "ingest")


def pytest_configure(config: pytest.Config) -> None:
    """Each of several workers begins with other files: pytest compiles a file once and keeps it for all."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "")
    if worker and [Path(arg).resolve() for arg in config.args] == [TESTS]:
        files = [str(path) for path in sorted(TESTS.rglob("test_*.py"))]
        first = len(files) * int(worker.removeprefix("gw")) // int(os.environ["PYTEST_XDIST_WORKER_COUNT"])
        config.args[:] = files[first:] + files[:first]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that take long first, so that no worker is left alone with one of them at the end.

    All workers must come to one order, wherever they began.
    """

    def place(item: pytest.Item) -> tuple[bool, tuple[str, ...]]:
        path = item.path.relative_to(TESTS).parts
        return not path[0].removeprefix("test_").startswith(LONGEST), path

    items.sort(key=place)


@pytest.fixture(scope="session")
def plans() -> dict[str, Plan]:
    """The five shipped plans by id."""
    return {plan.id: plan for plan in load_shipped_plans().plans}


@pytest.fixture(scope="session")
def encoder() -> "Encoder":
    """The shipped one; it takes some tenths of a second to open."""
    from vectorstore.encoder import Encoder

    return Encoder()


@pytest.fixture(scope="session")
def shipped_data(pytestconfig: pytest.Config, plans: dict[str, Plan], encoder: "Encoder") -> Path:
    """A data folder with a current index of the shipped plans: to be read or copied, never written to.

    Reading every sentence takes a while, so it is kept between sessions until model, plans or code are others.
    """
    from vectorstore.holdings import Holdings, fingerprint
    from vectorstore.manifest import corpus_hash
    from vectorstore.passages import cut_passages
    from vectorstore.store import IndexStore

    assert pytestconfig.cache is not None
    kept, passages = pytestconfig.cache.mkdir("shipped"), cut_passages(plans.values())
    holdings = Holdings(tuple(plans.values()), fingerprint([SHIPPED]))
    code = b"".join(path.read_bytes() for path in sorted(VECTORSTORE.glob("*.py")))
    key = f"{encoder.id}{corpus_hash(passages)}{holdings.folder}".encode() + code
    data = kept / sha256(key).hexdigest()[:16]
    with (kept / "lock").open("w") as lock:  # of several workers one builds, the others wait for it
        flock(lock, LOCK_EX)
        store = IndexStore(data / "index", encoder=encoder)
        if not store.is_current(passages, encoder):
            for other in kept.iterdir():  # but for those that a session beside this one may be reading
                if other.is_dir() and other != data and other.stat().st_mtime < time.time() - DAY:
                    shutil.rmtree(other, ignore_errors=True)
            store.build(passages, encoder, holdings=holdings)
    return data


@pytest.fixture(scope="session")
def shipped_index(shipped_data: Path, plans: dict[str, Plan], encoder: "Encoder") -> "Iterator[PassageIndex]":
    """The index as shipped."""
    from vectorstore.passages import cut_passages
    from vectorstore.store import IndexStore

    index = IndexStore(shipped_data / "index", encoder=encoder).open(cut_passages(plans.values()), encoder)
    yield index
    index.close()
