"""The third stage: a cross-encoder learns which texts state what is asked, reading question and text together."""

import random
from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from eval.judge.checkpoint import Training, load, load_cross, save_cross
from eval.judge.clock import by_the_clock
from eval.judge.cross_draws import Pairing, Pairings
from eval.judge.cross_network import CrossNetwork, above
from eval.judge.examples import Example, examples_of, trained, with_hard
from eval.judge.layers import stacked
from eval.judge.losses import verdict_loss
from eval.judge.reading import texts_of
from eval.judge.recipe import Cross, pace
from eval.judge.rows import Labelled
from eval.judge.served import Progress
from eval.judge.splits import Split, rows_of
from eval.judge.stretches import Stretches
from eval.judge.train import Lessons, Say
from vectorstore.encoder import Encoder, Encoding, Floats

TOLD_EVERY = 25  # steps
CHUNK = 12  # pairs of like length read at once


class LowerStates:
    """What the served encoder's lower layers give of questions and passages, in half precision; made once."""

    def __init__(self, encoder: Encoder, readings: Sequence[str], texts: Sequence[str], progress: Progress) -> None:
        self.encoder_id = encoder.id
        self.vectors: dict[str, Floats] = {}
        self._questions: dict[str, Tensor] = {}
        for done, reading in enumerate(dict.fromkeys(readings), start=1):
            found = encoder.query(reading)
            self.vectors[reading], self._questions[reading] = found.vector, _below(found)
            if done % 100 == 0:
                progress("questions", done, len(readings))
        sentences = [encoder.passage(text) for text in texts]
        self.passage_vectors = np.stack([one.vector for one in sentences])
        self._passages = [_below(one) for one in sentences]

    def question(self, reading: str) -> Tensor:
        return self._questions[reading]

    def text(self, passages: Sequence[int]) -> Tensor:
        """Passages one after the other, each as it stands by itself."""
        return torch.cat([self._passages[one] for one in passages])


class CrossCourse:
    """One training, step by step."""

    def __init__(self, begun: "Begun", lower: LowerStates, pairings: Pairings, recipe: Cross) -> None:
        self.network, self.lower, self.pairings, self.recipe = begun.network, lower, pairings, recipe
        self.before = begun.before
        layers = [*self.network.layers.parameters()]
        others = [self.network.sides, *self.network.say.parameters()]
        self.optimizer = torch.optim.AdamW([{"params": layers}, {"params": others}], weight_decay=recipe.decay)
        self.steps = 0

    def step(self, done: float) -> float:
        """The loss; `done` is the share of the time that is spent."""
        recipe = self.recipe
        self.network.train()
        for group, rate in zip(self.optimizer.param_groups, (recipe.rate, recipe.head_rate), strict=True):
            group["lr"] = rate * pace(self.steps, recipe.warmup, done, recipe.least_pace)
        self.optimizer.zero_grad()
        loss = self._learn(self.pairings.batch())
        clip_grad_norm_(self.network.parameters(), recipe.clip)
        self.optimizer.step()
        self.steps += 1
        return loss

    def training(self, seconds: float) -> Training:
        """How far it came, for the manifest, with what the training that it went on from had told."""
        notes = {"recipe": self.recipe.as_json(), "encoder": self.lower.encoder_id, "examples": self.pairings.examples}
        earlier = {"after": before} if (before := self.before.notes.get("cross")) else {}
        told = {"cross": {**notes, "steps": self.steps, **earlier}}
        return Training(self.before.steps + self.steps, self.before.seconds + seconds, told)

    def _learn(self, pairs: list[Pairing]) -> float:
        """Gradients of all pairs, those of like length together."""
        pairs.sort(key=lambda pair: len(self.lower.text(pair.passages)))
        total = 0.0
        for start in range(0, len(pairs), CHUNK):
            chunk = pairs[start : start + CHUNK]
            logits = read(self.network, self.lower, chunk)
            verdicts, weights = [pair.verdict for pair in chunk], [pair.weight for pair in chunk]
            share = len(chunk) / len(pairs)
            loss = share * verdict_loss(logits, verdicts, weights, self.recipe.smoothing)
            torch.autograd.backward(loss)
            total += loss.item()
        return total


def read(network: CrossNetwork, lower: LowerStates, pairs: Sequence[Pairing]) -> Tensor:
    """Logits (pairs, 3)."""
    questions, question_mask = stacked([lower.question(pair.reading) for pair in pairs])
    texts, text_mask = stacked([lower.text(pair.passages) for pair in pairs])
    logits: Tensor = network(questions, question_mask, texts, text_mask)
    return logits


@dataclass(frozen=True, slots=True, eq=False)
class Begun:
    """A network to train, and how far an earlier training of it came."""

    network: CrossNetwork
    before: Training = field(default_factory=Training)


def begin_cross(checkpoint: Path, start: Path | None, seed: int) -> Begun:
    """What the checkpoint `start` of this stage has; without it the upper layers of the encoder in `checkpoint`.

    Raises ModelUnavailable.
    """
    torch.manual_seed(seed)
    return Begun(*load_cross(start)) if start else Begun(above(load(checkpoint)[0].encoder))


def open_cross(begun: Begun, lessons: Lessons, encoder: Path, recipe: Cross, progress: Progress) -> CrossCourse:
    """Encodes every question and passage. Raises ModelUnavailable."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    rng = random.Random(recipe.seed)
    stretches = lessons.stretches
    learned = rows_of(lessons.labelled, Split.TRAIN)
    readings = [query.reading for one in learned for query in (one.query, one.whole) if query]
    lower = LowerStates(Encoder(encoder), readings, texts_of(stretches.passages), progress)
    examples = list(_examples(learned, stretches, lower, recipe, rng))
    return CrossCourse(begun, lower, Pairings(examples, stretches, recipe, rng), recipe)


def train_cross(course: CrossCourse, out: Path, say: Say) -> Training:
    """For the recipe's minutes; writes `out`."""
    recent = deque[float](maxlen=TOLD_EVERY)

    def tell(spent: float) -> None:
        if course.steps % TOLD_EVERY == 0:
            say(f"{spent / 60:.1f} min, step {course.steps}: {sum(recent) / len(recent):.3f}")

    def save(seconds: float) -> Training:
        training = course.training(seconds)
        save_cross(out, course.network, training)
        return training

    recipe = course.recipe
    spent = by_the_clock(recipe.minutes, recipe.save_after, lambda done: recent.append(course.step(done)), tell, save)
    return save(spent)


def _examples(
    learned: Sequence[Labelled], stretches: Stretches, lower: LowerStates, recipe: Cross, rng: random.Random
) -> list[Example]:
    """With what lies nearest by vectors as wrong passages."""
    plans = {plan: np.array(rows) for plan, rows in stretches.by_plan.items()}
    everywhere = np.array(stretches.everywhere)
    found = []
    for labelled in learned:
        cosines = lower.passage_vectors @ lower.vectors[labelled.query.reading]
        for example in trained(examples_of(labelled, stretches, rng, anywhere=True), stretches):
            rows = plans[example.plan] if example.plan else everywhere
            ranked = rows[np.argsort(-cosines[rows], kind="stable")[: recipe.candidates]].tolist()
            found.append(with_hard(example, ranked, stretches, recipe.candidates))
    return [example for example in found if example.positives or example.hard or example.near]


def _below(found: Encoding) -> Tensor:
    return torch.from_numpy(found.below.astype(np.float16))
