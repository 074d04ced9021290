"""An index says what it was built from, and refuses anything else by name."""

import json
from dataclasses import asdict, replace
from pathlib import Path

import pytest

from ingest.errors import IndexMismatch, IndexMissing
from tests.vectorstore.passage_builders import FOUR
from vectorstore.manifest import FILE, FORMAT, Manifest, by_plan, corpus_hash, corpus_of, plan_hash

MANIFEST = Manifest(
    FORMAT,
    "hash:64",
    "0123456789abcdef",
    4,
    "2026-01-01T00:00:00+00:00",
    ("one", "two"),
    {"a": "0123"},
    {"b": (1, "c")},
)


def test_written_and_read_it_is_the_same(tmp_path: Path) -> None:
    MANIFEST.write(tmp_path)
    assert Manifest.read(tmp_path) == MANIFEST


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (None, "there is none"),
        (b"", "an empty file"),
        (b"{", "half a file"),
        (b"\xff\xfe\x00", "not text"),
        (b"[]", "not an object"),
        (b"null", "nor is null"),
        (b'{"format": 3}', "a part is missing"),
        (json.dumps({**asdict(MANIFEST), "more": 1}).encode(), "a part nobody knows"),
    ],
)
def test_what_cannot_be_understood_is_no_index(tmp_path: Path, content: bytes | None, why: str) -> None:
    if content is not None:
        (tmp_path / FILE).write_bytes(content)
    with pytest.raises(IndexMissing, match="Run `metrology build`") as caught:
        Manifest.read(tmp_path)
    assert str(tmp_path) in str(caught.value), why


@pytest.mark.parametrize(
    ("manifest", "what", "values"),
    [
        (replace(MANIFEST, format=FORMAT + 1), "format", (str(FORMAT + 1), str(FORMAT))),
        (replace(MANIFEST, embedder="static:other@1"), "embedder", ("static:other@1", "hash:64")),
        (replace(MANIFEST, corpus="fedcba9876543210"), "corpus", ("fedcba9876543210", "0123456789abcdef")),
    ],
)
def test_a_mismatch_names_the_thing_both_values_and_the_command(
    manifest: Manifest, what: str, values: tuple[str, str]
) -> None:
    with pytest.raises(IndexMismatch) as caught:
        manifest.require("hash:64", "0123456789abcdef")
    assert (caught.value.what, caught.value.built_with, caught.value.asked_with) == (what, *values)
    for part in (what, *values, "`metrology build`"):
        assert part in str(caught.value)


def test_another_format_is_said_to_be_one_whatever_it_holds(tmp_path: Path) -> None:
    """An index of an earlier program is not taken for damaged: its documents are kept."""
    told = {"format": 4, "embedder": "hash:64", "corpus": "c", "passages": 4, "built_at": "", "collection": "passages"}
    (tmp_path / FILE).write_text(json.dumps({**told, "files": {"holdings.json": [1, "d"]}}))
    earlier = Manifest.read(tmp_path)
    assert earlier.files == {"holdings.json": (1, "d")}
    with pytest.raises(IndexMismatch, match=f"format '4' but '{FORMAT}'"):
        earlier.require("hash:64", "c")


def test_a_corpus_is_the_sum_of_its_plans() -> None:
    """So that what is added is all that is read."""
    plans = {plan_id: plan_hash(ones) for plan_id, ones in by_plan(FOUR).items()}
    assert list(plans) == ["a", "b"]
    assert corpus_of(plans) == corpus_hash(FOUR)
    assert corpus_of(dict(reversed(plans.items()))) != corpus_hash(FOUR)


def test_what_fits_is_accepted() -> None:
    MANIFEST.require("hash:64", "0123456789abcdef")


def test_the_corpus_hash_shows_every_change_that_matters() -> None:
    one = FOUR[0]
    variants = [
        FOUR,
        FOUR[:3],
        FOUR[::-1],
        [replace(one, text="加强计量监督管理！"), *FOUR[1:]],
        [replace(one, id="a:一#1"), *FOUR[1:]],
        [replace(one, heading="标题"), *FOUR[1:]],
        [replace(one, context="标题"), *FOUR[1:]],
        [replace(one, lead="标题"), *FOUR[1:]],
        [replace(one, heading="标", context="题"), *FOUR[1:]],
        [replace(one, heading="标题", text=""), *FOUR[1:]],
        [],
    ]
    hashes = [corpus_hash(passages) for passages in variants]
    assert len(set(hashes)) == len(variants)
    assert all(len(one) == 16 and int(one, 16) >= 0 for one in hashes)
    assert corpus_hash(list(FOUR)) == hashes[0], "equal passages, equal hash"
