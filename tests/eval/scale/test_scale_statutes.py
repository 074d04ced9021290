"""Articles become documents, read as far as they are wanted."""

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest

from eval.scale.statutes import NoStatutes, statutes
from tests.eval.scale.builders import article, collection


def test_articles_of_a_document_stand_under_its_title_and_their_headings(tmp_path: Path) -> None:
    rows = [
        article("计量条例", 1, section="第一章  总则"),
        article("计量条例", 2, section="第一章  总则"),
        article("计量条例", 3, section="第一章  总则 / 第二章  检定"),
        article("能源条例", 1),
    ]
    path = tmp_path / "s.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    first, second = statutes(path, 100)
    assert first.text.splitlines() == [
        "计量条例",
        "",
        "第一章  总则",
        "第1条　计量器具应当检定。",
        "第2条　计量器具应当检定。",
        "第二章  检定",
        "第3条　计量器具应当检定。",
    ]
    assert (first.id, first.articles, second.articles) == ("statute-00000", 3, 1)


@pytest.mark.parametrize(("articles", "documents"), [(0, 0), (1, 1), (2, 1), (3, 2), (100, 3)])
def test_whole_documents_until_so_many_articles(tmp_path: Path, articles: int, documents: int) -> None:
    path = collection(tmp_path / "s.jsonl")
    assert [one.id for one in statutes(path, articles)] == [f"statute-{number:05d}" for number in range(documents)]


def test_it_is_read_as_it_is_asked_for(tmp_path: Path) -> None:
    """A hundred thousand articles are never in memory at once: what comes later is not even looked at."""
    path = collection(tmp_path / "s.jsonl")
    with path.open("a") as file:
        file.write("broken\n")
    assert len(list(islice(statutes(path, 100), 2))) == 2


def test_a_packed_file(tmp_path: Path) -> None:
    plain = collection(tmp_path / "s.jsonl")
    packed = tmp_path / "s.jsonl.gz"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert list(statutes(packed, 100)) == list(statutes(plain, 100))


@pytest.mark.parametrize("content", [b"{", b"[]\n", b'{"title": 1, "article": "", "text": ""}\n', b'{"title": "a"}\n'])
def test_what_is_no_statute_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "s.jsonl"
    path.write_bytes(content)
    with pytest.raises(NoStatutes, match=r"title, article, text and doc"):
        list(statutes(path, 1))
    with pytest.raises(NoStatutes, match="No such file"):
        list(statutes(tmp_path / "away", 1))
