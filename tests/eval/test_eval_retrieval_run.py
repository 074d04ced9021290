import json
from pathlib import Path

import pytest

from eval.retrieval.baseline import require_installed
from eval.retrieval.baseline import run as run_benchmark
from eval.retrieval.collection import Collection, Document, read_collection
from eval.retrieval.documents import WINDOW, document_id, passages_of
from eval.retrieval.run import Options, peak_memory, run
from eval.retrieval.scores import Found, empty, figures
from ingest.errors import BadSetting, NoCases
from tests.eval.test_eval_collection import lay_out, lines
from vectorstore.embed_hash import HashEmbedder
from vectorstore.index import Channel

LONG = "衡器应当按期检定。" * 60


def test_long_documents_are_cut_and_every_window_leads_back() -> None:
    passages = passages_of([Document("d:1#2", "题", LONG), Document("d2", "", "短。")])
    assert len(passages) > 2
    assert [document_id(passage.clause_id) for passage in passages] == ["d:1#2"] * (len(passages) - 1) + ["d2"]
    assert all(LONG[passage.start : passage.end] == passage.text for passage in passages[:-1])
    assert all(WINDOW - len("衡器应当按期检定。") < len(passage.text) <= WINDOW for passage in passages[:-2])
    assert [passage.lead for passage in passages] == ["题"] * (len(passages) - 1) + [""]


@pytest.mark.parametrize("document", [Document("1", "只有标题", ""), Document("1", "一样", "一样")])
def test_a_title_alone_is_searched_as_text(document: Document) -> None:
    assert [passage.text for passage in passages_of([document])] == [document.title]


def collection(**grades: dict[str, float]) -> Collection:
    return Collection("c", "test", (Document("d1", "", "x"),), {query: query for query in grades}, grades, {})


def test_figures_by_hand_with_a_query_that_is_missing_from_the_run() -> None:
    """Averaging over the queries that were answered would say recall@1 is 1."""
    found = {"q1": Found(("d1", "d2"), 2.0), "q3": Found((), 4.0)}
    of = collection(q1={"d1": 1.0}, q2={"d1": 1.0}, q3={"d1": 1.0})
    measured = {figure.name: figure for figure in figures(of, found)}
    for name in ("recall@1", "recall@5", "recall@10", "recall@100", "hit@1", "mrr@10", "ndcg@10"):
        assert measured[name].value == pytest.approx(1 / 3)
        assert measured[name].count == 3
    assert measured["query_p50_ms"].value == 3.0
    assert empty(of, found) == 2


@pytest.mark.parametrize("channel", list(Channel))
def test_a_collection_is_indexed_and_searched_in_every_channel(tmp_path: Path, channel: Channel) -> None:
    said: list[str] = []
    out = tmp_path / "made" / "out.json"
    queries = lines([{"_id": "q1", "text": "加强计量监督管理"}, {"_id": "q2", "text": "衡器应当检定"}])
    options = Options(lay_out(tmp_path, queries=queries), channel, json=out)
    measured = run(options, HashEmbedder(), said.append)
    assert {query: found.ranking[0] for query, found in measured.found.items()} == {"q1": "d1", "q2": "d2"}
    content = json.loads(out.read_text(encoding="utf-8"))
    assert content["figures"]["recall@1"]["value"] == 1.0
    assert content["settings"]["channel"] == str(channel)
    assert (content["documents"], content["queries"], content["empty_queries"]) == (3, 2, 0)
    assert content["peak_memory_bytes"] > 10_000_000
    told = "\n".join(said)
    for name in ("recall@100", "ndcg@10", "query_p95_ms", "build_s", "peak_memory_mib"):
        assert name in told


def test_a_query_that_finds_nothing_is_a_miss_and_is_told(tmp_path: Path) -> None:
    queries = lines([{"_id": "q1", "text": "监督管理"}, {"_id": "q2", "text": "xylophone"}])
    said: list[str] = []
    measured = run(Options(lay_out(tmp_path, queries=queries), Channel.LEXICAL), HashEmbedder(), said.append)
    assert {figure.name: figure.value for figure in measured.figures}["recall@100"] == 0.5
    assert "  1 queries found nothing and count as misses" in said


def test_faults_are_told(tmp_path: Path) -> None:
    said: list[str] = []
    run(Options(lay_out(tmp_path, qrels="q1\td1\t1\nq1\n"), Channel.LEXICAL), HashEmbedder(), said.append)
    assert "  1 malformed rows of test.tsv" in said
    assert "  1 queries without a relevant document, not scored" in said


def test_an_empty_folder_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(NoCases):
        run(Options(tmp_path), HashEmbedder(), print)
    with pytest.raises(NoCases):
        read_collection(tmp_path / "missing")


def test_peak_memory_is_in_bytes() -> None:
    assert 10e6 < peak_memory() < 1e12


def test_the_benchmark_names_the_extra_it_needs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "rank_bm25", None)  # as if it were not installed
    with pytest.raises(BadSetting, match=r"rank_bm25.*\[bench\]"):
        require_installed()


def test_the_benchmark_measures_both_sides(tmp_path: Path) -> None:
    for name in ("rank_bm25", "langchain_community", "langchain_chroma", "langchain_classic"):
        pytest.importorskip(name, reason="needs the [bench] extra")
    said: list[str] = []
    out = tmp_path / "out.json"
    comparison = run_benchmark(Options(lay_out(tmp_path), json=out), HashEmbedder(), said.append)
    for side in (comparison.ours, comparison.theirs):
        assert {figure.name: figure.value for figure in side.figures}["recall@5"] == 1.0
    assert json.loads(out.read_text(encoding="utf-8"))["speedup"]["count"] == 2
    assert "Median query time, theirs over ours" in "\n".join(said)
