"""The reader's training: pairs written by hand, and official sentences with seeded edits, in one course."""

import random
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from torch.nn import functional
from torch.nn.utils import clip_grad_norm_

from bot.check.entails import ClaimTokenizer, Tokenised
from eval.entail.begin import Begun, save_reader
from eval.entail.examples import HELD_PLAN, Example, Spans, Twins, held_plan_of
from eval.entail.sources import Lessons
from eval.judge.checkpoint import Training
from eval.judge.clock import by_the_clock
from eval.judge.recipe import pace

TOLD_EVERY = 25  # steps
CHUNK = 12  # rows of like length that are read at once
PADDING = 1  # the tokenizer's; it is not looked at
UNKNOWN = -1.0  # of a token nobody has labelled
Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything that decides what reader comes out."""

    minutes: float = 60.0
    threads: int = 1
    seed: int = 0
    batch: int = 12  # pairs of an honest sentence and a false one
    written: tuple[float, float] = (0.3, 0.8)  # share of pairs written by hand, at the beginning and at the end
    rate: float = 1e-4
    head_rate: float = 4e-4
    decay: float = 0.01
    warmup: int = 60
    least_pace: float = 0.03
    clip: float = 1.0
    pair_weight: float = 0.5  # of the order within a pair
    token_weight: float = 0.5
    held_plan: str = HELD_PLAN  # nothing is learned from it; empty in the last leg, once it was measured on
    pointed: float = 3.0  # weight of a token that is not borne out: there are few
    save_after: float = 180.0

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True, eq=False)
class Batch:
    """Rows padded to the longest. `tokens`: 1 where not borne out, 0 where it is, UNKNOWN otherwise."""

    ids: Tensor
    cited: Tensor
    alike: Tensor
    mask: Tensor
    tokens: Tensor


class Course:
    """One training, step by step. Words and positions stay as the encoder has them."""

    def __init__(self, begun: Begun, tokenizer: ClaimTokenizer, lessons: Lessons, recipe: Reading) -> None:
        self.network, self.before, self.tokenizer = begun.network, begun.before, tokenizer
        self.lessons, self.recipe = lessons, recipe
        self.rng = random.Random(recipe.seed)
        self._waiting: list[Twins] = []
        network = self.network
        heads = [*network.say.parameters(), *network.point.parameters(), network.sides, *network.alike.parameters()]
        body = [*network.layers.parameters(), *network.norm.parameters()]
        self._learned = [*body, *heads]
        self.optimizer = torch.optim.AdamW([{"params": body}, {"params": heads}], weight_decay=recipe.decay)
        self.steps = 0

    def step(self, done: float) -> tuple[float, float]:
        """The loss, and the share of pairs in the right order; `done` is the share of the time that is spent."""
        recipe = self.recipe
        self.network.train()
        for group, rate in zip(self.optimizer.param_groups, (recipe.rate, recipe.head_rate), strict=True):
            group["lr"] = rate * pace(self.steps, recipe.warmup, done, recipe.least_pace)
        self.optimizer.zero_grad()
        told = self._learn(self._drawn(done))
        clip_grad_norm_(self._learned, recipe.clip)
        self.optimizer.step()
        self.steps += 1
        return told

    def training(self, seconds: float) -> Training:
        """How far it came, in all. What was once learned from stays learned from."""
        held_plan = self.recipe.held_plan if held_plan_of(self.before.notes) else ""
        recipe = self.recipe.as_json() | {"held_plan": held_plan}
        notes = {"recipe": recipe, "written": len(self.lessons.written)}
        return Training(self.before.steps + self.steps, self.before.seconds + seconds, notes)

    def _drawn(self, done: float) -> list[Twins]:
        first, last = self.recipe.written
        share = first + (last - first) * done
        return [
            self._next() if self.rng.random() < share else next(self.lessons.edited) for _ in range(self.recipe.batch)
        ]

    def _next(self) -> Twins:
        if not self._waiting:
            self._waiting = self.rng.sample(self.lessons.written, len(self.lessons.written))
        return self._waiting.pop()

    def _learn(self, drawn: list[Twins]) -> tuple[float, float]:
        """Gradients of all pairs, those of like length together."""
        drawn.sort(key=lambda twins: len(twins[0].cited))
        total, right, size = 0.0, 0, CHUNK // 2
        for start in range(0, len(drawn), size):
            chunk = drawn[start : start + size]
            rows = [one for twins in chunk for one in twins]
            batch = batch_of([self.tokenizer.read(one.sentence, one.cited) for one in rows], rows)
            logits, pointed = self.network(batch.ids, batch.cited, batch.alike, batch.mask)
            loss = self._loss(logits, pointed, batch) * len(chunk) / len(drawn)
            torch.autograd.backward(loss)
            total += loss.item()
            right += int((logits[0::2] > logits[1::2]).sum())
        return total, right / len(drawn)

    def _loss(self, logits: Tensor, pointed: Tensor, batch: Batch) -> Tensor:
        """Rows are honest and false by turns."""
        recipe = self.recipe
        gold = torch.tensor([1.0, 0.0]).repeat(len(logits) // 2)
        whole = functional.binary_cross_entropy_with_logits(logits, gold)
        order = functional.softplus(logits[1::2] - logits[0::2]).mean()
        known = (batch.tokens != UNKNOWN).float()
        weights = known * (1 + (recipe.pointed - 1) * (batch.tokens == 1).float())
        gold = batch.tokens.clamp(min=0)
        tokens = functional.binary_cross_entropy_with_logits(pointed, gold, weights, reduction="sum")
        return whole + recipe.pair_weight * order + recipe.token_weight * tokens / known.sum().clamp(min=1)


def open_course(begun: Begun, lessons: Lessons, recipe: Reading) -> Course:
    """Raises ModelUnavailable."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    return Course(begun, ClaimTokenizer(), lessons, recipe)


def batch_of(rows: Sequence[Tokenised], examples: Sequence[Example] = ()) -> Batch:
    longest = max(len(row.ids) for row in rows)
    marked = [_marked(row, one) for row, one in zip(rows, examples, strict=bool(examples))]
    return Batch(
        _padded([row.ids for row in rows], longest, PADDING),
        _padded([row.cited for row in rows], longest, 0).float(),
        _padded([row.alike for row in rows], longest, 0),
        _padded([np.ones_like(row.ids) for row in rows], longest, 0).float(),
        _padded(marked, longest, UNKNOWN) if marked else torch.empty(0),
    )


def _padded(rows: Sequence[NDArray[Any]], longest: int, fill: float) -> Tensor:
    padded = [np.pad(row, (0, longest - len(row)), constant_values=fill) for row in rows]
    return torch.from_numpy(np.stack(padded))


def _marked(row: Tokenised, example: Example) -> NDArray[np.float32]:
    """Of each token, whether it is not borne out."""
    values = np.full(len(row.ids), UNKNOWN, dtype=np.float32)
    for at, (start, end) in enumerate(row.offsets):
        spans = example.against if row.cited[at] else example.beyond
        if end > start and spans is not None:
            values[at] = float(_within(start, end, spans))
    return values


def _within(start: int, end: int, spans: Spans) -> bool:
    return any(start < last and first < end for first, last in spans)


def train(course: Course, out: Path, say: Say) -> Training:
    """For the recipe's minutes; writes `out`."""
    recent = deque[tuple[float, float]](maxlen=TOLD_EVERY)

    def tell(spent: float) -> None:
        if course.steps % TOLD_EVERY == 0:
            loss, order = np.mean(recent, axis=0)
            say(f"{spent / 60:.1f} min, step {course.steps}: {loss:.3f}, in order {order:.3f}")

    def save(seconds: float) -> Training:
        training = course.training(seconds)
        save_reader(out, course.network, training)
        return training

    recipe = course.recipe
    spent = by_the_clock(recipe.minutes, recipe.save_after, lambda done: recent.append(course.step(done)), tell, save)
    return save(spent)
