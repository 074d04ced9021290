import pytest

from eval.answers.stands import is_row, says, stands_in


@pytest.mark.parametrize(
    ("clause", "gold", "stands", "why"),
    [
        ("xiamen:三(四)21", "xiamen:三(四)21", True, "the clause itself"),
        ("xiamen:三(四)21", "xiamen:三(四)", True, "a section stands for its articles"),
        ("xiamen:三(四)21", "xiamen:三", True, "and a chapter for its sections"),
        ("xiamen:四24", "xiamen:四", True, "also where a chapter has no sections"),
        ("xiamen:三(四)21", "xiamen:三(四)2", False, "21 is not below 2"),
        ("state-council:六(三十一)", "state-council:六(三十)", False, "31 is not below 30"),
        ("jinhua:二(十)", "jinhua:二(一)", False, "another section"),
        ("xiamen:三(四)", "xiamen:三(四)21", False, "a section says more than its article"),
        ("quanzhou:三(四)16", "xiamen:三(四)16", False, "another plan"),
        ("xiamen:专栏1/9", "xiamen:专栏1", True, "a box stands for its rows"),
        ("xiamen:专栏1", "xiamen:专栏1/9", True, "and a row for its box"),
        ("quanzhou:专栏1/10", "quanzhou:专栏1/1", False, "another row"),
        ("quanzhou:专栏10", "quanzhou:专栏1", False, "another box"),
        ("xiamen:十一(二)", "xiamen:十", False, "chapter eleven is not below ten"),
    ],
)
def test_stands_in(clause: str, gold: str, stands: bool, why: str) -> None:
    assert stands_in(clause, gold) is stands, why


@pytest.mark.parametrize(
    ("quote", "sentence", "said", "why"),
    [
        ("一、到2025年，达到850家。", "到2025年，达到850家", True, "the quote holds the sentence"),
        ("到２０２５年达到850家", "到2025年，达到850家。", True, "marks and width do not count"),
        ("加强监督检查，严厉查处", "定期加强监督检查，严厉查处缺斤短两", True, "the sentence holds the quote"),
        ("监督检查", "加强监督检查", False, "so little of it says nothing"),
        ("定期组织开展专项监督检查，并作通报", "定期组织开展专项监督检查，查处缺斤", True, "its first 60 %"),
        ("组织开展专项监督检查，并作通报", "定期组织开展专项监督检查，查处缺斤", False, "not its first 60 %"),
        ("到2035年，达到900家", "到2025年，达到850家", False, "another sentence"),
        ("任何", "，。", False, "marks are no sentence"),
    ],
)
def test_says(quote: str, sentence: str, said: bool, why: str) -> None:
    assert says(quote, sentence) is said, why


def test_a_row_is_known_by_its_cells() -> None:
    assert is_row("9｜定量包装商品抽检合格率｜%｜90")
    assert not is_row("定量包装商品抽检合格率90%")
