"""A student's training: by the clock, towards the vectors the encoder gave once.

What is nearly right where no question ever points costs nothing: beside the distance to the encoder's vector, what
counts is how likeness to questions, and to the batch's other passages, comes out.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from eval.judge.checkpoint import Training, encoder_of, load_alone, save_alone
from eval.judge.clock import by_the_clock
from eval.judge.network import EncoderNetwork
from eval.judge.recipe import pace
from eval.judge.tokens import padded, pooled
from eval.student.texts import is_held
from vectorstore.encoder import Encoder

NAME = "student"  # of the network in its checkpoint
PADDING = 1  # any token: it is masked
BUCKET = 20  # batches whose texts are sorted by length together, so that little is padded
TOLD_EVERY = 300  # steps
Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Distilling:
    """All that decides what student comes out."""

    minutes: float = 60.0
    threads: int = 1
    seed: int = 0
    layers: tuple[int, ...] = (0,)  # of the encoder's, with whose weights the student's begin
    share: float = 0.14  # of the passages of other law
    batch: int = 32
    rate: float = 6e-4
    decay: float = 0.01
    warmup: int = 100  # steps
    least_pace: float = 0.02
    clip: float = 1.0
    asked: int = 512  # questions to a step
    asked_weight: float = 20.0
    others_weight: float = 5.0
    save_after: float = 180.0


@dataclass(frozen=True, slots=True, eq=False)
class Lessons:
    """Texts as token ids with their marks, what the encoder gives of them (texts, DIMENSION), and of questions."""

    ids: Sequence[Sequence[int]]
    vectors: Floats
    questions: Floats


def read_lessons(
    encoder: Encoder, texts: Sequence[str], questions: Sequence[str], progress: Callable[[int, int], None]
) -> Lessons:
    """The encoder reads all of them once: a hundred passages a second and core."""
    vectors = np.zeros((len(texts), encoder.dimension), dtype=np.float32)
    for start in range(0, len(texts), 256):
        few = encoder.passages(texts[start : start + 256])
        vectors[start : start + len(few)] = [one.vector for one in few]
        progress(start + len(few), len(texts))
    return Lessons([encoder.passage_ids(text)[0].tolist() for text in texts], vectors, encoder.embed_queries(questions))


def student_of(encoder: EncoderNetwork, layers: Sequence[int]) -> EncoderNetwork:
    """One that begins with the encoder's words and those of its layers."""
    words, positions = encoder.words.weight, encoder.positions.weight
    network = EncoderNetwork(len(words), len(positions), len(layers))
    theirs = dict(encoder.state_dict())
    kept = {name: weight for name, weight in theirs.items() if not name.startswith("layers.")}
    for own, layer in enumerate(layers):
        head = f"layers.{layer}."
        kept |= {name.replace(head, f"layers.{own}.", 1): one for name, one in theirs.items() if name.startswith(head)}
    network.load_state_dict(kept)
    return network


def load_student(path: Path) -> tuple[EncoderNetwork, Training]:
    """Raises ModelUnavailable."""
    return load_alone(path, NAME, encoder_of)


class Course:
    """One training, step by step."""

    def __init__(self, network: EncoderNetwork, lessons: Lessons, recipe: Distilling) -> None:
        self.network, self.lessons, self.recipe = network, lessons, recipe
        for layer in network.layers:
            layer.dropout = 0.0  # type: ignore[assignment]  # one layer learns too little to be held back
        self.optimizer = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
        self._rng, self._draw = random.Random(recipe.seed), torch.Generator().manual_seed(recipe.seed)
        self._vectors, self._questions = torch.from_numpy(lessons.vectors), torch.from_numpy(lessons.questions)
        self._batches: Iterator[list[int]] = iter(())
        self.steps = 0

    def step(self, done: float) -> float:
        """The loss; `done` is the share of the time that is spent."""
        recipe = self.recipe
        self.network.train()
        for group in self.optimizer.param_groups:
            group["lr"] = recipe.rate * pace(self.steps, recipe.warmup, done, recipe.least_pace)
        rows = self._next()
        loss = self._loss(self.vectors(rows), self._vectors[rows])
        self.optimizer.zero_grad()
        torch.autograd.backward(loss)
        clip_grad_norm_(self.network.parameters(), recipe.clip)
        self.optimizer.step()
        self.steps += 1
        return loss.item()

    def vectors(self, rows: Sequence[int]) -> Tensor:
        """(rows, DIMENSION), of length 1."""
        ids, mask = padded([self.lessons.ids[row] for row in rows], PADDING)
        return pooled(self.network.run(self.network.embed(ids), mask), mask).vector

    def held(self) -> float:
        """The mean cosine with the encoder's vectors, of texts that are not learned from."""
        self.network.eval()
        rows = [row for row in range(len(self.lessons.ids)) if is_held(row)]
        with torch.no_grad():
            each = [(self.vectors([row]) * self._vectors[[row]]).sum().item() for row in rows]
        return float(np.mean(each))

    def _next(self) -> list[int]:
        found = next(self._batches, None)
        if found is None:
            self._batches = iter(self._shuffled())
            found = next(self._batches)
        return found

    def _shuffled(self) -> list[list[int]]:
        size, rows = self.recipe.batch, [row for row in range(len(self.lessons.ids)) if not is_held(row)]
        self._rng.shuffle(rows)
        found: list[list[int]] = []
        for start in range(0, len(rows), size * BUCKET):
            near = sorted(rows[start : start + size * BUCKET], key=lambda row: len(self.lessons.ids[row]))
            found += [near[at : at + size] for at in range(0, len(near), size)]
        self._rng.shuffle(found)
        return found

    def _loss(self, own: Tensor, theirs: Tensor) -> Tensor:
        recipe, off = self.recipe, own - theirs
        asked = self._questions[torch.randint(len(self._questions), (recipe.asked,), generator=self._draw)]
        apart = off.pow(2).sum(1).mean()
        by_questions = (off @ asked.T).pow(2).mean()
        by_others = (own @ own.T - theirs @ theirs.T).pow(2).mean()
        result: Tensor = apart + recipe.asked_weight * by_questions + recipe.others_weight * by_others
        return result


def train(course: Course, out: Path, say: Callable[[str], None]) -> float:
    """For the recipe's minutes; writes `out`. The held cosine at the end."""
    recipe = course.recipe
    torch.set_num_threads(recipe.threads)

    def training(seconds: float) -> Training:
        return Training(course.steps, seconds, {"recipe": asdict(recipe), "texts": len(course.lessons.ids)})

    def tell(seconds: float) -> None:
        if course.steps % TOLD_EVERY == 0:
            say(f"{seconds / 60:.1f} min, step {course.steps}: cosine {course.held():.4f}")

    def save(seconds: float) -> None:
        save_alone(out, NAME, course.network, training(seconds))

    save(by_the_clock(recipe.minutes, recipe.save_after, course.step, tell, save))
    return course.held()
