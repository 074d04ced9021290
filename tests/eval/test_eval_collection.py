import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from eval.retrieval.collection import read_collection
from ingest.errors import NoCases

CORPUS: list[dict[str, object]] = [
    {"_id": "d1", "title": "计量法第一条", "text": "为了加强计量监督管理。"},
    {"_id": "d2", "title": "", "text": "衡器应当检定。"},
    {"_id": 3, "text": "标准物质。"},
]
QUERIES = [{"_id": "q1", "text": "监督"}, {"_id": "q2", "text": "检定"}]
QRELS = "query-id\tcorpus-id\tscore\nq1\td1\t1\nq2\td2\t2\n"


def lay_out(
    folder: Path, corpus: str | None = None, queries: str | None = None, qrels: str = QRELS, split: str = "test"
) -> Path:
    (folder / "qrels").mkdir(exist_ok=True)
    (folder / "corpus.jsonl").write_text(lines(CORPUS) if corpus is None else corpus, encoding="utf-8")
    (folder / "queries.jsonl").write_text(lines(QUERIES) if queries is None else queries, encoding="utf-8")
    (folder / "qrels" / f"{split}.tsv").write_text(qrels, encoding="utf-8")
    return folder


def lines(rows: Sequence[Mapping[str, object]]) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def test_a_clean_collection_has_no_faults(tmp_path: Path) -> None:
    collection = read_collection(lay_out(tmp_path))
    assert [document.id for document in collection.documents] == ["d1", "d2", "3"]
    assert collection.queries == {"q1": "监督", "q2": "检定"}
    assert collection.grades == {"q1": {"d1": 1.0}, "q2": {"d2": 2.0}}
    assert (collection.split, dict(collection.faults)) == ("test", {})


def test_gzip_and_a_byte_order_mark_are_read(tmp_path: Path) -> None:
    lay_out(tmp_path)
    for name in ("corpus.jsonl", "queries.jsonl"):
        plain = tmp_path / name
        (tmp_path / f"{name}.gz").write_bytes(gzip.compress(b"\xef\xbb\xbf" + plain.read_bytes()))
        plain.unlink()
    collection = read_collection(tmp_path)
    assert (len(collection.documents), len(collection.queries), dict(collection.faults)) == (3, 2, {})


def test_whatever_is_not_used_is_counted(tmp_path: Path) -> None:
    corpus = (
        lines(CORPUS) + '{broken\n[1]\n{"_id": "d1", "text": "again"}\n{"_id": "d9", "text": " "}\n{"text": "x"}\n\n'
    )
    queries = (
        lines([*QUERIES, {"_id": "q3", "text": "没有判断"}, {"_id": "q1", "text": "again"}, {"_id": "q5"}]) + "oops\n"
    )
    qrels = QRELS + "q1\td2\t0\nq1\tgone\t1\nq4\td1\t1\nq1\td1\nq1\td1\thigh\n"
    collection = read_collection(lay_out(tmp_path, corpus, queries, qrels))
    assert collection.grades == {"q1": {"d1": 1.0, "gone": 1.0}, "q2": {"d2": 2.0}}
    assert dict(collection.faults) == {
        "malformed rows of corpus.jsonl": 2,
        "rows of corpus.jsonl repeating an id": 1,
        "rows of corpus.jsonl without id or text": 2,
        "malformed rows of queries.jsonl": 1,
        "rows of queries.jsonl repeating an id": 1,
        "rows of queries.jsonl without id or text": 1,
        "malformed rows of test.tsv": 2,
        "rows of test.tsv judged not relevant, as they should be": 1,
        "judged queries missing from queries.jsonl, not scored": 1,
        "queries without a relevant document, not scored": 1,
        "relevant documents missing from the corpus, counted as misses": 1,
    }


@pytest.mark.parametrize("qrels", ["q1\td1\t1\n", "q1 0 d1 1\n", "a\tb\tc\nq1\td1\t1\n"])
def test_qrels_with_and_without_header_and_in_four_columns(tmp_path: Path, qrels: str) -> None:
    assert read_collection(lay_out(tmp_path, qrels=qrels)).grades == {"q1": {"d1": 1.0}}


def test_test_is_taken_before_dev_and_a_named_split_before_both(tmp_path: Path) -> None:
    for split in ("train", "dev", "test"):
        lay_out(tmp_path, qrels="q1\td1\t1\n", split=split)
    assert read_collection(tmp_path).split == "test"
    assert read_collection(tmp_path, "train").split == "train"
    (tmp_path / "qrels" / "test.tsv").unlink()
    assert read_collection(tmp_path).split == "dev"
    with pytest.raises(NoCases, match=r"held\.tsv"):
        read_collection(tmp_path, "held")


@pytest.mark.parametrize(
    "broken", [{"corpus": ""}, {"queries": ""}, {"qrels": ""}, {"qrels": "q1\td1\t0\n"}, {"qrels": "q9\td1\t1\n"}]
)
def test_nothing_to_score_is_an_error(tmp_path: Path, broken: dict[str, str]) -> None:
    with pytest.raises(NoCases):
        read_collection(lay_out(tmp_path, **broken))


@pytest.mark.parametrize("name", ["corpus.jsonl", "queries.jsonl", "qrels/test.tsv"])
def test_a_missing_file_is_named(tmp_path: Path, name: str) -> None:
    (lay_out(tmp_path) / name).unlink()
    with pytest.raises(NoCases, match=name.rpartition("/")[2].replace("test.tsv", r"\*\.tsv")):
        read_collection(tmp_path)


def test_a_file_that_breaks_off_is_told(tmp_path: Path) -> None:
    lay_out(tmp_path)
    (tmp_path / "corpus.jsonl").rename(tmp_path / "plain")
    many = lines([{"_id": f"d{number}", "text": f"第{number * 7919}条"} for number in range(5_000)]).encode()
    (tmp_path / "corpus.jsonl.gz").write_bytes(gzip.compress(many)[:-4_000])
    collection = read_collection(tmp_path)
    assert 0 < len(collection.documents) < 5_000
    assert collection.faults["corpus.jsonl.gz cannot be read to its end (EOFError)"] == 1
