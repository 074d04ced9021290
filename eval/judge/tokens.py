"""Texts as the networks have them: token states, and a mask that is 1 where a token is and 0 where there is padding."""

from collections.abc import Sequence
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

FAR = -1e4  # added to a score that must not count


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """Texts: token states (n, tokens, DIMENSION), mask (n, tokens), and their mean of length 1 (n, DIMENSION)."""

    states: Tensor
    mask: Tensor
    vector: Tensor

    def of(self, rows: Tensor) -> "Tokens":
        """These texts, in this order, no longer than the longest of them."""
        mask = self.mask[rows]
        longest = int(mask.sum(1).max())
        return Tokens(self.states[rows, :longest], mask[:, :longest], self.vector[rows])


def padded(rows: Sequence[Sequence[int]], padding: int) -> tuple[Tensor, Tensor]:
    """Token ids of unlike length as one tensor (rows, tokens), and the mask."""
    longest = max(map(len, rows))
    ids = torch.tensor([[*row, *[padding] * (longest - len(row))] for row in rows])
    mask = torch.tensor([[1.0] * len(row) + [0.0] * (longest - len(row)) for row in rows])
    return ids, mask


def mean_of(states: Tensor, mask: Tensor) -> Tensor:
    """Over each text's own tokens: (n, width)."""
    return (states * mask[..., None]).sum(1) / mask.sum(1, keepdim=True)


def pooled(states: Tensor, mask: Tensor) -> Tokens:
    return Tokens(states, mask, functional.normalize(mean_of(states, mask), dim=1))


def blocked(mask: Tensor) -> Tensor:
    """What is added to attention scores (n, heads, from, to) so that padding is not looked at."""
    return ((1 - mask) * FAR)[:, None, None, :]
