"""The last gate: quotes and numbers stand in what is cited, and a quote can be checked by anyone."""

import pytest

from bot.answer.cite import compact_with_origins, faults, slices_hold, verified, verify_quote
from bot.model import Answer, Citation, Intent, Statement, Status
from ingest.corpus import Corpus
from ingest.errors import UnknownEntry
from tests.bot.scripted import STATES, ScriptedBot

ROW = "xiamen:专栏1/9"
DEDUCTION = "xiamen:四24"


def cite(corpus: Corpus, clause_id: str, words: str = "") -> Citation:
    clause = corpus.clause(clause_id)
    start = clause.text.index(words)
    return Citation(corpus.plan(clause.plan_id), clause, start, start + len(words) if words else len(clause.text))


SOUND = [
    (ROW, "厦门：2020年506家，2025年目标850家。", "numbers of the row"),
    (ROW, "厦门（专栏1/9）：「引导培育诚信计量自我承诺单位」", "a slice, and the path's own numbers"),
    (DEDUCTION, "厦门（四24）：「允许一次性计入当期成本费用」", "a slice"),
    (DEDUCTION, "「加大政策支持。……允许一次性计入当期成本费用」", "two slices with a gap"),
    (DEDUCTION, "可以扣除。", "no quote and no number"),
]
FAULTY = [
    (ROW, "厦门：目标851家。", "851"),
    (ROW, "厦门：目标8500家。", "8500"),
    (ROW, "厦门：目标85家。", "85"),
    (ROW, "厦门：增幅68.0%。", "68.0"),
    (DEDUCTION, "「必须一次性计入当期成本费用」", "必须一次性计入当期成本费用"),
    (DEDUCTION, "「加大政策支持。……不允许一次性计入」", "不允许一次性计入"),
    (DEDUCTION, "「允许一次性计入当期成本费用，最高100万元」", "允许一次性计入当期成本费用，最高100万元"),
]


@pytest.mark.parametrize(("clause_id", "text", "why"), SOUND)
def test_sound(corpus: Corpus, clause_id: str, text: str, why: str) -> None:
    assert faults(Statement(text, (cite(corpus, clause_id),))) == (), why


@pytest.mark.parametrize(("clause_id", "text", "fault"), FAULTY)
def test_faulty(corpus: Corpus, clause_id: str, text: str, fault: str) -> None:
    assert faults(Statement(text, (cite(corpus, clause_id),))) == (fault,)


def test_a_computed_number_needs_no_source_but_a_quote_does(corpus: Corpus) -> None:
    citation = cite(corpus, ROW)
    assert faults(Statement("增加344家。", (citation,), computed=True)) == ()
    assert faults(Statement("「增加344家」", (citation,), computed=True)) == ("增加344家",)


def test_only_the_cited_slice_counts(corpus: Corpus) -> None:
    citation = cite(corpus, ROW, "引导培育诚信计量自我承诺单位")
    assert faults(Statement("2025年目标850家。", (citation,))) == ("2025", "850")


def test_a_faulty_statement_gives_way_to_the_plans_words(corpus: Corpus) -> None:
    citation = cite(corpus, DEDUCTION, "允许一次性计入当期成本费用")
    bad = Statement("「必须一次性计入」", (citation,))
    good = Statement("「允许一次性计入」", (citation,))
    fixed = Statement("没有载明。")
    checked = verified(Answer(Status.ANSWERED, (bad, good, fixed)))
    assert [one.text for one in checked.statements] == [
        "「允许一次性计入当期成本费用」",
        "「允许一次性计入」",
        "没有载明。",
    ]
    assert slices_hold(checked.citations)


def test_verifying_twice_changes_nothing(scripted: ScriptedBot) -> None:
    rows = {ROW: STATES, "quanzhou:专栏1/10": STATES}
    answer = scripted.tell("厦门和泉州诚信计量自我承诺单位相差多少", rows, Intent.DIFFERENCE)
    assert any(statement.computed for statement in answer.statements)
    assert verified(answer) == answer


EXACT = "对企业新购置的计量器具，符合税收相关规定的"
QUOTES = [
    (EXACT, True, True, "as it stands"),
    (f"  {EXACT}\n", True, True, "outer blanks aside"),
    ("對企業新購置的計量器具", True, False, "traditional script"),
    ("对企业新购置的计量器具,符合税收相关规定的", True, False, "a half-width comma"),
    ("对企业 新购置的 计量器具", True, False, "blanks within"),
    ("对企业新购置的计量器具，符合国家有关规定的", False, False, "another plan's words"),
    ("对企业新购置的计量器具，不符合税收相关规定的", False, False, "a negation smuggled in"),
    ("对企业新购置的计量器具，最高100万元", False, False, "a number smuggled in"),
    ("对企业购置的计量器具", False, False, "a character left out"),
    ("", False, False, "nothing"),
    (" \n", False, False, "blanks"),
    ("，。", False, False, "marks that stand nowhere so"),
]


@pytest.mark.parametrize(("quote", "ok", "exact", "why"), QUOTES)
def test_verify_quote(scripted: ScriptedBot, quote: str, ok: bool, exact: bool, why: str) -> None:
    verdict = scripted.verify(DEDUCTION, quote)
    assert (verdict.verified, verdict.exact) == (ok, exact), why
    if not ok:
        assert verdict.start is None
        return
    text = scripted.corpus.clause(DEDUCTION).text
    assert text[verdict.start : verdict.end].startswith("对企业新购置")


def test_every_clause_verifies_itself(corpus: Corpus) -> None:
    for plan in corpus.plans:
        for clause in plan.clauses:
            verdict = verify_quote(clause, clause.text)
            assert (verdict.start, verdict.end, verdict.exact) == (0, len(clause.text), True)


def test_an_unknown_clause_is_an_error(scripted: ScriptedBot) -> None:
    with pytest.raises(UnknownEntry, match="xiamen:九九"):
        scripted.verify("xiamen:九九", "x")


def test_origins_lead_back() -> None:
    text = "誠信，計量 ９２％"
    plain, origins = compact_with_origins(text)
    assert plain == "诚信计量92%"
    assert [text[i] for i in origins] == list("誠信計量９２％")
