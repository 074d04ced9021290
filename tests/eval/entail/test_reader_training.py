"""The reader's network, its training, its file, and the way back from that."""

import copy
import itertools
import json
from pathlib import Path

import numpy as np
import pytest

torch = pytest.importorskip("torch", reason="needs the [train] extra")
pytest.importorskip("onnx", reason="needs the [train] extra")

from bot.check.entails import ALIKE, ClaimReader, ClaimTokenizer  # noqa: E402
from eval.entail.begin import begin, load_reader, recovered, save_reader  # noqa: E402
from eval.entail.course import UNKNOWN, Reading, batch_of, open_course, train  # noqa: E402
from eval.entail.evaluate import Read, dev_answers, dev_sets  # noqa: E402
from eval.entail.examples import HELD_PLAN, Example, changed  # noqa: E402
from eval.entail.network import EntailNetwork, from_encoder  # noqa: E402
from eval.entail.ship import FILE, choose, export_entail, ship  # noqa: E402
from eval.entail.sources import Lessons  # noqa: E402
from eval.judge import checkpoint  # noqa: E402
from eval.judge.checkpoint import Networks, Training  # noqa: E402
from eval.judge.manifest import write_manifest  # noqa: E402
from eval.judge.network import JudgeNetwork, RouterNetwork  # noqa: E402
from eval.verification.pairs import read_pairs  # noqa: E402
from eval.verification.sentence import read_sentences  # noqa: E402
from ingest.errors import BadSetting, ModelUnavailable  # noqa: E402
from tests.eval.judge.torch_builders import small_networks  # noqa: E402
from vectorstore.onnx import OnnxModel  # noqa: E402

pytestmark = pytest.mark.models

WORDS = 24_000  # as many as the tokenizer knows, about
CITED = "鼓励经营者签订承诺书,到2026年覆盖率达到90%以上。"
TRUE, FALSE = "鼓励经营者签订承诺书。", "鼓励消费者签订承诺书。"
TWINS = (Example(TRUE, CITED, True), Example(FALSE, CITED, False, changed(TRUE, FALSE), None))


@pytest.fixture(scope="module")
def network() -> EntailNetwork:
    torch.manual_seed(0)
    made = EntailNetwork(WORDS, 340, 1)
    draw = torch.Generator().manual_seed(7)
    with torch.no_grad():
        for weight in made.parameters():  # no two alike, as after a training: the exporter writes equal ones once
            weight.add_(torch.randn(weight.shape, generator=draw) * 0.02)
    return made.eval()


@pytest.fixture(scope="module")
def tokenizer() -> ClaimTokenizer:
    return ClaimTokenizer()


def lessons() -> Lessons:
    return Lessons((TWINS, TWINS), itertools.repeat(TWINS))


def test_padding_changes_nothing(network: EntailNetwork, tokenizer: ClaimTokenizer) -> None:
    short, long = tokenizer.read(TRUE, CITED), tokenizer.read(TRUE * 3, CITED * 2)
    alone, both = batch_of([short]), batch_of([short, long])
    with torch.no_grad():
        said, pointed = network(alone.ids, alone.cited, alone.alike, alone.mask)
        said_both, pointed_both = network(both.ids, both.cited, both.alike, both.mask)
    assert torch.allclose(said[0], said_both[0], atol=1e-4)
    assert torch.allclose(pointed[0], pointed_both[0, : len(short.ids)], atol=1e-4)


def test_which_side_a_token_is_of_and_how_alike_it_is_count(network: EntailNetwork, tokenizer: ClaimTokenizer) -> None:
    one, network = batch_of([tokenizer.read(TRUE, CITED)]), copy.deepcopy(network)
    with torch.no_grad():
        network.sides[1] += 0.3
        said, _ = network(one.ids, one.cited, one.alike, one.mask)
        turned, _ = network(one.ids, 1 - one.cited, one.alike, one.mask)
        unlike, _ = network(one.ids, one.cited, (one.alike + 1) % ALIKE, one.mask)
    assert not torch.allclose(said, turned, atol=1e-4)
    assert not torch.allclose(said, unlike, atol=1e-4)


def test_it_starts_as_the_encoders_lower_layers() -> None:
    encoder = small_networks().encoder
    made = from_encoder(encoder)
    assert torch.equal(made.words.weight, encoder.words.weight)
    assert torch.allclose(made.positions.weight, encoder.positions.weight + encoder.kind)
    own, theirs = made.layers[0].state_dict(), encoder.layers[0].state_dict()
    assert all(torch.equal(own[name], weights) for name, weights in theirs.items())


def test_tokens_are_marked_where_they_are_not_borne_out(tokenizer: ClaimTokenizer) -> None:
    rows = [tokenizer.read(one.sentence, one.cited) for one in TWINS]
    batch = batch_of(rows, TWINS)
    marked = {
        FALSE[start:end]: float(value)
        for (start, end), side, value in zip(rows[1].offsets, rows[1].cited, batch.tokens[1], strict=False)
        if not side and end > start
    }
    assert marked.pop("消费者") == 1
    assert set(marked.values()) == {0.0}
    known = batch.tokens[0][: len(rows[0].ids)]
    assert set(known.tolist()) == {0.0, UNKNOWN}, "marks of beginning and end are nobody's words"
    of_cited = batch.tokens[1][torch.from_numpy(np.pad(rows[1].cited, (0, batch.ids.shape[1] - len(rows[1].ids)))) == 1]
    assert set(of_cited.tolist()) == {UNKNOWN}, "nobody told which words of the text it goes against"


def test_a_few_steps_put_a_pair_in_order(network: EntailNetwork, tmp_path: Path) -> None:
    save_reader(tmp_path / "start.pt", network, Training(3, 5.0))
    recipe = Reading(minutes=0.05, batch=2, warmup=1, rate=5e-4)
    course = open_course(begin(None, tmp_path / "start.pt", 0), lessons(), recipe)
    losses = [course.step(0.0)[0] for _ in range(12)]
    assert losses[-1] < losses[0]
    assert course.step(0.0)[1] == 1.0
    words = course.network.words.weight
    assert torch.equal(words, network.words.weight), "words stay as the encoder has them"


def test_a_training_ends_by_the_clock_and_keeps_what_it_came_to(network: EntailNetwork, tmp_path: Path) -> None:
    save_reader(tmp_path / "start.pt", network, Training(3, 5.0))
    told: list[str] = []
    course = open_course(begin(None, tmp_path / "start.pt", 0), lessons(), Reading(minutes=0.02, batch=1, save_after=0))
    training = train(course, tmp_path / "out.pt", told.append)
    back, kept = load_reader(tmp_path / "out.pt")
    assert kept.steps == training.steps == 3 + course.steps
    assert kept.seconds > 5
    assert kept.notes["written"] == 2
    assert kept.notes["recipe"]["held_plan"] == HELD_PLAN
    kept.notes["recipe"]["held_plan"] = ""
    save_reader(tmp_path / "whole.pt", network, kept)
    onward = open_course(begin(None, tmp_path / "whole.pt", 0), lessons(), Reading())
    assert onward.training(1.0).notes["recipe"]["held_plan"] == "", "what was once learned from measures nothing"
    assert torch.equal(back.point.weight, course.network.point.weight)


def test_it_begins_from_an_encoder_a_checkpoint_or_the_shipped_file(network: EntailNetwork, tmp_path: Path) -> None:
    networks = Networks(small_networks().encoder, JudgeNetwork(), RouterNetwork())
    checkpoint.save(tmp_path / "encoder.pt", networks, Training())
    assert len(begin(tmp_path / "encoder.pt", None, 0).network.words.weight) == 30
    save_reader(tmp_path / "reader.pt", network, Training(9))
    assert begin(None, tmp_path / "reader.pt", 0).before.steps == 9
    with pytest.raises(BadSetting, match="--encoder"):
        begin(tmp_path / "encoder.pt", tmp_path / "reader.pt", 0)
    with pytest.raises(ModelUnavailable):
        begin(None, tmp_path / "none.pt", 0)
    with pytest.raises(ModelUnavailable):
        load_reader(tmp_path / "encoder.pt")


def test_the_file_says_nearly_the_same_and_brings_the_network_back(
    network: EntailNetwork, tokenizer: ClaimTokenizer, tmp_path: Path
) -> None:
    export_entail(network, tmp_path / FILE)
    row = tokenizer.read(TRUE, CITED)
    given = {"ids": row.ids[None], "cited": row.cited[None], "alike": row.alike[None]}
    borne, pointed = OnnxModel(tmp_path / FILE).run(given)
    batch = batch_of([row])
    with torch.no_grad():
        said, tokens = network(batch.ids, batch.cited, batch.alike, batch.mask)
    assert abs(float(borne[0]) - float(torch.sigmoid(said)[0])) < 0.05
    assert np.abs(pointed - torch.sigmoid(tokens).numpy()).max() < 0.1
    write_manifest(tmp_path, {"threshold": 0.5, "training": {"steps": 7, "seconds": 60, "recipe": {}}})
    back = recovered(tmp_path)
    assert (back.before.steps, back.before.seconds) == (7, 60)
    export_entail(back.network, tmp_path / "again.onnx")
    assert (tmp_path / "again.onnx").read_bytes() == (tmp_path / FILE).read_bytes()


def test_the_highest_threshold_that_holds_little_back_is_chosen() -> None:
    rows = [Read(True, False, 0.1), Read(True, False, 0.6), Read(False, False, 0.9)]
    assert choose(rows, 0.0) == pytest.approx(0.1)
    assert choose(rows, 0.5) == pytest.approx(0.6)
    assert choose([Read(True, True, 1.0), Read(False, False, 0.9)], 0.5) < 0.01


@pytest.mark.parametrize("held_plan", [HELD_PLAN, ""])
def test_what_is_shipped_is_measured_first(
    network: EntailNetwork, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, held_plan: str
) -> None:
    few = {name: rows[:6] for name, rows in dev_sets(read_pairs(), held_plan).items()}
    monkeypatch.setattr("eval.entail.ship.dev_sets", lambda _, plan: few if plan == held_plan else {})
    answers = dev_answers(read_sentences())[::400]
    monkeypatch.setattr("eval.entail.ship.dev_answers", lambda _: answers)
    told: list[str] = []
    notes = {"written": 2, "recipe": Reading(held_plan=held_plan).as_json()}
    ship(network, Training(7, 60.0, notes), told.append, tmp_path / "out", held_back=0.5)
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert set(manifest["dev"]) == {*few, "answers"} - ({"answers"} if not held_plan else set()), "not what it learned"
    assert manifest["training"] == json.loads(json.dumps({"seconds": 60, "steps": 7, **notes}))
    assert ClaimReader(tmp_path / "out").threshold == manifest["threshold"]
    assert len(told) == len(manifest["dev"]) + 1
