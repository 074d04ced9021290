"""A plan to take away: every clause in its own words, with its address; tables are tables."""

import io
import re
from typing import Any

import pytest
from docx import Document
from fastapi import FastAPI
from fastapi.testclient import TestClient

from ingest.load import load_shipped_plans
from ingest.model import Plan
from tests.ui.fake_api import FakeApi, client_of, fake_app
from tests.ui.plan_builders import clause, plan_of, plan_text, row
from ui import wording
from ui.plan_docx import plan_docx
from ui.plan_files import DOCX, TEXT, plan_file
from ui.plan_text import plan_text as text_file
from ui.plan_view import plan_routes

PLANS = load_shipped_plans().plans
ADDRESS = "https://bot.example.gov.cn/plans/xiamen"


@pytest.fixture(scope="module")
def files() -> TestClient:
    app = FastAPI()
    app.include_router(plan_routes(client_of(fake_app(FakeApi())), "https://bot.example.gov.cn/"))
    return TestClient(app)


def unaddressed(text: str) -> str:
    """Without addresses, and the years of document numbers, which look alike."""
    return re.sub(r"〔[^〔〕]*〕", "", text)


def opened(written: bytes) -> Any:
    return Document(io.BytesIO(written))


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_the_text_has_every_clause_with_its_address(plan: Plan) -> None:
    text = text_file(plan_text(plan), "", ADDRESS).decode("utf-8-sig").replace("\r\n", "\n")
    for each in plan.clauses:
        assert f"{each.text}〔{each.path}〕" in text, each.id
    assert ADDRESS in text


def test_the_text_says_what_the_plan_says_of_itself_and_what_it_does_not() -> None:
    plan = plan_of(clause(), issued_on="2023-03-02", standing="expired", standing_note="已于2025年底失效")
    text = text_file(plan, "2026-01-01", "/plans/p").decode("utf-8-sig")
    assert f"{wording.PLAN_DATE}：2023年3月2日" in text
    assert f"{wording.PLAN_NUMBER}：{wording.PLAN_SILENT}" in text
    assert "按2026年1月1日，已失效。本文件已于2025年底失效。" in text
    assert "1.甲。乙丙。〔三1〕" in text
    assert text.endswith(f"{wording.FOOTER_IS_NOT}\r\n")


def test_a_heading_that_the_text_does_not_repeat_stands_above_it() -> None:
    text = text_file(plan_of(clause(text="乙丙。"), clause(heading="丁", headings=["丁"], text="戊。")), "", "/")
    assert "1.甲\r\n乙丙。〔三1〕" in text.decode()
    assert "1.戊。〔三1〕" in text.decode()  # a heading that is only borrowed


@pytest.mark.parametrize("plan", PLANS, ids=lambda plan: plan.id)
def test_the_document_has_every_word(plan: Plan) -> None:
    document = opened(plan_docx(plan_text(plan), "", ADDRESS))
    said = "".join(paragraph.text for paragraph in document.paragraphs).replace("\n", "")
    lines = ["".join(cell.text for cell in line.cells) for table in document.tables for line in table.rows]
    bare = unaddressed(said)
    for each in plan.clauses:
        if each.cells:
            shown = next(line for line in lines if f"〔{each.path}〕" in line)
            assert all(value in shown for _, value in each.cells), each.id
        else:
            assert f"〔{each.path}〕" in said, each.id
            assert unaddressed(each.text.replace("\n", "")) in bare, each.id
    assert document.core_properties.title == plan.title


def test_the_document_has_an_outline_and_a_head_on_every_page() -> None:
    head = clause(clause_path="三", kind="heading", heading="任务", text="任务")
    box = clause(clause_path="专栏1", kind="box", heading="指标", text="指标")
    document = opened(plan_docx(plan_of(head, clause(headings=["任务"]), box, row()), "", ADDRESS))
    styled = [(paragraph.style.name, paragraph.text) for paragraph in document.paragraphs if paragraph.text]
    assert ("Heading 1", "三、任务〔三〕") in styled
    assert ("Heading 2", "1.甲。〔三1〕") in styled
    facts, table = document.tables
    assert [cell.text for cell in table.rows[0].cells] == [wording.ROW_NAME, "2020年", "2025年", "属性"]
    assert [cell.text for cell in table.rows[1].cells] == ["1.检定覆盖率（%）〔专栏1/1〕", "86%", "95%", "约束性"]
    assert "tblHeader" in table.rows[0]._tr.xml
    assert ADDRESS in document.sections[0].footer.paragraphs[0].text
    assert ADDRESS in [cell.text for line in facts.rows for cell in line.cells]


def test_what_xml_cannot_hold_is_left_out() -> None:
    document = opened(plan_docx(plan_of(clause(text="甲。\x00\x0b乙\uffff")), "", ADDRESS))
    assert any(paragraph.text == "乙" for paragraph in document.paragraphs)


def test_units_are_told_once() -> None:
    units = [{"name": "某局", "role": "lead"}]
    said = clause(text="甲。做事。（责任单位：某局）", responsible_units=units)
    for one, times in ((said, 1), (clause(responsible_units=units), 1)):
        document = opened(plan_docx(plan_of(one), "", ADDRESS))
        assert "".join(paragraph.text for paragraph in document.paragraphs).count("某局") == times


@pytest.mark.parametrize(("name", "kind", "begins"), [("plan.txt", TEXT, b"\xef\xbb\xbf"), ("plan.docx", DOCX, b"PK")])
def test_files_are_sent_under_the_plan_s_title(files: TestClient, name: str, kind: Any, begins: bytes) -> None:
    sent = files.get(f"/plans/jinhua/{name}")
    assert sent.status_code == 200
    assert sent.headers["content-type"] == kind.media_type
    assert sent.content.startswith(begins)
    named = sent.headers["content-disposition"]
    assert f'filename="jinhua.{kind.ending}"' in named
    assert "filename*=UTF-8''%E9%87%91%E5%8D%8E" in named
    assert files.get(f"/plans/atlantis/{name}").status_code == 404


def test_the_address_of_a_file_is_the_public_one(files: TestClient) -> None:
    sent = files.get("/plans/jinhua/plan.txt", headers={"Host": "elsewhere.example"})
    assert "https://bot.example.gov.cn/plans/jinhua" in sent.text
    assert "elsewhere" not in sent.text


def test_a_name_that_a_system_would_not_take_is_mended() -> None:
    sent = plan_file(plan_of(clause(), title='关于《某/某》的"通知"\n' + "长" * 200), "", TEXT, "")
    named = sent.headers["content-disposition"]
    assert len(named) < 1000
    assert "%2F" not in named
    assert "%22" not in named
    assert "\n" not in named
