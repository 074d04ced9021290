"""The first stage: encoder, judge and router learn together from the labelled questions."""

import random
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import monotonic

import torch
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from eval.judge import checkpoint
from eval.judge.checkpoint import Networks, Training
from eval.judge.draws import Draw, Draws, others
from eval.judge.evaluate import measure, read_dev, told
from eval.judge.examples import LIKE, Example, examples_of, trained, with_hard
from eval.judge.layers import Layers, TextReader
from eval.judge.losses import asks_loss, found_loss, order_loss, read_pairs, route_loss, verdict_loss
from eval.judge.network import JudgeNetwork, RouterNetwork, load_base
from eval.judge.pairs import Pair
from eval.judge.reading import texts_of
from eval.judge.recipe import Understanding, pace
from eval.judge.rows import Labelled
from eval.judge.splits import Split, rows_of
from eval.judge.stretches import Stretches
from eval.judge.tokens import Tokens
from eval.judge.understood import Understood
from ingest.errors import BadSetting

DEFAULT = Understanding()
TOLD_EVERY = 20  # steps
SPARE = 4  # candidates more than are kept as wrong, for some are right
EVALUATED = 220  # questions of each split, in the evaluations on the way
Say = Callable[[str], None]
Losses = Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Lessons:
    """What is learned from."""

    labelled: tuple[Labelled, ...]
    stretches: Stretches
    pairs: tuple[Pair, ...] = ()


class Course:
    """One training, step by step."""

    def __init__(self, networks: Networks, layers: Layers, lessons: Lessons, recipe: Understanding) -> None:
        self.networks, self.layers, self.lessons, self.recipe = networks, layers, lessons, recipe
        self.rng = random.Random(recipe.seed)
        self.passages = layers.below_passages(texts_of(lessons.stretches.passages))
        heads = [*networks.judge.parameters(), *networks.router.parameters()]
        groups = [{"params": layers.trained}, {"params": heads}]
        self.optimizer = torch.optim.AdamW(groups, lr=recipe.heads_rate, weight_decay=recipe.decay)
        self.training = Training()
        self.draws: Draws | None = None  # mined when the first step needs them: it takes minutes

    def mined(self) -> Draws:
        """The examples, with wrong passages the search finds as it now is."""
        stretches, understood = self.lessons.stretches, self.understood()
        learned = rows_of(self.lessons.labelled, Split.TRAIN)
        understood.prepare([labelled.query.reading for labelled in learned])
        found: list[Example] = []
        for labelled in learned:
            for example in trained(examples_of(labelled, stretches, self.rng), stretches):
                ranked = understood.candidates(example.query, self.recipe.hard + SPARE)
                found.append(with_hard(example, ranked, stretches, self.recipe.hard))
        return Draws(found, self.recipe, self.rng)

    def understood(self) -> Understood:
        """The networks as they are now, for search and evaluation."""
        return Understood(self.networks, self.layers, self.passages, self.lessons.stretches.passages)

    def step(self, done: float) -> Losses:
        """`done` is the share of the time that is spent."""
        recipe, steps = self.recipe, self.training.steps
        self.networks.train()
        for group, rate in zip(self.optimizer.param_groups, (recipe.encoder_rate, recipe.heads_rate), strict=True):
            group["lr"] = rate * pace(steps, recipe.warmup, done, recipe.least_pace)
        if self.draws is None:
            self.draws = self.mined()
        of_pairs = self.lessons.pairs and steps % recipe.pairs_every == recipe.pairs_every - 1
        losses = self._pairs_losses() if of_pairs else self._losses(self.draws.batch())
        self.optimizer.zero_grad()
        torch.autograd.backward(torch.stack(list(losses.values())).sum())
        for group in self.optimizer.param_groups:
            clip_grad_norm_(group["params"], recipe.clip)
        self.optimizer.step()
        self.training.steps += 1
        return {name: loss.item() for name, loss in losses.items()}

    def _losses(self, draws: Sequence[Draw]) -> dict[str, Tensor]:
        recipe = self.recipe
        passages = list(dict.fromkeys(passage for draw in draws for passage in draw.passages))
        sentences = self.layers.above([self.passages[passage] for passage in passages])
        questions = self.layers.above(self.layers.below_questions([draw.query.reading for draw in draws]))
        labelled = [draw.example.labelled for draw in draws]
        routes, asks = self.networks.router(questions.states, questions.mask)
        judged, ordered = self._judged(draws, passages, questions, sentences)
        return {
            "found": self._found(draws, passages, questions, sentences),
            "judged": recipe.judge_weight * judged,
            "ordered": recipe.list_weight * ordered,
            "route": recipe.route_weight * route_loss(routes, labelled),
            "asks": recipe.asks_weight * asks_loss(asks, labelled),
        }

    def _found(self, draws: Sequence[Draw], passages: list[int], questions: Tokens, sentences: Tokens) -> Tensor:
        chosen = [(row, draw, draw.right) for row, draw in enumerate(draws) if draw.right is not None]
        if not chosen:
            return sentences.vector.new_zeros(())
        ignored = torch.tensor([self._ignored(draw.example, right, passages) for _, draw, right in chosen])
        gold = [passages.index(right) for _, _, right in chosen]
        asked = questions.vector[[row for row, _, _ in chosen]]
        losses = found_loss(asked, sentences.vector, gold, ignored, self.recipe.temperature)
        return (losses * torch.tensor([draw.example.weight for _, draw, _ in chosen])).mean()

    def _ignored(self, example: Example, right: int, passages: Sequence[int]) -> list[float]:
        """1 for passages that are not wrong, but not the one to be found."""
        same = self.lessons.stretches.says_the_same
        known = {*example.spared, *example.positives}
        return [float(one != right and (one in known or same(one, example.positives, LIKE))) for one in passages]

    def _judged(
        self, draws: Sequence[Draw], passages: list[int], questions: Tokens, sentences: Tokens
    ) -> tuple[Tensor, Tensor]:
        pairs, verdicts, weights, spans = [], [], [], []
        for row, draw in enumerate(draws):
            more = others(draw, passages, self.lessons.stretches, self.recipe.others, self.rng)
            for passage in (*draw.passages, *more):
                pairs.append((row, passages.index(passage)))
                verdicts.append(draw.verdict(passage))
                weights.append(draw.example.weight)
            spans.append((len(pairs) - len(draw.passages) - len(more), len(pairs), draw))
        logits = read_pairs(self.networks.judge, questions, sentences, pairs)
        orders = [
            order_loss(logits[start:end], 1) * draw.example.weight
            for start, end, draw in spans
            if draw.right is not None
        ]
        ordered = torch.stack(orders).mean() if orders else logits.new_zeros(())
        return verdict_loss(logits, verdicts, weights), ordered

    def _pairs_losses(self) -> dict[str, Tensor]:
        chosen = self.rng.sample(self.lessons.pairs, min(self.recipe.batch, len(self.lessons.pairs)))
        questions = self.layers.above(self.layers.below(self.layers.reader.question(pair.question) for pair in chosen))
        answers = self.layers.above(self.layers.below_passages(pair.answer for pair in chosen))
        gold = list(range(len(chosen)))
        ignored = torch.zeros(len(chosen), len(chosen))
        losses = found_loss(questions.vector, answers.vector, gold, ignored, self.recipe.pairs_temperature)
        return {"pairs": losses.mean()}


def begin(base: Path, lessons: Lessons, recipe: Understanding = DEFAULT, start: Path | None = None) -> Course:
    """From the base, or from the weights of the checkpoint `start`. Raises ModelUnavailable."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    reader = TextReader(base / "tokenizer.json")
    networks = checkpoint.load(start)[0] if start else Networks(load_base(base), JudgeNetwork(), RouterNetwork())
    return Course(networks, Layers(networks.encoder, reader, recipe.frozen_layers), lessons, recipe)


def train(course: Course, out: Path, say: Say, resume: bool = False) -> Training:
    """Until the recipe's minutes are spent, counted over all resumed runs. Raises ModelUnavailable, BadSetting."""
    recipe = course.recipe
    if resume:
        course.training = checkpoint.resume(out, course.networks, course.optimizer)
    if course.training.seconds >= recipe.minutes * 60:
        raise BadSetting("minutes", recipe.minutes, f"more than the {course.training.seconds / 60:.0f} already spent")
    due = _Due(save=recipe.save_after, mine=recipe.mine_after, evaluate=recipe.evaluate_after)
    begun = monotonic() - course.training.seconds
    recent: dict[str, list[float]] = defaultdict(list)
    while course.training.seconds < recipe.minutes * 60:
        for name, loss in course.step(course.training.seconds / 60 / recipe.minutes).items():
            recent[name] = [*recent[name][1 - TOLD_EVERY :], loss]
        course.training.seconds = monotonic() - begun
        if course.training.steps % TOLD_EVERY == 0:
            say(_progress(course.training, recent))
        _tend(course, due, out, say)
    course.training.notes = {**course.training.notes, "understanding": _notes(course)}
    checkpoint.save(out, course.networks, course.training, course.optimizer)
    say(_evaluation(course))
    return course.training


def _tend(course: Course, due: "_Due", out: Path, say: Say) -> None:
    """What is done now and then."""
    if due("mine"):
        course.draws = course.mined()
    if due("save"):
        checkpoint.save(out, course.networks, course.training, course.optimizer)
    if due("evaluate"):
        say(_evaluation(course))


class _Due:
    """Whether so many seconds have passed since a thing was last done."""

    def __init__(self, **every: float) -> None:
        self._every, self._last = every, dict.fromkeys(every, monotonic())

    def __call__(self, what: str) -> bool:
        if monotonic() - self._last[what] < self._every[what]:
            return False
        self._last[what] = monotonic()
        return True


def _progress(training: Training, recent: Mapping[str, Sequence[float]]) -> str:
    losses = " ".join(f"{name} {sum(values) / len(values):.3f}" for name, values in recent.items())
    return f"{training.seconds / 60:.1f} min, step {training.steps}: {losses}"


def _evaluation(course: Course) -> str:
    lessons = course.lessons
    return told(measure(read_dev(course.understood(), lessons.labelled, lessons.stretches, EVALUATED)))


def _notes(course: Course) -> dict[str, object]:
    return {"recipe": course.recipe.as_json(), "pairs": len(course.lessons.pairs), "steps": course.training.steps}
