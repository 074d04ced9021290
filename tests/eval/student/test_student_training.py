"""A student's training on a tiny encoder: it comes nearer to the vectors, and what is shipped is what was trained."""

import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
pytest.importorskip("onnx", reason="needs the [train] extra")

from eval.judge.export import export_encoder  # noqa: E402
from eval.judge.network import EncoderNetwork  # noqa: E402
from eval.student.course import Course, Distilling, Lessons, load_student, read_lessons, student_of, train  # noqa: E402
from eval.student.ship import ship  # noqa: E402
from eval.student.texts import HELD_EVERY, is_held, read_texts  # noqa: E402
from ingest.errors import ModelUnavailable  # noqa: E402
from tests.eval.judge.torch_builders import networks_of, small_base  # noqa: E402
from vectorstore.encoder import Encoder  # noqa: E402
from vectorstore.student import ABOUT, MODEL  # noqa: E402

pytestmark = pytest.mark.models

HEADS, MIDDLES, ENDS = "厦泉", "谁管有没钱", "罚款电话"
TEXTS = [f"{HEADS[at % 2]}归{MIDDLES[at % 5]}督促法定计量检定机构{ENDS[at % 4]}" for at in range(80)]
NUMERALS = [*"一二三四五六七八九十", *(f"十{one}" for one in "一二三四五六七八九"), "二十"]
QUESTIONS = ["归谁管", "有没有钱", "罚款"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder of two layers, as the bot opens it."""
    place = tmp_path_factory.mktemp("encoder")
    base = small_base(place)
    export_encoder(networks_of(base), place / "encoder.onnx")
    (place / "tokenizer.json").write_bytes((base / "tokenizer.json").read_bytes())
    return place


@pytest.fixture(scope="module")
def network(folder: Path) -> EncoderNetwork:
    return networks_of(folder / "base").encoder


@pytest.fixture(scope="module")
def lessons(folder: Path) -> Lessons:
    return read_lessons(Encoder(folder), TEXTS, QUESTIONS, lambda *_: None)


def recipe(minutes: float = 0.05) -> Distilling:
    return Distilling(minutes=minutes, batch=8, rate=1e-3, warmup=5, asked=4)


def test_the_encoder_reads_all_of_them_once(folder: Path) -> None:
    told: list[tuple[int, int]] = []
    found = read_lessons(Encoder(folder), TEXTS[:5], QUESTIONS, lambda done, total: told.append((done, total)))
    expected = np.stack([Encoder(folder).passage(text).vector for text in TEXTS[:5]])
    assert np.array_equal(found.vectors, expected)
    assert told[-1] == (5, 5)
    assert len(found.questions) == len(QUESTIONS)


def test_it_begins_with_the_layers_it_is_given(network: EncoderNetwork) -> None:
    student = student_of(network, (1,))
    assert len(student.layers) == 1
    own, theirs = student.layers[0].state_dict(), network.layers[1].state_dict()
    assert all(torch.equal(own[name], theirs[name]) for name in theirs)
    assert torch.equal(student.words.weight, network.words.weight)


def test_it_comes_nearer_and_its_checkpoint_is_what_was_trained(
    network: EncoderNetwork, lessons: Lessons, tmp_path: Path
) -> None:
    course = Course(student_of(network, (0,)), lessons, recipe())
    before = course.held()
    said: list[str] = []
    after = train(course, tmp_path / "student.pt", said.append)
    assert after > before
    loaded, training = load_student(tmp_path / "student.pt")
    own, theirs = loaded.state_dict(), course.network.state_dict()
    assert all(torch.equal(own[name], theirs[name]) for name in theirs)
    assert (training.steps, training.notes["texts"]) == (course.steps, len(TEXTS))


def test_what_is_held_is_never_learned_from(network: EncoderNetwork, lessons: Lessons) -> None:
    course = Course(student_of(network, (0,)), lessons, recipe())
    seen = [row for batch in course._shuffled() for row in batch]
    assert sorted(seen) == [row for row in range(len(TEXTS)) if row % HELD_EVERY]
    assert not any(map(is_held, seen))


def test_padding_changes_nothing(network: EncoderNetwork, lessons: Lessons) -> None:
    course = Course(student_of(network, (0,)), lessons, recipe())
    course.network.eval()
    long = Lessons([lessons.ids[0], [*lessons.ids[1], *lessons.ids[1][1:]]], lessons.vectors, lessons.questions)
    both = Course(course.network, long, recipe())
    assert both.vectors([0, 1])[0].tolist() == pytest.approx(course.vectors([0])[0].tolist(), abs=1e-5)


def test_shipped_it_stands_beside_its_encoder_and_gives_its_passages(
    network: EncoderNetwork, lessons: Lessons, folder: Path, tmp_path: Path
) -> None:
    for name in ("encoder.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    course = Course(student_of(network, (0,)), lessons, recipe())
    train(course, tmp_path / "student.pt", lambda _: None)
    alone = Encoder(tmp_path)
    said: list[str] = []
    ship(*load_student(tmp_path / "student.pt"), TEXTS[:4], said.append, tmp_path)
    taught = Encoder(tmp_path)
    assert taught.id != alone.id, "other vectors, another index"
    course.network.eval()
    with torch.no_grad():
        expected = course.vectors(range(4)).numpy()
    assert (taught.embed_passages(TEXTS[:4]) * expected).sum(1).min() > 0.99, "but for int8"
    about = json.loads((tmp_path / ABOUT).read_text(encoding="utf-8"))
    cosines = (taught.embed_passages(TEXTS[:4]) * lessons.vectors[:4]).sum(1)
    assert about["cosine"] == pytest.approx(float(cosines.mean()), abs=1e-3)
    assert about["training"]["recipe"]["batch"] == 8
    assert any(str(about["cosine"]) in line for line in said)


def test_one_of_another_encoder_is_not_opened(
    network: EncoderNetwork, lessons: Lessons, folder: Path, tmp_path: Path
) -> None:
    for name in ("encoder.onnx", "tokenizer.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    train(Course(student_of(network, (0,)), lessons, recipe(0.01)), tmp_path / "student.pt", lambda _: None)
    ship(*load_student(tmp_path / "student.pt"), TEXTS[:2], lambda _: None, tmp_path)
    other = networks_of(folder / "base")
    with torch.no_grad():
        other.encoder.words.weight.mul_(1.5)
    export_encoder(other, tmp_path / "encoder.onnx")
    with pytest.raises(ModelUnavailable, match="another encoder"):
        Encoder(tmp_path)
    (tmp_path / MODEL).unlink()
    assert Encoder(tmp_path).embed_passages(TEXTS[:1]).shape == (1, 384), "without one it reads all itself"


def test_texts_are_each_read_once_and_of_other_law_a_share(tmp_path: Path) -> None:
    law = tmp_path / "law.jsonl"
    rows = [
        {
            "doc": str(at // 20),
            "title": f"第{at // 20}号条例",
            "article": f"第{NUMERALS[at % 20]}条",
            "text": f"第{at}台应当检定。",
        }
        for at in range(40)
    ]
    law.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    own, some, every = (read_texts(source, share, 0) for source, share in ((None, 0.0), (law, 0.5), (law, 1.0)))
    assert len(set(own)) == len(own) > 700
    assert set(own) < set(some) < set(every)
    assert some == read_texts(law, 0.5, 0)
    assert some != sorted(some)
