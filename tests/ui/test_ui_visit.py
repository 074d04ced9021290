"""What becomes of a visit with each thing a reader does."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from tests.ui.fake_api import FakeApi, client_of, fake_app
from ui import wording
from ui.ask_client import AskClient
from ui.visit import LONGEST_COMMENT, Presence, Shown, Visit, asked, asked_again, begun_anew, reopened, revised, voted


@pytest.fixture
def fake() -> FakeApi:
    return FakeApi()


@pytest.fixture
def client(fake: FakeApi) -> AskClient:
    return client_of(fake_app(fake))


@pytest.fixture
def visit(client: AskClient) -> Visit:
    return last(asked(client, Visit(session="s"), "税", ""))


def last(shown: Iterable[Shown]) -> Visit:
    return list(shown)[-1].visit


def test_a_question_empties_its_box_at_once_and_waits(client: AskClient) -> None:
    first, *rest = asked(client, Visit(session="s"), " 税 ", "xiamen")
    assert (first.box, first.visit.is_waiting, first.visit.talk[0].question) == ("", True, "税")
    assert [one.box for one in rest] == [None]


def test_what_is_being_written_stays_when_an_example_is_asked(client: AskClient) -> None:
    assert {one.box for one in asked(client, Visit(session="s"), "税", "", typed=False)} == {None}


def test_a_failure_brings_the_question_back(fake: FakeApi, client: AskClient) -> None:
    fake.problem = 500
    *_, shown = asked(client, Visit(session="s"), "税", "")
    assert (shown.box, shown.visit.talk[0].state) == ("税", "failed")


def test_a_blank_question_says_so(client: AskClient) -> None:
    (shown,) = asked(client, Visit(), "  ", "")
    assert (shown.box, shown.placeholder, shown.visit.talk) == ("", wording.EMPTY_QUESTION, ())


def test_an_edited_question_takes_the_last_one_s_place(client: AskClient, visit: Visit) -> None:
    editing = revised(last(asked(client, visit, "承诺", "")), on=True)
    assert (editing.box, editing.visit.editing) == ("承诺", True)
    assert len(editing.visit.talk) == 2  # the answer stays until another is asked
    after = last(asked(client, editing.visit, "电话", ""))
    assert ([turn.question for turn in after.talk], after.editing) == (["税", "电话"], False)


def test_editing_is_let_go(visit: Visit) -> None:
    shown = revised(revised(visit, on=True).visit, on=False)
    assert (shown.box, shown.visit) == ("", visit)


def test_asking_again_replaces_the_answer(fake: FakeApi, client: AskClient, visit: Visit) -> None:
    after = last(asked_again(client, visit, "quanzhou"))
    assert [turn.question for turn in after.talk] == ["税"]
    assert [(one.question, one.plans) for one in fake.asked] == [("税", None), ("税", ["quanzhou"])]


def test_while_an_answer_grows_nothing_is_edited_or_asked_again(fake: FakeApi, client: AskClient, visit: Visit) -> None:
    growing = visit.asking("承诺")
    assert revised(growing, on=True) == Shown(growing)
    assert list(asked_again(client, growing, "")) == [Shown(growing)]
    assert list(asked_again(client, Visit(), "")) == [Shown(Visit())]
    assert len(fake.asked) == 1


def test_a_vote_carries_its_reason_cut_to_size(fake: FakeApi, client: AskClient, visit: Visit) -> None:
    after = voted(client, visit, "a-0001", useful=False, comment="长" * 900).visit
    assert after.talk[0].rating == "taken"
    assert fake.rated[0].comment == "长" * LONGEST_COMMENT


def test_a_vote_without_a_reason_carries_none(fake: FakeApi, client: AskClient, visit: Visit) -> None:
    voted(client, visit, "a-0001", useful=True, comment="")
    assert fake.rated[0].model_dump() == {"answer_id": "a-0001", "useful": True, "comment": None}


def test_a_new_talk_keeps_only_the_plans(visit: Visit) -> None:
    begun = begun_anew(visit).visit
    assert (begun.talk, begun.plans) == ((), visit.plans)
    assert begun.session not in ("", visit.session)


@pytest.mark.parametrize("turn_to", [begun_anew, lambda visit: reopened(visit, (), "other")], ids=["new", "earlier"])
def test_a_late_draft_does_not_bring_the_old_talk_back(
    fake: FakeApi, client: AskClient, turn_to: Callable[[Visit], Shown]
) -> None:
    fake.written = True
    growing = asked(client, Visit(session="s"), "税", "")
    draft = [next(growing).visit for _ in range(2)][-1]
    assert draft.talk[0].state == "telling"
    with ThreadPoolExecutor(1) as pool:
        turned = pool.submit(turn_to, draft)
        until = monotonic() + 60
        while not draft.presence.left and monotonic() < until:
            sleep(0.01)
        assert not turned.done(), "the draft that is on its way is shown first"
        assert list(growing) == [], "nothing more is told"
        assert turned.result(60).visit.talk == ()


def test_who_left_before_the_first_step_is_told_nothing(fake: FakeApi, client: AskClient) -> None:
    visit = Visit(session="s")
    begun_anew(visit)
    assert list(asked(client, visit, "税", "")) == []
    assert fake.asked == []


def test_a_step_that_never_arrives_is_not_waited_for_long() -> None:
    presence = Presence(on_its_way=True)
    presence.leave(longest=0.05)
    assert presence.left


def test_who_stays_is_told_all(fake: FakeApi, client: AskClient) -> None:
    fake.written = True
    told = asked(client, Visit(session="s"), "税", "")
    assert [shown.visit.talk[0].state for shown in told][-1] == "answered"
