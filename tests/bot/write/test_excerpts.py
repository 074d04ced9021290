"""What a model gets to see: the quoted clauses, then what bears as well in the same plans."""

from bot.answer.quote import quote_statement, whole
from bot.judge.judge import Verdict
from bot.model import Statement
from bot.write.excerpts import LONGEST, MOST, MOST_BESIDE, choose_excerpts, cited_excerpt, window
from ingest.corpus import Corpus
from tests.bot.judge.judge_builders import verdict_on
from tests.bot.scripted import BEARS, NOTHING, STATES, Row, ScriptedBot

XIAMEN = "xiamen:三(四)21"


def quotes(corpus: Corpus, *clause_ids: str) -> list[Statement]:
    clauses = [corpus.clause(clause_id) for clause_id in clause_ids]
    return [quote_statement(corpus.plan(c.plan_id), c, [whole(corpus.plan(c.plan_id), c)]) for c in clauses]


def shown(corpus: Corpus, verdict: Verdict | None, *clause_ids: str) -> list[str]:
    excerpts = choose_excerpts(quotes(corpus, *clause_ids), verdict)
    assert [one.handle for one in excerpts] == list(range(1, len(excerpts) + 1))
    return [one.clause.id for one in excerpts]


def test_the_quoted_clauses_in_their_order(corpus: Corpus) -> None:
    assert shown(corpus, None, "quanzhou:三(四)16", XIAMEN) == ["quanzhou:三(四)16", XIAMEN]
    assert shown(corpus, None, XIAMEN, XIAMEN) == [XIAMEN]


def test_what_bears_as_well_follows(corpus: Corpus, scripted: ScriptedBot) -> None:
    rows: dict[str, Row] = {XIAMEN: STATES, "xiamen:三(四)22": BEARS, "xiamen:三(四)19": STATES}
    verdict = verdict_on(scripted, rows)
    assert shown(corpus, verdict, XIAMEN) == [XIAMEN, "xiamen:三(四)19", "xiamen:三(四)22"]


def test_not_what_bears_too_little_nor_another_plans(corpus: Corpus, scripted: ScriptedBot) -> None:
    rows: dict[str, Row] = {XIAMEN: STATES, "xiamen:三(四)22": NOTHING, "quanzhou:三(四)16": STATES}
    assert shown(corpus, verdict_on(scripted, rows), XIAMEN) == [XIAMEN]


def test_not_a_plans_front(corpus: Corpus, scripted: ScriptedBot) -> None:
    rows = {XIAMEN: STATES, "xiamen:题头": STATES}
    assert shown(corpus, verdict_on(scripted, rows), XIAMEN) == [XIAMEN]


def test_no_more_beside_than_a_few(corpus: Corpus, scripted: ScriptedBot) -> None:
    verdict = verdict_on(scripted, {f"xiamen:三(四){number}": STATES for number in (19, 20, 21, 22)})
    assert len(shown(corpus, verdict, XIAMEN)) == 1 + MOST_BESIDE


def test_no_more_than_a_model_reads(corpus: Corpus) -> None:
    clauses = [clause.id for clause in corpus.plan("xiamen").clauses if clause.searchable]
    assert len(shown(corpus, None, *clauses)) == MOST


def test_a_long_clause_is_shown_around_what_bears(corpus: Corpus, scripted: ScriptedBot) -> None:
    plan = max(corpus.plans, key=lambda one: max(len(c.text) for c in one.clauses if c.path != "题头"))
    clause = max((c for c in plan.clauses if c.path not in ("题头", "落款")), key=lambda c: len(c.text))
    (excerpt,) = choose_excerpts(quotes(corpus, clause.id))
    assert len(excerpt.text) <= LONGEST or len(clause.text) <= LONGEST
    assert clause.text[excerpt.start : excerpt.start + len(excerpt.text)] == excerpt.text
    assert window(clause.text, excerpt.start)[0] <= excerpt.start


def test_a_citation_as_an_excerpt_is_nothing_but_it(corpus: Corpus) -> None:
    citation = whole(corpus.plan("xiamen"), corpus.clause(XIAMEN))
    excerpt = cited_excerpt(7, citation)
    assert (excerpt.handle, excerpt.text, excerpt.start) == (7, citation.quote, 0)
