"""Equal texts, equal vectors; a text too long is cut; a folder that holds no encoder is named.

What the vectors say of a text is the model's affair and is measured elsewhere.
"""

import json
import shutil
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import ModelUnavailable
from vectorstore.courtesy import GIVE_WAY
from vectorstore.encoder import CORES_MAX, DIMENSION, FOLDER, LONGEST_PASSAGE, LONGEST_QUERY, Encoder

TEXTS = ("诚信计量自我承诺", "强制检定的工作计量器具，应当按期检定。", "UTC（NIM）2025年")
MARKED = 2  # tokens at the ends
ENDLESS = "计量检定" * 1_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the shipped model, to be damaged."""
    shutil.copytree(FOLDER, tmp_path / "model")
    return tmp_path / "model"


class TestEncoding:
    @pytest.mark.parametrize("text", [*TEXTS, "", " \n", "\0", "😀", "x", ENDLESS])
    def test_any_text_has_states_and_a_vector_of_length_one(self, encoder: Encoder, text: str) -> None:
        for encoding in (encoder.query(text), encoder.passage(text)):
            assert encoding.vector.shape == (DIMENSION,)
            assert encoding.states.ndim == 2
            assert encoding.states.shape[1] == DIMENSION
            assert encoding.states.dtype == encoding.vector.dtype == np.float32
            assert np.isfinite(encoding.states).all()
            assert np.linalg.norm(encoding.vector) == pytest.approx(1, abs=1e-5)

    def test_the_vector_is_the_direction_of_the_states_mean(self, encoder: Encoder) -> None:
        encoding = encoder.passage(TEXTS[0])
        mean = encoding.states.mean(axis=0)
        assert encoding.vector == pytest.approx(mean / np.linalg.norm(mean), abs=1e-4)

    def test_a_question_and_a_passage_of_the_same_words_differ(self, encoder: Encoder) -> None:
        assert not np.array_equal(encoder.query(TEXTS[0]).vector, encoder.passage(TEXTS[0]).vector)

    def test_equal_texts_have_equal_vectors_whatever_else_is_encoded(self, encoder: Encoder) -> None:
        """To the last bit: int8 scales would depend on what shares a batch."""
        alone = [encoder.embed_passages([text])[0].tobytes() for text in TEXTS]
        together = encoder.embed_passages([TEXTS[1] * 20, *TEXTS, "短"])
        assert [row.tobytes() for row in together[1:4]] == alone
        read = [encoder.passage(text).vector.tobytes() for text in TEXTS]
        assert [one.vector.tobytes() for one in encoder.passages(["短", *TEXTS, TEXTS[1] * 20])[1:4]] == read
        asked = [encoder.embed_queries([text])[0].tobytes() for text in TEXTS]
        assert [row.tobytes() for row in encoder.embed_queries([ENDLESS, *TEXTS])[1:]] == asked

    def test_many_at_once_are_each_as_by_itself_and_in_order(self, encoder: Encoder) -> None:
        texts = [*TEXTS, "", *TEXTS[::-1]]
        found = encoder.passages(texts)
        assert [one.states.tobytes() for one in found] == [encoder.passage(text).states.tobytes() for text in texts]
        assert encoder.passages([]) == []

    @pytest.mark.parametrize(("has", "taken"), [(1, 1), (3, 3), (64, CORES_MAX)])
    def test_no_more_cores_are_taken_than_there_are_nor_all_of_many(
        self, encoder: Encoder, monkeypatch: pytest.MonkeyPatch, has: int, taken: int
    ) -> None:
        told: list[int] = []

        class Counted(ThreadPoolExecutor):
            def __init__(self, threads: int) -> None:
                told.append(threads)
                super().__init__(threads)

        monkeypatch.setattr("vectorstore.encoder.cores", lambda: has)
        monkeypatch.setattr("vectorstore.encoder.ThreadPoolExecutor", Counted)
        encoder.passages(TEXTS)
        assert told == [taken]

    def test_whoever_gives_way_does_so_on_every_core(self, encoder: Encoder) -> None:
        gave: list[None] = []
        before = GIVE_WAY.set(lambda: gave.append(None))
        try:
            encoder.passages(TEXTS)
        finally:
            GIVE_WAY.reset(before)
        assert len(gave) == len(TEXTS)

    def test_opened_again_it_gives_the_same(self, encoder: Encoder) -> None:
        assert Encoder().embed_queries(TEXTS).tobytes() == encoder.embed_queries(TEXTS).tobytes()

    def test_threads_may_share_it(self, encoder: Encoder) -> None:
        texts = [f"{text}{number}" for text in TEXTS for number in range(8)]
        alone = [encoder.passage(text).vector.tobytes() for text in texts]
        with ThreadPoolExecutor(8) as threads:
            assert [one.vector.tobytes() for one in threads.map(encoder.passage, texts)] == alone


class TestTruncation:
    def test_states_stop_at_the_longest(self, encoder: Encoder) -> None:
        assert len(encoder.query(ENDLESS).states) == LONGEST_QUERY + MARKED
        assert len(encoder.passage(ENDLESS).states) == LONGEST_PASSAGE + MARKED

    def test_what_stands_beyond_changes_nothing(self, encoder: Encoder) -> None:
        assert encoder.passage(ENDLESS + "甲").states.tobytes() == encoder.passage(ENDLESS + "乙").states.tobytes()

    def test_what_stands_before_does(self, encoder: Encoder) -> None:
        assert encoder.passage("甲" + ENDLESS).states.tobytes() != encoder.passage("乙" + ENDLESS).states.tobytes()


class TestRemembering:
    def test_a_question_is_read_once(self, encoder: Encoder) -> None:
        assert encoder.query("只读一次") is encoder.query("只读一次")

    def test_a_passage_is_read_once(self, encoder: Encoder) -> None:
        assert encoder.passage("只读一次") is encoder.passage("只读一次")

    def test_what_an_index_is_made_of_is_not_remembered(self, encoder: Encoder) -> None:
        held = encoder.passage.cache_info().currsize
        encoder.passages([f"第{number}段" for number in range(3)])
        encoder.embed_passages(["另一段"])
        assert encoder.passage.cache_info().currsize == held

    def test_each_encoder_remembers_for_itself(self, encoder: Encoder) -> None:
        other = Encoder()
        assert other.query(TEXTS[0]) is not encoder.query(TEXTS[0])

    def test_not_more_than_so_many(self, encoder: Encoder) -> None:
        for one in (encoder.query, encoder.passage):
            assert one.cache_info().maxsize is not None, "a question from outside must not fill the memory"


def edited(name: str, change: Callable[[str], str]) -> Callable[[Path], None]:
    def edit(folder: Path) -> None:
        path = folder / name
        path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")

    return edit


def reformatted(text: str) -> str:
    """The same tokenizer in another file."""
    return json.dumps(json.loads(text), ensure_ascii=False, indent=1)


class TestFolder:
    def test_the_id_names_the_folder_and_its_content(self, encoder: Encoder, folder: Path) -> None:
        kind, _, rest = encoder.id.partition(":")
        name, _, digest = rest.partition("@")
        assert (kind, name, len(digest)) == ("encoder", FOLDER.name, 12)
        assert Encoder(folder).id == f"encoder:model@{digest}"

    def test_another_tokenizer_is_another_encoder(self, encoder: Encoder, folder: Path) -> None:
        """Equal ids promise equal vectors, and these hang on both files."""
        edited("tokenizer.json", reformatted)(folder)
        assert Encoder(folder).id.rpartition("@")[2] != encoder.id.rpartition("@")[2]

    @pytest.mark.parametrize(
        ("damage", "said"),
        [
            pytest.param(lambda folder: (folder / "encoder.onnx").unlink(), "encoder.onnx", id="no model"),
            pytest.param(lambda folder: (folder / "encoder.onnx").write_bytes(b"x"), "encoder.onnx", id="bad model"),
            pytest.param(lambda folder: (folder / "tokenizer.json").unlink(), "tokenizer.json", id="no tokenizer"),
            pytest.param(edited("tokenizer.json", lambda _: "{"), "tokenizer.json", id="bad tokenizer"),
            pytest.param(
                edited("tokenizer.json", lambda text: text.replace('"<s>"', '"<t>"')), "<s>", id="another's tokenizer"
            ),
            pytest.param(shutil.rmtree, "encoder.onnx", id="no folder"),
        ],
    )
    def test_what_is_no_encoder_is_named(self, folder: Path, damage: Callable[[Path], None], said: str) -> None:
        damage(folder)
        with pytest.raises(ModelUnavailable, match=said) as caught:
            Encoder(folder)
        assert str(folder) in str(caught.value)

    def test_a_model_of_another_kind_is_refused_at_opening(self, folder: Path) -> None:
        judge = Path(__file__).parents[2] / "bot" / "judge" / "weights" / "judge.onnx"
        shutil.copy(judge, folder / "encoder.onnx")
        with pytest.raises(ModelUnavailable, match="no encoder"):
            Encoder(folder)
