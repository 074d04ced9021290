"""Tiny random networks. Only for tests that have made sure of torch."""

from pathlib import Path

import torch

from eval.judge.base import make_base
from eval.judge.checkpoint import Networks
from eval.judge.network import EncoderNetwork, JudgeNetwork, RouterNetwork, load_base
from eval.judge.tokens import Tokens, pooled
from tests.eval.judge.four_bit_file import PIECES, four_bit_file
from vectorstore.encoder import DIMENSION

CHARACTERS = "厦门泉州强检归谁管有没钱罚款电话督促法定计量检定机构履行制职责的市责任单位报名奖励缺斤短两秤"


def small_networks(seed: int = 0) -> Networks:
    """Two encoder layers, one judge block; in evaluation mode."""
    torch.manual_seed(seed)
    networks = Networks(EncoderNetwork(30, 40, 2), JudgeNetwork(blocks=1), RouterNetwork())
    networks.train(False)
    return networks


def small_base(folder: Path) -> Path:
    """A base of two layers that reads some Chinese."""
    pieces = (*PIECES, *(one for one in dict.fromkeys(CHARACTERS) if one not in PIECES))
    source = folder / "small.bin"
    source.write_bytes(four_bit_file(width=DIMENSION, layers=2, positions=120, pieces=pieces))
    return make_base(folder / "base", source)


def networks_of(base: Path) -> Networks:
    torch.manual_seed(0)
    return Networks(load_base(base), JudgeNetwork(blocks=2), RouterNetwork())


def random_tokens(*lengths: int, seed: int = 0, spare: int = 0) -> Tokens:
    """Texts of these lengths; `spare` more tokens of padding, in which there is rubbish."""
    longest = max(lengths) + spare
    generator = torch.Generator().manual_seed(seed)
    states = torch.randn(len(lengths), max(lengths), DIMENSION, generator=generator)
    states = torch.cat([states, torch.full((len(lengths), spare, DIMENSION), 7.0)], 1)
    mask = torch.tensor([[1.0] * length + [0.0] * (longest - length) for length in lengths])
    return pooled(states, mask)
