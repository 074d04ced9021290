"""What the page does with a question: no widget library in it, so that it is tested as it is."""

from collections.abc import Generator
from contextlib import closing
from dataclasses import replace
from uuid import uuid4

from ui.api_errors import ApiError
from ui.ask_client import AskClient
from ui.failures import explain
from ui.replies import PlanEntry, Reply
from ui.talk_view import Turn

KEPT_TURNS = 30  # older ones leave the page, so that a long visit stays quick

Talk = tuple[Turn, ...]


SESSION = r"[0-9a-f]{32}"  # what `new_session` gives


def new_session() -> str:
    """An id that no one can guess; follow-up questions are understood within it."""
    return uuid4().hex


def begin(talk: Talk, question: str) -> Talk:
    """The question is on the page before its answer is."""
    return (*talk, Turn(question.strip()))[-KEPT_TURNS:]


def finish(client: AskClient, talk: Talk, plan_id: str, session_id: str) -> Generator[Talk, None, None]:
    """Asks the API the last question: the talk with each draft of its answer, then with the answer or the failure.

    What went wrong becomes words. A draft whose answer fails to come is taken back: half an answer may mislead.
    """
    last = talk[-1]
    try:
        with closing(client.tell(last.question, session_id=session_id, plan_id=plan_id or None)) as telling:
            for told in telling:
                turn = replace(last, reply=told) if isinstance(told, Reply) else replace(last, draft=told)
                yield (*talk[:-1], turn)
    except ApiError as error:
        yield (*talk[:-1], replace(last, failure=explain(error)))


def rate(client: AskClient, talk: Talk, answer_id: str, *, useful: bool, comment: str = "") -> Talk:
    """Feedback for an answer of the talk; for another nothing changes."""
    number = next((at for at, turn in enumerate(talk) if turn.reply and turn.reply.answer_id == answer_id), None)
    if number is None or not answer_id or talk[-1].is_open:
        return talk  # the talk is still growing: what is written here now would take its newest turn back
    try:
        taken = client.rate(answer_id, useful=useful, comment=comment)
    except ApiError:
        return _with_rating(talk, number, "failed")
    return _with_rating(talk, number, "taken" if taken else "closed")


def known_plans(client: AskClient) -> tuple[PlanEntry, ...]:
    """The plans to choose from; none while the API is away, the page works without."""
    try:
        return client.plans()
    except ApiError:
        return ()


def named_plan(plans: tuple[PlanEntry, ...], name: str) -> str:
    """The id of the plan an address names, by its id or by a place that has but one; empty for another."""
    of_place = [plan.plan_id for plan in plans if name and plan.region == name]
    known = any(plan.plan_id == name for plan in plans)
    return name if known else of_place[0] if len(of_place) == 1 else ""


def _with_rating(talk: Talk, number: int, rating: str) -> Talk:
    return (*talk[:number], replace(talk[number], rating=rating), *talk[number + 1 :])
