"""Learn the token vectors: texts that belong together get near, all others of the batch get far."""

import platform
from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from ingest.load import load_shipped_plans
from vectorstore.embed_static import TokenIds
from vectorstore.training.batches import Example, Ids, Source, draw_batch, sources, thinned
from vectorstore.training.corpus import Corpus, read_corpus
from vectorstore.training.model_folder import write_model
from vectorstore.training.recipe import Recipe
from vectorstore.training.tokenizer_file import tokenizer_json
from vectorstore.training.vocabulary import Counts

DEFAULT = Recipe()
Progress = Callable[[int, int, str, float], None]  # (step, steps, source, loss)

# Weights of the texts in choosing the vocabulary: how people ask matters more than how many statutes there are.
_STATUTES, _NEWS, _PAIRS, _PLANS = 1.0, 0.7, 4.0, 50.0


def train_embedding(data: Path, out: Path, recipe: Recipe = DEFAULT, progress: Progress | None = None) -> Path:
    """Train on the texts in `data` (see `corpus`) and the shipped plans; write the model folder `out`."""
    clauses = [clause for plan in load_shipped_plans().plans for clause in plan.clauses]
    corpus = read_corpus(data, clauses)
    tokenizer = tokenizer_json(choose_vocabulary(corpus, recipe))
    tokens = TokenIds(tokenizer)
    vectors = learn(sources(corpus, tokens), tokens.size, recipe, progress)
    write_model(out, tokenizer, vectors, {**recipe.as_json(), "texts": _sizes(corpus), "versions": _versions()})
    return out


def choose_vocabulary(corpus: Corpus, recipe: Recipe) -> list[str]:
    counts = Counts()
    counts.add((document.heading + "\n" + document.text for document in corpus.statutes), _STATUTES)
    counts.add((document.text for document in corpus.news), _NEWS)
    counts.add((document.heading + "\n" + document.text for document in corpus.plans), _PLANS)
    for pairs in corpus.pairs.values():
        counts.add((f"{pair.question}\n{pair.answer.heading}\n{pair.answer.text}" for pair in pairs), _PAIRS)
    return counts.vocabulary(recipe.characters, recipe.pairs)


def learn(
    by_name: Mapping[str, Source], tokens: int, recipe: Recipe, progress: Progress | None = None
) -> NDArray[np.float32]:
    """(tokens, dimension); row 0, the unknown token, is zero."""
    torch.set_num_threads(recipe.threads)
    rng = np.random.default_rng(recipe.seed)
    generator = torch.Generator().manual_seed(recipe.seed)
    weights = torch.randn(tokens, recipe.dimension, generator=generator) * recipe.initial_spread
    weights[0] = 0
    weights.requires_grad_(True)
    optimizer = torch.optim.Adam([weights], lr=recipe.learning_rate, fused=True)
    names = sorted(recipe.shares)
    shares = np.array([recipe.shares[name] for name in names])
    for step in range(recipe.steps):
        name = names[rng.choice(len(names), p=shares / shares.sum())]
        examples = draw_batch(by_name[name], recipe.batch, rng)
        for group in optimizer.param_groups:
            group["lr"] = recipe.learning_rate * _pace(step, recipe)
        loss = _loss(weights, [_thinned(example, recipe.dropout, rng) for example in examples], recipe)
        optimizer.zero_grad()
        torch.autograd.backward(loss)
        assert weights.grad is not None
        weights.grad[0] = 0
        optimizer.step()
        if progress:
            progress(step + 1, recipe.steps, name, loss.item())
    vectors: NDArray[np.float32] = weights.detach().numpy()
    return vectors


def _pace(step: int, recipe: Recipe) -> float:
    """Share of the learning rate: up during the warm-up, then down to 2 % in a straight line."""
    return min(1.0, (step + 1) / recipe.warmup) * max(0.02, 1 - step / recipe.steps)


def _thinned(example: Example, share: float, rng: np.random.Generator) -> Example:
    return Example(thinned(example.query, share, rng), thinned(example.text, share, rng), example.group)


def _loss(weights: torch.Tensor, examples: Sequence[Example], recipe: Recipe) -> torch.Tensor:
    """Cross-entropy of finding each text by its query and each query by its text, for every prefix length."""
    queries = _sums(weights, [example.query for example in examples])
    texts = _sums(weights, [example.text for example in examples])
    groups = torch.tensor([example.group for example in examples])
    same_group = (groups[:, None] == groups[None, :]).fill_diagonal_(False)
    own = torch.arange(len(examples))
    losses = []
    for length in (*recipe.prefixes, recipe.dimension):
        cosines = functional.normalize(queries[:, :length]) @ functional.normalize(texts[:, :length]).T
        too_near = cosines.detach() > cosines.detach().diagonal()[:, None] + recipe.margin
        scores = (cosines / recipe.temperature).masked_fill(same_group | too_near, -1e4)
        losses.append(functional.cross_entropy(scores, own) + functional.cross_entropy(scores.T, own))
    return torch.stack(losses).mean()


def _sums(weights: torch.Tensor, texts: Sequence[Ids]) -> torch.Tensor:
    """(n, dimension): the sum of each text's vectors, which points where their mean does."""
    starts = np.cumsum([0, *(len(text) for text in texts[:-1])], dtype=np.int32)
    return functional.embedding_bag(
        torch.from_numpy(np.concatenate(texts)), weights, torch.from_numpy(starts), mode="sum"
    )


def _sizes(corpus: Corpus) -> dict[str, int]:
    return {
        "statutes": len(corpus.statutes),
        "news": len(corpus.news),
        "plans": len(corpus.plans),
        **{name: len(pairs) for name, pairs in corpus.pairs.items()},
    }


def _versions() -> dict[str, str]:
    return {
        "python": platform.python_version(),
        **{name: version(name) for name in ("torch", "numpy", "tokenizers", "safetensors")},
    }
