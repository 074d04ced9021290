"""What holds of every sentence, whatever the reader says: seeded changes of those written for the five plans."""

import re
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.answer.quote import place_name
from bot.check.draft import Excerpt, FaultKind, Sentence
from bot.check.read.fold import plain
from bot.check.sentence import check_sentence
from eval.verification.sentence import Split, Written, excerpts, read_sentences
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans
from ingest.model import Clause, Kind, Plan
from tests.bot.check.check_builders import FixedReader
from vectorstore.passages import sentence_spans

CORPUS = Corpus(load_shipped_plans().plans)
SENTENCES = [one for one in read_sentences() if one.split is Split.DEV]
HONEST = [one for one in SENTENCES if one.honest]
NUMBER = re.compile(r"\d+(?:\.\d+)?")
NUMBERED = [one for one in HONEST if one.handles and NUMBER.search(one.text)]
seeded = settings(
    max_examples=100, deadline=None, derandomize=True, database=None, suppress_health_check=[HealthCheck.too_slow]
)


def faults(one: Written, text: str = "", handles: tuple[int, ...] = ()) -> list[FaultKind]:
    """Of the exact rules alone: the reader finds everything borne out."""
    shown = excerpts(CORPUS, one.clauses)
    said = Sentence(text or one.text, handles or one.handles)
    return [fault.kind for fault in check_sentence(said, shown, reader=FixedReader(1.0))]


def cited_numbers(one: Written) -> set[Decimal]:
    shown = excerpts(CORPUS, one.clauses)
    texts = [plain(shown[handle - 1].clause.text + shown[handle - 1].plan.title) for handle in one.handles]
    numbers = [shown[handle - 1].plan.metadata.number for handle in one.handles]
    texts += [plain(number.value) for number in numbers if number]
    return {Decimal(digits) for text in texts for digits in NUMBER.findall(text)}


@seeded
@given(st.data())
def test_a_number_that_stands_in_no_cited_clause_is_always_caught(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(NUMBERED))
    match = data.draw(st.sampled_from(list(NUMBER.finditer(one.text))))
    strange = data.draw(st.integers(13, 99_999).filter(lambda number: Decimal(number) not in cited_numbers(one)))
    text = one.text[: match.start()] + str(strange) + one.text[match.end() :]
    assert faults(one, text), text


@seeded
@given(st.data())
def test_width_blanks_and_invisible_characters_change_no_verdict(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from(SENTENCES))
    wide = one.text.translate({ord(digit): chr(ord(digit) + 0xFEE0) for digit in "0123456789"})
    at = data.draw(st.integers(0, len(one.text)))
    spaced = one.text[:at] + data.draw(st.sampled_from(("\u200b", "\u2060", "\ufeff"))) + one.text[at:]
    assert bool(faults(one, wide)) is bool(faults(one, spaced)) is bool(faults(one))


@seeded
@given(st.data())
def test_swapping_the_handle_for_one_of_another_city_is_caught_when_the_city_is_named(data: st.DataObject) -> None:
    regions = [plan.region for plan in CORPUS.plans if plan.region != "全国"]
    named = [
        one for one in HONEST
        if len(one.handles) == 1 and len([region for region in regions if region in one.text]) == 1
        and CORPUS.plan(one.clauses[one.handles[0] - 1].partition(":")[0]).region in one.text
    ]  # fmt: skip
    one = data.draw(st.sampled_from(named))
    own = one.clauses[one.handles[0] - 1].split(":")[0]
    others = [handle for handle, clause in enumerate(one.clauses, start=1) if not clause.startswith(own + ":")]
    if others:
        assert FaultKind.CITY in faults(one, handles=(data.draw(st.sampled_from(others)),)), one.text


@seeded
@given(st.data())
def test_an_invented_quotation_is_always_caught(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from([each for each in HONEST if each.handles]))
    word = data.draw(st.sampled_from(("三倍赔偿条款", "吊销营业执照", "月底之前办结")))
    assert FaultKind.QUOTATION in faults(one, f"{one.text}原文是“{word}”。")


@seeded
@given(st.data())
def test_an_invented_document_number_is_always_caught(data: st.DataObject) -> None:
    one = data.draw(st.sampled_from([each for each in HONEST if each.handles]))
    number = data.draw(st.integers(100, 999))
    assert FaultKind.DOCUMENT_NUMBER in faults(one, f"{one.text}依据是国发〔2019〕{number}号。")


def own_words() -> list[tuple[Plan, Clause, str]]:
    """Sentences of the clauses themselves, but for headings and lists of units."""
    return [
        (plan, clause, text)
        for plan in CORPUS.plans
        for clause in plan.clauses
        for start, end in (sentence_spans(clause.text) if clause.kind not in (Kind.FRONT, Kind.BACK) else ())
        if len(text := clause.text[start:end].replace("\n", "")) >= 8 and text[0] != "（"
    ]


@pytest.mark.parametrize("frame", ["{text}", "{place}的文件写明：{text}"])
def test_the_words_of_a_clause_pass_with_their_clause_and_need_no_reader(frame: str) -> None:
    wrong = [
        clause.id
        for plan, clause, text in own_words()
        if check_sentence(
            Sentence(frame.format(text=text, place=place_name(plan)), (1,)),
            [Excerpt(1, plan, clause, clause.text)],
            reader=FixedReader(0.0),
        )
    ]
    assert wrong == []


@pytest.mark.parametrize(
    "frame",
    [
        "厦门的方案没有提出：{}",
        "厦门不再规定：{}",
        "消费者提出：{}",
        "厦门已经废止的旧规定：{}",
        "据说：{}",
        "厦门未规定：{}",
    ],
)
def test_words_of_a_clause_in_any_other_frame_need_a_reader(frame: str) -> None:
    clause = CORPUS.clause("xiamen:四24")
    shown = [Excerpt(1, CORPUS.plan("xiamen"), clause, clause.text)]
    own = "公益性计量工作所需经费按规定纳入本级预算。"
    assert own in clause.text
    assert check_sentence(Sentence(own, (1,)), shown, reader=FixedReader(0.0)) == ()
    assert check_sentence(Sentence(frame.format(own), (1,)), shown, reader=FixedReader(0.0))


def test_a_part_of_a_clauses_sentence_does_need_one() -> None:
    clause = CORPUS.clause("xiamen:四24")
    shown = [Excerpt(1, CORPUS.plan("xiamen"), clause, clause.text)]
    part = "允许一次性计入当期成本费用，在计算应纳税所得额时扣除。"
    assert part in clause.text
    assert check_sentence(Sentence(part, (1,)), shown, reader=FixedReader(0.0))


@pytest.mark.parametrize("text", ["", "。", "，，，", "\u200b", "！！", "☺", "🙂。", "“", "《》", "（", "1", "A"])
def test_what_says_nothing_is_no_surprise(text: str) -> None:
    shown = excerpts(CORPUS, ("xiamen:四24",))
    assert check_sentence(Sentence(text, (1,)), shown, reader=FixedReader(1.0))
