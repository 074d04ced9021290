"""A receipt is checked against the plans as they are now: what changed is found, and nothing else is."""

import json
from dataclasses import asdict, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.model import Answer, Mode, Statement, Status
from bot.records.receipt_check import CitationCheck, Flaw, ReceiptCheck, UnreadableReceipt, check_receipt, read_receipt
from bot.records.receipts import Receipt, write_receipt
from ingest.corpus import Corpus
from ingest.model import Clause
from tests.bot.api.api_builders import client
from tests.bot.fakes import FakeBot
from tests.bot.scripted import ScriptedBot, Wilful

CASES = Path(__file__).parents[3] / "eval" / "cases"
NOON = datetime(2026, 3, 15, 12, tzinfo=UTC)
ITEM, ROW = "xiamen:三(四)21", "xiamen:专栏1/9"


@pytest.fixture
def receipt(bot: FakeBot) -> Receipt:
    quoted, counted = bot.cite(ITEM, 61, 86), bot.cite(ROW)
    statements = (
        Statement(f"厦门：「{quoted.quote}」", (quoted,)),
        Statement("850家。", (counted,)),
        Statement("完。"),
    )
    bot.answers = [Answer(Status.ANSWERED, statements)]
    return write_receipt(bot.ask("厦门怎么做？"), bot.corpus_version, NOON)


def changed(corpus: Corpus, clause_id: str, text: str | None) -> Corpus:
    """The corpus with that text in one clause, or without the clause."""

    def clauses(found: tuple[Clause, ...]) -> tuple[Clause, ...]:
        kept = [each for each in found if text is not None or each.id != clause_id]
        return tuple(replace(each, text=text) if text and each.id == clause_id else each for each in kept)

    return Corpus(replace(plan, clauses=clauses(plan.clauses)) for plan in corpus.plans)


def check(receipt: Receipt, corpus: Corpus) -> ReceiptCheck:
    return check_receipt(receipt, corpus, "fake-corpus")


def first(receipt: Receipt, **change: Any) -> Receipt:
    """The receipt with its first citation changed."""
    return replace(receipt, citations=(replace(receipt.citations[0], **change), *receipt.citations[1:]))


def test_an_unchanged_corpus_holds_all(bot: FakeBot, receipt: Receipt) -> None:
    found = check(receipt, bot.corpus)
    assert found.holds
    assert found.same_corpus
    assert [each.cited.clause_id for each in found.citations] == [ITEM, ROW]
    assert all(each == CitationCheck(each.cited, True, True, True, None) for each in found.citations)
    assert found.flaws == ()


def test_another_corpus_version_alone_is_no_fault(bot: FakeBot, receipt: Receipt) -> None:
    found = check_receipt(receipt, bot.corpus, "rebuilt")
    assert found.holds
    assert not found.same_corpus


def test_a_clause_that_is_gone(bot: FakeBot, receipt: Receipt) -> None:
    found = check(receipt, changed(bot.corpus, ITEM, None))
    assert not found.holds
    assert [each.exists for each in found.citations] == [False, True]
    assert [each.holds for each in found.citations] == [False, True]


def test_a_clause_that_says_more_no_longer_holds_though_the_quote_stands(bot: FakeBot, receipt: Receipt) -> None:
    text = bot.corpus.clause(ITEM).text + "但农村集贸市场除外。"
    found = check(receipt, changed(bot.corpus, ITEM, text)).citations[0]
    assert (found.exists, found.same_text, found.exact, found.moved_to) == (True, False, True, None)
    assert not found.holds


def test_a_quote_that_moved_and_one_that_is_gone(bot: FakeBot, receipt: Receipt) -> None:
    text = bot.corpus.clause(ITEM).text
    moved = check(receipt, changed(bot.corpus, ITEM, "总则。" + text)).citations[0]
    assert (moved.same_text, moved.exact, moved.moved_to) == (False, False, 64)
    gone = check(receipt, changed(bot.corpus, ITEM, text.replace("推行", "暂缓"))).citations[0]
    assert (gone.same_text, gone.exact, gone.moved_to) == (False, False, None)


@pytest.mark.parametrize(
    "change",
    [
        {"quote": "强化市场经营主体责任，取消经营者诚信计量自我承诺。"},
        {"start": 60, "end": 85},
        {"end": 85},
        {"start": -25, "end": -1},
        {"start": 0, "end": 0, "quote": ""},
        {"text_sha256": "0" * 64},
        {"clause_id": "xiamen:三(四)22"},
        {"clause_id": "nowhere:一"},
    ],
)
def test_a_doctored_citation_does_not_hold(bot: FakeBot, receipt: Receipt, change: dict[str, Any]) -> None:
    found = check(first(receipt, **change), bot.corpus)
    assert [each.holds for each in found.citations] == [False, True]
    assert not found.holds


def test_a_doctored_statement_does_not_hold(bot: FakeBot, receipt: Receipt) -> None:
    one, two, three = receipt.statements
    swapped = replace(one, text=one.text.replace("推行", "取消"))
    (flaw,) = check(replace(receipt, statements=(swapped, two, three)), bot.corpus).flaws
    assert (flaw.number, flaw.flaw) == (1, Flaw.NOT_QUOTED)
    assert "取消" in flaw.what
    borrowed = replace(one, citations=two.citations)
    assert [each.flaw for each in check(replace(receipt, statements=(borrowed,)), bot.corpus).flaws] == [
        Flaw.NOT_QUOTED
    ]
    (flaw,) = check(replace(receipt, statements=(one, replace(two, citations=(7,)))), bot.corpus).flaws
    assert (flaw.number, flaw.flaw, flaw.what) == (2, Flaw.UNKNOWN_CITATION, "[7]")
    assert not check(replace(receipt, statements=(one, replace(two, citations=(7,)))), bot.corpus).holds


@pytest.mark.parametrize(
    ("text", "flaws"),
    [
        ("厦门推行经营者诚信计量自我承诺。", []),
        ("厦门强制推行经营者诚信计量自我承诺。", [Flaw.NOT_BORNE_OUT]),
        ("厦门推行经营者诚信计量自我承诺，奖励100万元。", [Flaw.NOT_BORNE_OUT]),
    ],
)
def test_what_a_model_said_is_checked_again(bot: FakeBot, text: str, flaws: list[Flaw]) -> None:
    clause = bot.corpus.clause(ITEM)
    bot.answers = [Answer(Status.ANSWERED, (Statement(text, (bot.cite(ITEM, 0, len(clause.text)),)),), mode=Mode.LLM)]
    found = check(write_receipt(bot.ask("厦门怎么做？"), bot.corpus_version, NOON), bot.corpus)
    assert [each.flaw for each in found.flaws] == flaws
    assert found.holds is not bool(flaws)


def test_every_answer_s_receipt_holds_today() -> None:
    """No alarm where nothing changed: whatever the extractive bot says, its receipt stands."""
    broken, bot = [], ScriptedBot(Wilful())
    lines = [line for file in sorted(CASES.glob("*.jsonl")) for line in file.read_text(encoding="utf-8").splitlines()]
    questions = [" ".join(json.loads(line)["turns"]) for line in lines]
    assert len(questions) > 100
    for question in questions:
        written = write_receipt(bot.ask(question), bot.corpus_version, NOON)
        found = check_receipt(written, bot.corpus, bot.corpus_version)
        if not found.holds:
            broken.append((question, found.flaws, [each for each in found.citations if not each.holds]))
    assert broken == []


def test_a_receipt_is_read_back_from_what_the_api_sends(bot: FakeBot, tmp_path: Path) -> None:
    from bot.records.store import SqlRecords

    records = SqlRecords.at("sqlite://")
    api = client(bot, records=records)
    answer_id = api.post("/v1/ask", json={"question": "诚信计量自我承诺"}).json()["answer_id"]
    file = tmp_path / "receipt.json"
    file.write_bytes(api.get(f"/v1/answers/{answer_id}").content)
    assert read_receipt(file) == records.receipt(answer_id)
    records.close()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "JSON"),
        ("[]", "receipt.json"),
        ('{"answer_id": "a"}', "question"),
    ],
)
def test_what_is_no_receipt_is_named_with_the_reason(tmp_path: Path, content: str, said: str) -> None:
    file = tmp_path / "receipt.json"
    file.write_text(content)
    with pytest.raises(UnreadableReceipt, match=said):
        read_receipt(file)


def test_a_field_of_the_wrong_kind_is_named(tmp_path: Path, receipt: Receipt) -> None:
    file = tmp_path / "receipt.json"
    document = asdict(receipt)
    document["citations"][0]["start"] = "one"
    file.write_text(json.dumps(document), encoding="utf-8")
    with pytest.raises(UnreadableReceipt, match=r"citations\.0\.start"):
        read_receipt(file)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UnreadableReceipt, match="No such file"):
        read_receipt(tmp_path / "receipt.json")
