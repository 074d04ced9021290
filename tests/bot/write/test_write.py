"""Answers of a bot with a model: what holds is said, what fails is said in the clause's words or not at all."""

import pytest

from bot.answer.cite import slices_hold
from bot.check.draft import Sentence
from bot.check.sentence import check_sentence
from bot.local import LocalBot
from bot.model import Mode, Statement, Status
from bot.service import Asked
from bot.write.excerpts import cited_excerpt
from bot.write.layout import is_quote
from bot.write.wording import FELL_BACK, REPLACED
from tests.bot.write import scripts
from tests.bot.write.conftest import OpenBot
from tests.bot.write.server import Reply, Request, Script, ScriptedServer

DEDUCTION = "厦门新购计量器具能一次性扣除吗"
SEVERAL = "四个城市怎么做诚信计量示范"
WHAT = "诚信计量自我承诺是什么"
QUESTIONS = (DEDUCTION, SEVERAL, WHAT, "青岛怎么监管加油机", "泉州怎么建设计量人才队伍", "金华的诚信计量怎么做")
DECLINED = ("今天天气怎么样", "厦门加油机罚款多少", "福州的诚信计量怎么做", "你好", "怎么追女朋友")
NUMBERS = (
    "厦门诚信计量自我承诺单位的目标是多少",
    "厦门比泉州少多少家自我承诺单位",
    "厦门诚信计量由谁负责",
    "泉州方案的文号",
)


def quote_texts(asked: Asked) -> list[str]:
    return [statement.text for statement in asked.answer.statements]


def assert_sound(asked: Asked, plain: Asked) -> None:
    """Every statement that the extractive answer lacks can be checked again with nothing but its own citations."""
    for statement in asked.answer.statements:
        assert slices_hold(statement.citations)
        if statement in plain.answer.statements:
            continue
        excerpts = [cited_excerpt(row, one) for row, one in enumerate(statement.citations, start=1)]
        sentence = Sentence(statement.text, tuple(range(1, len(excerpts) + 1)))
        assert check_sentence(sentence, excerpts) == (), statement.text


@pytest.mark.parametrize("question", QUESTIONS)
def test_an_honest_model_is_heard(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot, question: str
) -> None:
    asked = open_bot(endpoint.url).ask(question)
    answer = asked.answer
    assert (answer.mode, answer.model) == (Mode.LLM, "scripted")
    assert answer.status in (Status.ANSWERED, Status.PARTIAL)
    assert asked.tally is not None
    assert asked.tally.verified >= 1
    assert (asked.tally.replaced, asked.tally.dropped, asked.tally.failure) == (0, 0, "")
    assert_sound(asked, plain_bot.ask(question))


@pytest.mark.parametrize("question", QUESTIONS)
def test_every_plan_the_clauses_answer_for_is_answered_for(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot, question: str
) -> None:
    endpoint.script = lambda request: Reply(scripts.in_pieces(scripts.told(request.clauses[0])))
    spoken = {one.plan.id for one in open_bot(endpoint.url).ask(question).answer.citations}
    assert spoken >= {one.plan.id for one in plain_bot.ask(question).answer.citations}


def test_a_true_sentence_that_is_no_answer_does_not_stand_for_one(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot
) -> None:
    reward = "青岛举报计量违法有奖励吗"
    plain = plain_bot.ask(reward).answer
    endpoint.script = lambda request: Reply(scripts.in_pieces(scripts.told(request.clauses[0])))
    answer = open_bot(endpoint.url).ask(reward).answer
    assert answer.mode is Mode.LLM
    assert "奖励" not in answer.statements[0].text
    assert "予以奖励" in plain.statements[0].text
    assert answer.statements[1:] == plain.statements


@pytest.mark.parametrize(
    "script", [scripts.wrong_number, scripts.invented_clause, scripts.obedient, scripts.english, scripts.refusal]
)
@pytest.mark.parametrize("question", QUESTIONS[:4])
def test_a_dishonest_model_is_not(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot, script: Script, question: str
) -> None:
    endpoint.script = script
    asked, plain = open_bot(endpoint.url).ask(question), plain_bot.ask(question)
    assert asked.answer.mode is Mode.EXTRACTIVE
    assert asked.answer.statements == plain.answer.statements
    assert asked.answer.notes == (*plain.answer.notes, FELL_BACK)
    assert asked.tally is not None
    assert asked.tally.verified == 0
    assert sum(asked.tally.faults.values()) >= 1


def test_a_failed_sentence_gives_way_to_the_clause(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot
) -> None:
    def script(request: Request) -> Reply:
        first, second, *_ = request.clauses
        lie = f"{second.place}将建成诚信计量示范单位98765家。[{second.handle}]\n"
        third = scripts.told(request.clauses[2])
        return Reply(scripts.in_pieces(scripts.told(first) + lie + third))

    endpoint.script = script
    asked = open_bot(endpoint.url).ask(SEVERAL)
    assert asked.answer.mode is Mode.LLM
    assert not any("98765" in text for text in quote_texts(asked))
    assert asked.tally is not None
    assert (asked.tally.verified, asked.tally.replaced, asked.tally.dropped) == (2, 1, 0)
    assert is_quote(asked.answer.statements[1])
    assert asked.answer.statements[1].citations[0].plan.id == "quanzhou"
    assert REPLACED.format(count=1) in asked.answer.notes
    assert_sound(asked, plain_bot.ask(SEVERAL))


def test_a_sentence_without_an_address_is_dropped(endpoint: ScriptedServer, open_bot: OpenBot) -> None:
    endpoint.script = lambda request: Reply(
        scripts.in_pieces(scripts.told(request.clauses[0]) + "以上供参考，欢迎咨询。\n")
    )
    asked = open_bot(endpoint.url).ask(DEDUCTION)
    assert asked.tally is not None
    assert (asked.tally.verified, asked.tally.dropped) == (1, 1)
    assert not any("欢迎" in text for text in quote_texts(asked))


def test_a_sentence_said_twice_is_said_once(endpoint: ScriptedServer, open_bot: OpenBot) -> None:
    endpoint.script = lambda request: Reply(scripts.in_pieces(scripts.told(request.clauses[0]) * 5))
    asked = open_bot(endpoint.url).ask(DEDUCTION)
    assert [one.generated for one in asked.answer.statements].count(True) == 1
    assert asked.answer.notes == ()


@pytest.mark.parametrize("question", DECLINED)
def test_a_decline_is_never_put_to_the_model(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot, question: str
) -> None:
    endpoint.script = scripts.obedient
    asked, plain = open_bot(endpoint.url).ask(question, mode="llm"), plain_bot.ask(question)
    assert endpoint.requests == []
    assert asked.answer == plain.answer
    assert plain.answer.status in (Status.NOT_FOUND, Status.OUT_OF_SCOPE)


@pytest.mark.parametrize("question", NUMBERS)
def test_numbers_units_and_metadata_stay_as_they_are(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot, question: str
) -> None:
    endpoint.script = scripts.wrong_number
    asked, plain = open_bot(endpoint.url).ask(question), plain_bot.ask(question)
    assert asked.answer.statements == plain.answer.statements
    assert endpoint.requests == []


def test_fixed_phrases_stand_beside_what_the_model_writes(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot
) -> None:
    question = "厦门和福州怎么完善诚信计量体系"
    plain = plain_bot.ask(question).answer
    fixed = [statement for statement in plain.statements if not statement.citations]
    assert fixed, "the question is chosen to have a place that is not in the corpus"
    answer = open_bot(endpoint.url).ask(question).answer
    assert answer.mode is Mode.LLM
    assert [statement for statement in answer.statements if not statement.citations] == fixed


def test_where_places_could_be_mixed_up_each_sentence_names_its_own(
    endpoint: ScriptedServer, open_bot: OpenBot
) -> None:
    endpoint.script = scripts.each(lambda clause: f"{clause.sentences[0]}[{clause.handle}]\n")
    for statement in open_bot(endpoint.url).ask(SEVERAL).answer.statements:
        assert statement.citations[0].plan.region in statement.text


def test_the_model_may_say_that_the_clauses_do_not_answer(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot
) -> None:
    endpoint.script = scripts.no_answer
    asked = open_bot(endpoint.url).ask(DEDUCTION)
    assert asked.answer == plain_bot.ask(DEDUCTION).answer
    assert asked.tally is not None
    assert asked.tally.declined


@pytest.mark.parametrize("mode", ["extractive", "auto", "llm"])
def test_without_a_model_nothing_changes(plain_bot: LocalBot, mode: str) -> None:
    asked = plain_bot.ask(DEDUCTION, mode=mode)
    assert asked.answer.mode is Mode.EXTRACTIVE
    assert asked.tally is None


def test_extractive_mode_asks_no_model(endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot) -> None:
    assert open_bot(endpoint.url).ask(DEDUCTION, mode="extractive").answer == plain_bot.ask(DEDUCTION).answer
    assert endpoint.requests == []


def test_several_questions_are_each_written(endpoint: ScriptedServer, open_bot: OpenBot) -> None:
    asked = open_bot(endpoint.url).ask(f"{DEDUCTION}？今天天气怎么样？厦门诚信计量自我承诺单位的目标是多少？")
    assert len(endpoint.requests) == 1
    assert asked.answer.mode is Mode.LLM
    assert any("850" in text for text in quote_texts(asked))


def test_statements_are_hashable_and_cited_by_number(endpoint: ScriptedServer, open_bot: OpenBot) -> None:
    answer = open_bot(endpoint.url).ask(WHAT).answer
    numbered = [answer.numbers(statement) for statement in answer.statements]
    assert sorted({number for row in numbered for number in row}) == list(range(1, len(answer.citations) + 1))
    assert len(set(answer.statements)) == len(answer.statements)


def test_the_model_sees_the_clauses_and_no_address(
    endpoint: ScriptedServer, open_bot: OpenBot, plain_bot: LocalBot
) -> None:
    asked = open_bot(endpoint.url).ask(SEVERAL)
    (request,) = endpoint.requests
    cited = [one.clause for one in asked.answer.citations]
    texts = [text for clause in cited for text in (clause.text, f"{clause.heading}：{clause.text}")]
    assert all(any(clause.text in text for text in texts) for clause in request.clauses)
    for plan in plain_bot.corpus.plans:
        assert not any(clause.id in request.text for clause in plan.clauses)
    assert "http" not in request.text


def test_a_statement_is_a_statement(endpoint: ScriptedServer, open_bot: OpenBot) -> None:
    told = list(open_bot(endpoint.url).ask_stream(DEDUCTION))
    assert isinstance(told[-1], Asked)
    assert all(isinstance(one, Statement) for one in told[:-1])
    assert tuple(told[:-1]) == told[-1].answer.statements
