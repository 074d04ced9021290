"""The encoder in two halves while it is trained: what the frozen layers give is kept, the layers above run anew."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from eval.judge.network import EncoderNetwork
from eval.judge.tokens import Tokens, padded, pooled
from ingest.errors import ModelUnavailable
from vectorstore.encoder import LONGEST_PASSAGE, LONGEST_QUERY, PASSAGE, QUERY, open_tokenizer

AT_ONCE = 64  # texts of like length
WHOLE = 8  # so few texts are run as one, padding and all
PARTS = 6  # more are run in so many parts


class TextReader:
    """Texts → token ids, as `vectorstore.encoder` cuts them."""

    def __init__(self, tokenizer: Path) -> None:
        """Raises ModelUnavailable."""
        self._tokenizer = open_tokenizer(tokenizer)
        self._first, self._last, self.padding = map(self._mark, ("<s>", "</s>", "<pad>"))

    def question(self, text: str) -> list[int]:
        return self._ids(QUERY + text, LONGEST_QUERY)

    def passage(self, text: str) -> list[int]:
        return self._ids(PASSAGE + text, LONGEST_PASSAGE)

    def _mark(self, mark: str) -> int:
        number = self._tokenizer.token_to_id(mark)
        if number is None:
            raise ModelUnavailable("tokenizer.json", f"it has no {mark}")
        return int(number)

    def _ids(self, text: str, longest: int) -> list[int]:
        ids = self._tokenizer.encode(text[: 4 * longest], add_special_tokens=False).ids[:longest]
        return [self._first, *ids, self._last]


class Layers:
    """Frozen below `cut`, trained from there on."""

    def __init__(self, encoder: EncoderNetwork, reader: TextReader, cut: int) -> None:
        self.encoder, self.reader, self.cut = encoder, reader, cut
        self._questions: dict[str, Tensor] = {}
        encoder.requires_grad_(False)
        for layer in list(encoder.layers)[cut:]:
            layer.requires_grad_(True)

    @property
    def trained(self) -> list[nn.Parameter]:
        found: list[nn.Parameter] = [weights for weights in self.encoder.parameters() if weights.requires_grad]
        return found

    def below_questions(self, texts: Sequence[str]) -> list[Tensor]:
        """Kept: the same questions come again and again."""
        new = [text for text in dict.fromkeys(texts) if text not in self._questions]
        self._questions.update(zip(new, self.below(map(self.reader.question, new)), strict=True))
        return [self._questions[text] for text in texts]

    def below_passages(self, texts: Iterable[str]) -> list[Tensor]:
        return self.below(map(self.reader.passage, texts))

    def below(self, texts: Iterable[list[int]]) -> list[Tensor]:
        """States after the frozen layers, in half precision, without padding."""
        rows, training = list(texts), self.encoder.training
        self.encoder.eval()
        order = sorted(range(len(rows)), key=lambda row: len(rows[row]))
        found: list[Tensor] = [torch.empty(0)] * len(rows)
        for start in range(0, len(order), AT_ONCE):
            chosen = order[start : start + AT_ONCE]
            ids, mask = padded([rows[row] for row in chosen], self.reader.padding)
            with torch.no_grad():
                states = self.encoder.run(self.encoder.embed(ids), mask, 0, self.cut).half()
            for row, own in zip(chosen, states, strict=True):
                found[row] = own[: len(rows[row])].clone()
        self.encoder.train(training)
        return found

    def above(self, below: Sequence[Tensor]) -> Tokens:
        """Through the trained layers. Many texts go in parts of like length, so that little is padding."""
        if len(below) <= WHOLE:
            states, mask = stacked(below)
            return pooled(self.encoder.run(states, mask, self.cut), mask)
        order = sorted(range(len(below)), key=lambda row: len(below[row]))
        longest, size = len(below[order[-1]]), max(WHOLE, -(-len(below) // PARTS))
        parts, masks = [], []
        for start in range(0, len(order), size):
            states, mask = stacked([below[row] for row in order[start : start + size]])
            spare = longest - mask.shape[1]
            parts.append(functional.pad(self.encoder.run(states, mask, self.cut), (0, 0, 0, spare)))
            masks.append(functional.pad(mask, (0, spare)))
        back = torch.argsort(torch.tensor(order))
        return pooled(torch.cat(parts)[back], torch.cat(masks)[back])


def stacked(states: Sequence[Tensor]) -> tuple[Tensor, Tensor]:
    """Texts of unlike length → (n, tokens, width) and the mask."""
    longest = max(len(one) for one in states)
    together, mask = torch.zeros(len(states), longest, states[0].shape[1]), torch.zeros(len(states), longest)
    for row, one in enumerate(states):
        together[row, : len(one)] = one.float()
        mask[row, : len(one)] = 1
    return together, mask
