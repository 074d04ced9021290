"""Small documents and a curator over them, whose index is built in no time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.curator import Curator, Ledger
from bot.desk import Desk
from bot.offers import Offer, offers
from bot.records.changes import SqlChanges
from bot.records.database import Database
from bot.records.drafts import SqlDrafts
from vectorstore.embed_hash import HashEmbedder
from vectorstore.store import IndexStore

ONE = (
    "甲市计量工作方案\n一、总体要求\n加强计量监督管理。\n二、主要任务\n（一）检定。对集贸市场的电子秤按期检定。\n"
    "（二）培训。培训计量人员。\n"
)
TWO = "乙市计量工作方案\n一、总体要求\n服务产业发展。\n二、主要任务\n（一）比对。每年组织两次能力比对。\n"
THREE = "丙市计量工作方案\n一、总体要求\n守护民生计量。\n二、主要任务\n（一）抽查。抽查加油机一百台。\n"
REWORDED = ONE.replace("按期检定", "每年检定一次")


def folder_of(place: Path, **documents: str) -> Path:
    """A folder with a document a name."""
    place.mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        (place / f"{name}.txt").write_text(text, encoding="utf-8")
    return place


def curator_in(place: Path, ledger: Ledger | None = None, embedder: HashEmbedder | None = None) -> Curator:
    """Over `place`/plans, which holds 甲 and 乙; nothing is built yet."""
    plans = folder_of(place / "plans", one=ONE, two=TWO)
    return Curator(IndexStore(place / "data" / "index"), embedder or HashEmbedder(16), plans, ledger)


def offer_of(place: Path, name: str = "three", text: str = THREE) -> Offer:
    found, _ = offers([folder_of(place / "offered", **{name: text}) / f"{name}.txt"])
    return found[0]


@contextmanager
def desk_in(place: Path) -> Iterator[Desk]:
    """It holds 甲 and 乙."""
    database = Database(f"sqlite:///{place / 'desk.sqlite3'}")
    changes = SqlChanges(database)
    curator = curator_in(place, changes)
    curator.build("start")
    yield Desk(curator, SqlDrafts(changes))
    database.close()
