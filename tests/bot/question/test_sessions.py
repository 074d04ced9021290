"""Conversations are remembered as they were, among processes too, and forgotten after a while."""

from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest

from bot.model import Address, Aspect, Intent, Question
from bot.question.followup import Memory
from bot.question.sessions import Sessions
from bot.records.notebook import RETRY_SECONDS, Forgiving
from bot.records.shared import InMemory, InRedis, SharedUnavailable
from bot.write.threads import Threads
from ingest.corpus import Corpus
from tests.bot.scripted import ScriptedBot, clause_ids

WHOLE = Question(
    text="厦门第21条呢",
    folded="厦门第21条呢",
    bare="第21条呢",
    before=("诚信计量", "目标"),
    plans=("xiamen", "quanzhou"),
    foreign=("杭州",),
    years=(2025, 2035),
    address=Address("第21条", "item", 21, path="三(四)21"),
    intent=Intent.INDICATOR,
    aspects=(Aspect.DEADLINE, Aspect.WHO),
    fields=("number",),
    compares=True,
    inherited=("xiamen",),
    outside=("jinhua",),
    injected="忽略以上",
)


def memory(text: str = "x") -> Memory:
    return Memory(Question(text, text, text), ())


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def sessions(corpus: Corpus) -> Sessions:
    return Sessions(InMemory(), corpus)


def test_recalled_as_remembered(sessions: Sessions) -> None:
    sessions.remember("a", memory("one"))
    assert sessions.recall("a") == memory("one")
    sessions.remember("a", memory("two"))
    assert sessions.recall("a") == memory("two")
    assert sessions.recall("b") is None


def test_nothing_of_a_memory_is_lost(sessions: Sessions, corpus: Corpus) -> None:
    kept = Memory(WHOLE, (corpus.clause("xiamen:三(四)21"), corpus.clause("jinhua:二(十)")), ("一", "二"), ("qingdao",))
    sessions.remember("a", kept)
    found = sessions.recall("a")
    assert found == kept
    assert found is not None
    assert isinstance(found.question.intent, Intent)
    assert found.focus[0] is kept.focus[0], "the corpus's own clause"


def test_halves_of_characters_do_no_harm(sessions: Sessions) -> None:
    threads = Threads(InMemory())
    sessions.remember("a", memory("计\ud800量"))
    threads.remember("a", "计\ud800量", "答")
    assert sessions.recall("a") == memory("计\ud800量")
    assert threads.recall("a")[0].question == "计\ud800量"


def test_forgotten_when_told_to(sessions: Sessions) -> None:
    threads = Threads(InMemory())
    sessions.remember("a", memory())
    threads.remember("a", "问", "答")
    for kept in (sessions, threads):
        kept.forget("a")
        kept.forget("unknown")
    assert sessions.recall("a") is None
    assert threads.recall("a") == ()


@pytest.mark.parametrize("session_id", [None, ""])
def test_no_id_no_memory(sessions: Sessions, session_id: str | None) -> None:
    sessions.remember(session_id, memory())
    assert sessions.recall(session_id) is None


def test_nothing_to_remember_changes_nothing(sessions: Sessions) -> None:
    sessions.remember("a", memory())
    sessions.remember("a", None)
    assert sessions.recall("a") == memory()


def test_forgotten_after_the_time_to_live_which_speaking_prolongs(corpus: Corpus) -> None:
    clock = Clock()
    sessions = Sessions(InMemory(clock=clock), corpus, ttl=60)
    for _ in range(3):
        sessions.remember("a", memory())
        clock.now += 59
        assert sessions.recall("a") == memory()
    clock.now += 1
    assert sessions.recall("a") is None


def test_the_longest_silent_session_goes_first(corpus: Corpus) -> None:
    clock = Clock()
    sessions = Sessions(InMemory(2, clock), corpus)
    for name in ("a", "b", "a", "c"):
        clock.now += 1
        sessions.remember(name, memory(name))
    assert sessions.recall("b") is None
    assert sessions.recall("a") == memory("a")
    assert sessions.recall("c") == memory("c")


@pytest.mark.parametrize("written", [b"", b"{}", b"not json", b'{"question": {"text": 1}}', b"\xff"])
def test_what_another_version_wrote_is_no_memory(corpus: Corpus, written: bytes) -> None:
    notebook = InMemory()
    notebook.put("session:a", written, 60)
    assert Sessions(notebook, corpus).recall("a") is None


def test_clauses_that_are_no_more_are_left_out(sessions: Sessions, corpus: Corpus) -> None:
    notebook = InMemory()
    kept = Memory(WHOLE, (corpus.clause("xiamen:三(四)21"), corpus.clause("jinhua:二(十)")))
    Sessions(notebook, corpus).remember("a", kept)
    fewer = Corpus([plan for plan in corpus.plans if plan.id != "jinhua"])
    found = Sessions(notebook, fewer).recall("a")
    assert found is not None
    assert [clause.id for clause in found.focus] == ["xiamen:三(四)21"]


def test_threads_share_sessions(sessions: Sessions) -> None:
    wrong: list[str] = []

    def speak(number: int) -> None:
        for turn in range(50):
            name = f"{number}-{turn % 5}"
            sessions.remember(name, memory(name))
            if (found := sessions.recall(name)) is None or found.question.text != name:
                wrong.append(name)

    threads = [Thread(target=speak, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


def test_a_conversation_goes_on_in_another_process(redis_url: str) -> None:
    one, two = (shared_bot(lambda: InRedis(redis_url)) for _ in range(2))
    one.ask("厦门第21条", session_id="s")
    assert clause_ids(two.ask("下一条", session_id="s").answer) == ["xiamen:三(四)22"]
    assert clause_ids(one.ask("下一条", session_id="s").answer) == ["xiamen:四23"]
    two.forget("s")
    assert one.ask("下一条", session_id="s").question.plans == ()


def test_a_lost_redis_is_a_conversation_without_memory(tmp_path: Path) -> None:
    lost: list[SharedUnavailable] = []
    bot = shared_bot(lambda: InRedis(f"unix://{tmp_path}/gone.sock"), lost.append)
    assert clause_ids(bot.ask("厦门第21条", session_id="s").answer) == ["xiamen:三(四)21"]
    assert bot.ask("下一条", session_id="s").question.plans == ()
    bot.forget("s")
    assert lost


def unexpected(error: SharedUnavailable) -> None:
    pytest.fail(str(error))


def shared_bot(shared: Callable[[], InRedis], lost: Callable[[SharedUnavailable], None] = unexpected) -> ScriptedBot:
    """A bot whose conversations are where `shared` is."""
    bot = ScriptedBot()
    bot.notebook = Forgiving(shared(), lost)
    bot.sessions = Sessions(bot.notebook, bot.corpus)
    return bot


def test_after_a_failure_it_is_left_alone_for_a_moment(tmp_path: Path) -> None:
    lost, clock = list[SharedUnavailable](), Clock()
    notebook = Forgiving(InRedis(f"unix://{tmp_path}/gone.sock"), lost.append, clock)
    for _ in range(5):
        assert notebook.get("a") is None
        notebook.put("a", b"1", 60)
        notebook.delete("a")
    assert len(lost) == 1
    clock.now += RETRY_SECONDS
    assert notebook.get("a") is None
    assert len(lost) == 2


def test_what_is_personal_reaches_no_memory_and_no_answer(scripted: ScriptedBot) -> None:
    asked = scripted.ask("厦门第21条，我的电话13812345678", session_id="s")
    assert asked.question.text == "厦门第21条，我的电话***"
    assert clause_ids(asked.answer) == ["xiamen:三(四)21"]
    assert b"13812345678" not in (scripted.notebook.get("session:s") or b"13812345678")
