"""Everything that decides what models come out, in one place."""

from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Understanding:
    """The first stage: encoder, judge and router together. It ends by the clock: equal recipes give like models."""

    minutes: float = 120.0
    threads: int = 2
    seed: int = 0
    frozen_layers: int = 6  # of 12, from below; what comes out of them is computed once
    minded: tuple[str, ...] = ()  # writers whose questions are drawn twice as often
    batch: int = 16  # questions to one plan, so that a batch's other sentences are that plan's too
    encoder_rate: float = 7e-5
    heads_rate: float = 4e-4
    decay: float = 0.01
    warmup: int = 40  # steps
    least_pace: float = 0.04  # share of the rates at the end
    clip: float = 1.0
    temperature: float = 0.045  # of finding the sentence by the question
    pairs_every: int = 6  # a step of questions and answers of other law among so many, where such pairs are given
    pairs_temperature: float = 0.05
    hard: int = 12  # wrong passages kept of those the search finds
    wrong_beside_right: int = 2
    wrong_alone: int = 3
    near: float = 0.7  # how often a passage labelled as looking right is among the wrong ones
    others: int = 3  # passages of the batch's other questions the judge reads too
    made_whole: float = 0.25  # how often a follow-up is read as its standalone form
    distracted: float = 0.08  # how often a question gets an earlier one that has nothing to do with it
    judge_weight: float = 1.5
    list_weight: float = 0.5
    route_weight: float = 0.3
    asks_weight: float = 0.15
    mine_after: float = 1500.0  # seconds between searches for wrong passages
    save_after: float = 180.0
    evaluate_after: float = 1200.0

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Heads:
    """The second stage: judge and router on what the served int8 encoder gives."""

    minutes: float = 20.0
    threads: int = 2
    seed: int = 0
    batch: int = 12  # examples
    rate: float = 3e-4
    decay: float = 0.02
    warmup: int = 50
    least_pace: float = 0.03
    clip: float = 1.0
    candidates: int = 14  # found for an example, from which the wrong ones are drawn
    unrelated: int = 1_200  # questions of other law, on which nothing bears; of those that `--pairs` gives
    read: int = 8  # of an example, in a step
    right: int = 2  # at most, of those
    smoothing: float = 0.02
    judge_weight: float = 1.5
    list_weight: float = 0.5
    any_weight: float = 0.3
    route_weight: float = 0.4
    asks_weight: float = 0.2
    save_after: float = 240.0

    def as_json(self) -> dict[str, object]:
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Cross:
    """The third stage: a cross-encoder on what the served encoder's lower layers give."""

    minutes: float = 60.0
    threads: int = 2
    seed: int = 0
    minded: tuple[str, ...] = ()  # writers whose questions are drawn twice as often
    batch: int = 24  # examples
    rate: float = 1e-4
    head_rate: float = 4e-4
    decay: float = 0.01
    warmup: int = 60
    least_pace: float = 0.03
    clip: float = 1.0
    candidates: int = 16  # found for an example, from which wrong ones are drawn
    beside: float = 0.4  # how often a wrong passage is read beside the right one
    wrong_alone: int = 2  # wrong texts read where nothing is right
    near: float = 0.6  # how often a passage labelled as looking right is the wrong one
    nearest: float = 2.0  # the greater, the more often what lies nearest is the wrong one; 1: all alike
    joined: float = 0.5  # how often a clause's passages, right or wrong, are read together, as they would be quoted
    neighbour: float = 0.2  # how often a passage is read with another of its clause
    most: int = 4  # passages read together
    made_whole: float = 0.25  # how often a follow-up is read as its standalone form
    smoothing: float = 0.02
    save_after: float = 240.0

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def pace(step: int, warmup: int, done: float, least: float) -> float:
    """Share of the learning rate: up during the warm-up, then down in a straight line; `done` goes from 0 to 1."""
    return min(1.0, (step + 1) / warmup) * max(least, 1.0 - done)
