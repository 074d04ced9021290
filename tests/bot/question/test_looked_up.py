"""Which questions are answered without a model, by their form alone."""

import pytest

from bot.model import Intent, Question
from bot.question.address import find_address
from bot.question.fold import fold
from bot.question.looked_up import looked_up

TITLES = ("计量发展规划(2021—2035年)",)


def read(text: str, before: tuple[str, ...] = ()) -> Question | None:
    folded = fold(text)
    question = Question(text=text, folded=folded, bare=folded, before=before, address=find_address(folded))
    return looked_up(question, TITLES)


@pytest.mark.parametrize(
    "text",
    [
        "第21条的原文是什么",
        "请问三（四）21 说了什么？",
        "专栏3第2项有哪些内容",
        "请给出四24原文",
        "计量发展规划（2021—2035年）二(一)是怎么规定的",
        "第十条",
    ],
)
def test_an_address_to_be_read_out(text: str) -> None:
    found = read(text)
    assert found is not None
    assert (found.intent, found.address) == (Intent.OUTLINE, find_address(fold(text)))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("第21条由谁牵头", "who is responsible is another answer"),
        ("第21条和第22条有什么区别", "a second address"),
        ("第21条为什么这样规定", "a reason is asked"),
        ("计量检定规划第三章", "a title that no plan has"),
        ("诚信计量自我承诺是什么", "no address"),
        ("6(31)的原文", "the address is not written as it was read: nothing tells what stands beside it"),
    ],
)
def test_what_else_is_said_is_for_the_models(text: str, why: str) -> None:
    assert read(text) is None, why


def test_a_document_number() -> None:
    found = read("国发〔2021〕37号是什么时候印发的")
    assert found is not None
    assert found.intent is Intent.METADATA
    assert "issued_on" in found.fields


def test_a_number_in_a_conversation_may_ask_of_all_plans() -> None:
    assert read("哪些规划引用了国发〔2021〕37号", before=("厦门的目标",)) is None
