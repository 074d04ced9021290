"""The base to train from: the 4-bit file's weights in full precision, its vocabulary cut to what Chinese text needs.

config.json  model.safetensors  tokenizer.json     a BERT model in the usual layout
base.json                                          what it was made from, and under which licence
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file
from tokenizers import Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, processors

from eval.judge.four_bit import PACKAGE, Floats, FourBitFile, Shape, Vocabulary, read_four_bit, shipped_file
from ingest.errors import ModelUnavailable

NAME, LICENCE = "intfloat/multilingual-e5-small", "MIT"
FILES = ("config.json", "model.safetensors", "tokenizer.json", "base.json")
SPACE = "▁"  # stands for a blank at the head of a piece
LATIN_WORDS = 3000  # longer than two letters, the likeliest; names of standards are mostly shorter
KEPT = (  # code points, ends included
    (0x0000, 0x007F),  # ASCII
    (0x2000, 0x2BFF),  # punctuation, units, arrows, shapes
    (0x3000, 0x303F),  # CJK punctuation
    (0x4E00, 0x9FFF),  # ideographs
    (0xFF00, 0xFFEF),  # full-width forms
)
LAYER = {  # ours in the file → BERT's, by layer
    "q": "attention.self.query",
    "k": "attention.self.key",
    "v": "attention.self.value",
    "ao": "attention.output.dense",
    "fi": "intermediate.dense",
    "fo": "output.dense",
}
NORMS = {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}


def make_base(out: Path, source: Path | None = None) -> Path:
    """Write the folder `out` from the file `source`, by default the installed package's. Raises ModelUnavailable."""
    path = source or shipped_file()
    file = read_four_bit(path)
    kept = kept_pieces(file.vocabulary)
    try:
        tensors = dict(_tensors(file, kept))
    except (KeyError, ValueError) as error:
        raise ModelUnavailable(str(path), f"a tensor is missing or has another shape ({error})") from error
    out.mkdir(parents=True, exist_ok=True)
    save_file(tensors, out / "model.safetensors", metadata={"format": "pt"})
    (out / "tokenizer.json").write_text(tokenizer_of(file.vocabulary, kept).to_str(), encoding="utf-8")
    _write_json(out / "config.json", _config(file.shape, len(kept), kept.index(file.vocabulary.padding)))
    made_from = {
        "name": NAME,
        "licence": LICENCE,
        "package": f"{PACKAGE} {_package_version()}",
        "file_sha256": hashlib.sha256(file.content).hexdigest(),
        "shape": asdict(file.shape),
        "pieces_kept": len(kept),
    }
    _write_json(out / "base.json", made_from)
    return out


def kept_pieces(vocabulary: Vocabulary) -> list[int]:
    """Ids of marks, of pieces in which all is Chinese, punctuation or ASCII, of the likelier Latin words; in order."""
    marks = {vocabulary.first, vocabulary.last, vocabulary.padding, vocabulary.unknown}
    kept = set(marks)
    words: list[int] = []
    for number, piece in enumerate(vocabulary.pieces):
        text = piece.replace(SPACE, "")
        if number in marks or not all(_is_kept(character) for character in text):
            continue
        (words.append if text.isascii() and len(text) > 2 else kept.add)(number)
    words.sort(key=lambda number: (-float(vocabulary.scores[number]), number))
    return sorted(kept | set(words[:LATIN_WORDS]))


def tokenizer_of(vocabulary: Vocabulary, kept: list[int]) -> Tokenizer:
    """sentencepiece's unigram model over the kept pieces, as XLM-RoBERTa reads text."""
    place = {number: at for at, number in enumerate(kept)}
    pieces = [(vocabulary.pieces[number], float(vocabulary.scores[number])) for number in kept]
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=place[vocabulary.unknown], byte_fallback=False))
    tokenizer.normalizer = normalizers.Sequence(
        [normalizers.Nmt(), normalizers.NFKC(), normalizers.Replace(Regex(" {2,}"), " ")]
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement=SPACE, prepend_scheme="always")
    tokenizer.decoder = decoders.Metaspace()
    first, last = vocabulary.pieces[vocabulary.first], vocabulary.pieces[vocabulary.last]
    tokenizer.post_processor = processors.TemplateProcessing(
        single=f"{first} $A {last}",
        pair=f"{first} $A {last} {last} $B {last}",
        special_tokens=[(first, place[vocabulary.first]), (last, place[vocabulary.last])],
    )
    return tokenizer


def _is_kept(character: str) -> bool:
    return any(low <= ord(character) <= high for low, high in KEPT)


def _tensors(file: FourBitFile, kept: list[int]) -> Iterator[tuple[str, Floats]]:
    """BERT's names and the weights."""
    shape = file.shape
    width, inner = shape.width, shape.inner
    words = file.tensor("emb.word", shape.vocabulary, width)
    yield "embeddings.word_embeddings.weight", np.ascontiguousarray(words[kept])
    yield "embeddings.position_embeddings.weight", file.tensor("emb.pos", shape.positions, width)
    yield "embeddings.token_type_embeddings.weight", file.tensor("emb.type", shape.types, width)
    for part, name in (("w", "weight"), ("b", "bias")):
        yield f"embeddings.LayerNorm.{name}", file.tensor(f"emb.ln.{part}", width)
    for layer in range(shape.layers):
        for ours, theirs in LAYER.items():
            rows, columns = {"fi": (inner, width), "fo": (width, inner)}.get(ours, (width, width))
            yield f"encoder.layer.{layer}.{theirs}.weight", file.tensor(f"l{layer}.{ours}.w", rows, columns)
            yield f"encoder.layer.{layer}.{theirs}.bias", file.tensor(f"l{layer}.{ours}.b", rows)
        for ours, theirs in NORMS.items():
            for part, name in (("w", "weight"), ("b", "bias")):
                yield f"encoder.layer.{layer}.{theirs}.{name}", file.tensor(f"l{layer}.{ours}.{part}", width)


def _config(shape: Shape, vocabulary: int, padding: int) -> dict[str, object]:
    return {
        "model_type": "bert",
        "architectures": ["BertModel"],
        "hidden_act": "gelu",
        "vocab_size": vocabulary,
        "hidden_size": shape.width,
        "num_hidden_layers": shape.layers,
        "num_attention_heads": shape.heads,
        "intermediate_size": shape.inner,
        "max_position_embeddings": shape.positions,
        "type_vocab_size": shape.types,
        "layer_norm_eps": shape.epsilon,
        "pad_token_id": padding,
    }


def _package_version() -> str:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return "unknown"


def _write_json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
