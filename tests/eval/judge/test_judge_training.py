"""All stages in small: a base of two layers, two plans, a few questions, some steps; what comes out can be opened."""

import gzip
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
pytest.importorskip("onnx", reason="needs the [train] extra")

from bot.judge.cross import CrossEncoder  # noqa: E402
from bot.judge.model import JudgeModel  # noqa: E402
from bot.question.fold import fold  # noqa: E402
from bot.question.route import Router  # noqa: E402
from eval.judge import checkpoint  # noqa: E402
from eval.judge.checkpoint import Networks, Training  # noqa: E402
from eval.judge.cross import CrossCourse, begin_cross, open_cross, train_cross  # noqa: E402
from eval.judge.cross_network import CrossNetwork  # noqa: E402
from eval.judge.heads import open_course, train_heads, unrelated  # noqa: E402
from eval.judge.manifest import changed_data, read_manifest, sha256  # noqa: E402
from eval.judge.pairs import read_pairs  # noqa: E402
from eval.judge.recipe import Cross, Heads, Understanding  # noqa: E402
from eval.judge.rows import read_labelled  # noqa: E402
from eval.judge.ship import Folders, Trained, ship  # noqa: E402
from eval.judge.splits import DEV, HELD_PLAN, Split, dev_rows, rows_of  # noqa: E402
from eval.judge.stretches import Stretches  # noqa: E402
from eval.judge.train import Lessons, begin, train  # noqa: E402
from ingest.corpus import Corpus  # noqa: E402
from ingest.errors import BadSetting, UnreadableDocument  # noqa: E402
from tests.eval.judge.builders import sampled  # noqa: E402
from tests.eval.judge.torch_builders import small_base  # noqa: E402
from vectorstore import student  # noqa: E402
from vectorstore.encoder import Encoder  # noqa: E402

pytestmark = pytest.mark.models

SECOND = 1 / 60  # minutes
RECIPE = Understanding(minutes=SECOND, threads=1, frozen_layers=1, batch=4, pairs_every=2, save_after=0.2)


def silent(*_: object) -> None:
    pass


@dataclass(frozen=True)
class Made:
    base: Path
    lessons: Lessons
    first: Path  # checkpoint of the first stage
    said: list[str]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, corpus: Corpus) -> Iterator[Made]:
    threads, folder = torch.get_num_threads(), tmp_path_factory.mktemp("trained")
    two = Corpus([corpus.plan("xiamen"), corpus.plan(HELD_PLAN)])
    (folder / "labelled").mkdir()
    read = read_labelled(corpus, sampled(folder / "labelled", 10))
    rows = [one for one in read if one.plans in (("xiamen",), (HELD_PLAN,))]
    few = [*rows_of(rows, Split.TRAIN)[::10], *(one for split in DEV for one in dev_rows(rows, split)[::10][:8])]
    with gzip.open(folder / "law.jsonl.gz", "wt", encoding="utf-8") as file:
        lines = [{"query": f"第{at}条说什么", "positive": "罚款" * (at + 1)} for at in range(9)]
        file.writelines(json.dumps(line) + "\n" for line in [*lines, {"query": "x", "positive": None}])
    lessons = Lessons(tuple(few), Stretches(two), read_pairs(folder))
    base, said = small_base(folder), list[str]()
    train(begin(base, lessons, RECIPE), folder / "first.pt", said.append)
    yield Made(base, lessons, folder / "first.pt", said)
    torch.set_num_threads(threads)


@pytest.fixture(scope="module")
def fresh(made: Made) -> Networks:
    """Before anything is learned."""
    return begin(made.base, made.lessons, RECIPE).networks


def test_the_first_stage_tells_how_it_does_and_leaves_a_checkpoint(made: Made, fresh: Networks) -> None:
    networks, training = checkpoint.load(made.first)
    assert training.steps > 0
    assert training.seconds >= RECIPE.minutes * 60
    assert training.notes["understanding"]["recipe"]["seed"] == RECIPE.seed
    assert training.notes["understanding"]["pairs"] == 9
    assert "citizens" in made.said[-1]
    base = fresh.encoder.state_dict()
    changed = {name for name, weights in networks.encoder.state_dict().items() if not torch.equal(weights, base[name])}
    assert changed, "something was learned"
    assert {name.split(".")[1] for name in changed} == {"1"}, "what is frozen stays as it was"


def test_losses_go_down(made: Made) -> None:
    course = begin(made.base, made.lessons, RECIPE)
    losses = [sum(course.step(0.0).values()) for _ in range(24)]
    assert sum(losses[-6:]) < sum(losses[:6])
    assert set(course.step(0.0)) <= {"found", "judged", "ordered", "route", "asks", "pairs"}


def test_a_training_may_start_from_the_weights_of_another(made: Made, fresh: Networks) -> None:
    warm = begin(made.base, made.lessons, RECIPE, made.first)
    learned = checkpoint.load(made.first)[0]
    for name in ("encoder", "judge", "router"):
        found, wanted = getattr(warm.networks, name).state_dict(), getattr(learned, name).state_dict()
        assert all(torch.equal(found[key], wanted[key]) for key in wanted), name
    assert warm.training.steps == 0, "the clock starts anew"
    one = next(iter(fresh.judge.parameters()))
    assert not torch.equal(one, next(iter(warm.networks.judge.parameters())))


def test_a_training_is_gone_on_with_until_its_minutes_are_spent(made: Made, tmp_path: Path) -> None:
    path = tmp_path / "first.pt"
    path.write_bytes(made.first.read_bytes())
    before = checkpoint.load(path)[1]
    with pytest.raises(BadSetting, match="minutes"):
        train(begin(made.base, made.lessons, RECIPE), path, silent, resume=True)
    longer = Understanding(minutes=before.seconds / 60 + SECOND, threads=1, frozen_layers=1, batch=4)
    after = train(begin(made.base, made.lessons, longer), path, silent, resume=True)
    assert after.steps > before.steps
    assert after.seconds > before.seconds


def test_what_is_shipped_opens_and_tells_where_it_comes_from(made: Made, tmp_path: Path) -> None:
    networks, training = checkpoint.load(made.first)
    folders = Folders(tmp_path / "encoder", tmp_path / "judge", tmp_path / "router")
    said: list[str] = []
    folders.encoder.mkdir()
    for name in (student.MODEL, student.ABOUT):  # of the encoder before
        (folders.encoder / name).write_text("{}", encoding="utf-8")
    cross, crossed = CrossNetwork(1), Training(3, 2.0, {"cross": {"steps": 3}})
    ship(Trained(networks, training, made.base, cross, crossed), made.lessons, folders, said.append, silent)
    assert {path.name for path in folders.encoder.iterdir()} == {
        "encoder.onnx", "tokenizer.json", "manifest.json", "README.md",
    }  # fmt: skip
    assert any("metrology train student" in line for line in said)
    judge, router = JudgeModel(folders.judge), Router(folders.router)
    told = read_manifest(folders.judge)
    assert judge.thresholds.bears == told["thresholds"]["bears"]
    assert told["thresholds"]["states"] in [point[0] for point in told["curves"]["states"]]
    assert router.asked_from == read_manifest(folders.router)["thresholds"]["asked"]
    for folder in folders.each:
        manifest = read_manifest(folder)
        assert manifest["encoder_sha256"] == sha256(folders.encoder / "encoder.onnx")
        assert changed_data(manifest) == ()
        assert manifest["training"]["seconds"] == round(training.seconds + 2.0)
        assert set(manifest["training"]) == {"seconds", "understanding", "cross"}
        assert manifest["questions"]["train"] == len(rows_of(made.lessons.labelled, Split.TRAIN))
    assert set(told["dev"]) == {str(split) for split in DEV}
    card = (folders.encoder / "README.md").read_text(encoding="utf-8")
    assert "| citizens |" in card
    assert "$" not in card

    together = CrossEncoder(Encoder(folders.encoder), folders.judge)
    found = together.read("强检归谁管", ("市计量检定机构履行法定职责。",))
    assert 0 <= found.states <= found.bears <= 1

    heads_stage(made, folders.encoder, tmp_path)
    cross_stage(made, folders.encoder, tmp_path)


def cross_stage(made: Made, encoder: Path, folder: Path) -> None:
    """The third stage, on what the encoder just shipped gives below."""
    recipe, out = (
        Cross(minutes=SECOND, threads=1, batch=6, candidates=6, warmup=1, minded=("twins",)),
        folder / "third.pt",
    )
    course = open_cross(begin_cross(made.first, None, recipe.seed), made.lessons, encoder, recipe, silent)
    before = {name: weights.clone() for name, weights in course.network.state_dict().items()}
    said: list[str] = []
    training = train_cross(course, out, said.append)
    after, told = checkpoint.load_cross(out)
    changed = {name for name, weights in after.state_dict().items() if not torch.equal(weights, before[name])}
    assert {"sides", "say.0.weight", "layers.0.up.weight"} <= changed
    assert training.steps == told.steps > 0
    assert told.notes["cross"]["encoder"] == Encoder(encoder).id
    assert told.notes["cross"]["examples"] >= len(rows_of(made.lessons.labelled, Split.TRAIN))
    same = course.pairings.batch()
    course.pairings.batch = lambda: list(same)  # type: ignore[method-assign]
    losses = [course.step(0.0) for _ in range(30)]
    assert sum(losses[-6:]) < sum(losses[:6])
    del course.pairings.batch
    held = set(made.lessons.stretches.by_plan[HELD_PLAN])
    shown = {passage for _ in range(40) for pairing in course.pairings.batch() for passage in pairing.passages}
    assert shown
    assert not shown & held, "the plan kept out is never read"
    again = begin_cross(made.first, out, recipe.seed)
    assert all(torch.equal(weights, after.state_dict()[name]) for name, weights in again.network.state_dict().items())
    later = CrossCourse(again, course.lower, course.pairings, recipe).training(1.0)
    assert (later.steps, later.seconds) == (told.steps, told.seconds + 1.0)
    assert later.notes["cross"]["after"] == told.notes["cross"]


def heads_stage(made: Made, encoder: Path, folder: Path) -> None:
    """The second stage, on the encoder just shipped."""
    recipe, out = Heads(minutes=SECOND, threads=1, batch=4, candidates=6), folder / "second.pt"
    course = open_course(made.first, made.lessons, encoder, folder / "cache", recipe, silent)
    said: list[str] = []
    train_heads(course, out, said.append)
    assert "bears_auroc" in said[0]
    before, _ = checkpoint.load(made.first)
    after, training = checkpoint.load(out)
    assert torch.equal(before.encoder.words.weight, after.encoder.words.weight), "the encoder stays as it is"
    assert not torch.equal(before.judge.weigh.weight, after.judge.weigh.weight)
    assert training.notes["heads"]["encoder"] == Encoder(encoder).id
    assert set(training.notes) == {"understanding", "heads"}
    asked: list[str] = []
    open_course(made.first, made.lessons, encoder, folder / "cache", recipe, lambda what, *_: asked.append(what))
    assert set(asked) == {"passages"}, "questions are kept between runs"


def test_without_pairs_the_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match=r"jsonl\.gz"):
        read_pairs(tmp_path)
    (tmp_path / "law.jsonl.gz").write_bytes(b"not packed")
    with pytest.raises(UnreadableDocument, match="law"):
        read_pairs(tmp_path)


def test_questions_of_other_law_teach_what_is_beside_the_point(made: Made) -> None:
    first, again = (unrelated(made.lessons, 2, random.Random(0)) for _ in range(2))
    assert [one.query for one in first] == [one.query for one in again], "the same ones at each call"
    asked = {fold(pair.question) for pair in made.lessons.pairs}
    assert {one.query.text for one in first} <= asked
    assert all("计量" not in one.query.text for one in unrelated(made.lessons, 10_000, random.Random(0)))
    assert unrelated(made.lessons, 0, random.Random(0)) == []
