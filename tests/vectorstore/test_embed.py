import json
import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from ingest.errors import BadSetting, ModelUnavailable
from tests.vectorstore.fake_embeddings import FakeServer, remote
from vectorstore.embed import SHIPPED_MODEL, Embedder, open_embedder
from vectorstore.embed_hash import HashEmbedder
from vectorstore.embed_prompts import Prompts, prompts_for
from vectorstore.embed_static import StaticEmbedder
from vectorstore.embed_transformer import SentenceTransformerEmbedder
from vectorstore.encoder import Encoder
from vectorstore.training.model_folder import write_model
from vectorstore.training.tokenizer_file import tokenizer_json

needs_models = pytest.mark.skipif(find_spec("sentence_transformers") is None, reason="extra [models] not installed")


OPENERS: dict[str, Callable[[], Embedder]] = {
    "hash": HashEmbedder,
    "encoder": Encoder,
    "static": lambda: StaticEmbedder(SHIPPED_MODEL),
    "openai": lambda: remote(FakeServer()),
    "sentence-transformers": lambda: SentenceTransformerEmbedder(str(SHIPPED_MODEL)),
}


@pytest.fixture(
    params=[pytest.param(name, marks=needs_models if name == "sentence-transformers" else ()) for name in OPENERS],
    scope="module",
)
def opener(request: pytest.FixtureRequest) -> Callable[[], Embedder]:
    return OPENERS[request.param]


@pytest.fixture(scope="module")
def embedder(opener: Callable[[], Embedder]) -> Embedder:
    return opener()


class TestEveryEmbedder:
    TEXTS = ("诚信计量自我承诺", "强制检定的工作计量器具", "UTC（NIM）2025年")

    def test_one_unit_row_per_text(self, embedder: Embedder) -> None:
        for embed in (embedder.embed_queries, embedder.embed_passages):
            rows = embed(self.TEXTS)
            assert rows.shape == (len(self.TEXTS), embedder.dimension)
            assert rows.dtype == np.float32
            assert np.linalg.norm(rows, axis=1) == pytest.approx(np.ones(len(self.TEXTS)), abs=1e-5)

    def test_no_texts_give_no_rows(self, embedder: Embedder) -> None:
        assert embedder.embed_queries([]).shape == (0, embedder.dimension)
        assert embedder.embed_passages([]).shape == (0, embedder.dimension)

    def test_empty_text_gives_a_row_without_nan(self, embedder: Embedder) -> None:
        rows = embedder.embed_passages(["", "计量"])
        assert np.isfinite(rows).all()
        assert np.linalg.norm(rows[1]) == pytest.approx(1, abs=1e-5)

    def test_a_row_does_not_depend_on_its_neighbours(self, embedder: Embedder) -> None:
        many = [*self.TEXTS, *(f"第{number}条" for number in range(40))]
        alone = np.concatenate([embedder.embed_passages([text]) for text in self.TEXTS])
        assert embedder.embed_passages(many)[: len(self.TEXTS)] == pytest.approx(alone, abs=1e-3)

    def test_a_text_is_nearest_to_itself(self, embedder: Embedder) -> None:
        likeness = embedder.embed_queries(self.TEXTS) @ embedder.embed_passages(self.TEXTS).T
        assert likeness.argmax(axis=1).tolist() == [0, 1, 2]

    def test_opened_again_it_has_the_same_id_and_vectors(
        self, embedder: Embedder, opener: Callable[[], Embedder]
    ) -> None:
        again = opener()
        assert again.id == embedder.id
        assert again.dimension == embedder.dimension
        assert again.embed_queries(self.TEXTS) == pytest.approx(embedder.embed_queries(self.TEXTS), abs=1e-5)


class TestShippedModel:
    def test_stays_within_sixteen_megabytes(self) -> None:
        assert sum(path.stat().st_size for path in SHIPPED_MODEL.rglob("*") if path.is_file()) <= 16_000_000

    def test_has_a_card_and_its_recipe(self) -> None:
        assert "licence" in (SHIPPED_MODEL / "README.md").read_text(encoding="utf-8").lower()
        assert json.loads((SHIPPED_MODEL / "recipe.json").read_text(encoding="utf-8"))["steps"] > 0

    @pytest.mark.parametrize(
        ("question", "answer", "other"),
        [
            ("缺斤短两怎么处罚", "严厉打击利用高科技手段作弊、缺斤短两等计量违法行为", "加强计量科技人才队伍建设"),
            ("买的新设备能不能抵税", "新购置的计量器具允许在计算应纳税所得额时扣除", "加强海洋装备计量测试技术研究"),
            ("眼镜店要遵守什么", "加强对眼镜制配场所等民生领域计量器具的监督检查", "推进计量数字化转型"),
        ],
    )
    def test_puts_the_answering_sentence_first(self, question: str, answer: str, other: str) -> None:
        embedder = open_embedder("static")
        right, wrong = embedder.embed_passages([answer, other]) @ embedder.embed_queries([question])[0]
        assert right > wrong + 0.05

    def test_answers_one_question_in_well_under_a_millisecond(self) -> None:
        embedder = open_embedder("static")
        best = min(_seconds(lambda: embedder.embed_queries(["强检到期了去哪里送检"])) for _ in range(200))
        assert best < 0.0003

    @needs_models
    def test_sentence_transformers_reads_the_same_vectors(self) -> None:
        texts = ["诚信计量自我承诺活动是什么？", "ＵＴＣ，e-CQS 2025年", "計量"]
        ours, theirs = open_embedder("static"), open_embedder(f"st:{SHIPPED_MODEL}")
        assert ours.embed_queries(texts) == pytest.approx(theirs.embed_queries(texts), abs=1e-3)

    def test_opens_without_torch(self) -> None:
        code = (
            "import sys; from vectorstore.embed import open_embedder; open_embedder('static').embed_queries(['计量']); "
            "sys.exit(any(name in sys.modules for name in ('torch', 'sentence_transformers')))"
        )
        assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


class TestStaticFolder:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        vectors = np.array([[0, 0], [3, 4], [1, 0], [0, 1]], dtype=np.float32)
        write_model(tmp_path, tokenizer_json(["计", "量", "计量"]), vectors, {})
        return tmp_path

    def test_the_vector_is_the_direction_of_the_tokens_mean(self, folder: Path) -> None:
        # 计 (3, 4) + 计量 (0, 1) + 量 (1, 0) = (4, 5)
        row = StaticEmbedder(folder).embed_queries(["计量"])[0]
        assert row == pytest.approx(np.array([4, 5]) / np.sqrt(41), abs=1e-6)

    def test_a_text_of_unknown_characters_is_all_zero(self, folder: Path) -> None:
        assert not StaticEmbedder(folder).embed_queries(["法"]).any()

    def test_other_weights_give_another_id(self, folder: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        other = tmp_path_factory.mktemp("other") / folder.name
        write_model(other, tokenizer_json(["计", "量", "计量"]), np.eye(4, 2, dtype=np.float32), {})
        assert StaticEmbedder(folder).id != StaticEmbedder(other).id

    @pytest.mark.parametrize("missing", ["modules.json", "tokenizer.json", "model.safetensors"])
    def test_names_the_missing_file(self, folder: Path, missing: str) -> None:
        (folder / missing).unlink()
        with pytest.raises(ModelUnavailable, match=missing):
            StaticEmbedder(folder)

    @pytest.mark.parametrize("broken", ["modules.json", "tokenizer.json", "model.safetensors"])
    def test_a_damaged_file_is_an_error_of_ours(self, folder: Path, broken: str) -> None:
        (folder / broken).write_bytes(b"\xff\x00")
        with pytest.raises(ModelUnavailable):
            StaticEmbedder(folder)

    def test_a_transformer_folder_is_refused_with_the_spec_that_opens_it(self, folder: Path) -> None:
        (folder / "modules.json").write_text('[{"type": "sentence_transformers.models.Transformer"}]')
        with pytest.raises(ModelUnavailable, match="st:"):
            StaticEmbedder(folder)


class TestSentenceTransformers:
    def test_without_the_extra_the_error_names_the_command(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "sentence_transformers", None)  # as if not installed
        with pytest.raises(ModelUnavailable, match=r'pip install "integrity-metrology-bot\[models\]"'):
            SentenceTransformerEmbedder("BAAI/bge-small-zh-v1.5")

    @needs_models
    def test_a_folder_that_is_no_model(self, tmp_path: Path) -> None:
        with pytest.raises(ModelUnavailable, match=tmp_path.name):
            SentenceTransformerEmbedder(str(tmp_path))


@pytest.mark.parametrize(
    ("name", "own", "expected"),
    [
        ("BAAI/bge-small-zh-v1.5", {}, Prompts("为这个句子生成表示以用于检索相关文章：")),
        ("/models/bge-large-zh", {"query": "", "document": ""}, Prompts("为这个句子生成表示以用于检索相关文章：")),
        ("BAAI/bge-m3", {}, Prompts()),  # its card asks for none
        ("intfloat/multilingual-e5-base", {}, Prompts("query: ", "passage: ")),
        ("Qwen/Qwen3-Embedding-0.6B", {"query": "Instruct: x\nQuery:", "document": ""}, Prompts("Instruct: x\nQuery:")),
        ("intfloat/e5-base", {"query": "q ", "passage": "p "}, Prompts("q ", "p ")),  # the model's own win
        ("shibing624/text2vec-base-chinese", {}, Prompts()),
    ],
)
def test_prompts(name: str, own: dict[str, str | None], expected: Prompts) -> None:
    assert prompts_for(name, own) == expected


class TestOpenEmbedder:
    def test_static_is_the_shipped_model(self) -> None:
        assert open_embedder("static").id == open_embedder(str(SHIPPED_MODEL)).id
        assert open_embedder("static").id.startswith("static:metrology-static-zh@")

    def test_the_shipped_encoder_is_the_default(self) -> None:
        assert open_embedder().id == open_embedder("encoder").id
        assert open_embedder().id.startswith("encoder:metrology-encoder-zh@")

    def test_hash(self) -> None:
        assert open_embedder("hash").id == "hash:64"

    def test_openai_takes_model_and_address_apart(self) -> None:
        embedder = open_embedder("openai:BAAI/bge-m3@http://localhost:8080/v1/")
        assert embedder.id == "openai:BAAI/bge-m3@http://localhost:8080/v1"

    @pytest.mark.parametrize("spec", ["", "statik", "st:", "openai:model", "openai:m@ftp://x", "/no/such/folder"])
    def test_a_spec_that_names_nothing(self, spec: str) -> None:
        with pytest.raises(BadSetting, match="Expected 'encoder'"):
            open_embedder(spec)


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start
