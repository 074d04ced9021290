"""What a follower is told, when, and what waits for a “1”; by two processes that share."""

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest

from bot import wording
from bot.api.metrics import Metrics
from bot.api.parts import Parts
from bot.api.present import SAME_HOST
from bot.api.readiness import Readiness
from bot.api.wechat_talk import TEXT_BYTES, Talk
from bot.api.wechat_xml import Message
from bot.model import Answer, Statement, Status
from bot.records.shared import InMemory, Shared
from bot.service import Asked
from bot.wording import (
    WECHAT_FAILED,
    WECHAT_LOOKING,
    WECHAT_NOTHING_LEFT,
    WECHAT_STILL_LOOKING,
    WECHAT_TAIL,
    WECHAT_TEXT_ONLY,
)
from tests.bot.api.wechat_builders import PLAIN_ACCOUNT
from tests.bot.fakes import FakeBot, GoneShared

ASKED = Message("gh_1", "oyORnuP8q7", "text", "1", "诚信计量自我承诺")
SECONDS = 0.4  # as long as it may take here, instead of four


class Slow(FakeBot):
    """Answers when it is let."""

    released: threading.Event

    def ask(
        self,
        text: str,
        session_id: str | None = None,
        plans: tuple[str, ...] | None = None,
        mode: str = "auto",
        as_of: str = "",
    ) -> Asked:
        assert self.released.wait(30)
        return super().ask(text, session_id, plans, mode, as_of)


@pytest.fixture
def slow() -> Iterator[Slow]:
    bot = Slow()
    bot.released = threading.Event()
    yield bot
    bot.released.set()


def talk(bot: FakeBot, shared: Shared | None = None, seconds: float = 30.0) -> Talk:
    parts = Parts(bot, None, SAME_HOST, Metrics(), Readiness({}), 100, shared or InMemory())
    return Talk(parts, PLAIN_ACCOUNT, seconds)


def one(identity: str, text: str = "1") -> Message:
    return replace(ASKED, id=identity, text=text)


def ready(asking: Talk, identity: str) -> str:
    """The reply to “1” once there is an answer."""
    for number in range(300):
        said = asking.reply(one(f"{identity}-{number}"))
        if said not in (WECHAT_STILL_LOOKING, None):
            return str(said)
    pytest.fail("no answer came")


def test_a_question_is_answered_in_the_followers_own_conversation(bot: FakeBot) -> None:
    one_talk = talk(bot)
    assert "出处" in str(one_talk.reply(ASKED))
    one_talk.reply(one("2", "那泉州呢"))
    one_talk.reply(replace(one("3", "那泉州呢"), sender="another"))
    sessions = [session for _, session, _, _ in bot.asked]
    assert sessions[0] == sessions[1] != sessions[2]
    assert all(session and ASKED.sender not in session for session in sessions)


def test_a_message_sent_again_gets_the_same_reply_from_either_process(bot: FakeBot) -> None:
    shared, other = InMemory(), FakeBot()
    first = talk(bot, shared).reply(ASKED)
    assert talk(other, shared).reply(ASKED) == first
    assert talk(bot, shared).reply(ASKED) == first
    assert (len(bot.asked), len(other.asked)) == (1, 0)


def test_sent_again_while_it_is_being_answered_it_is_asked_once(slow: Slow) -> None:
    shared = InMemory()
    with ThreadPoolExecutor(3) as pool:
        tries = [pool.submit(talk(slow, shared).reply, ASKED) for _ in range(3)]
        time.sleep(0.3)
        slow.released.set()
        said = {each.result(60) for each in tries}
    assert len(said) == 1
    assert len(slow.asked) == 1


def test_what_is_not_ready_is_shown_upon_a_1(slow: Slow) -> None:
    shared = InMemory()
    began = time.monotonic()
    assert talk(slow, shared, SECONDS).reply(ASKED) == WECHAT_LOOKING
    assert time.monotonic() - began < SECONDS + 15
    assert talk(slow, shared, SECONDS).reply(ASKED) == WECHAT_LOOKING  # WeChat's second try
    assert talk(slow, shared, SECONDS).reply(one("2")) == WECHAT_STILL_LOOKING
    slow.released.set()
    assert "出处" in ready(talk(FakeBot(), shared, SECONDS), "3")
    assert talk(FakeBot(), shared, SECONDS).reply(one("4")) == WECHAT_NOTHING_LEFT
    assert len(slow.asked) == 1


def test_an_old_answer_does_not_push_out_a_newer_question(slow: Slow) -> None:
    shared = InMemory()
    slow.answers = [Answer(Status.NOT_FOUND, (Statement("旧。"),)), Answer(Status.NOT_FOUND, (Statement("新。"),))]
    asking = talk(slow, shared, SECONDS)
    assert asking.reply(ASKED) == asking.reply(one("2", "新的问题")) == WECHAT_LOOKING
    slow.released.set()
    latest = ready(asking, "3")
    assert latest in ("旧。", "新。")  # which of the two waiting threads went first is not ours to say
    assert asking.reply(one("4")) == WECHAT_NOTHING_LEFT


@pytest.mark.parametrize("more", ["1", " １ ", "“1”", "1。", "回复1", "回复“1”"])
def test_a_long_answer_comes_in_parts(bot: FakeBot, more: str) -> None:
    said = tuple(Statement(f"第{number}句，{'计量' * 150}。") for number in range(1, 8))
    bot.answers = [Answer(Status.NOT_FOUND, said)]
    asking = talk(bot)
    parts = [str(asking.reply(ASKED))]
    while parts[-1].endswith(WECHAT_TAIL):
        parts.append(str(asking.reply(one(f"more-{len(parts)}", more))))
    assert len(parts) >= 3
    assert all(len(part.encode()) <= TEXT_BYTES for part in parts)
    whole = "".join(part.removesuffix(WECHAT_TAIL) for part in parts)
    assert whole.replace("\n", "") == "".join(each.text for each in said)
    assert asking.reply(one("after", more)) == WECHAT_NOTHING_LEFT
    assert asking.reply(one("more-1", more)) == parts[1]  # sent again, the same part


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        (replace(ASKED, kind="event", text="", event="subscribe"), wording.GREETING),
        (replace(ASKED, kind="event", text="", event="unsubscribe"), None),
        (replace(ASKED, kind="event", text="", event="view"), None),
        (replace(ASKED, kind="image", text=""), WECHAT_TEXT_ONLY),
        (replace(ASKED, kind="location", text=""), WECHAT_TEXT_ONLY),
        (replace(ASKED, kind="voice", text=""), WECHAT_TEXT_ONLY),
        (replace(ASKED, text="量" * 101), "question 有 101 字，最多 100 字。"),
        (replace(ASKED, text="\u200b"), "question 不能为空。"),
        (replace(ASKED, text="1"), WECHAT_NOTHING_LEFT),
    ],
)
def test_whatever_comes_gets_a_fitting_word(bot: FakeBot, message: Message, reply: str | None) -> None:
    assert talk(bot).reply(message) == reply
    assert bot.asked == []


def test_spoken_words_are_read(bot: FakeBot) -> None:
    assert "出处" in str(talk(bot).reply(replace(ASKED, kind="voice")))


def test_a_process_that_died_leaves_its_message_to_the_next(bot: FakeBot) -> None:
    now = [0.0]
    shared = InMemory(clock=lambda: now[0])
    dead = talk(FakeBot(), shared)
    shared.put_new(f"wechat:reply:{dead._hash(ASKED.sender, ASKED.id, 'fake-corpus')}", b"", 6)
    assert talk(bot, shared, SECONDS).reply(ASKED) == WECHAT_LOOKING
    now[0] = 7
    assert "出处" in str(talk(bot, shared).reply(ASKED))


def test_without_what_is_shared_one_text_must_do(bot: FakeBot, slow: Slow) -> None:
    bot.answers = [Answer(Status.NOT_FOUND, (Statement("计量。" * 500),))]
    said = str(talk(bot, GoneShared()).reply(ASKED))
    assert said.endswith("（篇幅所限，余下从略）")
    assert len(said.encode()) <= TEXT_BYTES
    assert talk(bot, GoneShared()).reply(one("2")) == WECHAT_FAILED
    assert talk(slow, GoneShared(), SECONDS).reply(ASKED) == WECHAT_FAILED
