"""All that a sentence goes through: handles, length, exact rules, the reader."""

from collections.abc import Iterator

import pytest

from bot.check import sentence as check
from bot.check.draft import Excerpt, FaultKind, Sentence
from bot.check.sentence import attributed, check_sentence
from tests.bot.check.check_builders import (
    GROWTH,
    PLAN,
    PLEDGE,
    SAMPLE,
    USE,
    FixedReader,
    claim,
    excerpt,
    kinds,
    rules,
)

OTHER = rules("龙岩市计量管理办法\n一、总则\n（一）承诺。推行承诺，覆盖率达到90%以上。\n", "龙岩")


def found(text: str, *paths: str, handles: tuple[int, ...] | None = None, borne: float = 1.0) -> list[FaultKind]:
    shown = [excerpt(path, handle) for handle, path in enumerate(paths, start=1)]
    cited = tuple(one.handle for one in shown) if handles is None else handles
    return kinds(check_sentence(Sentence(text, cited), shown, reader=FixedReader(borne)))


def test_what_no_rule_faults_and_the_reader_finds_borne_out_is_verified() -> None:
    assert found("三明到2030年全面建成监管平台。", GROWTH) == []


@pytest.mark.parametrize(
    ("text", "path", "kind"),
    [
        ("龙岩到2030年全面建成监管平台。", GROWTH, FaultKind.CITY),
        ("国家规划到2030年全面建成监管平台。", GROWTH, FaultKind.CITY),
        ("三明、三明两地都要建成监管平台。", GROWTH, FaultKind.CITY),
        ("三明可以。", GROWTH, FaultKind.UNCITED),
        ("可以。", PLEDGE, FaultKind.UNCITED),
        ("三明的做法如下：", PLEDGE, FaultKind.UNCITED),
        ("以上供参考，欢迎随时咨询。", PLEDGE, FaultKind.UNCITED),
        ("三明到2030年建成监管平台吗？", GROWTH, FaultKind.UNCITED),
        ("三明到2030年建成监管平台吗。", GROWTH, FaultKind.UNCITED),
        ("三明到2030年建成监管平台（是吗？）！", GROWTH, FaultKind.UNCITED),
        ("到2030年覆盖13个县。", GROWTH, FaultKind.NUMBER),
        ("到2029年全面建成监管平台。", GROWTH, FaultKind.DATE),
        ("第九条要求建成监管平台。", GROWTH, FaultKind.ADDRESS),
        ("抽查比例提高（30-5=26）。", SAMPLE, FaultKind.NUMBER),
        ("依据国发〔2021〕37号建成监管平台。", GROWTH, FaultKind.DOCUMENT_NUMBER),
        ("原文写的是“经营者必须签订承诺书”。", PLEDGE, FaultKind.QUOTATION),
        ("我保证到2030年全面建成监管平台。", GROWTH, FaultKind.PROMISE),
    ],
)
def test_an_exact_rule_needs_no_reader(text: str, path: str, kind: FaultKind) -> None:
    reader = FixedReader(1.0)
    faults = check_sentence(Sentence(text, (1,)), [excerpt(path)], reader=reader)
    assert kind in kinds(faults)
    assert reader.asked == []


def test_what_the_reader_doubts_is_held_back_with_the_words_in_doubt() -> None:
    reader = FixedReader(0.2, doubted=("必须", "五万"))
    (fault,) = check_sentence(Sentence("经营者必须签订承诺书。", (1,)), [excerpt(PLEDGE)], reader=reader)
    assert (fault.kind, fault.what) == (FaultKind.UNBORNE, "必须、五万")
    (fault,) = check_sentence(Sentence("经营者必须签订承诺书。", (1,)), [excerpt(PLEDGE)], reader=FixedReader(0.2))
    assert fault.what == "经营者必须签订承诺书。"


@pytest.mark.parametrize(("borne", "verified"), [(0.49, False), (0.5, True)])
def test_the_threshold_is_the_readers(borne: float, verified: bool) -> None:
    assert (found("经营者签订承诺书。", PLEDGE, borne=borne) == []) is verified


def test_a_handle_that_was_not_offered() -> None:
    assert found("到2030年全面建成监管平台。", GROWTH, handles=(4,)) == [FaultKind.HANDLE]


def test_a_sentence_without_handles_is_not_verified() -> None:
    assert found("到2030年全面建成监管平台。", GROWTH, handles=()) == [FaultKind.UNCITED]


def test_only_what_is_cited_is_read() -> None:
    reader = FixedReader()
    shown = [excerpt(PLEDGE, 1), excerpt(GROWTH, 2)]
    check_sentence(Sentence("经营者签订承诺书。", (1,)), shown, reader=reader)
    ((_, cited),) = reader.asked
    assert "监管平台" not in cited


@pytest.fixture
def joint() -> list[Excerpt]:
    return [excerpt(PLEDGE, 1), excerpt("一(一)", 2, OTHER)]


@pytest.mark.parametrize("text", ["三明和龙岩的覆盖率都要达到90%以上。", "两地的覆盖率都要达到90%以上。"])
def test_a_joint_claim_is_read_with_each_places_excerpts(joint: list[Excerpt], text: str) -> None:
    reader = FixedReader(lambda _, cited: float("龙岩" not in cited))
    faults = check_sentence(Sentence(text, (1, 2)), joint, reader=reader)
    assert kinds(faults) == [FaultKind.UNBORNE]
    assert len(reader.asked) == 2


def test_words_of_one_places_clause_do_not_settle_what_is_said_of_both(joint: list[Excerpt]) -> None:
    own = "覆盖率达到90%以上。"
    for frame in ("两地均规定：{}", "三明、龙岩都规定：{}", "{}"):
        said = Sentence(frame.format(f"推行承诺，{own}"), (1, 2))
        assert kinds(check_sentence(said, joint, reader=FixedReader(0.0))) == [FaultKind.UNBORNE]


def test_a_joint_claim_beside_another_is_still_read_with_each_place(joint: list[Excerpt]) -> None:
    reader = FixedReader(lambda said, cited: float("龙岩" not in cited or "推行" in said))
    said = Sentence("三明、龙岩都鼓励签订承诺书，龙岩还推行承诺。", (1, 2))
    assert kinds(check_sentence(said, joint, reader=reader)) == [FaultKind.UNBORNE]
    assert len({cited for _, cited in reader.asked}) > 1


def test_an_item_of_a_list_is_no_sentence_of_its_own() -> None:
    listed = rules("三明市计量管理办法\n一、总则\n（一）禁止下列行为：伪造数据；破坏铅封；使用失准器具。\n")
    shown = [excerpt("一(一)", 1, listed)]
    assert check_sentence(Sentence("破坏铅封。", (1,)), shown, reader=FixedReader(0.0))


def test_what_tells_places_apart_is_read_with_all(joint: list[Excerpt]) -> None:
    reader = FixedReader()
    said = Sentence("三明鼓励签订承诺书，龙岩推行承诺。", (1, 2))
    assert check_sentence(said, joint, reader=reader) == ()
    assert len(reader.asked) == 1


def test_a_number_of_a_joint_claim_must_stand_in_each(joint: list[Excerpt]) -> None:
    said = Sentence("三明和龙岩到2026年都要达到90%以上。", (1, 2))
    assert FaultKind.DATE in kinds(check_sentence(said, joint, reader=FixedReader()))


class TestAttribution:
    def test_a_sentence_goes_to_the_excerpt_that_bears_it_out_best(self) -> None:
        reader = FixedReader(lambda _, cited: 0.9 if "监管平台" in cited else 0.4)
        shown = [excerpt(PLEDGE, 1), excerpt(GROWTH, 2), excerpt(USE, 3)]
        assert attributed(Sentence("全面建成监管平台。"), shown, reader=reader).handles == (2,)

    def test_one_with_handles_keeps_them(self) -> None:
        said = Sentence("全面建成监管平台。", (1,))
        assert attributed(said, [excerpt(PLEDGE, 1), excerpt(GROWTH, 2)], reader=FixedReader()) is said

    def test_what_tells_that_something_is_absent_is_attributed_to_all(self) -> None:
        reader = FixedReader()
        shown = [excerpt(PLEDGE, 1), excerpt(GROWTH, 2)]
        assert attributed(Sentence("条款没有写明罚款金额。"), shown, reader=reader).handles == (1, 2)
        assert reader.asked == []

    def test_without_excerpts_there_is_nobody_to_attribute_it_to(self) -> None:
        said = Sentence("全面建成监管平台。")
        assert attributed(said, [], reader=FixedReader()) is said

    def test_more_than_a_sentence_is_not_read(self) -> None:
        reader = FixedReader()
        said = Sentence("全面建成监管平台。" * 200)
        assert attributed(said, [excerpt(GROWTH)], reader=reader) is said
        assert reader.asked == []


RULES_TO_LOSE = [name for name in dir(check) if name.endswith("_faults") and name != "exact_faults"]


def test_every_rule_is_among_those_that_are_tried() -> None:
    assert set(RULES_TO_LOSE) == {
        "address_faults", "date_faults", "document_faults", "manner_faults", "number_faults", "quote_faults",
        "sum_faults",
    }  # fmt: skip


SEEN = {
    "address_faults": ("第九条要求建成监管平台。", "要建成监管平台。"),
    "date_faults": ("到2029年建成监管平台。", "到2030年建成监管平台。"),
    "document_faults": ("依国发〔2021〕37号建成监管平台。", "到2030年建成监管平台。"),
    "manner_faults": ("我保证建成监管平台。", "要建成监管平台。"),
    "number_faults": ("建成9个监管平台。", "要建成监管平台。"),
    "quote_faults": ("要“立刻建成监管平台”。", "要建成监管平台。"),
    "sum_faults": ("减少了4个（12-8=4）。2020年8个，2025年12个。", "建成监管平台。"),
}


@pytest.mark.parametrize("name", RULES_TO_LOSE)
def test_without_a_rule_its_fault_is_lost(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    cited = "到2030年建成监管平台。2025年12个，2020年8个。"
    text, right = SEEN[name]
    assert list(check.exact_faults(claim(right, cited))) == []
    one = claim(text, cited)
    before = list(check.exact_faults(one))

    def nothing(*_: object) -> Iterator[object]:
        return iter(())

    monkeypatch.setattr(check, name, nothing)
    assert len(list(check.exact_faults(one))) < len(before)


def test_the_plan_used_here_is_none_of_ours() -> None:
    assert PLAN.region == "三明"
