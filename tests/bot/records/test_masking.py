"""Personal data is masked, whatever its spelling; what only looks like it stays; and no text takes long."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.records.masking import MASK, mask

PERSONAL = [
    ("我的电话是13812345678", "我的电话是***", "a mobile number"),
    ("电话：138 1234 5678，请回电", "电话：***，请回电", "in groups"),
    ("138-1234-5678", "***", "with dashes"),
    ("１３８１２３４５６７８", "***", "full width"),
    ("1 3 8 1 2 3 4 5 6 7 8", "***", "spaced out"),
    ("138\u200b1234\u200b5678", "***", "with invisible characters"),
    ("+86 13812345678或8613812345678", "***或***", "with the country's number"),
    ("0086-138-1234-5678", "***", "in its other spelling"),
    ("找我13812345678.", "找我***.", "at the end of a sentence"),
    ("13812345678 13912345678", "*** ***", "two of them"),
    ("0592-1234567", "***", "a landline"),
    ("(010) 12345678", "***", "with its area in brackets"),
    ("400-123-4567", "***", "a service number"),
    ("身份证350203199001011234", "身份证***", "an identity card"),
    ("35020319900101123X", "***", "that ends in X"),
    ("35020319900101123x。", "***。", "or x"),
    ("350203 19900101 1234", "***", "in groups"),
    ("３５０２０３１９９００１０１１２３４", "***", "full width"),
    ("350203900101123", "***", "of the old kind"),
    ("卡号6222021234567890123", "卡号***", "a bank card of UnionPay's, with a slip in it"),
    ("4111 1111 1111 1111", "***", "a card in groups"),
    ("5500-0000-0000-0004", "***", "with dashes"),
    ("邮箱zhang.san+1@example.com.cn吗", "邮箱***吗", "e-mail amid Chinese"),
    ("a_b@x.io", "***", "a short one"),
    ("zhang＠example．com", "***", "full width"),
    ("姓名张三 13812345678 350203199001011234 a@b.cn", "姓名张三 *** *** ***", "all at once"),
]
INNOCENT = [
    ("国发〔2021〕37号", "a document number"),
    ("泉政文〔2023〕14号第21条", "another"),
    ("2021-2035年", "years"),
    ("2021 2022 2023 2024 2025", "a row of years"),
    ("2025年12月31日前", "a day"),
    ("拨打12315、12345或12366", "public service numbers"),
    ("13800000000元", "an amount"),
    ("1380000000000元", "a larger one"),
    ("投资19912345678.50元", "with cents"),
    ("91350200MA2XABCD1X", "a company's credit code"),
    ("1234567890123456", "sixteen digits that are no card"),
    ("350203999901011234", "eighteen digits whose middle is no day"),
    ("0.12345678901", "a fraction"),
    ("xiamen:专栏1/9", "a clause"),
    ("3.1415926535897", "a number with many places"),
    ("@张三 你好", "a mention"),
    ("a@b", "no address"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "expected", "why"), PERSONAL, ids=[why for *_, why in PERSONAL])
def test_personal_data_is_masked(text: str, expected: str, why: str) -> None:
    assert mask(text) == expected, why


@pytest.mark.parametrize(("text", "why"), INNOCENT, ids=[why for _, why in INNOCENT])
def test_what_is_not_personal_stays(text: str, why: str) -> None:
    assert mask(text) == text, why


@given(st.text(alphabet="1380+- ．@a.Xx元９\u200b计[]*", max_size=60))
def test_masking_again_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text(alphabet="计量，。？ ", max_size=20), st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_a_number_amid_any_words_is_masked(words: str, number: str) -> None:
    assert number not in mask(f"{words}{number}{words}")
    assert MASK in mask(f"{words}{number}{words}")


REPEATED = [
    "1",
    "13",
    "1 ",
    "1-",
    "86",
    "+86",
    "0",
    "05",
    "(0",
    "6222 ",
    "a",
    "a.",
    "a@",
    "@",
    "a@a.",
    "a@a.a",
    "@a.",
    "9-",
    "+",
    "Xx",
    "350203",
    "19900101 ",
    "１",
    "\u200b1",
    "计",
]


@pytest.mark.parametrize("piece", REPEATED)
def test_it_is_linear(piece: str) -> None:
    """Ten times the text takes about ten times as long; quadratic it would be a hundred."""

    def seconds(length: int) -> float:
        text = (piece * length)[:length]
        best = 1e9
        for _ in range(3):
            began = time.process_time()
            mask(text)
            best = min(best, time.process_time() - began)
        return best

    assert seconds(100_000) < 30 * max(seconds(10_000), 0.001)
