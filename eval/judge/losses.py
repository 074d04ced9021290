"""What is wrong with what the networks say, as numbers to be made small."""

from collections.abc import Sequence

import torch
from torch import Tensor
from torch.nn import functional

from eval.judge.examples import Verdict
from eval.judge.network import JudgeNetwork
from eval.judge.rows import ASKS, ROUTES, Labelled
from eval.judge.tokens import FAR, Tokens

CHUNK = 24  # pairs of like length the judge reads at once
CLASSES = (1.0, 1.5, 1.5)  # weights: what bears is rarer than what does not
UNSAID = 0.3  # weight of an ask that the writer did not name but may have meant


def read_pairs(judge: JudgeNetwork, questions: Tokens, sentences: Tokens, pairs: Sequence[tuple[int, int]]) -> Tensor:
    """Logits (pairs, 3) of (question, sentence) rows, sentences of like length together."""
    asked, said = torch.tensor(pairs, dtype=torch.long).reshape(-1, 2).unbind(1)
    order = torch.argsort(sentences.mask.sum(1)[said], stable=True)
    parts = [
        judge(questions.of(asked[chunk]), sentences.of(said[chunk]))
        for start in range(0, len(order), CHUNK)
        for chunk in [order[start : start + CHUNK]]
    ]
    return torch.cat(parts)[torch.argsort(order)]


def verdict_loss(
    logits: Tensor, verdicts: Sequence[Verdict], weights: Sequence[float], smoothing: float = 0.0
) -> Tensor:
    """Each pair by itself."""
    losses = functional.cross_entropy(
        logits, torch.tensor(verdicts), reduction="none", weight=torch.tensor(CLASSES), label_smoothing=smoothing
    )
    return (losses * torch.tensor(weights)).mean()


def bearing(logits: Tensor) -> Tensor:
    """Log-odds that a pair bears at all."""
    return torch.logsumexp(logits[:, 1:], 1) - logits[:, 0]


def order_loss(logits: Tensor, right: int) -> Tensor:
    """Of one example's pairs, the first `right` are to bear most. 0 when none or all are right."""
    if not 0 < right < len(logits):
        return logits.new_zeros(())
    scores = bearing(logits)
    return torch.logsumexp(scores, 0) - torch.logsumexp(scores[:right], 0)


def any_states_loss(logits: Tensor, states: bool) -> Tensor:
    """Whether any of one example's pairs states what is asked, as the bot will ask: one false yes is enough to err."""
    none = torch.log1p(-functional.softmax(logits, 1)[:, Verdict.STATES].clamp(max=1 - 1e-4)).sum()
    if not states:
        return -none
    return -torch.log(-torch.expm1(none.clamp(max=-1e-4)))


def found_loss(
    questions: Tensor, sentences: Tensor, gold: Sequence[int], ignored: Tensor, temperature: float
) -> Tensor:
    """Each question's vector is to find its sentence. `ignored` (questions, sentences) is 1 where none counts."""
    scores = questions @ sentences.T / temperature + ignored * FAR
    return functional.cross_entropy(scores, torch.tensor(gold), reduction="none")


def route_loss(logits: Tensor, labelled: Sequence[Labelled]) -> Tensor:
    """Over the questions whose route is labelled; 0 when none is."""
    known = [(row, ROUTES.index(one.row.route)) for row, one in enumerate(labelled) if one.row.route]
    if not known:
        return logits.new_zeros(())
    rows, gold = zip(*known, strict=True)
    return functional.cross_entropy(logits[list(rows)], torch.tensor(gold))


def asks_loss(logits: Tensor, labelled: Sequence[Labelled]) -> Tensor:
    gold, weights = torch.zeros(len(labelled), len(ASKS)), torch.ones(len(labelled), len(ASKS))
    for row, one in enumerate(labelled):
        for ask in one.row.asks:
            gold[row, ASKS.index(ask)] = 1
        if not one.all_asks:
            weights[row][gold[row] == 0] = UNSAID
    losses = functional.binary_cross_entropy_with_logits(logits, gold, reduction="none")
    return (losses * weights).sum(1).mean()
