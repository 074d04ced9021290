"""Token states: stored they are what was made, damaged they are refused, and another encoder's are none."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from vectorstore.encoder import DIMENSION, Encoder, Encoding
from vectorstore.states import (
    FILES,
    MadeStates,
    PassageStates,
    SegmentedStates,
    StoredStates,
    open_states,
    write_states,
)

TEXTS = ["加强计量监督管理。", "", "建设计量标准：检定。"]
ID = "encoder:some@0123456789ab"


def encoding(tokens: int, seed: int) -> Encoding:
    states = np.random.default_rng(seed).normal(size=(tokens, DIMENSION)).astype(np.float32)
    mean = states.mean(axis=0)
    return Encoding(states, mean / np.linalg.norm(mean))


ENCODINGS = [encoding(tokens, seed) for seed, tokens in enumerate((5, 2, 9))]


def assert_like(found: Encoding, expected: Encoding) -> None:
    assert found.states.dtype == found.vector.dtype == np.float32
    assert found.states == pytest.approx(expected.states, rel=1e-3, abs=1e-3), "half precision"
    assert found.vector == pytest.approx(expected.vector)


@pytest.fixture(params=["stored", "made"], scope="module")
def states(request: pytest.FixtureRequest, encoder: Encoder, tmp_path_factory: pytest.TempPathFactory) -> PassageStates:
    if request.param == "made":
        return MadeStates(encoder, TEXTS)
    folder = tmp_path_factory.mktemp("states")
    write_states(folder, encoder.id, [encoder.passage(text) for text in TEXTS])
    opened = open_states(folder, encoder.id, len(TEXTS))
    assert opened is not None
    return opened


class TestEveryKind:
    """One contract: a row's encoding is that of its passage, in the order asked for."""

    @pytest.mark.parametrize("rows", [[0], [2], [0, 1, 2], [2, 0], [1, 1], []])
    def test_rows_in_the_order_asked_for(self, states: PassageStates, encoder: Encoder, rows: list[int]) -> None:
        found = states.of(rows)
        assert len(found) == len(rows)
        for one, row in zip(found, rows, strict=True):
            assert_like(one, encoder.passage(TEXTS[row]))

    def test_a_row_that_is_none(self, states: PassageStates) -> None:
        with pytest.raises(IndexError):
            states.of([3])


class Counting:
    """An encoder that counts what it reads."""

    def __init__(self) -> None:
        self.read: list[str] = []

    def passage(self, text: str) -> Encoding:
        self.read.append(text)
        return ENCODINGS[0]


@pytest.fixture
def one_core(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that passages are read in their order."""
    monkeypatch.setattr("vectorstore.encoder.cores", lambda: 1)


@pytest.mark.usefixtures("one_core")
def test_made_states_are_made_when_asked_for_each_once() -> None:
    counting = Counting()
    states = MadeStates(counting, TEXTS)  # type: ignore[arg-type]
    assert counting.read == []
    states.of([2, 0, 2])
    assert counting.read == [TEXTS[2], TEXTS[0]]


@pytest.mark.usefixtures("one_core")
def test_what_segments_lack_is_made(tmp_path: Path) -> None:
    counting = Counting()
    write_states(tmp_path, ID, [ENCODINGS[2], None])
    stored, made = open_states(tmp_path, ID, 2), MadeStates(counting, ["甲", "乙", "丙", "丁"])  # type: ignore[arg-type]
    states = SegmentedStates([(None, np.array([1, 3])), (stored, np.array([2, 0]))], made, 4)
    found = states.of([2, 0, 3])
    assert_like(found[0], ENCODINGS[2])
    assert counting.read == ["甲", "丁"]


class TestStored:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        write_states(tmp_path, ID, iter(ENCODINGS))
        return tmp_path

    def test_written_and_opened_they_are_the_same(self, folder: Path) -> None:
        opened = open_states(folder, ID, 3)
        assert opened is not None
        for found, expected in zip(opened.of([0, 1, 2]), ENCODINGS, strict=True):
            assert_like(found, expected)
        assert {path.name for path in folder.iterdir()} == set(FILES)

    def test_several_workers_share_one_copy(self, folder: Path) -> None:
        opened = open_states(folder, ID, 3)
        assert isinstance(opened, StoredStates)
        assert isinstance(opened._states, np.memmap)

    def test_opened_they_answer_after_their_files_are_gone(self, folder: Path) -> None:
        opened = open_states(folder, ID, 3)
        assert opened is not None
        shutil.rmtree(folder)
        assert_like(opened.of([1])[0], ENCODINGS[1])

    def test_some_may_be_left_out(self, tmp_path: Path) -> None:
        """The others are found by their rows."""
        write_states(tmp_path, ID, [None, ENCODINGS[1], None, ENCODINGS[2]])
        opened = open_states(tmp_path, ID, 4)
        assert opened is not None
        assert [opened.has(row) for row in range(4)] == [False, True, False, True]
        for found, expected in zip(opened.of([3, 1]), (ENCODINGS[2], ENCODINGS[1]), strict=True):
            assert_like(found, expected)

    def test_of_no_passages(self, tmp_path: Path) -> None:
        write_states(tmp_path, ID, [])
        opened = open_states(tmp_path, ID, 0)
        assert opened is not None
        assert opened.of([]) == []

    def test_another_encoder_s_are_none(self, folder: Path) -> None:
        assert open_states(folder, ID.replace("0", "1"), 3) is None

    def test_a_folder_without_any_is_none(self, tmp_path: Path) -> None:
        assert open_states(tmp_path, ID, 3) is None

    @pytest.mark.parametrize("size", [0, 2, 4])
    def test_of_other_passages(self, folder: Path, size: int) -> None:
        with pytest.raises(ValueError, match=f"not of the {size} passages"):
            open_states(folder, ID, size)

    def test_a_place_that_takes_none(self, tmp_path: Path) -> None:
        with pytest.raises(OSError, match="away"):
            write_states(tmp_path / "away", ID, ENCODINGS)


def told(**changes: object) -> bytes:
    return json.dumps({"encoder": ID, "ends": [5, 7, 16], **changes}).encode()


DAMAGES: list[tuple[str, Callable[[bytes], bytes]]] = [
    *[(name, lambda _: b"") for name in FILES],
    *[(name, lambda content: content[: len(content) // 2]) for name in FILES],
    *[(name, lambda content: content[:20]) for name in FILES],
    *[(name, lambda _: b"\xff" * 400) for name in FILES],
    ("states.json", lambda _: b"[]"),
    ("states.json", lambda _: b"null"),
    ("states.json", lambda _: b"{}"),
    ("states.json", lambda _: json.dumps({"encoder": ID}).encode()),
    ("states.json", lambda _: told(ends=[5, 7, 17])),
    ("states.json", lambda _: told(ends=[5, 7])),
    ("states.json", lambda _: told(ends=[[5, 7, 16]])),
    ("states.json", lambda _: told(ends=["a", 7, 16])),
    ("states.json", lambda _: told(ends=[None, 7, 16])),
    ("states.json", lambda _: told(ends=16)),
    ("states.json", lambda _: told(ends=[7, 5, 16])),
    ("states.json", lambda _: told(ends=[-5, 7, 16])),
]


@pytest.mark.parametrize(("name", "damage"), DAMAGES)
def test_a_damaged_file_is_refused(tmp_path: Path, name: str, damage: Callable[[bytes], bytes]) -> None:
    """As ValueError, which the store takes for a missing index."""
    write_states(tmp_path, ID, ENCODINGS)
    (tmp_path / name).write_bytes(damage((tmp_path / name).read_bytes()))
    with pytest.raises(ValueError, match=r".+"):
        open_states(tmp_path, ID, 3)


@pytest.mark.parametrize("name", ["states.npy", "vectors.npy"])
def test_a_missing_file_is_refused(tmp_path: Path, name: str) -> None:
    write_states(tmp_path, ID, ENCODINGS)
    (tmp_path / name).unlink()
    with pytest.raises(OSError, match=name):
        open_states(tmp_path, ID, 3)


@pytest.mark.parametrize("name", ["states.npy", "vectors.npy"])
def test_rows_of_another_width_are_refused(tmp_path: Path, name: str) -> None:
    write_states(tmp_path, ID, ENCODINGS)
    np.save(tmp_path / name, np.load(tmp_path / name)[:, 1:])
    with pytest.raises(ValueError, match="not of the 3 passages"):
        open_states(tmp_path, ID, 3)
