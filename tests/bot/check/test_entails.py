"""What the reader of claims is given, and what it makes of that."""

import json
from pathlib import Path

import numpy as np
import pytest

from bot.check.draft import Excerpt
from bot.check.entails import (
    FOLDER,
    LONGEST_CITED,
    LONGEST_SENTENCE,
    SHOWN,
    ClaimReader,
    ClaimTokenizer,
    legible,
    nearest,
    shipped_reader,
    shown,
)
from ingest.errors import ModelUnavailable
from tests.bot.check.check_builders import GROWTH, PLEDGE, excerpt

TOKENIZER = ClaimTokenizer()
CITED = "鼓励经营者签订承诺书，到2026年覆盖率达到90%以上。"


def degrees(sentence: str, cited: str) -> dict[str, int]:
    row = TOKENIZER.read(sentence, cited)
    return {
        sentence[start:end]: int(degree)
        for (start, end), side, degree in zip(row.offsets, row.cited, row.alike, strict=True)
        if not side and end > start
    }


def test_a_row_holds_the_sentence_then_the_cited_text() -> None:
    row = TOKENIZER.read("经营者签承诺书。", CITED)
    assert len(row.ids) == len(row.cited) == len(row.alike) == len(row.offsets)
    first = int(row.cited.argmax())
    assert set(row.cited[:first]) == {0}
    assert set(row.cited[first:]) == {1}
    for text, offsets in (("经营者签承诺书。", row.offsets[:first]), (CITED, row.offsets[first:])):
        assert {at for start, end in offsets for at in range(start, end)} == set(range(len(text)))


def test_long_ones_are_cut_to_what_the_network_reads() -> None:
    row = TOKENIZER.read("承诺书。" * 400, "签订承诺书。" * 400)
    assert len(row.ids) == LONGEST_SENTENCE + LONGEST_CITED + 3
    assert int(row.cited.sum()) == LONGEST_CITED + 1


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("登记费用约二十元。", "登记费用约20元。"),
        ("每年不超过三次。", "每年不超过3次。"),
        ("近百分之三十。", "近30%。"),
        ("六点二万余项。", "62000项。"),
        ("3至5项。", "3-5项。"),
        ("一个平台，一定要。", "一个平台,一定要。"),
    ],
)
def test_quantities_are_read_in_digits(text: str, read: str) -> None:
    assert legible(text) == read


def test_nothing_is_like_what_is_cut_off() -> None:
    row = TOKENIZER.read("猫狗猫狗。", "签订承诺书。" * 200 + "猫狗猫狗。")
    assert int(row.alike[: int(row.cited.argmax())].max()) <= 1


def test_a_token_is_told_how_far_it_stands_in_the_other_text() -> None:
    found = degrees("鼓励经营者签订承诺书猫", CITED)
    assert {degree for token, degree in found.items() if token and token in CITED} == {3}, "within a run of four"
    assert min(degree for token, degree in found.items() if "猫" in token) == 0
    apart = degrees("承者", CITED)
    assert set(apart.values()) <= {1}, "each character, but not beside each other"
    assert max(degrees("签订吧", CITED).values()) == 2, "a pair"


def test_an_excerpt_is_shown_after_its_place_and_heading_with_its_units_once() -> None:
    text = shown("推行什么？", [excerpt(PLEDGE)])
    assert text.startswith("三明·承诺：")
    assert text.count("市商务局") == 1
    both = shown("推行什么？", [excerpt(PLEDGE), excerpt(GROWTH, 2)])
    assert both.index("三明·承诺") < both.index("三明·发展")
    assert "监管平台" in both


def test_of_a_long_text_the_sentences_nearest_to_what_is_said_are_shown_in_their_order() -> None:
    parts = [f"第{row}项要求是建设平台并定期报告情况。" for row in range(40)]
    parts[30], parts[7] = "推行诚信计量自我承诺。", "鼓励签订承诺书。"
    found = nearest("鼓励签订承诺书，推行诚信计量自我承诺。", "".join(parts))
    assert len(found) <= SHOWN
    assert 0 <= found.index(parts[7]) < found.index(parts[30])
    assert nearest("什么", "短。") == "短。"
    assert nearest("什么", "长" * 500) == "长" * 500, "one sentence is not cut"


def test_what_names_the_year_is_shown_when_its_sentence_has_no_room() -> None:
    long = "到2025年，" + "初步建立与经济社会发展相适应的市域现代先进测量体系，" * 8 + "作用充分发挥。"
    text = f"{long}注册计量师执业人数达到110名以上。覆盖率达到100%。"
    assert nearest("到2025年注册计量师执业人数达到110名以上。", text) == "到2025年，注册计量师执业人数达到110名以上。"
    assert nearest("到2031年注册计量师执业人数达到110名以上。", text) == "注册计量师执业人数达到110名以上。"


def test_each_of_many_excerpts_gets_a_share() -> None:
    clause = excerpt(PLEDGE).clause
    many = [Excerpt(handle, excerpt(PLEDGE).plan, clause, "签订承诺书。" * 60) for handle in range(1, 9)]
    assert len(shown("签订承诺书。", many)) < 8 * 110


@pytest.mark.parametrize("content", [None, "{", "[]", '{"threshold": null}', "{}"])
def test_a_folder_without_a_threshold_is_refused(tmp_path: Path, content: str | None) -> None:
    (tmp_path / "entails.onnx").write_bytes((FOLDER / "entails.onnx").read_bytes())
    if content is not None:
        (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(ModelUnavailable, match="threshold"):
        ClaimReader(tmp_path)


def test_a_folder_without_a_model_or_a_tokenizer_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailable, match=r"entails\.onnx"):
        ClaimReader(tmp_path)
    with pytest.raises(ModelUnavailable, match=r"tokenizer\.json"):
        ClaimReader(FOLDER, tmp_path / "tokenizer.json")


class TestShipped:
    def test_is_opened_once(self) -> None:
        assert shipped_reader() is shipped_reader()

    def test_finds_the_texts_own_words_borne_out_and_what_is_against_them_not(self) -> None:
        reader = shipped_reader()
        own = reader.read("鼓励经营者签订承诺书。", CITED)
        turned = reader.read("禁止经营者签订承诺书。", CITED)
        assert own.borne > reader.threshold > turned.borne
        assert own.doubted == ()

    def test_names_the_words_it_doubts(self) -> None:
        doubted = shipped_reader().read("鼓励消费者协会签订承诺书。", CITED).doubted
        assert any("消费者" in word for word in doubted)

    def test_says_the_same_again(self) -> None:
        first, again = ClaimReader(), ClaimReader()
        assert first.read("鼓励签订承诺书。", CITED) == again.read("鼓励签订承诺书。", CITED)

    def test_of_what_is_longer_than_it_reads_nothing_is_borne_out(self) -> None:
        own = "鼓励经营者签订承诺书。"
        assert shipped_reader().read(own * 40, CITED).borne == 0.0

    def test_reads_nothing_and_odd_characters_without_surprise(self) -> None:
        for text in ("", "。", "\u200b", "🙂", "a" * 2_000):
            assert 0 <= shipped_reader().read(text, text).borne <= 1

    def test_its_manifest_tells_what_it_was_made_of(self) -> None:
        told = json.loads((FOLDER / "manifest.json").read_text(encoding="utf-8"))
        assert {"threshold", "dev", "curve", "sha256", "data", "training"} <= set(told)
        assert all(np.diff([row[1] for row in rows]).min() >= 0 for rows in told["curve"].values()), "catches ever more"
