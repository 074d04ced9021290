"""Hostile requests: what they hold, what must hold of the replies, and that each broken promise is seen."""

import json
from contextlib import ExitStack
from pathlib import Path

import pytest

from eval.attack import hostile
from eval.attack.attempt import CANARY, INJECTED, PHONE, SECONDS, Attempt, attempt, faults, post
from eval.attack.fuzz import ASK, GOOD, attempts
from eval.attack.payloads import INJECTIONS, SLOW_TO_READ, UNICODE
from eval.attack.trial import Trial
from eval.load.connection import Reply
from tests.eval.fakes_served import fake_service

TRIED = attempt("x", "POST", ASK, GOOD)
KIND = {"content-type": "application/problem+json"}


def problem(code: int, **changed: object) -> Reply:
    document = {"type": "/docs#x", "title": "X", "status": code, "detail": "不行", **changed}
    return Reply(code, KIND, json.dumps(document).encode())


@pytest.mark.parametrize(
    ("reply", "found", "why"),
    [
        (Reply(200, {}, b"{}"), [], "an answer"),
        (problem(422), [], "a refusal as it should be"),
        (problem(500), ["status 500"], "a failure, however well told"),
        (problem(503), ["status 503"], "nothing that was sent may wear it out"),
        (Reply(0, {}, b""), ["no reply"], "silence"),
        (Reply(404, {"content-type": "text/plain"}, b"no"), ["status 404 as 'text/plain'"], "no document"),
        (Reply(404, KIND, b"[]"), ["status 404 with a body that is no document"], "no object"),
        (problem(404, status=400), ["says status 400"], "it says another status"),
        (problem(404, detail=f"no {PHONE}"), [f"'{PHONE}' in the body of an error"], "a number is repeated"),
        (problem(404, detail=CANARY), [f"'{CANARY}' in the body of an error"], "a key is repeated"),
        (Reply(200, {INJECTED: "1"}, b""), ["a header of the request's making"], "a header was split"),
    ],
)
def test_what_must_hold(reply: Reply, found: list[str], why: str) -> None:
    assert faults(TRIED, reply, 0.1, "") == found, why


def test_time_and_log_must_hold() -> None:
    assert faults(TRIED, Reply(200, {}, b""), SECONDS + 1, "") == [f"took {SECONDS + 1:.1f} s"]
    assert faults(TRIED, Reply(200, {}, b""), 0.1, f'{{"key": "{CANARY}"}}') == [f"'{CANARY}' in the log"]


def test_what_is_no_http_may_be_closed_or_refused_in_plain_words() -> None:
    wire = Attempt("x", b"", wire=True)
    assert faults(wire, Reply(0, {}, b""), SECONDS + 1, "") == []
    assert faults(wire, Reply(400, {}, b""), SECONDS + 1, "") == [f"took {SECONDS + 1:.1f} s"]
    assert faults(wire, Reply(400, {"content-type": "text/plain"}, b"Invalid"), 0.1, "") == []
    assert faults(wire, Reply(500, KIND, b""), 0.1, "") == ["status 500"]


def test_a_payload_must_not_come_back_as_a_page() -> None:
    tried = post("x", ASK, {"question": "<script>"}, "<script>")
    page = Reply(200, {"content-type": "text/html; charset=utf-8"}, b"<p><script>")
    assert faults(tried, page, 0.1, "") == ["the payload in a page"]
    assert faults(tried, Reply(200, {"content-type": "application/json"}, b'"<script>"'), 0.1, "") == []


def test_the_same_seed_is_the_same_attack() -> None:
    first = list(attempts(1, 30))
    assert first == list(attempts(1, 30)) != list(attempts(2, 30))
    assert len({tried.name for tried in first}) == len(first) > 400
    assert len([tried for tried in first if tried.name.startswith("damage")]) == 30


def test_keys_ride_along_and_requests_are_whole() -> None:
    """But for those that are no HTTP, each is one request with a key, whose body is as long as it says."""
    for tried in attempts(1, 50):
        if tried.wire:
            continue
        head, _, body = tried.request.partition(b"\r\n\r\n")
        lines = dict(line.split(b": ", 1) for line in head.split(b"\r\n")[1:])
        assert CANARY.encode() in head, tried.name
        assert int(lines.get(b"Content-Length", b"0")) == len(body), tried.name


def test_texts_are_within_the_limit_so_that_they_are_read() -> None:
    for name, text in (UNICODE | SLOW_TO_READ | INJECTIONS).items():
        assert 0 < len(text) <= 2_000, name
    assert max(map(len, SLOW_TO_READ.values())) > 1_900


def fuzzed(tmp_path: Path, flaw: str, tried: list[Attempt]) -> dict[str, Trial]:
    """Only so many attempts, against a service with that flaw."""
    with ExitStack() as stack:
        target = hostile.Target.opened(fake_service(tmp_path, flaw), tmp_path, stack)
        target.patience = 1.0
        trials = [hostile.attempted(target, one) for one in tried]
        return {trial.name: trial for trial in [*trials, hostile.alive(target)]}


def test_a_good_service_holds_against_everything(tmp_path: Path) -> None:
    steps: list[int] = []
    trials = hostile.fuzz(fake_service(tmp_path), tmp_path, 1, 10, lambda _, done, __: steps.append(done))
    assert [(trial.name, trial.said) for trial in trials if not trial.held] == []
    assert len(trials) == len(steps) + 1
    assert trials[-1].name == "afterwards all is as before"


SCRIPT = post("script", ASK, {"question": INJECTIONS["script"]})
GROWS = post("grows", ASK, {"question": "\ufdfa" * 9})
WRONG = post("wrong", ASK, {"question": 1, "session_id": PHONE})


@pytest.mark.parametrize(
    ("flaw", "tried", "said"),
    [
        ("breaks", SCRIPT, "status 500"),
        ("repeats", WRONG, "status 422 as 'text/html'"),
        ("repeats", WRONG, f"'{PHONE}' in the body of an error"),
        ("logs what it is sent", WRONG, f"'{CANARY}' in the log"),
        ("stops on growing text", GROWS, "nobody else was answered after it"),
    ],
)
def test_a_broken_promise_is_seen(tmp_path: Path, flaw: str, tried: Attempt, said: str) -> None:
    """And what comes after it is judged by itself: a server that no longer answers is replaced."""
    after = post("after", ASK, {"question": "你好"})
    trials = fuzzed(tmp_path, flaw, [tried, after])
    assert not trials[tried.name].held
    assert said in trials[tried.name].said
    assert trials["after"].held is (flaw != "logs what it is sent")
