"""Questions on documents of others: what counts as right, and the table that tells it."""

import pytest

from bot.model import Answer, Citation, Statement, Status
from eval.documents.run import Outcome, ask, measure, run
from eval.judge.rows import Answerable, Row
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans
from tests.bot.fakes import FakeBot

CORPUS = Corpus(load_shipped_plans().plans)
CLAUSE = "xiamen:四24"


def row(answerable: str = "yes", clause: str = CLAUSE) -> Row:
    support = [{"clause": clause, "sentence": "x"}] if answerable != "no" else []
    given = {
        "id": "a",
        "question": "能扣吗",
        "history": [],
        "plans": ["xiamen"],
        "answerable": answerable,
        "missing": "",
    }
    return Row.model_validate({**given, "support": support, "near": [], "asks": ["yesno"], "register": "plain"})


def answer(status: Status, clause_id: str | None = CLAUSE) -> Answer:
    if clause_id is None:
        return Answer(status, ())
    clause = CORPUS.clause(clause_id)
    cited = Citation(CORPUS.plan(clause.plan_id), clause, 0, 4)
    return Answer(status, (Statement(cited.quote, (cited,)),))


@pytest.mark.parametrize(
    ("answerable", "given", "right"),
    [
        ("yes", answer(Status.ANSWERED), True),
        ("yes", answer(Status.PARTIAL), False),
        ("yes", answer(Status.ANSWERED, "xiamen:一"), False),  # another clause
        ("part", answer(Status.PARTIAL), True),
        ("part", answer(Status.ANSWERED), False),
        ("no", answer(Status.NOT_FOUND, None), True),
        ("no", answer(Status.PARTIAL), True),  # nothing is claimed to be stated
        ("no", answer(Status.ANSWERED), False),
    ],
)
def test_what_is_right(answerable: str, given: Answer, right: bool) -> None:
    bot = FakeBot(answers=[given])
    assert ask(bot, row(answerable)).right is right
    assert bot.asked == [("能扣吗", None, ("xiamen",), "auto")]


def test_figures_by_what_was_labelled() -> None:
    stated, absent = Outcome(Answerable.YES, Status.PARTIAL, True), Outcome(Answerable.NO, Status.NOT_FOUND, False)
    figures = measure([stated, absent, absent])
    assert {name: figure.value for name, figure in figures.items()} == pytest.approx(
        {"all": 2 / 3, "yes": 0.0, "no": 1.0}
    )


def test_the_table_counts_each_status() -> None:
    said: list[str] = []

    run(FakeBot(answers=[answer(Status.PARTIAL), answer(Status.PARTIAL)]), [row(), row("part")], said.append)
    assert "labelled" in said[0]
    assert "partial" in said[0]
