"""The one place that says answered, partial or not found: by thresholds, clause by clause, plan by plan."""

from dataclasses import replace

import pytest

from bot.judge.judge import MOST_CLAUSES, MOST_SENTENCES, PlanVerdict, Verdict
from bot.model import Aspect, Intent, Status
from tests.bot.judge.judge_builders import of_clauses, question, verdict_on
from tests.bot.scripted import BEARS, NOTHING, STATES, THRESHOLDS, Row, ScriptedBot

XIAMEN, CITY, NATION = "xiamen:三(四)21", "quanzhou:三(四)16", "state-council:六(三十一)"
LONG = "qingdao:四(三)"  # seven sentences


def said(bears: float, states: float) -> Row:
    return (1.0 - bears, bears - states, states)


def clauses(plan: PlanVerdict) -> list[str]:
    return [finding.clause.id for finding in plan.findings]


@pytest.mark.parametrize(
    ("row", "status", "why"),
    [
        (STATES, Status.ANSWERED, "it states what is asked"),
        (said(1.0, 0.5), Status.ANSWERED, "the threshold itself is enough"),
        (said(1.0, 0.49), Status.PARTIAL, "it bears without stating"),
        (said(0.5, 0.0), Status.PARTIAL, "the threshold itself is enough"),
        (said(0.49, 0.49), Status.NOT_FOUND, "what does not bear is not quoted, whatever it states"),
        (NOTHING, Status.NOT_FOUND, "nothing of it"),
    ],
)
def test_status(scripted: ScriptedBot, row: Row, status: Status, why: str) -> None:
    found = verdict_on(scripted, {XIAMEN: row})
    assert found.status is status, why
    assert bool(found.bearing) is (status is not Status.NOT_FOUND)
    assert found.plans[0].bears is bool(found.bearing)


def test_one_plan_that_states_answers_for_all(scripted: ScriptedBot) -> None:
    found = verdict_on(scripted, {XIAMEN: BEARS, CITY: STATES, LONG: NOTHING})
    assert found.status is Status.ANSWERED
    assert [found.stated(one) for one in found.plans] == [False, True, False]
    assert [one.plan.id for one in found.bearing] == ["xiamen", "quanzhou"]


def test_nothing_read_is_nothing_found(scripted: ScriptedBot) -> None:
    found = scripted.judge.judge(question(), ())
    assert (found.plans, found.judged, found.status) == ((), (), Status.NOT_FOUND)


def test_plans_come_in_the_corpus_order(scripted: ScriptedBot) -> None:
    found = verdict_on(scripted, {CITY: STATES, NATION: BEARS, XIAMEN: NOTHING})
    assert [one.plan.id for one in found.plans] == ["state-council", "xiamen", "quanzhou"]
    named_last = replace(question(), plans=("xiamen", "quanzhou"), inherited=("xiamen",))
    taken_over = scripted.judge.judge(named_last, scripted.finder.find(named_last))
    assert [one.plan.id for one in taken_over.plans] == ["quanzhou", "xiamen"], "what the question names comes first"
    assert found.judged[0].plan.id == "quanzhou", "while what was judged comes best first"
    assert [one.score for one in found.judged] == sorted((one.score for one in found.judged), reverse=True)


def test_sentences_that_bear_as_well_are_kept_in_the_order_of_the_text(scripted: ScriptedBot) -> None:
    scripted.judge.thresholds = replace(THRESHOLDS, bears=0.1)
    rows = {"推行经营者诚信计量自我承诺": said(0.9, 0.9), "三位一体": said(0.46, 0.1), "眼镜制配": said(0.44, 0.1)}
    (finding,) = verdict_on(scripted, rows, XIAMEN).plans[0].findings
    kept = [one.passage.text for one in finding.sentences]
    assert len(kept) == 2, "0.44 is less than half of the best"
    assert "三位一体" in kept[0]
    assert "推行经营者" in kept[1]
    assert finding.score == pytest.approx(0.9)
    assert (finding.plan.id, finding.clause.id) == ("xiamen", XIAMEN)


def test_what_does_not_bear_is_not_kept_beside(scripted: ScriptedBot) -> None:
    rows = {"推行经营者诚信计量自我承诺": said(0.52, 0.0), "三位一体": said(0.49, 0.0)}
    (finding,) = verdict_on(scripted, rows, XIAMEN).plans[0].findings
    assert len(finding.sentences) == 1


def test_no_more_sentences_of_a_clause_than_can_be_read(scripted: ScriptedBot) -> None:
    (finding,) = verdict_on(scripted, {LONG: STATES}).plans[0].findings
    assert len(of_clauses(LONG)) > MOST_SENTENCES
    assert len(finding.sentences) == MOST_SENTENCES
    starts = [one.passage.start for one in finding.sentences]
    assert starts == sorted(starts)


def test_a_sentence_beside_the_best_may_be_the_one_that_states(scripted: ScriptedBot) -> None:
    rows = {"推行经营者诚信计量自我承诺": said(0.9, 0.4), "三位一体": said(0.6, 0.6)}
    found = verdict_on(scripted, rows, XIAMEN)
    (finding,) = found.plans[0].findings
    assert (finding.score, finding.states) == pytest.approx((0.9, 0.6))
    assert found.status is Status.ANSWERED


def test_clauses_that_bear_as_well_follow_the_best(scripted: ScriptedBot) -> None:
    rows = {"xiamen:三(四)19": said(0.8, 0.8), XIAMEN: said(0.95, 0.9), "xiamen:三(四)20": said(0.7, 0.5)}
    plan = verdict_on(scripted, rows).plans[0]
    assert clauses(plan) == [XIAMEN, "xiamen:三(四)19"], "0.7 is less than 0.8 of the best"
    assert plan.states == pytest.approx(0.9)


def test_the_best_clause_alone_says_whether_the_plan_states_it(scripted: ScriptedBot) -> None:
    rows = {XIAMEN: said(0.9, 0.45), "xiamen:三(四)20": said(0.8, 0.6)}
    found = verdict_on(scripted, rows)
    assert clauses(found.plans[0]) == [XIAMEN, "xiamen:三(四)20"]
    assert found.plans[0].states == pytest.approx(0.45)
    assert found.status is Status.PARTIAL


def test_no_more_clauses_of_a_plan_than_can_be_read(scripted: ScriptedBot) -> None:
    rows = {f"xiamen:三(四){number}": STATES for number in (19, 20, 21, 22)}
    plan = verdict_on(scripted, rows).plans[0]
    assert len(rows) > MOST_CLAUSES
    assert len(plan.findings) == MOST_CLAUSES


def test_what_is_not_quoted_is_near(scripted: ScriptedBot) -> None:
    rows = {XIAMEN: STATES, "xiamen:四24": BEARS, "xiamen:四27": NOTHING}
    plan = verdict_on(scripted, rows).plans[0]
    assert clauses(plan) == [XIAMEN]
    assert {one.clause.id for one in plan.near} == {"xiamen:四24", "xiamen:四27"}
    silent = verdict_on(scripted, {XIAMEN: NOTHING}).plans[0]
    assert (silent.findings, silent.states, silent.bears) == ((), 0.0, False)
    assert len(silent.near) == len(of_clauses(XIAMEN)) - 1, "all but the list of units, which nobody asked for"


def test_thresholds_are_the_models(scripted: ScriptedBot) -> None:
    found: Verdict = verdict_on(scripted, {XIAMEN: STATES})
    assert found.thresholds == scripted.judge.thresholds == THRESHOLDS


def test_other_plans_than_those_asked_about_can_be_judged(scripted: ScriptedBot) -> None:
    scripted.on("", {NATION: STATES, XIAMEN: STATES})
    asked = scripted.reader.read("厦门的诚信计量分类监管")
    assert [one.plan.id for one in scripted.judge.verdict(asked).plans] == ["xiamen"]
    above = scripted.judge.verdict(asked, ("state-council",))
    assert [one.plan.id for one in above.plans] == ["state-council"]
    assert clauses(above.plans[0]) == [NATION]


DETAIL = [
    ((), 0.55, True, "no detail is asked for"),
    ((Aspect.NUMBER,), 0.55, True, "numbers are what plans give"),
    ((Aspect.FEE,), 0.55, False, "a fee is seldom said: the sentence must surely say it"),
    ((Aspect.LIST, Aspect.CONTACT), 0.55, False, "one of two is enough"),
    ((Aspect.FEE,), 0.7, True, "this one does"),
]


@pytest.mark.parametrize(("aspects", "states", "expected", "why"), DETAIL)
def test_a_detail_asked_for_must_surely_be_said(
    scripted: ScriptedBot, aspects: tuple[Aspect, ...], states: float, expected: bool, why: str
) -> None:
    scripted.on("", {XIAMEN: (0.0, 1 - states, states)})
    verdict = scripted.judge.judge(replace(question(), aspects=aspects), of_clauses(XIAMEN))
    assert (verdict.status is Status.ANSWERED) is expected, why


@pytest.mark.parametrize(
    ("plans", "aspects", "states", "expected", "why"),
    [
        ((), (), 0.65, False, "of all plans one must surely say it"),
        ((), (), 0.75, True, "this one does"),
        (("xiamen",), (), 0.65, True, "of the one asked about it is believed sooner"),
        ((), (Aspect.FEE,), 0.75, False, "a detail asks for more still"),
    ],
)
def test_where_no_plan_is_named_more_is_asked_for(
    scripted: ScriptedBot, plans: tuple[str, ...], aspects: tuple[Aspect, ...], states: float, expected: bool, why: str
) -> None:
    scripted.judge.thresholds = replace(THRESHOLDS, anywhere=0.7, detail=0.8)
    scripted.on("", {XIAMEN: (0.0, 1 - states, states)})
    verdict = scripted.judge.judge(replace(question(), plans=plans, aspects=aspects), of_clauses(XIAMEN))
    assert (verdict.status is Status.ANSWERED) is expected, why


@pytest.mark.parametrize(
    ("intent", "aspects", "read"),
    [
        (Intent.QUOTE, (), False),
        (Intent.QUOTE, (Aspect.WHO,), True),
        (Intent.UNITS, (), True),
    ],
)
def test_a_list_of_units_answers_only_who(
    scripted: ScriptedBot, intent: Intent, aspects: tuple[Aspect, ...], read: bool
) -> None:
    scripted.on("", {XIAMEN: STATES})
    verdict = scripted.judge.judge(replace(question(), intent=intent, aspects=aspects), of_clauses(XIAMEN))
    assert any(one.passage.text.startswith("（责任单位") for one in verdict.judged) is read
