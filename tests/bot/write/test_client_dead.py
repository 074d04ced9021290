"""With the endpoint dead, everything works as before. Figures are printed; only the logic is asserted."""

import socket
import time
from collections.abc import Iterator
from statistics import quantiles

import pytest

from bot.local import LocalBot
from bot.model import Mode
from bot.write.breaker import Breaker, State
from tests.bot.write.conftest import OpenBot, tell

QUESTIONS = (
    "厦门新购计量器具能一次性扣除吗",
    "四个城市怎么做诚信计量示范",
    "青岛怎么监管加油机",
    "泉州怎么建设计量人才队伍",
)
CONNECT = 0.5  # seconds


@pytest.fixture
def refusing() -> str:
    """An address at which nothing listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/v1"


@pytest.fixture
def swallowing() -> Iterator[str]:
    """An address whose host does not answer: a full backlog drops what comes."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        fillers = [socket.socket() for _ in range(4)]
        for filler in fillers:
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        time.sleep(0.05)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/v1"
        for filler in fillers:
            filler.close()


def took(bot: LocalBot, question: str) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    bot.ask(question)
    return (time.perf_counter() - began) * 1000


def p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def side_by_side(bot: LocalBot, plain: LocalBot, rounds: int) -> tuple[list[float], list[float]]:
    """Both asked in turn, so that a busy machine is busy for both."""
    pairs = [(took(bot, question), took(plain, question)) for _ in range(rounds) for question in QUESTIONS]
    return [one for one, _ in pairs], [other for _, other in pairs]


@pytest.mark.parametrize("kind", ["refusing", "swallowing"])
def test_a_dead_endpoint_costs_little_and_changes_nothing(
    open_bot: OpenBot, plain_bot: LocalBot, request: pytest.FixtureRequest, kind: str
) -> None:
    breaker = Breaker(cooldown=600)
    bot = open_bot(request.getfixturevalue(kind), connect=CONNECT, breaker=breaker)
    side_by_side(plain_bot, plain_bot, 2)
    failing, before = side_by_side(bot, plain_bot, 1)
    assert breaker.state is State.OPEN
    after, plain = side_by_side(bot, plain_bot, 30)
    worst = max(one - other for one, other in zip(failing, before, strict=True))
    tell(f"{kind}: worst ask until the breaker opens +{worst:.0f} ms (connect timeout {CONNECT * 1000:.0f} ms)")
    tell(f"{kind}: ask p95 with the breaker open {p95(after):.1f} ms, without a model {p95(plain):.1f} ms")
    for question in QUESTIONS:
        asked = bot.ask(question)
        assert asked.answer == plain_bot.ask(question).answer
        assert asked.answer.mode is Mode.EXTRACTIVE


def test_it_is_used_again_once_it_is_back(open_bot: OpenBot, endpoint: object) -> None:
    now = 0.0
    breaker = Breaker(failures=1, cooldown=30, clock=lambda: now)
    bot = open_bot(endpoint.url, breaker=breaker)  # type: ignore[attr-defined]
    breaker.failed()
    assert bot.ask(QUESTIONS[0]).answer.mode is Mode.EXTRACTIVE
    now = 31.0
    assert bot.ask(QUESTIONS[0]).answer.mode is Mode.LLM
    assert breaker.state is State.CLOSED
