"""First questions: what was answered is known, what is looked up asks no model, all else is not at hand."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from bot.firsts import Firsts
from bot.local import INLINE_MAX
from bot.service import AtHand, Bot
from tests.bot.fakes import FakeBot
from tests.bot.scripted import TODAY, ScriptedBot

READ_OUT = "厦门第21条的原文是什么"


@pytest.fixture
def counted(scripted: ScriptedBot) -> dict[str, int]:
    """How often the scripted bot asked its router and judge, and what its watch counted."""
    counts = dict.fromkeys(("models", "asked", "computed"), 0)

    def note(what: str) -> None:
        counts[what] += 1

    scripted.watch.tally(note)
    scripted.watch.listen(lambda stage, _began, _ended: note("models") if stage == "find" else None)
    return counts


def test_a_look_up_is_at_hand_and_says_what_the_whole_way_says(scripted: ScriptedBot) -> None:
    asked = scripted.at_hand(READ_OUT)
    assert asked is not None
    assert asked.answer == scripted.ask(READ_OUT).answer
    assert asked.answer.citations
    assert asked.question.text == READ_OUT


def test_no_model_reads_a_look_up() -> None:
    bot = ScriptedBot()
    del bot.reader.router, bot.reader.encoder, bot.judge.sentences.encoder, bot.judge.sentences.model
    assert bot.at_hand(READ_OUT)
    assert bot.at_hand("国发〔2021〕37号是什么时候印发的")


def test_what_must_be_read_is_at_hand_once_it_was_answered(scripted: ScriptedBot, counted: dict[str, int]) -> None:
    text = "诚信计量自我承诺有什么要求"
    assert scripted.at_hand(text) is None
    first = scripted.ask(text)
    again = scripted.at_hand(text)
    assert again is not None
    assert again.answer is first.answer
    assert again.answer_id != first.answer_id
    assert (counted["asked"], counted["computed"]) == (2, 1)


def test_answers_for_other_plans_are_others(scripted: ScriptedBot) -> None:
    everywhere, narrowed = scripted.at_hand("第21条原文"), scripted.at_hand("第21条原文", ("xiamen",))
    assert everywhere is not None
    assert narrowed is not None
    assert {one.plan.id for one in narrowed.answer.citations} == {"xiamen"}
    assert everywhere.answer != narrowed.answer


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("第21条原文？另外第22条原文？", "the second part is a follow-up"),
        ("第21条的原文是什么" + "？" * INLINE_MAX, "too long to be read while others wait"),
        ("中华人民共和国计量法第21条的原文", "an article of a law that is not held is judged"),
    ],
)
def test_what_is_not_at_hand(scripted: ScriptedBot, text: str, why: str) -> None:
    assert scripted.at_hand(text) is None, why


def test_the_oldest_are_forgotten_and_days_are_told_apart(scripted: ScriptedBot) -> None:
    days = [TODAY]
    firsts = Firsts(scripted.chain, scripted.watch, lambda: days[0], size=2)
    turns = [firsts.ask(text, ()) for text in ("厦门第1条原文", "厦门第2条原文", "厦门第3条原文")]
    assert firsts.ask("厦门第3条原文", ()) is turns[2]
    assert firsts.ask("厦门第1条原文", ()) is not turns[0]
    days[0] = date(2027, 1, 1)
    assert firsts.ask("厦门第3条原文", ()) is not turns[2]


def test_look_ups_drive_out_nothing_that_was_read(scripted: ScriptedBot) -> None:
    firsts = Firsts(scripted.chain, scripted.watch, lambda: TODAY, size=2)
    read = firsts.ask("诚信计量自我承诺有什么要求", ())
    assert read.candidates
    for number in range(1, 6):
        assert firsts.at_hand(f"厦门第{number}条原文", ())
    assert firsts.at_hand("诚信计量自我承诺有什么要求", ()) is read


def test_threads_share_it(scripted: ScriptedBot) -> None:
    texts = [f"厦门第{number}条原文" for number in range(1, 21)] * 5
    with ThreadPoolExecutor(8) as pool:
        answers = dict(zip(texts, pool.map(lambda text: scripted.ask(text).answer, texts), strict=True))
    assert all(scripted.ask(text).answer == answer for text, answer in answers.items())


def test_who_can_say_so(scripted: ScriptedBot, bot: FakeBot) -> None:
    assert isinstance(scripted, AtHand)
    assert isinstance(scripted, Bot)
    assert not isinstance(bot, AtHand)
