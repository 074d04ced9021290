"""Doctored and honest sentences over real HTTP: those that the check verifies leave, and no others."""

from collections.abc import Callable

import pytest

from bot.answer.quote import cite_near, quote_statement
from bot.check.draft import Fault, Sentence
from bot.check.sentence import attributed, check_sentence
from bot.local import LocalBot
from bot.model import Answer, Statement, Status
from bot.write.client import OpenAIChat
from bot.write.marks import OPENING
from bot.write.write import Brief, Writer
from eval.verification.sentence import Written, excerpts, read_sentences
from tests.bot.write.conftest import OpenChat, tell
from tests.bot.write.scripts import in_pieces
from tests.bot.write.server import Reply, ScriptedServer

EVERY = 12  # of the sentences; the check itself is tested on all of them
# rows of tables are told as they stand: with nothing but rows no model is asked
SENTENCES = [one for one in read_sentences() if not all("/" in clause for clause in one.clauses)]
DOCTORED = [one for one in SENTENCES if not one.honest][::EVERY]
HONEST = [one for one in SENTENCES if one.honest][::EVERY]
Write = Callable[[Written], list[Statement]]


@pytest.fixture
def write(plain_bot: LocalBot, endpoint: ScriptedServer, open_chat: OpenChat) -> Write:
    """What leaves when a model that is shown a row's clauses says its sentence."""
    chat: OpenAIChat = open_chat(endpoint.url)
    writer = Writer(chat, "scripted")

    def say(one: Written) -> list[Statement]:
        endpoint.queue = [Reply(in_pieces(one.text + "".join(f"[{handle}]" for handle in one.handles), 40))]
        shown = excerpts(plain_bot.corpus, one.clauses)
        question = plain_bot.reader.read("有哪些规定")
        quotes = [
            quote_statement(each.plan, each.clause, cite_near(each.plan, each.clause, question.bare)) for each in shown
        ]
        fallback = Answer(Status.ANSWERED, tuple(quotes))
        said: list[Statement] = []
        telling = writer.write(Brief(question, fallback, shown), 5.0)
        while True:
            try:
                said.append(next(telling))
            except StopIteration as ended:
                return [*said, *ended.value.answer.statements]

    return say


def is_heard(one: Written, said: list[Statement]) -> bool:
    """Whether the model's own sentence is among what is said; the clause may say the same in its own name."""
    return any(each.generated and OPENING.sub("", one.text) in each.text for each in said)


@pytest.mark.parametrize("sentences", [DOCTORED, HONEST], ids=["doctored", "honest"])
def test_what_the_check_verifies_leaves_and_nothing_else(
    write: Write, plain_bot: LocalBot, sentences: list[Written]
) -> None:
    assert len(sentences) >= 150
    assert len({one.clauses[0].partition(":")[0] for one in sentences}) == 5
    heard = {one.id for one in sentences if is_heard(one, write(one))}
    verified = {one.id for one in sentences if not faults(one, plain_bot)}
    tell(f"over HTTP: {len(heard)} of {len(sentences)} heard")
    assert heard <= verified
    assert len(verified - heard) <= 0.03 * len(sentences), "no longer borne out with its place before it"


def faults(one: Written, bot: LocalBot) -> tuple[Fault, ...]:
    shown = excerpts(bot.corpus, one.clauses)
    return check_sentence(attributed(Sentence(one.text, one.handles), shown), shown)
