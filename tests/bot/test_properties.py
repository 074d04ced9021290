"""What holds of every answer, whatever is asked and whatever the models say."""

import re
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from bot.answer.cite import QUOTED, faults
from bot.model import Citation, Statement, Status
from bot.question.several import split_questions
from ingest.model import Plan
from tests.bot.askings import CITIES, anything, mixtures
from tests.bot.phrases import Phrases
from tests.bot.scripted import ScriptedBot, Wilful

NUMBER = re.compile(r"\d+(?:\.\d+)?")
SUBTRACTION = re.compile(r"（(\d+(?:\.\d+)?)−(\d+(?:\.\d+)?)＝(-?\d+(?:\.\d+)?)）")
DIVISION = re.compile(r"增幅约(-?\d+\.\d)%（(-?\d+(?:\.\d+)?)÷(\d+(?:\.\d+)?)）")
COUNT = re.compile(r"(?:之下有|共有)(\d+)")
seeded = settings(
    max_examples=80,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@pytest.fixture(scope="module")
def wilful() -> ScriptedBot:
    """A bot whose models say anything at all."""
    return ScriptedBot(Wilful())


def numbers(text: str) -> list[str]:
    return NUMBER.findall(text)


def quotes(statement: Statement) -> str:
    return " ".join(citation.quote for citation in statement.citations)


@seeded
@given(text=anything(), before=st.none() | mixtures())
def test_every_question_is_answered_and_every_citation_is_an_exact_slice(
    wilful: ScriptedBot, text: str, before: str | None
) -> None:
    wilful.forget("s")
    if before is not None:
        wilful.ask(before, session_id="s")
    answer = wilful.ask(text, session_id="s").answer
    assert answer.statements
    assert not {one.clause.id for one in answer.related} & {one.clause.id for one in answer.citations}
    for citation in (*answer.citations, *answer.related):
        clause = wilful.corpus.clause(citation.clause.id)
        assert clause.text[citation.start : citation.end] == citation.quote != ""


@seeded
@given(text=anything())
def test_every_statement_cites_what_it_says_or_is_a_fixed_phrase(wilful: ScriptedBot, text: str) -> None:
    phrases = Phrases(wilful)
    for statement in wilful.ask(text).answer.statements:
        if statement.citations:
            assert faults(statement) == ()
        else:
            assert phrases.holds(statement.text), statement.text


@seeded
@given(text=mixtures())
def test_numbers_of_a_statement_stand_in_what_it_cites(wilful: ScriptedBot, text: str) -> None:
    for statement in wilful.ask(text).answer.statements:
        if statement.computed or not statement.citations:
            continue
        said = QUOTED.sub(" ", statement.text)
        for citation in statement.citations:
            said = said.replace(citation.clause.path, " ")
        assert set(numbers(said)) <= set(numbers(quotes(statement))), statement.text


@seeded
@given(text=mixtures())
def test_computed_numbers_can_be_computed_again(wilful: ScriptedBot, text: str) -> None:
    for statement in wilful.ask(text).answer.statements:
        if statement.computed:
            assert_computed(wilful, statement)


@seeded
@given(
    city=st.sampled_from(CITIES),
    pattern=st.sampled_from(("诚信计量自我承诺单位{}", "社会公用计量标准{}", "强检覆盖率{}", "产业计量测试中心{}")),
    asked=st.sampled_from(("多了多少", "增长了百分之几", "和泉州相差多少", "比厦门多多少", "2020年比泉州多多少")),
)
def test_differences_can_be_computed_again(wilful: ScriptedBot, city: str, pattern: str, asked: str) -> None:
    for statement in wilful.ask(city + pattern.format(asked)).answer.statements:
        if statement.computed:
            assert_computed(wilful, statement)


def assert_computed(bot: ScriptedBot, statement: Statement) -> None:
    cited = set(numbers(quotes(statement)))
    left = statement.text
    for match in SUBTRACTION.finditer(statement.text):
        high, low, gap = match.groups()
        assert {high, low} <= cited
        assert Decimal(high) - Decimal(low) == Decimal(gap)
        cited |= {gap.lstrip("-")}
    for match in DIVISION.finditer(statement.text):
        share, part, whole = match.groups()
        assert {part.lstrip("-"), whole} <= cited
        exact = Decimal(part) * 100 / Decimal(whole)
        assert exact.quantize(Decimal("0.1"), ROUND_HALF_UP) == Decimal(share)
        cited |= {share.lstrip("-")}
    for match in COUNT.finditer(statement.text):
        assert int(match.group(1)) == counted(bot, statement.citations)
        left = left.replace(match.group(), " ")
    for citation in statement.citations:
        left = left.replace(citation.clause.path, " ")
    left = re.sub(r"（[^）]*之下有|^[^：]*（\S+ ", " ", left)
    assert set(numbers(left)) <= cited, statement.text


def counted(bot: ScriptedBot, citations: tuple[Citation, ...]) -> int:
    """How many units the cited ones are, or stand first and last of."""
    first, last = citations[0].clause, citations[-1].clause
    if len(citations) != 2:
        return len(citations)
    kin = [clause for clause in citations[0].plan.clauses if clause.kind is first.kind]
    alike = [clause for clause in kin if clause.path[-1:].isdigit() == first.path[-1:].isdigit()]
    return alike.index(last) - alike.index(first) + 1


def bears_number(plan: Plan, text: str) -> bool:
    """Whose number it is is told, whatever city stands beside it."""
    number = plan.metadata.number
    return number is not None and number.value in text


@seeded
@given(city=st.sampled_from(CITIES), rest=mixtures(), ahead=st.booleans())
def test_no_other_city_is_cited_when_one_is_named(wilful: ScriptedBot, city: str, rest: str, ahead: bool) -> None:
    text = f"{city}{rest}" if ahead else f"{rest}{city}"
    assume(len(split_questions(text)) == 1)
    asked = wilful.ask(text)
    named = {place.plan for place in wilful.reader.gazetteer.find(asked.question.folded) if place.plan}
    assume(len(named - {"state-council"}) == 1)
    allowed = named | {"state-council"} | {plan.id for plan in wilful.corpus.plans if bears_number(plan, text)}
    answer = asked.answer
    assert {citation.plan.id for citation in (*answer.citations, *answer.related)} <= allowed


@seeded
@given(text=mixtures())
def test_declined_questions_cite_nothing_as_an_answer(wilful: ScriptedBot, text: str) -> None:
    answer = wilful.ask(text).answer
    if answer.status is Status.OUT_OF_SCOPE:
        assert answer.citations == ()
    elif answer.status is Status.ANSWERED:
        assert any(statement.citations for statement in answer.statements) or "没有专栏" in answer.statements[0].text
