"""The committed floor holds: the bot as shipped, on the development cases. The floor only rises."""

from datetime import date

from bot.api.present import Presenter
from bot.local import LocalBot
from eval.answers.asker import InProcessAsker
from eval.answers.run import FLOOR, Options, run
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans
from vectorstore.chroma import ExactDense
from vectorstore.embed import open_embedder
from vectorstore.index import PassageIndex, embedding_text
from vectorstore.lexical import LexicalIndex
from vectorstore.passages import cut_passages
from vectorstore.vocabulary import shipped_vocabulary


def test_the_shipped_bot_is_not_below_the_floor() -> None:
    corpus = Corpus(load_shipped_plans().plans)
    passages, embedder = cut_passages(corpus.plans), open_embedder("static")
    vectors = embedder.embed_passages([embedding_text(passage) for passage in passages])
    index = PassageIndex(passages, LexicalIndex.build(passages), ExactDense(vectors), embedder, "test")
    bot = LocalBot(corpus, index, shipped_vocabulary(), today=lambda: date(2026, 6, 1))
    presenter = Presenter("")
    asker = InProcessAsker(bot, lambda asked: presenter.answer(asked, bot.corpus_version).model_dump(mode="json"))
    lines: list[str] = []
    result = run(asker, corpus, Options(floor=FLOOR), lines.append)
    assert result.below == (), "\n".join(lines)
    assert len(result.run.judgements) >= 400, "the floor is measured on all development cases"
