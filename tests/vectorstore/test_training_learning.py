import json
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from ingest.load import load_shipped_plans
from tests.vectorstore.training_texts import write_texts
from vectorstore.embed_static import StaticEmbedder
from vectorstore.training.batches import Answers, Example, TokenText
from vectorstore.training.recipe import Recipe

pytestmark = pytest.mark.skipif(find_spec("torch") is None, reason="extra [models] not installed")


def ids(*values: int) -> np.ndarray[tuple[int], np.dtype[np.int32]]:
    return np.array(values, dtype=np.int32)


class TestLearning:
    SMALL = replace(Recipe(), steps=40, batch=8, warmup=5, dimension=16, prefixes=(8,), threads=1)

    @staticmethod
    def by_name() -> dict[str, Answers]:
        """Ten questions and ten answers that share no token: only learning can bring them together."""
        questions = [ids(*range(1 + 3 * at, 4 + 3 * at)) for at in range(10)]
        answers = [TokenText(ids(), (ids(*range(31 + 6 * at, 37 + 6 * at)),), at) for at in range(10)]
        return {"lay": Answers(questions, answers, list(range(10)))}

    def test_questions_come_to_find_their_answers(self) -> None:
        from vectorstore.training.train import learn

        recipe = replace(self.SMALL, shares={"lay": 1.0}, learning_rate=0.05)
        losses: list[float] = []
        vectors = learn(self.by_name(), 91, recipe, lambda *told: losses.append(told[3]))
        source = self.by_name()["lay"]
        asked = np.stack([vectors[question].sum(axis=0) for question in source.questions])
        answered = np.stack([vectors[answer.sentences[0]].sum(axis=0) for answer in source.answers])
        answered /= np.linalg.norm(answered, axis=1, keepdims=True)
        assert (asked @ answered.T).argmax(axis=1).tolist() == list(range(10))
        assert losses[-1] < losses[0] / 2
        assert not vectors[0].any()

    def test_a_text_nearer_than_the_own_one_is_no_negative(self) -> None:
        import torch

        from vectorstore.training.train import _loss

        # Query 1 stands on the text of pair 2; only with a wide margin does that count as a mistake.
        weights = torch.tensor([[0.0, 0.0], [1.0, 0.0], [0.0, 1.0], [1.0, -0.1], [1.0, -0.1]])
        examples = [Example(ids(1), ids(2), 0), Example(ids(3), ids(4), 1)]
        recipe = replace(self.SMALL, dimension=2, prefixes=())
        assert _loss(weights, examples, replace(recipe, margin=9.0)) > 10
        assert _loss(weights, examples, replace(recipe, margin=0.05)) < 1

    def test_the_same_seed_gives_the_same_vectors_and_another_does_not(self) -> None:
        from vectorstore.training.train import learn

        recipe = replace(self.SMALL, shares={"lay": 1.0})
        first, second = (learn(self.by_name(), 91, recipe) for _ in range(2))
        assert np.array_equal(first, second)
        assert not np.array_equal(first, learn(self.by_name(), 91, replace(recipe, seed=2)))

    def test_from_texts_to_a_model_that_opens(self, tmp_path: Path) -> None:
        from vectorstore.training.train import train_embedding

        recipe = replace(self.SMALL, steps=4, shares={"statutes": 0.5, "plans": 0.4, "lay": 0.1}, pairs=500)
        folder = train_embedding(write_texts(tmp_path / "data"), tmp_path / "model", recipe)
        embedder = StaticEmbedder(folder)
        assert embedder.dimension == 16
        assert np.linalg.norm(embedder.embed_queries(["计量"])) == pytest.approx(1, abs=1e-5)
        written = json.loads((folder / "recipe.json").read_text(encoding="utf-8"))
        assert (written["steps"], written["texts"]["statutes"]) == (4, 2)
        assert written["texts"]["plans"] == sum(
            clause.searchable for plan in load_shipped_plans().plans for clause in plan.clauses
        )
