"""The traps of the five documents, one by one, as their structure audit names them."""

import pytest

from ingest.model import Kind, Plan
from ingest.traced import position
from tests.ingest.reader import clause


def test_box_items_do_not_become_articles(plans: dict[str, Plan]) -> None:
    """Xiamen l.70 '2.' belongs to a box, l.73 '2.' to the text: only two blank lines tell them apart."""
    box, article = clause(plans["xiamen"], "专栏2/2"), clause(plans["xiamen"], "三(一)2")
    assert (box.kind, box.heading, line(plans["xiamen"], "专栏2/2")) == (Kind.BOX_ITEM, "加强计量数据融合应用", 70)
    assert (article.kind, article.heading) == (Kind.ITEM, "开展新型量值传递溯源技术研究")
    assert line(plans["xiamen"], "三(一)2") == 73


def test_a_box_ends_without_a_double_blank(plans: dict[str, Plan]) -> None:
    """Quanzhou l.51 '3.' (box) and l.53 '2. ' (text) are one blank line apart."""
    assert clause(plans["quanzhou"], "专栏2/3").heading == "计量器具研究"
    assert clause(plans["quanzhou"], "三(一)2").heading == "推进量值传递和溯源技术研究"


def test_two_box_items_of_one_heading(plans: dict[str, Plan]) -> None:
    """计量测试方法研究 stands in 专栏3 and in 专栏9."""
    paths = [one.path for one in plans["xiamen"].clauses if one.heading == "计量测试方法研究"]
    assert paths == ["专栏3/1", "专栏9/3"]


def test_a_chapter_without_sections(plans: dict[str, Plan]) -> None:
    """Xiamen's 四 goes on with 23.–27. and knows no （一）."""
    items = [one for one in plans["xiamen"].clauses if one.path.startswith("四") and one.kind is Kind.ITEM]
    assert [one.path for one in items] == ["四23", "四24", "四25", "四26", "四27"]
    assert {one.headings for one in items} == {("保障措施",)}


def test_sections_run_on_across_chapters(plans: dict[str, Plan]) -> None:
    """State Council: （一）–（三十八） in seven chapters, the last on a line without an end."""
    plan = plans["state-council"]
    sections = [one for one in plan.clauses if one.kind is Kind.SECTION]
    assert [one.path[0] for one in sections] == list("二" * 3 + "三" * 5 + "四" * 8 + "五" * 10 + "六" * 7 + "七" * 5)
    last = sections[-1]
    assert (last.path, line(plan, last.path)) == ("七(三十八)", 173)
    assert last.text.endswith("重要情况及时报告国务院。")
    assert last.origins[-1] == len(plan.source) - 1


def test_unnumbered_text_after_items_belongs_to_the_section(plans: dict[str, Plan]) -> None:
    """Qingdao l.9 (2035) follows 1.–3. but belongs to 一(二)."""
    goals = clause(plans["qingdao"], "一(二)")
    assert [paragraph[:6] for paragraph in goals.text.split("\n")] == ["工作目标。到", "到2035年"]
    assert "2035" not in clause(plans["qingdao"], "一(二)3").text


def test_unnumbered_principles_belong_to_their_heading(plans: dict[str, Plan]) -> None:
    """State Council l.41–47 under the bare heading 二(二)."""
    principles = clause(plans["state-council"], "二(二)")
    assert principles.heading == "基本原则"
    assert [paragraph[:6] for paragraph in principles.text.split("\n")] == [
        "坚持创新突破",
        "坚持需求牵引",
        "坚持政府统筹",
        "坚持协同融合",
    ]


# why: sentences that a page end cut, (plan, path, last words before, first words after)
PAGE_CUTS = [
    ("quanzhou", "题头", "我市计量能力", "和水平，全方"),
    ("quanzhou", "三(一)1", "机械装备、建", "材家居、石油"),
    ("quanzhou", "三(一)3", "，加强“产、", "学、研、用”"),
    ("quanzhou", "三(二)9", "重点用能单位", "能源计量器具"),
    ("quanzhou", "三(三)11", "法定计量检定", "机构重点建设"),
    ("quanzhou", "三(三)13", "训，保证专业", "技术人员充足"),
    ("quanzhou", "三(四)16", "行经营者诚信", "计量自我承诺"),
    ("quanzhou", "四(三)", "学校、进课堂", "等方式，提高"),
    ("jinhua", "二(一)", "、科研院所申", "报省级和市级"),
    ("jinhua", "二(四)", "疗器械、康复", "理疗设备、营"),
    ("jinhua", "二(七)", "惠性和基础性", "计量基础设施"),
    ("jinhua", "二(九)", "量审查，实现", "重点用能单位"),
    ("jinhua", "三(二)", "建设，落实公", "益性计量工作"),
]


@pytest.mark.parametrize(("plan_id", "path", "before", "after"), PAGE_CUTS)
def test_a_sentence_cut_by_a_page_end_is_whole(
    plans: dict[str, Plan], plan_id: str, path: str, before: str, after: str
) -> None:
    one = clause(plans[plan_id], path)
    assert before + after in one.text
    cut = one.text.index(before + after) + len(before)
    first, second = (position(plans[plan_id].source, one.origins[i]).line for i in (cut - 1, cut))
    assert second == first + 2, "one blank line lies between"


def test_only_cut_sentences_are_joined(plans: dict[str, Plan]) -> None:
    """Elsewhere a clause with several source lines has as many paragraphs."""
    cuts = {(plan_id, path) for plan_id, path, _, _ in PAGE_CUTS}
    for plan in plans.values():
        for one in plan.clauses:
            if (plan.id, one.path) in cuts or one.kind is Kind.ROW:
                continue
            lines = {
                position(plan.source, o).line for o, char in zip(one.origins, one.text, strict=True) if char != "\n"
            }
            assert len(lines) == one.text.count("\n") + 1, one.id


def test_a_table_with_one_cell_per_line(plans: dict[str, Plan]) -> None:
    """Xiamen 专栏1: five lines with TABs make a row, '--' is an empty cell."""
    rows = [one for one in plans["xiamen"].clauses if one.kind is Kind.ROW]
    assert [one.path for one in rows] == [f"专栏1/{n}" for n in range(1, 10)]
    assert rows[5].cells == (
        ("指标", "省级产业计量测试中心（个）"),
        ("2020年", "--"),
        ("2025年", "1"),
        ("属性", "预期性"),
    )
    assert clause(plans["xiamen"], "专栏1").heading == "计量发展主要指标"


def test_a_table_with_tabs_and_a_merged_cell(plans: dict[str, Plan]) -> None:
    """Quanzhou 专栏1: 类别 is filled in the first row only; what a row does not say stays unsaid."""
    rows = [one for one in plans["quanzhou"].clauses if one.kind is Kind.ROW]
    assert [one.path for one in rows] == [f"专栏1/{n}" for n in range(1, 12)]
    assert dict(rows[0].cells)["类别"] == "支撑保障"
    assert all("类别" not in dict(row.cells) for row in rows[1:])
    assert rows[9].heading == "引导培育诚信计量自我承诺单位（家）"


def test_boxes_of_one_unnumbered_paragraph(plans: dict[str, Plan]) -> None:
    for number in (3, 4, 5, 6):
        box = clause(plans["quanzhou"], f"专栏{number}")
        assert box.kind is Kind.BOX
        assert box.searchable
        assert box.text.endswith("。")


def test_bulleted_box_items(plans: dict[str, Plan]) -> None:
    """Quanzhou 专栏7 and 8 write '- 1.'; their items have no heading of their own and go by the box's."""
    item = clause(plans["quanzhou"], "专栏7/1")
    assert item.text.startswith("持续推进福建省能源计量中心（泉州）的建设工作")
    assert item.heading == "实现“双碳目标”重点工作"


def test_half_width_section_numbers(plans: dict[str, Plan]) -> None:
    """Quanzhou writes (四) and (一)–(三) half-width between full-width ones, once with a blank."""
    assert clause(plans["quanzhou"], "三(四)").heading == "推进计量监管提质增效"
    assert [clause(plans["quanzhou"], f"四({n})").heading for n in "一二三四"] == [
        "加强组织领导",
        "加强政策支持",
        "加强科普宣传",
        "加强督导评估",
    ]


def test_headings_above_come_outermost_first(plans: dict[str, Plan]) -> None:
    assert clause(plans["xiamen"], "三(四)21").headings == ("重点任务", "加强计量监督管理，提升计量监管效能")
    assert clause(plans["xiamen"], "专栏2/1").headings[-1] == "计量数字化转型重点工作"


def line(plan: Plan, path: str) -> int:
    return position(plan.source, clause(plan, path).origins[0]).line
