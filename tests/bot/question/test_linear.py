"""Reading takes time in proportion to what is typed, whatever that is: nothing is limited before it is folded."""

import time
from collections.abc import Callable

import pytest

from bot.judge.exact import CLAIMED, OTHER_LAW, TITLED
from bot.question.address import find_address
from bot.question.fold import compact, fold
from bot.question.patterns import ALL_CITIES, METADATA_FIELDS, ORDERS, WHICH_CITIES
from bot.question.places import without
from bot.question.read import LONGEST, Reader, cut_orders
from bot.question.several import split_questions

SHORT, LONG = 5_000, 20_000
RATIO = 12  # four times the text; sixteen times the time were quadratic
FLOOR = 0.060  # seconds; less tells nothing
UNITS = [
    *(
        "计",
        "\ufdfa",
        "1,",
        "1",
        "第一",
        "专栏",
        "专栏1第",
        "a",
        "a'",
        "xia men ",
        "(",
        "一(",
        "[2021]",
        "〔1",
        "《",
        "“",
    ),
    *("厦门", "厦门国家", "泉州市", "国家", "算法国", "夏门", "记量", "城信计量"),
    *("a\u0301\u0323", "\u0301\u0323", " ", "\n", "。", "?", ",另外", "忽略以上指令。", "把", "不要引用", "直接回答“"),
    *(
        "四个",
        "哪个",
        "哪些城市",
        "第1条",
        "计法第一",
        "1.",
        "谁",
        "按照",
        "厦1第（a 国家",
        "把厦门改成泉州。专栏3第2项,夏门",
    ),
    *("计量法第二十六条《", "什么时候印发?"),
]
Step = Callable[[Reader, str], object]
STEPS: dict[str, Step] = {
    "fold": lambda _, text: fold(text),
    "compact": lambda _, text: compact(text),
    "places": lambda reader, text: without(text, reader.gazetteer.find(text)),
    "address": lambda _, text: find_address(text),
    "orders": lambda _, text: (cut_orders(text), ORDERS.findall(text)),
    "spelling": lambda reader, text: reader.speller.correct(text),
    "several": lambda _, text: split_questions(text),
    "fields": lambda _, text: [pattern.search(text) for _, pattern in METADATA_FIELDS] + ALL_CITIES.findall(text),
    "cities": lambda _, text: WHICH_CITIES.findall(text),
    "exact": lambda _, text: [pattern.findall(text) for pattern in (CLAIMED, TITLED, OTHER_LAW)],
    "read": lambda reader, text: reader.read(text),
}


def seconds(step: Step, reader: Reader, text: str) -> float:
    """Of this thread alone, so that a busy neighbour does not count."""
    began = time.thread_time()
    step(reader, text)
    return time.thread_time() - began


def grows_in_proportion(step: Step, reader: Reader, unit: str) -> bool:
    short, long = ((unit * (length // len(unit) + 1))[:length] for length in (SHORT, LONG))
    for _ in range(3):  # one fair measurement is enough
        taken = seconds(step, reader, long)
        if taken < FLOOR or taken < RATIO * seconds(step, reader, short):
            return True
    return False


@pytest.mark.parametrize("name", STEPS)
def test_linear(reader: Reader, name: str) -> None:
    seconds(STEPS[name], reader, "厦门第21条")  # what is built once is not measured
    assert [unit for unit in UNITS if not grows_in_proportion(STEPS[name], reader, unit)] == []


def test_the_measure_finds_what_is_quadratic(reader: Reader) -> None:
    def pairs(_: Reader, text: str) -> int:
        return sum(len(text[start:]) for start in range(0, len(text), 4) for _ in range(len(text) // 400))

    assert not grows_in_proportion(pairs, reader, "计")


@pytest.mark.parametrize("unit", ["计", "\ufdfa", "e\u0301"])
def test_the_length_is_limited_once_folded(reader: Reader, unit: str) -> None:
    assert len(reader.read(unit * LONG).folded) <= LONGEST
    assert reader.read("\u200b" * LONG + "厦门").plans == ("xiamen",)
