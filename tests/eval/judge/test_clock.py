"""Training by the clock."""

from time import sleep

from eval.judge.clock import by_the_clock


def test_it_steps_tells_and_saves_until_the_time_is_spent() -> None:
    steps, told, saved = list[float](), list[float](), list[float]()

    def step(done: float) -> None:
        steps.append(done)
        sleep(0.001)

    spent = by_the_clock(0.05 / 60, 0.01, step, told.append, saved.append)
    assert spent >= 0.05
    assert steps == sorted(steps)
    assert steps[0] >= 0
    assert steps[-1] < 1, "the share of the time"
    assert len(told) == len(steps)
    assert saved
    assert saved == sorted(saved)
    assert saved[0] > 0.01


def test_without_time_nothing_is_done() -> None:
    steps = list[float]()
    assert by_the_clock(0.0, 1.0, steps.append, steps.append, steps.append) < 1
    assert steps == []
