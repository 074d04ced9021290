"""Word documents say what the page shows, not what the file stores."""

import pytest

from ingest.errors import UnreadableDocument
from ingest.formats import docx
from ingest.formats.numbering import number_text
from tests.ingest.formats.word import W, cell, level, lines, numbered, numbering, para, run, table, word

PLAN_LEVELS = (
    level(0, "chineseCountingThousand", "%1、")
    + level(1, "chineseCounting", "（%2）")
    + level(2, "decimal", "%3.")
    + level(3, "decimalEnclosedCircleChinese", "%4")
)
ARTICLES = level(0, "japaneseCounting", "第%1条")
LEGAL = level(0, "chineseCounting", "第%1章") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
LISTS = numbering({0: PLAN_LEVELS, 1: ARTICLES, 2: LEGAL}, {1: (0, ""), 2: (1, ""), 3: (2, ""), 4: (0, "")})


def test_automatic_numbering_as_the_page_shows_it() -> None:
    body = [
        numbered("总体要求", 1),
        numbered("指导思想", 1, 1),
        numbered("发展目标", 1, 1),
        numbered("夯实基础", 1, 2),
        numbered("完善体系", 1, 3),
        numbered("重点任务", 1),
        numbered("计量科技", 1, 1),
        numbered("2025年前建成", 1, 2),
    ]
    assert lines("".join(body), numbering=LISTS) == [
        "一、总体要求",
        "（一）指导思想",
        "（二）发展目标",
        "1.夯实基础",
        "① 完善体系",
        "二、重点任务",
        "（一）计量科技",
        "1. 2025年前建成",  # not 1.2025, which is a number
    ]


def test_articles_and_a_number_made_of_several() -> None:
    body = [numbered("为加强管理", 2) for _ in range(12)] + [numbered("总则", 3), numbered("适用范围", 3, 1)]
    found = lines("".join(body), numbering=LISTS)
    assert found[0] == "第一条 为加强管理"
    assert found[11] == "第十二条 为加强管理"
    assert found[12:] == ["第一章 总则", "1.1 适用范围"]


def test_two_lists_of_one_definition_count_on_unless_one_begins_anew() -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    lists = numbering({0: PLAN_LEVELS}, {1: (0, ""), 2: (0, ""), 3: (0, restart)})
    body = numbered("甲", 1) + numbered("乙", 2) + numbered("丙", 3) + numbered("丁", 3)
    assert lines(body, numbering=lists) == ["一、甲", "二、乙", "一、丙", "二、丁"]


def test_numbering_of_a_style_and_of_the_style_it_is_based_on() -> None:
    levels = level(0, "chineseCounting", "%1、") + level(1, "chineseCounting", "（%2）", '<w:pStyle w:val="节"/>')
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="章">'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr>'
        '</w:style><w:style w:type="paragraph" w:styleId="节"><w:basedOn w:val="章"/></w:style></w:styles>'
    )
    body = para("目标", '<w:pStyle w:val="章"/>') + para("近期", '<w:pStyle w:val="节"/>')
    unnumbered = para("附注", '<w:pStyle w:val="章"/><w:numPr><w:numId w:val="0"/></w:numPr>')
    found = lines(body + unnumbered, numbering=numbering({0: levels}, {1: (0, "")}), styles=styles)
    assert found == ["一、目标", "（一）近期", "附注"]


# why each: what Word shows for a number of that form
FORMS = [
    (21, "chineseCountingThousand", "二十一"),
    (10, "ideographTraditional", "癸"),
    (3, "chineseLegalSimplified", "叁"),
    (20, "ideographDigital", "二〇"),
    (3, "decimalEnclosedCircle", "③"),
    (21, "decimalEnclosedCircle", "21"),
    (4, "lowerRoman", "iv"),
    (28, "upperLetter", "BB"),
    (7, "decimalZero", "07"),
    (12, "decimalFullWidth", "１２"),
    (5, "none", ""),
    (5, "somethingNew", "5"),
    (0, "chineseCounting", "0"),
]


@pytest.mark.parametrize(("count", "form", "shown"), FORMS)
def test_forms_of_numbers(count: int, form: str, shown: str) -> None:
    assert number_text(count, form) == shown


def test_tracked_changes_are_accepted() -> None:
    body = para(
        f"{run('到2025年建')}<w:ins>{run('成')}</w:ins><w:del><w:r><w:delText>好</w:delText></w:r></w:del>{run('十个中心。')}"
    )
    moved = para(f"<w:moveFrom>{run('旧处')}</w:moveFrom><w:moveTo>{run('新处')}</w:moveTo>")
    merged = para(run("前半"), "<w:rPr><w:del/></w:rPr>") + para(run("后半。"))
    rows = table(
        cell("指标") + cell("目标"), f"<w:trPr><w:del/></w:trPr>{cell('删') + cell('1')}", cell("专利") + cell("80")
    )
    assert lines(body + moved + merged + rows) == [
        "到2025年建成十个中心。",
        "新处",
        "前半后半。",
        "| 指标 | 目标 |",
        "|---|---|",
        "| 专利 | 80 |",
    ]


def test_tables_with_merged_cells_and_frames() -> None:
    wide, top, below = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    merged = table(
        cell("类别") + cell("指标") + cell("2025年"),
        cell("支撑", top) + cell("标准（项）") + cell("260"),
        cell("", below) + cell("中心|所（个）") + cell("6"),
        cell("合计", wide) + cell("266"),
    )
    frame = table(f"<w:tc>{para('专栏1：重点工作')}{para('1.建立标准。')}</w:tc>")
    assert lines(merged + frame) == [
        "| 类别 | 指标 | 2025年 |",
        "|---|---|---|",
        "| 支撑 | 标准（项） | 260 |",
        "|  | 中心｜所（个） | 6 |",
        "| 合计 |  | 266 |",
        "专栏1：重点工作",
        "1.建立标准。",
    ]


def test_a_text_box_once_a_note_in_its_place_and_pictures_counted() -> None:
    box = f"<w:txbxContent>{para('海政发〔2024〕3号')}</w:txbxContent>"
    both = f"<mc:Choice><wps:txbx>{box}</wps:txbx></mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    shape = f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"
    picture = '<w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r>'
    note = f'{run("计量器具")}<w:r><w:footnoteReference w:id="2"/></w:r>{run("应当检定。")}'
    notes = f'<w:footnotes {W}><w:footnote w:id="2">{para("指列入目录者。")}</w:footnote></w:footnotes>'
    raw = word(para(shape + run("正文")) + para(note) + para(picture), footnotes=notes)
    found = docx.read(raw, "a.docx")
    assert [line for line in found.text.split("\n") if line] == [
        "正文",
        "海政发〔2024〕3号",
        "计量器具［注1］应当检定。",
        "［注1］指列入目录者。",
    ]
    assert found.record.pictures == 1


def test_fields_hidden_text_breaks_and_content_controls() -> None:
    field = "<w:r><w:fldChar/></w:r><w:r><w:instrText>PAGEREF _Toc1</w:instrText></w:r>" + run("见第三条")
    hidden = f"<w:r><w:rPr><w:vanish/></w:rPr><w:t>不见</w:t></w:r>{run('可见')}"
    soft = '<w:r><w:t>上</w:t><w:br/><w:t>下</w:t><w:br w:type="page"/></w:r>'
    control = f"<w:sdt><w:sdtContent>{para('控件里的段')}</w:sdtContent></w:sdt>"
    assert lines(para(field) + para(hidden) + para(soft) + control) == ["见第三条", "可见", "上", "下", "控件里的段"]


def test_an_empty_paragraph_is_a_free_line_and_takes_no_number() -> None:
    body = numbered("甲", 1) + numbered("", 1) + numbered("乙", 1)
    assert docx.read(word(body, numbering=LISTS), "a.docx").text == "一、甲\n\n二、乙\n"


def test_heads_of_pages_are_told_as_set_aside() -> None:
    found = docx.read(word(para("正文"), header1=f"<w:hdr {W}>{para('内部资料')}</w:hdr>"), "a.docx")
    assert (found.text, found.record.set_aside) == ("正文\n", ("内部资料",))


# why each: what is wrong with the file and what the message must name
BROKEN = [
    (word("<w:p>"), "not well-formed", "an element that never ends"),
    (word("").replace(b"word/document.xml", b"word/documend.xml"), "no body", "no main part"),
    (word(para("")), "is empty", "nothing in it"),
    (
        word(para('<w:r><w:drawing><a:blip r:embed="rId1"/></w:drawing></w:r>')),
        "pictures and no text",
        "a scan in Word",
    ),
    (word("<w:p>" * 300 + "</w:p>" * 300), "nested deeper", "paragraphs in paragraphs"),
    (word(para("甲"))[:-30], "damaged", "its directory is cut off"),
]


@pytest.mark.parametrize(("raw", "names", "why"), BROKEN)
def test_broken_documents(raw: bytes, names: str, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=names) as caught:
        docx.read(raw, "方案.docx")
    assert "方案.docx" in str(caught.value), why
