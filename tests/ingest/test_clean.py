"""Clean text: simplified, full-width punctuation, no pinyin; what looks like noise but is none survives."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.clean import clean, to_simplified
from ingest.model import Plan
from tests.ingest.reader import PLAN_IDS, clause

NOTES = "民(mín)生(shēng)事(shì)得(de)"  # a document is taken for an annotated one from three toned notes on


def cleaned(source: str) -> str:
    return "\n".join(line.text for line in clean(source)[0])


# why each: what a web copy, a PDF or Word writes, and what a citizen should read
LINES = [
    ("计量(jì liàng)", "计量（jìliàng）", "a reading of two characters is no note of ours"),
    (NOTES, "民生事得", "toned notes go, a neutral tone among them too"),
    (NOTES + "时(UTC)和(MEMS)", "民生事得时（UTC）和（MEMS）", "upper case is no reading"),
    (NOTES + "分(min)、公顷(ha)、年(a)", "民生事得分（min）、公顷（ha）、年（a）", "units are no readings"),
    ("分(fēn)的", "分（fēn）的", "one note alone is content: a text about readings"),
    ("证书(e-CQS),系统", "证书（e-CQS），系统", "Latin stays, its brackets widen"),
    ("国发〔2021〕37号", "国发〔2021〕37号", "document numbers are left alone"),
    ("到 2025 年，达到 260 项", "到2025年，达到260项", "blanks beside Chinese mean nothing"),
    ("LED  Micro 0.02 级", "LED  Micro 0.02级", "between Latin words they do"),
    ("\u00a0\u3000（一）　指导", "（一）指导", "NBSP and ideographic blanks"),
    ("1,254家;比例1:2", "1,254家；比例1:2", "marks inside a number stay"),
    ("误差<0.5%且>0", "误差<0.5%且>0", "comparison signs are no title marks"),
    ("《贯彻<计量发展规划>》", "《贯彻〈计量发展规划〉》", "titles inside titles are"),
    ("１２项ＬＥＤ", "12项LED", "full-width letters and digits"),
    ("甲\n— 12 —\n乙\n- 3 -\n", "甲\n乙", "page numbers between rules"),
    ("甲\f乙\n\f— 2 —\n丙", "甲乙\n丙", "form feeds of a PDF"),
    ("-5-度到-3-度", "-5-度到-3-度", "rules inside a line are text"),
    ("\ufeff诚\u200b信", "诚信", "byte order marks and zero-width blanks"),
    ("[bookmark: _GoBack]（二）强化", "（二）强化", "bookmarks of a Word export"),
    ("國務院關于印發計量發展規劃的通知", "国务院关于印发计量发展规划的通知", "a Traditional copy"),
    (
        "本办法由乾县人民政府负责解释并组织实施",
        "本办法由乾县人民政府负责解释并组织实施",
        "a Simplified one is left alone",
    ),
]


@pytest.mark.parametrize(("source", "expected", "why"), LINES)
def test_lines(source: str, expected: str, why: str) -> None:
    assert cleaned(source) == expected, why


def test_gaps_tabs_and_cells() -> None:
    lines = clean("甲\n\n\n\t乙\t 丙 \n丁")[0]
    assert [(line.text, line.gap, line.tabbed) for line in lines] == [
        ("甲", 0, False),
        ("乙\t丙", 2, True),
        ("丁", 0, False),
    ]
    assert [cell.text for cell in lines[1].cells] == ["", "乙", "丙"]


def test_steps_say_what_went() -> None:
    source = f"[bookmark: a]{NOTES}\u200b\n- 1 -\n 甲"
    went = {discard.reason: source[discard.start : discard.end] for discard in clean(source)[1]}
    assert went == {
        "bookmark": "[bookmark: a]",
        "pinyin": "(de)",
        "invisible": "\u200b",
        "page_rule": "- 1 -",
        "blank": " ",
    }


@given(st.text(alphabet="民计體(mín)（）,:<>《》 \u00a0\u3000\t\n\f-—12aZ.[bookmark: x]\u200b", max_size=80))
def test_cleaning_accounts_for_every_character(source: str) -> None:
    """Kept or set aside, never both, never neither (white space may be neither)."""
    lines, discards = clean(source)
    kept = [origin for line in lines for origin in line.body.origins]
    gone = [offset for discard in discards for offset in range(discard.start, discard.end)]
    assert len(kept) == len(set(kept))
    assert len(gone) == len(set(gone))
    assert not set(kept) & set(gone)
    assert all(source[i].isspace() for i in set(range(len(source))) - set(kept) - set(gone))


@settings(max_examples=25)
@given(st.text(max_size=30))
def test_simplifying_keeps_the_length(text: str) -> None:
    assert len(to_simplified(text)) == len(text)


@pytest.mark.parametrize("text", ["说明覆盖率达到92%", "三明覆盖12个县", "申明覆议"])
def test_what_is_simplified_already_stays_as_it_is(text: str) -> None:
    assert to_simplified(text) == text


# why: the plans write none of these on purpose; ， and the like are their full-width forms
FOREIGN_MARKS = re.compile(r"[,:;()?!<>\u00a0\u3000\u200b]|(?<=[\u4e00-\u9fff]) | (?=[\u4e00-\u9fff])")


@pytest.mark.parametrize("plan_id", PLAN_IDS)
def test_plans_are_full_width_and_simplified(plans: dict[str, Plan], plan_id: str) -> None:
    for one in plans[plan_id].clauses:
        assert not FOREIGN_MARKS.search(one.text), one.id
        assert to_simplified(one.text) == one.text, one.id


def test_pinyin_is_gone_from_the_state_council(plans: dict[str, Plan]) -> None:
    whole = "".join(one.text for one in plans["state-council"].clauses)
    assert set(re.findall("[A-Za-z]+", whole)) == {"UTC", "MEMS", "OIML"}
    assert not set("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ") & set(whole)


# why: Traditional characters that one-to-one tables get wrong, and mixed spellings of the web copy
SPELLINGS = [
    ("state-council", "二(一)", "十九届历次全会", "曆次 is 历次"),
    ("state-council", "三(六)", "准确测量", "準确 mixes both scripts"),
    ("state-council", "题头", "国发〔2021〕37号", "a document number survives"),
    ("state-council", "四(十三)", "协调世界时（UTC）", "brackets widen round Latin letters"),
    ("state-council", "一", "建成185项国家计量基准和6.2万余项社会公用计量标准", "标准 was written 标準"),
    ("jinhua", "二(二)", "业务管理系统（e-CQS），", "a hyphen inside Latin stays"),
    ("quanzhou", "专栏3", "建立0.02级二等活塞压力计", "blanks round a number go"),
    ("xiamen", "三(一)2", "（责任单位：市市场监管局）", "'(…）' opened half-width and closed full-width"),
    ("xiamen", "题头", "贯彻落实国务院〈计量发展规划（2021-2035年）〉的实施意见", "ASCII angle brackets"),
    ("qingdao", "三(五)", "山东省人工智能计量技术委员会，研究", "196 half-width commas"),
]


@pytest.mark.parametrize(("plan_id", "path", "words", "why"), SPELLINGS)
def test_spellings(plans: dict[str, Plan], plan_id: str, path: str, words: str, why: str) -> None:
    assert words in clause(plans[plan_id], path).text, why
