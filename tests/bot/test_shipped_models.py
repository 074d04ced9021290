"""What the shipped weights must be good for: plain questions that any sound training gets right. The rest is eval's."""

import pytest

from bot import wording
from bot.local import LocalBot
from bot.model import Intent, Status
from tests.bot.scripted import clause_ids, texts

QUOTED = [
    ("厦门的企业新买计量器具能一次性税前扣除吗", "xiamen:四24"),
    ("泉州对新购置的计量器具有什么税前扣除政策", "quanzhou:四(二)"),
    ("厦门怎么建立诚信计量长效机制", "xiamen:三(四)21"),
    ("泉州怎么推进诚信计量分类监管", "quanzhou:三(四)16"),
    ("青岛怎么加强民生计量监督管理", "qingdao:四(三)"),
    ("国家怎么推进诚信计量分类监管", "state-council:六(三十一)"),
    ("青島舉報計量違法行為有獎勵嗎", "qingdao:四(五)"),
]


@pytest.mark.parametrize(("text", "clause_id"), QUOTED)
def test_the_clause_that_says_it_is_quoted(real_bot: LocalBot, text: str, clause_id: str) -> None:
    answer = real_bot.ask(text).answer
    assert answer.status is Status.ANSWERED
    assert clause_id in clause_ids(answer)


TOLD = [
    ("厦门诚信计量自我承诺单位的目标是多少家", Intent.INDICATOR, "2025年目标850家"),
    ("泉州强检计量器具检定覆盖率目标是多少", Intent.INDICATOR, "目标92%"),
    ("青岛要培育多少家诚信计量示范单位", Intent.INDICATOR, "300家以上"),
    ("厦门诚信计量自我承诺单位2025年比2020年增长多少", Intent.DIFFERENCE, "850−506＝344"),
    ("厦门建立诚信计量长效机制由谁负责", Intent.UNITS, "市市场监管局、市发改委、市商务局、市卫健委"),
    ("泉州实施意见的文号是多少", Intent.METADATA, "泉政文〔2023〕14号"),
    ("厦门方案一共有几章", Intent.OUTLINE, "共有4个部分（章）"),
]


@pytest.mark.parametrize(("text", "intent", "said"), TOLD)
def test_the_kind_of_answer_is_recognised(real_bot: LocalBot, text: str, intent: Intent, said: str) -> None:
    asked = real_bot.ask(text)
    assert asked.question.intent is intent
    assert asked.answer.status is Status.ANSWERED
    assert said in texts(asked.answer)


@pytest.mark.parametrize("text", ["今天天气怎么样", "帮我写一首情诗", "哪只股票会涨"])
def test_what_is_no_question_for_this_bot(real_bot: LocalBot, text: str) -> None:
    answer = real_bot.ask(text).answer
    assert (answer.status, answer.citations) == (Status.OUT_OF_SCOPE, ())


@pytest.mark.parametrize("text", ["你好", "谢谢你", "你会什么"])
def test_small_talk(real_bot: LocalBot, text: str) -> None:
    assert texts(real_bot.ask(text).answer) == wording.GREETING


@pytest.mark.parametrize(
    "text", ["厦门申请诚信计量示范单位要交多少钱", "厦门诚信计量投诉电话是多少", "金华计量作弊具体罚款多少元"]
)
def test_what_the_plans_do_not_say_is_not_answered(real_bot: LocalBot, text: str) -> None:
    assert real_bot.ask(text).answer.status in (Status.PARTIAL, Status.NOT_FOUND)


def test_which_plans(real_bot: LocalBot) -> None:
    asked = real_bot.ask("哪些城市允许新购置的计量器具一次性税前扣除")
    assert asked.question.intent is Intent.WHICH
    assert {"xiamen", "quanzhou"} <= {citation.plan.id for citation in asked.answer.citations}


def test_a_follow_up(real_bot: LocalBot) -> None:
    real_bot.ask("厦门新购计量器具能一次性税前扣除吗", session_id="shipped")
    answer = real_bot.ask("那泉州呢", session_id="shipped").answer
    assert "quanzhou:四(二)" in clause_ids(answer)


def test_search_finds_it_first(real_bot: LocalBot) -> None:
    hit, _ = real_bot.search("厦门新购计量器具一次性扣除")[0]
    assert hit.clause_id == "xiamen:四24"


def test_the_same_question_gets_the_same_answer(real_bot: LocalBot) -> None:
    text = "四个城市怎么做诚信计量示范"
    first = real_bot.ask(text).answer
    real_bot.ask("厦门第21条")
    assert real_bot.ask(text, session_id="again").answer == first
