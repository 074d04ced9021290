"""The catalogue: every field that is wrong is named; a bad catalogue does not stop the documents."""

from pathlib import Path

import pytest

from ingest.catalogue import read_catalogue
from ingest.errors import BadCatalogue
from ingest.load import SHIPPED, load, load_shipped_plans

FIELDS = {
    "id": '"book"',
    "file": '"book.txt"',
    "name": '"手册"',
    "region": '"厦门"',
    "level": '"municipal"',
    "aliases": '["厦门市"]',
}
TEXT = "方案\n一、目标\n（一）提升。加强计量工作。\n"


def table(**changed: str | None) -> str:
    fields = {name: changed.get(name, value) for name, value in FIELDS.items()}
    return "[[plan]]\n" + "".join(f"{name} = {value}\n" for name, value in fields.items() if value is not None)


def write(folder: Path, text: str) -> Path:
    (folder / "catalogue.toml").write_text(text, encoding="utf-8")
    return folder


def test_a_good_entry(tmp_path: Path) -> None:
    (entry,) = read_catalogue(write(tmp_path, table()))
    assert (entry.id, entry.file, entry.name, entry.region, entry.level) == (
        "book",
        "book.txt",
        "手册",
        "厦门",
        "municipal",
    )
    assert entry.aliases == ("厦门市",)


def test_aliases_may_be_left_out(tmp_path: Path) -> None:
    assert read_catalogue(write(tmp_path, table(aliases=None)))[0].aliases == ()


MORE = """
kind = "notice"
issuer = "厦门市人民政府"
names = ["老手册"]
version = "2024年版"
effective = "2024-01-01"
expires = 2025-12-31
superseded_by = "new-book"
"""


def test_what_else_it_may_say(tmp_path: Path) -> None:
    (entry,) = read_catalogue(write(tmp_path, table() + MORE))
    assert (entry.kind, entry.issuer, entry.names) == ("notice", "厦门市人民政府", ("老手册",))
    assert (entry.version, entry.effective, entry.expires) == ("2024年版", "2024-01-01", "2025-12-31")
    assert entry.superseded_by == "new-book"


def test_and_may_leave_out(tmp_path: Path) -> None:
    (entry,) = read_catalogue(write(tmp_path, table()))
    assert (entry.kind, entry.names, entry.effective, entry.superseded_by) == ("", (), "", "")


def test_no_catalogue_is_no_error(tmp_path: Path) -> None:
    assert read_catalogue(tmp_path) == ()


# why each: the field, and what the message must say of it
BAD = [
    (table(id=None), "lacks id", "no id"),
    (table(id="7"), "lacks id", "an id that is no text"),
    (table(id='"Xiamen"'), "'Xiamen' is not lower-case", "capital letters"),
    (table(id='"../up"'), "is not lower-case", "a path"),
    (table(id='""'), "is not lower-case", "an empty id"),
    (table(file=None), "lacks file", "no file"),
    (table(file='""'), "lacks file", "an empty file name would be the folder"),
    (table(name=None), "lacks name", "no name"),
    (table(region=None), "lacks region", "no region"),
    (table(level=None), "lacks level", "no level"),
    (table(level='"city"'), "level 'city'. Use one of national", "an unknown level"),
    (table(aliases='"厦门市"'), "aliases '厦门市'. Use a list", "one alias without a list"),
    (table(aliases="[1]"), "aliases", "an alias that is no text"),
    (table() + 'kind = "poem"', "kind 'poem'. Use one of plan, law", "an unknown kind"),
    (table() + 'issuer = ""', "issuer ''. Use a name", "an empty issuer"),
    (table() + "names = 3", "names 3. Use a list", "names that are no list"),
    (table() + 'effective = "2024年"', "effective '2024年'. Use a day such as", "no ISO day"),
    (table() + "expires = 20251231", "expires 20251231. Use a day", "a number"),
    (table() + 'superseded_by = "New Book"', "superseded_by 'New Book'. Use the id", "no id"),
    (table() + table(), "two plans have the id 'book'", "an id twice"),
    ("plan = 3\n", r"\[\[plan\]\]", "no tables"),
    ("[plan]\nid = 'a'\n", r"\[\[plan\]\]", "one table where a list belongs"),
    ("[[plans]]\nid = 'a'\n", r"\[\[plan\]\]", "a misspelt heading"),
    ("", r"\[\[plan\]\]", "an empty catalogue"),
    ("[[plan]\nid = ", "See the shipped catalogue", "broken TOML"),
]


@pytest.mark.parametrize(("text", "names", "why"), BAD)
def test_bad_entries(tmp_path: Path, text: str, names: str, why: str) -> None:
    with pytest.raises(BadCatalogue, match=names) as caught:
        read_catalogue(write(tmp_path, text))
    assert "catalogue.toml" in str(caught.value), why


def test_a_catalogue_in_another_encoding(tmp_path: Path) -> None:
    (tmp_path / "catalogue.toml").write_bytes(table().encode("gb18030"))
    with pytest.raises(BadCatalogue, match="decode"):
        read_catalogue(tmp_path)


def test_a_bad_catalogue_does_not_stop_the_documents(tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text(TEXT, encoding="utf-8")
    report = load([write(tmp_path, table(level='"city"'))])
    assert [plan.id for plan in report.plans] == ["book"]
    assert [skipped.path for skipped in report.skipped] == [tmp_path]
    assert "level 'city'" in report.skipped[0].reason


def test_a_catalogued_file_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "other.txt").write_text(TEXT, encoding="utf-8")
    report = load([write(tmp_path, table())])
    assert [plan.id for plan in report.plans] == ["other"]
    assert "book.txt" in report.skipped[0].reason


def test_an_uncatalogued_file_cannot_take_a_catalogued_id(tmp_path: Path) -> None:
    (tmp_path / "book.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "book.md").write_text(TEXT, encoding="utf-8")
    report = load([write(tmp_path, table())])
    assert [(plan.id, plan.file) for plan in report.plans] == [("book", "book.txt")]
    assert "taken" in report.skipped[0].reason


def test_the_shipped_catalogue_names_every_shipped_file() -> None:
    report = load_shipped_plans()
    assert report.skipped == ()
    assert {plan.file for plan in report.plans} == {path.name for path in SHIPPED.glob("*.txt")}
    assert [plan.id for plan in report.plans] == ["state-council", "xiamen", "quanzhou", "qingdao", "jinhua"]
    assert {plan.level for plan in report.plans} == {"national", "municipal"}
