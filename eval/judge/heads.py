"""The second stage: judge and router learn on what the served int8 encoder gives, as they will be run."""

import hashlib
import random
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

import torch
from torch import Tensor
from torch.nn.utils import clip_grad_norm_

from eval.judge import checkpoint
from eval.judge.checkpoint import Networks, Training
from eval.judge.evaluate import measure, query_of, read_dev, told
from eval.judge.examples import Example, Verdict, asked_anywhere, examples_of, trained, with_hard
from eval.judge.losses import any_states_loss, asks_loss, order_loss, read_pairs, route_loss, verdict_loss
from eval.judge.reading import CANDIDATES, Reading
from eval.judge.recipe import Heads, pace
from eval.judge.rows import Labelled, beside_the_point
from eval.judge.served import Progress, encoded, served_index
from eval.judge.splits import DEV, Split, dev_rows, rows_of
from eval.judge.train import Lessons, Say
from eval.judge.understood import read_with, tokens_of
from ingest.errors import ModelUnavailable
from vectorstore.encoder import Encoder, Encoding
from vectorstore.index import PassageIndex, Query
from vectorstore.states import PassageStates, open_states, write_states

TOLD_EVERY = 50  # steps
EVALUATED = 220  # questions of each split


class ServedTexts:
    """Questions and passages as the served encoder gives them; questions are kept in `cache` between runs."""

    def __init__(
        self,
        encoder: Encoder,
        index: PassageIndex,
        searched: frozenset[str],  # plans, where a question names none
        readings: Sequence[str],
        cache: Path,
        progress: Progress,
    ) -> None:
        self.encoder, self.index, self.searched = encoder, index, searched
        self._places = {reading: place for place, reading in enumerate(dict.fromkeys(readings))}
        self._questions = _stored(encoder, list(self._places), cache, progress)

    def question(self, query: Query) -> Encoding:
        return self._questions.of([self._places[query.reading]])[0]

    def candidates(self, query: Query, most: int) -> tuple[int, ...]:
        within = query if query.plans is not None else replace(query, plans=self.searched)
        return tuple(found.row for found in self.index.passages_for(within, most))


class ServedHeads:
    """Implements `Understanding`: the served encoder, heads in training."""

    def __init__(self, networks: Networks, texts: ServedTexts) -> None:
        self.networks, self.texts = networks, texts

    def read(self, query: Query) -> Reading:
        self.networks.train(False)
        rows = self.texts.candidates(query, CANDIDATES)
        question = tokens_of([self.texts.question(query)])
        return read_with(self.networks, question, self.texts.index.states(rows), rows)


@dataclass(frozen=True, slots=True)
class Drawn:
    """An example with the passages that are read this time, the right ones first."""

    example: Example
    passages: tuple[int, ...]
    right: int  # how many of them

    @property
    def states(self) -> bool:
        """Whether any of them is known to say what is asked."""
        return self.right > 0 and self.example.verdict is Verdict.STATES

    @property
    def verdicts(self) -> list[Verdict]:
        wrong = len(self.passages) - self.right
        return [self.example.verdict] * self.right + [Verdict.APART] * wrong


class HeadsCourse:
    """One training, step by step."""

    def __init__(
        self, networks: Networks, training: Training, texts: ServedTexts, lessons: Lessons, recipe: Heads
    ) -> None:
        self.networks, self.training, self.texts, self.lessons = networks, training, texts, lessons
        self.recipe, self.rng = recipe, random.Random(recipe.seed)
        self.examples = _examples(lessons, texts, recipe, self.rng)
        self.weights = [*networks.judge.parameters(), *networks.router.parameters()]
        self.optimizer = torch.optim.AdamW(self.weights, lr=recipe.rate, weight_decay=recipe.decay)
        self.steps = 0
        self._waiting: list[Example] = []

    def step(self, done: float) -> Mapping[str, float]:
        """`done` is the share of the time that is spent."""
        recipe = self.recipe
        self.networks.train()
        for group in self.optimizer.param_groups:
            group["lr"] = recipe.rate * pace(self.steps, recipe.warmup, done, recipe.least_pace)
        losses = self._losses(self._batch())
        self.optimizer.zero_grad()
        torch.autograd.backward(torch.stack(list(losses.values())).sum())
        clip_grad_norm_(self.weights, recipe.clip)
        self.optimizer.step()
        self.steps += 1
        return {name: loss.item() for name, loss in losses.items()}

    def _batch(self) -> list[Drawn]:
        if len(self._waiting) < self.recipe.batch:
            self._waiting = self.rng.sample(self.examples, len(self.examples))
        return [self._drawn(self._waiting.pop()) for _ in range(min(self.recipe.batch, len(self._waiting)))]

    def _drawn(self, example: Example) -> Drawn:
        right = self.rng.sample(example.positives, min(len(example.positives), self.recipe.right))
        wrong = list(dict.fromkeys((*example.hard, *example.near)))
        chosen = self.rng.sample(wrong, min(len(wrong), self.recipe.read - len(right)))
        return Drawn(example, (*right, *chosen), len(right))

    def _losses(self, batch: Sequence[Drawn]) -> dict[str, Tensor]:
        recipe = self.recipe
        passages = list(dict.fromkeys(passage for drawn in batch for passage in drawn.passages))
        labelled = [drawn.example.labelled for drawn in batch]
        questions = tokens_of([self.texts.question(one.query) for one in labelled])
        sentences = tokens_of(self.texts.index.states(passages))
        pairs = [(row, passages.index(passage)) for row, drawn in enumerate(batch) for passage in drawn.passages]
        logits = read_pairs(self.networks.judge, questions, sentences, pairs)
        sizes = [len(drawn.passages) for drawn in batch]
        each = list(zip(torch.split(logits, sizes), batch, strict=True))
        routes, asks = self.networks.router(questions.states, questions.mask)
        verdicts = [verdict for drawn in batch for verdict in drawn.verdicts]
        weights = [drawn.example.weight for drawn in batch for _ in drawn.passages]
        return {
            "judged": recipe.judge_weight * verdict_loss(logits, verdicts, weights, recipe.smoothing),
            "ordered": recipe.list_weight * _weighed(batch, [order_loss(p, d.right) for p, d in each]),
            "any": recipe.any_weight * _weighed(batch, [any_states_loss(p, d.states) for p, d in each]),
            "route": recipe.route_weight * route_loss(routes, labelled),
            "asks": recipe.asks_weight * asks_loss(asks, labelled),
        }


def open_course(
    checkpoint_file: Path, lessons: Lessons, encoder: Path, cache: Path, recipe: Heads, progress: Progress
) -> HeadsCourse:
    """Encodes all passages and questions, some minutes of it the first time. Raises ModelUnavailable."""
    torch.set_num_threads(recipe.threads)
    torch.manual_seed(recipe.seed)
    networks, training = checkpoint.load(checkpoint_file)
    opened = Encoder(encoder)
    index = served_index(lessons.stretches, opened, progress)
    readings = _readings(lessons.labelled)
    readings += [one.query.reading for one in unrelated(lessons, recipe.unrelated, random.Random(recipe.seed))]
    texts = ServedTexts(opened, index, lessons.stretches.searched, readings, cache, progress)
    return HeadsCourse(networks, training, texts, lessons, recipe)


def train_heads(course: HeadsCourse, out: Path, say: Say) -> Training:
    """For the recipe's minutes; writes `out` with the encoder as it was."""
    say(_evaluation(course))
    limit, begun = course.recipe.minutes * 60, monotonic()
    saved, recent = begun, defaultdict[str, list[float]](list)
    while (spent := monotonic() - begun) < limit:
        for name, loss in course.step(spent / limit).items():
            recent[name] = [*recent[name][1 - TOLD_EVERY :], loss]
        if course.steps % TOLD_EVERY == 0:
            losses = " ".join(f"{name} {sum(values) / len(values):.3f}" for name, values in recent.items())
            say(f"{spent / 60:.1f} min, step {course.steps}: {losses}")
        if monotonic() - saved > course.recipe.save_after:
            saved = monotonic()
            checkpoint.save(out, course.networks, course.training)
            say(_evaluation(course))
    course.training.seconds += monotonic() - begun
    course.training.notes = {**course.training.notes, "heads": _notes(course)}
    checkpoint.save(out, course.networks, course.training)
    say(_evaluation(course))
    return course.training


def _examples(lessons: Lessons, texts: ServedTexts, recipe: Heads, rng: random.Random) -> list[Example]:
    """The training examples with what the served search finds wrongly; those that have nothing to read are left out."""
    found = []
    for labelled in rows_of(lessons.labelled, Split.TRAIN):
        for example in trained(examples_of(labelled, lessons.stretches, rng, anywhere=True), lessons.stretches):
            ranked = texts.candidates(example.query, recipe.candidates)
            found.append(with_hard(example, ranked, lessons.stretches, recipe.candidates))
    for labelled in unrelated(lessons, recipe.unrelated, rng):
        ranked = texts.candidates(labelled.query, recipe.candidates)
        found.append(with_hard(asked_anywhere(labelled), ranked, lessons.stretches, recipe.candidates))
    return [example for example in found if example.positives or example.hard or example.near]


def unrelated(lessons: Lessons, most: int, rng: random.Random) -> list[Labelled]:
    """Questions of other law as questions for no bot on metrology; the same ones at each call."""
    questions = list(dict.fromkeys(pair.question for pair in lessons.pairs if "计量" not in pair.question))
    chosen = random.Random(len(questions)).sample(questions, min(most, len(questions)))
    rng.shuffle(chosen)
    return [beside_the_point(f"law{place}", question) for place, question in enumerate(chosen)]


def _readings(labelled: Sequence[Labelled]) -> list[str]:
    """Of all questions that are trained on or measured."""
    found = [one.query.reading for one in rows_of(labelled, Split.TRAIN)]
    return found + [query_of(one).reading for split in DEV for one in dev_rows(labelled, split)]


def _evaluation(course: HeadsCourse) -> str:
    lessons, heads = course.lessons, ServedHeads(course.networks, course.texts)
    return told(measure(read_dev(heads, lessons.labelled, lessons.stretches, EVALUATED)))


def _notes(course: HeadsCourse) -> dict[str, object]:
    return {
        "recipe": course.recipe.as_json(),
        "encoder": course.texts.encoder.id,
        "examples": len(course.examples),
        "steps": course.steps,
    }


def _weighed(batch: Sequence[Drawn], losses: Sequence[Tensor]) -> Tensor:
    """Mean by example, those that are unsure counting less."""
    return (torch.stack(list(losses)) * torch.tensor([drawn.example.weight for drawn in batch])).mean()


def _stored(encoder: Encoder, texts: Sequence[str], cache: Path, progress: Progress) -> PassageStates:
    """Encoded once for each encoder and list of texts. Raises ModelUnavailable when the cache cannot be used."""
    key = hashlib.sha256("\n".join([encoder.id, *texts]).encode()).hexdigest()[:12]
    folder = cache / key
    try:
        found = open_states(folder, encoder.id, len(texts))
        if found is None:
            folder.mkdir(parents=True, exist_ok=True)
            write_states(folder, encoder.id, encoded(texts, encoder.query, "questions", progress))
            found = open_states(folder, encoder.id, len(texts))
    except (OSError, ValueError) as error:
        raise ModelUnavailable(str(folder), f"states of the questions cannot be kept there ({error})") from error
    if found is None:
        raise ModelUnavailable(str(folder), "states of the questions were not kept there")
    return found
